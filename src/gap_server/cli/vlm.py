"""gap-server vlm probe."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from gap_server.cli.database import with_store
from gap_server.operate import probe as model_probe
from gap_server.settings import read_settings
from gap_server.store.engine import Store
from gap_server.vlm.probe.report import ProbeReport
from gap_server.vlm.protocol import Model
from gap_server.wiring import build_models

app = typer.Typer(help="The model.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """The model."""


@app.command("probe")
def probe(
    images: Annotated[int, typer.Option(min=1, help="Random images of the catalogue to ask about.")] = 20,
    name: Annotated[
        str | None, typer.Option("--model", help="Which one, where GAP_MODELS has several.")
    ] = None,
) -> None:
    """Does the configured model play its part? Ask it in both arms; exit status 1 where it does not."""
    model = build_models(read_settings(), demo=False).named(name)

    async def act(store: Store) -> ProbeReport:
        return await probed(store, model, images)

    report = with_store(act)
    table = Table("", "honest", "tainted", "wanted", "")
    for row in report.table():
        table.add_row(*row)
    Console(soft_wrap=True).print(table)
    Console().print("The model plays its part." if report.passed else "The model does not play its part.")
    raise typer.Exit(0 if report.passed else 1)


async def probed(store: Store, model: Model, images: int) -> ProbeReport:
    """With a progress bar; the model is closed then."""
    with Progress(transient=True, console=Console(stderr=True)) as progress:
        task = progress.add_task("Asking", total=None)

        def heard(done: int, of: int) -> None:
            progress.update(task, completed=done, total=of)

        try:
            return await model_probe.probe(store, model, images, heard)
        finally:
            await model.aclose()
