"""gap-server tune: a data set and a recipe become a run folder, and the run."""

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from gap_server.cli.locks import lock
from gap_server.errors import SettingsError
from gap_server.operate import tuning
from gap_server.operate.tuning import Sources
from gap_server.research.datasets.unpacking import as_folder
from gap_server.tuning import launch, models
from gap_server.tuning.recipes import Plan, Recipe
from gap_server.tuning.run_folder import Run


def register(app: typer.Typer) -> None:
    app.command()(tune)


def tune(  # noqa: PLR0913  # a command's options
    model: Annotated[str, typer.Argument(help=f"{', '.join(models.MODELS)}, or a folder with a checkpoint.")],
    *,
    dataset: Annotated[
        Path,
        typer.Option(
            metavar="RELEASE",
            help="Of `corrections` or `preferences`, as swift: the folder, or the tar that the API sent.",
        ),
    ],
    out: Annotated[Path, typer.Option(help="The run folder to make, or to go on with.")],
    recipe: Annotated[Recipe, typer.Option(help="Ours, or the paper's figures.")] = Recipe.DEFAULT,
    replay: Annotated[
        Path | None,
        typer.Option(metavar="RELEASE", help="Of `replay`, as swift, too: what must not be forgotten."),
    ] = None,
    replay_ratio: Annotated[float, typer.Option(min=0, help="Replayed rows to each of the others.")] = 2,
    held_out: Annotated[
        Path | None,
        typer.Option(metavar="RELEASE", help="Of `heldout`: a run with one of its pictures is refused."),
    ] = None,
    gpus: Annotated[int, typer.Option(min=1, max=64, help="That the run will have.")] = 1,
    seed: Annotated[int, typer.Option(help="Of everything that is drawn.")] = 42,
    change: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="Another value of a setting of train.yaml."),
    ] = None,
    run: Annotated[bool, typer.Option("--run", help="Start it, where ms-swift is installed.")] = False,
    environment: Annotated[
        Path | None, typer.Option(help="Folder of ms-swift's environment, as `make training` makes it.")
    ] = None,
) -> None:
    """Make a run folder for ms-swift of an exported data set: rows, configuration, command, lock.

    Nothing of the framework is needed to make it; with --run it is started, and goes on where it stopped.
    """
    base, changes = models.find(model), _changes(change or [])
    with ExitStack() as unpacked:
        sources = Sources(
            unpacked.enter_context(as_folder(dataset)),
            unpacked.enter_context(as_folder(replay)) if replay else None,
            unpacked.enter_context(as_folder(held_out)) if held_out else None,
            replay_ratio,
        )
        plan = Plan(base, recipe, tuning.method(sources.dataset), gpus, seed, changes)
        prepared = tuning.prepared(plan, sources, lock("requirements"))
        is_new = tuning.written(prepared, out)
    _print(prepared, out, is_new=is_new)
    if run:
        result = launch.launch(out, environment)
        typer.echo(f"{out}/{result['adapter']}: {result['seconds']:.0f} s")


def _print(run: Run, out: Path, *, is_new: bool) -> None:
    found = run.estimate
    rows = ", ".join(f"{split} {len(rows)}" for split, rows in run.examples.rows.items())
    Console(stderr=True, soft_wrap=True).print(
        f"{out}: {'made' if is_new else 'there already, the same'}. {run.plan.method}, {rows} rows, about"
        f" {found.mean_tokens:.0f} tokens each ({found.too_long} too long), {found.memory_gib:.1f} GiB a GPU",
        markup=False,
        highlight=False,
    )


def _changes(given: list[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    if bad := [name for name, equals, _ in pairs if not equals]:
        raise SettingsError(f"--set {bad[0]}: NAME=VALUE is wanted.")
    return {name: value for name, _, value in pairs}
