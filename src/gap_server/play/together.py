"""What players do with one another: today's ten and its board, a challenge before it is taken up."""

from dataclasses import dataclass
from uuid import UUID

from gap_server.errors import NotFound, Refused
from gap_server.play.deps import Deps, GameDeps
from gap_server.play.starting import number_of_today
from gap_server.store import challenges, dailies
from gap_server.store.challenges import Challenge
from gap_server.store.dailies import DailyRow, Today


@dataclass(frozen=True, slots=True)
class DailyBoard:
    """`mine`: the player's own row, None before the one try is finished."""

    today: Today
    top: list[DailyRow]
    mine: DailyRow | None


async def daily(deps: GameDeps, player_id: UUID, limit: int) -> DailyBoard:
    """Today's ten as the player has it; whoever asks first makes it. Raises Refused (not_enough_images)."""
    async with deps.store.connection() as db:
        today = await dailies.read(db, player_id)
    if today is None:
        async with deps.store.transaction() as db:
            await number_of_today(db, deps.rules)
            today = await dailies.read(db, player_id)
    if today is None:  # midnight, just now
        raise Refused("The day is turning over; ask again.", code="not_enough_images")
    async with deps.store.connection() as db:
        top = await dailies.top(db, today.number, player_id, limit)
        return DailyBoard(today, top, await dailies.mine(db, today.number, player_id))


async def challenge(deps: Deps, player_id: UUID, code: str) -> Challenge:
    """Raises NotFound (unknown_challenge)."""
    async with deps.store.connection() as db:
        found = await challenges.read(db, code, player_id)
    if found is None:
        raise NotFound("There is no such challenge.", code="unknown_challenge")
    return found
