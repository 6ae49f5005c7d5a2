"""gap-server benchmark launch | table | paper."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from gap_server.cli.locks import lock
from gap_server.errors import SettingsError
from gap_server.tuning.benchmarks.launch import Launch
from gap_server.tuning.benchmarks.results import changes, read_results
from gap_server.tuning.benchmarks.sets import BENCHMARKS, BY_NAME
from gap_server.tuning.benchmarks.table import ModelChanges, as_markdown, published, write_table

app = typer.Typer(help="Benchmarks, before and after.", no_args_is_help=True)

Out = Annotated[Path, typer.Option(help="The folder to make.")]


@app.command("launch")
def launch(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="What its server calls it.")],
    url: Annotated[str, typer.Option(help="The server, as the machine with the harness reaches it, .../v1.")],
    out: Out,
    *,
    only: Annotated[
        list[str] | None, typer.Option(help=f"One of {', '.join(BY_NAME)}; may be repeated; else all.")
    ] = None,
    at_once: Annotated[int, typer.Option(min=1, help="Requests under way together.")] = 32,
) -> None:
    """A folder that runs them by lmms-eval or VLMEvalKit, on a machine that reaches the hub and the model."""
    if unknown := set(only or ()) - BY_NAME.keys():
        raise SettingsError(f"--only: there is no benchmark {min(unknown)!r}.")
    chosen = [one for one in BENCHMARKS if not only or one.name in only]
    locks = {harness: lock(harness) for harness in ("lmms-eval", "vlmevalkit")}
    Launch(model, url, chosen, locks, at_once).write(out)
    Console(soft_wrap=True).print(f"bash {out / 'lmms-eval.sh'}", markup=False, highlight=False)


@app.command("table")
def table(
    models: Annotated[
        list[str], typer.Argument(metavar="MODEL=BEFORE,AFTER...", help="Folders of results of each model.")
    ],
    out: Out,
    *,
    title: Annotated[str, typer.Option(help="What stands above it.")] = "Before and after",
) -> None:
    """What was gained and what was lost, as Markdown, CSV and picture."""
    _write([_read(one) for one in models], title, out)


@app.command("paper")
def paper(out: Out) -> None:
    """The table of what the paper's authors published: an example, and what to measure oneself against."""
    _write(list(published()), "GAP as published (arXiv 2410.04038): before and after tuning", out)


def _write(models: list[ModelChanges], title: str, out: Path) -> None:
    write_table(models, title, out)
    typer.echo(as_markdown(models))


def _read(told: str) -> ModelChanges:
    """Raises SettingsError."""
    model, _, folders = told.partition("=")
    before, _, after = folders.partition(",")
    if not (model and before and after):
        raise SettingsError(f"{told!r} is not MODEL=BEFORE,AFTER.")
    return ModelChanges(model, changes(read_results(Path(before)), read_results(Path(after))))
