"""gap-server audit."""

from typing import Annotated

import typer

from gap_server.cli.database import with_store
from gap_server.operate import audit as deeds
from gap_server.operate.audit import Action


def register(app: typer.Typer) -> None:
    app.command()(audit)


def audit(limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50) -> None:
    """What operators did, newest first: when (UTC), what, about whom or what, by whom."""
    for action in with_store(lambda store: deeds.listed(store, limit=limit)):
        typer.echo(_line(action))


def _line(action: Action) -> str:
    about = action.about or (f"player {action.player_id}" if action.player_id else "-")
    return f"{action.done_at:%Y-%m-%d %H:%M:%S}  {action.action:18}  {about}, by {action.operator}"
