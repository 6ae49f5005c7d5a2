"""gap-server backup | restore."""

import asyncio
import signal
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from gap_server.cli.by import By, operator
from gap_server.cli.database import administered
from gap_server.errors import BackupFailed, StoreUnavailable
from gap_server.operate import audit, backups
from gap_server.settings import read_settings

if TYPE_CHECKING:
    import subprocess

console = Console(stderr=True, soft_wrap=True)
LOOK_SECONDS = 1.0

Folder = Annotated[Path, typer.Argument(help="Folder of the backups.")]


def register(app: typer.Typer) -> None:
    for command in (backup, restore):
        app.command()(command)


def backup(
    folder: Folder,
    keep: Annotated[int, typer.Option(min=1, help="Base backups that stay.")] = 7,
    *,
    follow: Annotated[
        bool,
        typer.Option("--follow", help="Go on: stream every change as it is committed, a base backup a day."),
    ] = False,
    every_hours: Annotated[float, typer.Option(min=0.01, help="Between two base backups.")] = 24,
    by: By = None,
) -> None:
    """Copy the whole database, verified; with --follow also every change after, until told to end."""
    with administered(read_settings()) as url:
        if follow:
            _follow(url, folder, keep=keep, every_seconds=every_hours * 3600, by=by)
        else:
            _take(url, folder, keep, by)


def restore(
    folder: Folder,
    target: Annotated[Path, typer.Argument(help="New folder for the restored cluster.")],
    until: Annotated[
        datetime | None,
        typer.Option(
            help="The moment to go back to, in UTC; else all there is.", formats=["%Y-%m-%dT%H:%M:%S"]
        ),
    ] = None,
    owner: Annotated[
        str | None, typer.Option(help="User whom Postgres runs as, where you are another.")
    ] = None,
    *,
    by: By = None,
) -> None:
    """Lay out the database as it was at any moment since the oldest backup, for Postgres to start on."""
    at = until.replace(tzinfo=UTC) if until else None
    base = backups.restore(folder, target, until=at, owner=owner, operator=operator(by))
    console.print(
        f"{target} is laid out from the base backup of {base.ended_at:%F %T} UTC. Start Postgres 18 on it: "
        "it replays the log, then opens."
    )


def _take(url: str, folder: Path, keep: int, by: str | None) -> None:
    made = backups.take(url, folder)
    try:
        asyncio.run(audit.backed_up(url, operator=operator(by), backup=str(made.folder)))
    except (
        StoreUnavailable
    ) as error:  # a backup before an upgrade, say: it is good without being written down
        console.print(f"That this was done could not be written down. {error}", markup=False)
    dropped = backups.prune(folder, keep=keep)
    console.print(f"{made.folder} is whole and verified; {len(dropped)} older ones were dropped.")


def _follow(url: str, folder: Path, *, keep: int, every_seconds: float, by: str | None) -> None:
    """Raises BackupFailed where the stream ends by itself: whoever runs this starts it again."""
    stream = backups.follow(url, folder)
    try:
        while stream.poll() is None:
            newest = max((base.ended_at for base in backups.listed(folder)), default=None)
            if newest is None or (datetime.now(UTC) - newest).total_seconds() >= every_seconds:
                _take(url, folder, keep, by)
            time.sleep(LOOK_SECONDS)
        raise BackupFailed(f"pg_receivewal ended with status {stream.returncode}.")
    finally:
        _end(stream)


def _end(stream: "subprocess.Popen[bytes]") -> None:
    if stream.poll() is None:
        stream.send_signal(signal.SIGINT)  # it closes its file in good order
        stream.wait(30)
