"""gap-server migrate."""

import asyncio

import typer
from rich.console import Console

from gap_server.cli.database import administered, export_url, given_password
from gap_server.operate.audit import note_restore
from gap_server.settings import read_settings
from gap_server.store.migrations import migrate as migrate_to_head


def register(app: typer.Typer) -> None:
    app.command()(migrate)


def migrate() -> None:
    """Bring the database to head, roles included."""
    settings = read_settings()
    with administered(settings) as url:
        migrate_to_head(url, given_password(settings), export_url(settings))
        asyncio.run(note_restore(url))
    Console(stderr=True).print("The database is at head.")
