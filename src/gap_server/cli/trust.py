"""gap-server trust refit."""

import typer
from rich.console import Console
from rich.table import Table

from gap_server.cli.database import with_store
from gap_server.operate import trust

app = typer.Typer(help="How far what players say can be trusted.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """How far what players say can be trusted."""


@app.command("refit")
def refit() -> None:
    """Work out everybody's reliability, and the trust in every flag, now; servers do it by themselves."""
    found = with_store(trust.refit)
    if found is None:
        Console(stderr=True).print("There is nothing to go by yet: nobody has finished a session.")
        return
    table = Table("model", "revision", "wrong on complex images", "90 % interval")
    for one in found.models:
        table.add_row(
            one.model or "-", one.revision or "-", f"{one.p_wrong:.3f}", f"{one.lower:.3f} to {one.upper:.3f}"
        )
    console = Console(soft_wrap=True)
    console.print(table)
    console.print(f"{found.players} players, {found.answers} answers, {found.trusted} flags trusted.")
