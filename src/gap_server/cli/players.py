"""gap-server players show | ban | unban."""

from typing import Annotated, Any

import typer
from rich.console import Console

from gap_server.cli.database import with_store
from gap_server.operate import moderation
from gap_server.store.engine import Store

app = typer.Typer(help="Moderation.", no_args_is_help=True)

TelegramId = Annotated[int, typer.Argument(metavar="TELEGRAM_ID", min=1, max=2**63 - 1)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")]


@app.command("show")
def show(telegram_id: TelegramId) -> None:
    """What is known of a player."""
    _print(_find(telegram_id))


@app.command("ban")
def ban(telegram_id: TelegramId, *, dry_run: DryRun = False) -> None:
    """Shut a player out, at once and on every device."""
    _print(_find(telegram_id) if dry_run else _set_banned(telegram_id, banned=True))
    _say(dry_run, "is banned" if not dry_run else "would be banned")


@app.command("unban")
def unban(telegram_id: TelegramId, *, dry_run: DryRun = False) -> None:
    """Let a player in again."""
    _print(_find(telegram_id) if dry_run else _set_banned(telegram_id, banned=False))
    _say(dry_run, "may play again" if not dry_run else "would be let in again")


def _find(telegram_id: int) -> dict[str, Any]:
    async def act(store: Store) -> dict[str, Any]:
        return await moderation.show(store, telegram_id)

    return with_store(act)


def _set_banned(telegram_id: int, *, banned: bool) -> dict[str, Any]:
    async def act(store: Store) -> dict[str, Any]:
        return await moderation.set_banned(store, telegram_id, banned=banned)

    return with_store(act)


def _print(player: dict[str, Any]) -> None:
    for name, value in player.items():
        Console(soft_wrap=True).print(f"{name:12} {'-' if value is None else value}", markup=False)


def _say(dry_run: bool, what: str) -> None:  # noqa: FBT001  # private
    Console(stderr=True).print(f"This player {what}." + (" Nothing was changed." if dry_run else ""))
