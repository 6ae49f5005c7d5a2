"""Who leads: totals of players who opted in. Two indexes, no sums at reading time."""

from dataclasses import dataclass
from uuid import UUID

from gap_server.store.engine import Db

_SOURCES = {
    "all": "(select player_id, points, sessions from app.player_total)",
    "week": "(select player_id, points, sessions from app.player_week"
    " where week = date_trunc('week', now() at time zone 'UTC')::date)",
}

_ENTRIES = """
select rank() over (order by t.points desc) as rank, p.name, t.points, t.sessions, t.player_id
from {source} t join app.player p on p.id = t.player_id
where p.show_on_leaderboard and p.banned_at is null and t.sessions > 0
"""


@dataclass(frozen=True, slots=True)
class Entry:
    rank: int
    name: str
    points: int
    sessions: int
    is_me: bool


async def top(db: Db, period: str, player_id: UUID, limit: int) -> list[Entry]:
    sql = f"{_ENTRIES.format(source=_SOURCES[period])} order by t.points desc, p.created_at, p.id limit $1"
    return [_entry(row, player_id) for row in await db.fetch(sql, limit)]


async def around(db: Db, period: str, player_id: UUID, span: int) -> list[Entry]:
    """The player's own row and `span` rows on either side; empty for who is not on the board."""
    entries = _ENTRIES.format(source=_SOURCES[period])
    sql = f"""
    with board as (
        select *, row_number() over (order by b.points desc, b.player_id) as place from ({entries}) b
    )
    select b.* from board b, board mine
    where mine.player_id = $1 and b.place between mine.place - $2 and mine.place + $2
    order by b.place
    """
    return [_entry(row, player_id) for row in await db.fetch(sql, player_id, span)]


def _entry(row: dict[str, object], player_id: UUID) -> Entry:
    return Entry(
        rank=int(str(row["rank"])),
        name=str(row["name"] or ""),
        points=int(str(row["points"])),
        sessions=int(str(row["sessions"])),
        is_me=row["player_id"] == player_id,
    )
