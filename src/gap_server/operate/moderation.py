"""Players who spoil the game or the data, and those who ask to be forgotten. Each deed is written down."""

from dataclasses import dataclass, field
from typing import Any

from gap_server.errors import NotFound
from gap_server.game.rules import Rules
from gap_server.play import me
from gap_server.play.limits import person_of
from gap_server.store import departures, operators, players
from gap_server.store.engine import Db, Store


@dataclass(frozen=True, slots=True)
class ModerationDeps:
    """What an operator's command works with. `operator`: who gives it."""

    store: Store
    bot_key: bytes
    operator: str
    rules: Rules = field(default_factory=Rules)


async def show(deps: ModerationDeps, telegram_id: int) -> dict[str, Any]:
    """What an operator needs to know of a player. Raises NotFound."""
    async with deps.store.transaction() as db:
        player_id = (await _find(db, telegram_id))["id"]
        player = await players.describe(db, player_id)
        player["actions"] = await operators.actions_about(db, player_id)
        await operators.record(db, operator=deps.operator, action="players show", player_id=player_id)
        return player


async def ban(deps: ModerationDeps, telegram_id: int) -> bool:
    """Shut a player out of the game, at once. False where that was so already. Raises NotFound."""
    async with deps.store.transaction() as db:
        player_id = (await _find(db, telegram_id))["id"]
        if not await players.ban(db, player_id):
            return False
        await operators.record(db, operator=deps.operator, action="players ban", player_id=player_id)
    return True


async def unban(deps: ModerationDeps, telegram_id: int) -> bool:
    """Let a player in again, to sign in anew; also one who left while banned. Raises NotFound.

    False where nobody had shut them out: whoever plays stays signed in.
    """
    async with deps.store.transaction() as db:
        had_left = await departures.lift_ban(db, person_of(deps.bot_key, telegram_id))
        player = await players.find_by_telegram_id(db, telegram_id)
        if player is None and not had_left:
            raise _nobody(telegram_id)
        player_id = player["id"] if player else None
        was_in = player_id is not None and await players.unban(db, player_id)
        if not (had_left or was_in):
            return False
        await operators.record(db, operator=deps.operator, action="players unban", player_id=player_id)
    return True


async def erase(deps: ModerationDeps, telegram_id: int) -> bool:
    """Delete everything of a player who asked for it by another way than the game. Raises NotFound."""
    async with deps.store.transaction() as db:
        player_id = (await _find(db, telegram_id))["id"]
        await me.leave_in(db, deps, player_id, keep_contributions=False)
        await operators.record(db, operator=deps.operator, action="players erase", player_id=player_id)
    return True


async def _find(db: Db, telegram_id: int) -> dict[str, Any]:
    player = await players.find_by_telegram_id(db, telegram_id)
    if player is None:
        raise _nobody(telegram_id)
    return player


def _nobody(telegram_id: int) -> NotFound:
    return NotFound(f"No player has the Telegram id {telegram_id}.")
