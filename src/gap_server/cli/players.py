"""gap-server players show | ban | unban | erase."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, NamedTuple

import typer
from rich.console import Console

from gap_server.cli.by import By, operator
from gap_server.cli.database import with_store
from gap_server.operate import moderation
from gap_server.operate.moderation import ModerationDeps
from gap_server.settings import read_settings
from gap_server.store.engine import Store

app = typer.Typer(help="Moderation. Each deed is written down, with who did it.", no_args_is_help=True)

TelegramId = Annotated[int, typer.Argument(metavar="TELEGRAM_ID", min=1, max=2**63 - 1)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")]

Deed = Callable[[ModerationDeps, int], Awaitable[bool]]
"""False where there was nothing to do."""


class Says(NamedTuple):
    """How "This player ..." goes on: after the deed, in a dry run, and where there was nothing to do."""

    done: str
    would: str
    vain: str


@app.command("show")
def show(telegram_id: TelegramId, *, by: By = None) -> None:
    """What is known of a player, and what was done about it."""
    _print(_show(telegram_id, by))


@app.command("ban")
def ban(telegram_id: TelegramId, *, dry_run: DryRun = False, by: By = None) -> None:
    """Shut a player out, at once and on every device. What is held stays theirs to see and to delete."""
    says = Says(done="is banned", would="would be banned", vain="is banned already")
    _do(moderation.ban, telegram_id, by, says, dry_run=dry_run)


@app.command("unban")
def unban(telegram_id: TelegramId, *, dry_run: DryRun = False, by: By = None) -> None:
    """Let a player in again, who then signs in anew."""
    says = Says(done="may play again", would="would be let in again", vain="is not banned")
    _do(moderation.unban, telegram_id, by, says, dry_run=dry_run)


@app.command("erase")
def erase(telegram_id: TelegramId, *, dry_run: DryRun = False, by: By = None) -> None:
    """Delete everything of a player, for good. For who cannot press the button in the game."""
    says = Says(done="is erased", would="would be erased", vain="is erased already")
    _do(moderation.erase, telegram_id, by, says, dry_run=dry_run)


def _do(deed: Deed, telegram_id: int, by: str | None, says: Says, *, dry_run: bool) -> None:
    if dry_run:
        _print(_show(telegram_id, by))
        _say(f"This player {says.would}. Nothing was changed.")
    elif _moderate(lambda deps: deed(deps, telegram_id), by):
        _say(f"This player {says.done}.")
    else:
        _say(f"This player {says.vain}. Nothing was changed.")


def _show(telegram_id: int, by: str | None) -> dict[str, Any]:
    player: dict[str, Any] = _moderate(lambda deps: moderation.show(deps, telegram_id), by)
    return player


def _moderate(act: Callable[[ModerationDeps], Awaitable[Any]], by: str | None) -> Any:
    # a demo without a bot makes up a key at each start: nothing can be remembered across that anyway
    key = read_settings().derived_bot_key() or secrets.token_bytes(32)

    async def with_deps(store: Store) -> Any:
        return await act(ModerationDeps(store, key, operator(by)))

    return with_store(with_deps)


def _print(player: dict[str, Any]) -> None:
    console = Console(soft_wrap=True, highlight=False)
    actions = player.pop("actions")
    for name, value in player.items():
        console.print(f"{name:16} {'-' if value is None else value}", markup=False)
    for action in actions:
        console.print(
            f"{action['done_at']:%Y-%m-%d %H:%M} {action['action']}, by {action['operator']}", markup=False
        )


def _say(text: str) -> None:
    Console(stderr=True).print(text)
