"""gap-server trust refit."""

from collections.abc import Sequence

import typer
from rich.console import Console
from rich.table import Table

from gap_server.cli.database import with_store
from gap_server.operate import comparing, trust
from gap_server.operate.comparing import Found
from gap_server.operate.trust import Refit
from gap_server.store.comparisons import ModelDifference
from gap_server.store.engine import Store

app = typer.Typer(help="How far what players say can be trusted.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """How far what players say can be trusted."""


@app.command("refit")
def refit() -> None:
    """Work out everybody's reliability, the trust in every flag, and how the models compare, now.

    Servers do it by themselves.
    """

    async def act(store: Store) -> tuple[Refit | None, Found | None]:
        return await trust.refit(store), await comparing.newest(store)

    found, models = with_store(act)
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
    if models is not None and models.differences:
        console.print(_compared(models.differences))
        console.print(f"By {models.fit.answers} untainted answers to {models.fit.players} players.")


def _compared(differences: Sequence[ModelDifference]) -> Table:
    """Each pair once, the more truthful model first."""
    table = Table("model", "more truthful than", "surely", "flagged less, in 100 answers (95 %)")
    for one in differences:
        if one.difference >= 0:
            less = (one.flag_rate_difference, one.flag_rate_difference_upper, one.flag_rate_difference_lower)
            told = "{:.1f} ({:.1f} to {:.1f})".format(*(-100 * value for value in less))
            names = (f"{one.model} {one.revision}", f"{one.other_model} {one.other_revision}")
            table.add_row(*(name.strip() or "-" for name in names), f"{one.p_more_truthful:.1%}", told)
    return table
