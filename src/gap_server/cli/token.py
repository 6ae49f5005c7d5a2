"""gap-server token create | list | revoke."""

from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from gap_server.cli.by import By, operator
from gap_server.cli.database import with_store
from gap_server.research import tokens
from gap_server.store.engine import Store
from gap_server.store.research_tokens import TokenRow

app = typer.Typer(help="Research tokens: who may ask the data.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="Whose it is.")]
NAME_MAX_CHARS = 100


@app.command("create")
def create(
    name: Name,
    days: Annotated[int, typer.Option(min=1, max=3650, help="How long it is good.")] = 90,
    *,
    by: By = None,
) -> None:
    """Make a token, and show it this once."""
    if not 0 < len(name.strip()) <= NAME_MAX_CHARS or not name.isprintable():
        raise typer.BadParameter(f"1 to {NAME_MAX_CHARS} characters that can be read", param_hint="NAME")

    async def act(store: Store) -> tokens.NewToken:
        return await tokens.create(store, name.strip(), days, operator=operator(by))

    new = with_store(act)
    typer.echo(new.token)
    Console(stderr=True).print(f"Good until {_day(new.expires_at)}. It is shown only now.")


@app.command("list")
def list_all() -> None:
    """Every token there was: whose, until when, how much it was used."""
    table = Table("name", "created", "good until", "queries", "last used")
    for row in with_store(tokens.list_all):
        table.add_row(row.name, _day(row.created_at), _end(row), str(row.queries), _day(row.used_at))
    Console().print(table)


@app.command("revoke")
def revoke(name: Name, *, by: By = None) -> None:
    """From now on the token is none."""

    async def act(store: Store) -> None:
        await tokens.revoke(store, name, operator=operator(by))

    with_store(act)
    Console(stderr=True).print(f"The token of {name} is revoked.", markup=False)


def _end(row: TokenRow) -> str:
    return f"revoked {_day(row.revoked_at)}" if row.revoked_at else _day(row.expires_at)


def _day(instant: datetime | None) -> str:
    return f"{instant:%Y-%m-%d}" if instant else "-"
