"""gap-server report."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from gap_server.cli.database import with_export_store
from gap_server.errors import SettingsError
from gap_server.operate.report.files import write_report
from gap_server.operate.report.reading import Report, read_report
from gap_server.store.engine import Store


def register(app: typer.Typer) -> None:
    app.command("report")(report)


def report(
    out: Annotated[Path, typer.Option(help="The folder to write to.", file_okay=False)],
    *,
    timeout: Annotated[
        float, typer.Option(min=1, help="The longest that one count may take, in seconds.")
    ] = 300,
) -> None:
    """The paper's figures and the operator's, from live data: a table (CSV) and a picture (PNG) of each."""

    async def act(store: Store) -> Report:
        return await read_report(store, seconds=timeout)

    read = with_export_store(act)
    try:
        write_report(read, out)
    except OSError as error:
        raise SettingsError(f"--out {out}: {error.strerror}.") from error
    Console(stderr=True, soft_wrap=True).print(
        f"{len(read.figures)} figures are in {out}: open {out / 'index.html'}.", markup=False, highlight=False
    )
