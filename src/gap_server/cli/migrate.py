"""gap-server migrate."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console

from gap_server.cli.database import administered, export_url, given_password
from gap_server.operate.audit import note_restore
from gap_server.settings import read_settings
from gap_server.store.migrations import go_back
from gap_server.store.migrations import migrate as migrate_to_head
from gap_server.store.revision import is_ahead


def register(app: typer.Typer) -> None:
    app.command()(migrate)


BackTo = Annotated[
    str | None,
    typer.Option(
        metavar="REVISION",
        help="Undo every migration after this one, to go back to an older version that cannot do with them.",
    ),
]


def migrate(back_to: BackTo = None) -> None:
    """Bring the database to head, roles included."""
    settings = read_settings()
    with administered(settings) as url:
        if back_to is not None:
            go_back(url, back_to, given_password(settings), export_url(settings))
            return _say(f"The database is at {back_to}. Start the older version now.")
        stands = migrate_to_head(url, given_password(settings), export_url(settings))
        asyncio.run(note_restore(url))
    if is_ahead(stands):
        return _say(f"The database is at {stands}, of a newer version, and is left there: it only adds.")
    return _say("The database is at head.")


def _say(text: str) -> None:
    Console(stderr=True).print(text)
