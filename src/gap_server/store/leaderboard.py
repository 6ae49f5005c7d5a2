"""Who leads, among players who opted in. Totals stand ready; nothing is summed at reading time."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gap_server.store.engine import Db

_TOTALS = {
    "all": "app.player_total t",
    "week": "app.player_week t",
}
_ON_BOARD = {
    "all": "p.show_on_leaderboard and p.banned_at is null and t.sessions > 0",
    "week": "p.show_on_leaderboard and p.banned_at is null and t.sessions > 0"
    " and t.week = date_trunc('week', now() at time zone 'UTC')::date",
}
_ROW = "p.id, coalesce(p.name, '') as name, t.points, t.sessions"


@dataclass(frozen=True, slots=True)
class Entry:
    """Equal points share a rank."""

    rank: int
    name: str
    points: int
    sessions: int
    is_me: bool


async def top(db: Db, period: str, player_id: UUID, limit: int) -> list[Entry]:
    rows = await db.fetch(
        f"select {_ROW} from {_board(period)} order by t.points desc, t.player_id limit $1", limit
    )
    return _ranked(rows, first_rank=1, player_id=player_id)


async def around(db: Db, period: str, player_id: UUID, span: int) -> list[Entry]:
    """The player's own row and up to `span` rows on either side; empty for who is not on the board."""
    mine = await db.fetchrow(f"select {_ROW} from {_board(period)} and p.id = $1", player_id)
    if mine is None:
        return []
    mine_at = (mine["points"], player_id)
    above = await db.fetch(
        f"select {_ROW} from {_board(period)} and (-t.points, t.player_id) < (-$1::bigint, $2)"
        " and t.points >= $1 order by t.points, t.player_id desc limit $3",
        *mine_at,
        span,
    )
    below = await db.fetch(
        f"select {_ROW} from {_board(period)} and (-t.points, t.player_id) > (-$1::bigint, $2)"
        " and t.points <= $1 order by t.points desc, t.player_id limit $3",
        *mine_at,
        span,
    )
    rows = [*reversed(above), mine, *below]
    better = await db.fetchval(f"select count(*) from {_board(period)} and t.points > $1", rows[0]["points"])
    ahead = await db.fetchval(
        f"select count(*) from {_board(period)} and t.points = $1 and t.player_id < $2",
        rows[0]["points"],
        rows[0]["id"],
    )
    return _ranked(rows, first_rank=better + 1, player_id=player_id, ahead_of_first=ahead)


def _board(period: str) -> str:
    return f"{_TOTALS[period]} join app.player p on p.id = t.player_id where {_ON_BOARD[period]}"


def _ranked(rows: list[Any], *, first_rank: int, player_id: UUID, ahead_of_first: int = 0) -> list[Entry]:
    """Give ranks to rows in order: equal points share one, the next lower counts all before it."""
    entries: list[Entry] = []
    rank, position = first_rank, first_rank + ahead_of_first
    for n, row in enumerate(rows):
        if n and row["points"] < rows[n - 1]["points"]:
            rank = position + n
        entries.append(Entry(rank, row["name"], row["points"], row["sessions"], row["id"] == player_id))
    return entries
