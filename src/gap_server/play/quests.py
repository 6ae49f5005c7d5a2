"""Quests: which there are this week, and what brings a player further."""

from datetime import date
from uuid import UUID

from gap_server.game.outcome import RoundOutcome
from gap_server.game.quests import Quest, advanced, monday_of, of_week
from gap_server.store import quests
from gap_server.store.engine import Db
from gap_server.store.sessions import PastRound


async def of_this_week(db: Db) -> tuple[date, tuple[Quest, ...]]:
    """The Monday on which the week began in UTC, and its quests."""
    monday = monday_of(await quests.today(db))
    return monday, of_week(monday)


async def count_session(db: Db, player_id: UUID, rounds: list[PastRound]) -> None:
    """A session is over: what was caught in it counts, but by questions that anybody can answer
    unseen. Finds count when they are confirmed.
    """
    looked = [past for past in rounds if not past.is_commonplace]
    await _count(db, player_id, [(past.outcome, past.category) for past in looked])


async def count_find(db: Db, player_id: UUID, category: str | None) -> None:
    await _count(db, player_id, [(RoundOutcome.FIND, category)])


async def _count(db: Db, player_id: UUID, played: list[tuple[RoundOutcome, str | None]]) -> None:
    monday, this_week = await of_this_week(db)
    if further := advanced(this_week, played):
        await quests.advance(db, player_id, monday, further)
