"""Who leads, among players who opted in. Totals stand ready; nothing is summed at reading time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gap_server.store.engine import Db

_TOTALS = {
    "all": "app.player_total t",
    "week": "app.player_week t join app.player_total whole on whole.player_id = t.player_id",
}
_FINDS = {"all": "t.finds", "week": "whole.finds"}
_ON_BOARD = {
    "all": "p.show_on_leaderboard and p.banned_at is null and t.sessions > 0",
    "week": "p.show_on_leaderboard and p.banned_at is null and t.sessions > 0"
    " and t.week = date_trunc('week', now() at time zone 'UTC')::date",
}
_COLUMNS = {"points": ("points",), "sharpness": ("sharpness", "points")}
"""What players are ranked by: the first column, among equals the next."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Who is equal in all that counts shares a rank. `finds` are of all time, on the week's board too."""

    rank: int
    name: str
    points: int
    sessions: int
    sharpness: int
    finds: int
    is_me: bool


@dataclass(frozen=True, slots=True)
class Board:
    """`period`: week or all. `by`: sharpness or points."""

    period: str
    by: str

    @property
    def columns(self) -> tuple[str, ...]:
        return _COLUMNS[self.by]

    @property
    def _worth(self) -> str:
        return f"({', '.join(f't.{column}' for column in self.columns)})"

    def _given(self) -> str:
        """The same of one player, as parameters from $1 on."""
        return f"({', '.join(f'${n}::bigint' for n, _ in enumerate(self.columns, start=1))})"

    def compared(self, sign: str) -> str:
        return f"{self._worth} {sign} {self._given()}"

    def select(self, what: str) -> str:
        return (
            f"select {what} from {_TOTALS[self.period]} join app.player p on p.id = t.player_id"
            f" where {_ON_BOARD[self.period]}"
        )

    @property
    def rows(self) -> str:
        finds = _FINDS[self.period]
        row = f"p.id, coalesce(p.name, '') as name, t.points, t.sessions, t.sharpness, {finds} as finds"
        return self.select(row)

    def order(self, direction: str) -> str:
        opposite = {"desc": "asc", "asc": "desc"}[direction]
        return ", ".join([*(f"t.{column} {direction}" for column in self.columns), f"t.player_id {opposite}"])


async def top(db: Db, board: Board, player_id: UUID, limit: int) -> list[Entry]:
    rows = await db.fetch(f"{board.rows} order by {board.order('desc')} limit $1", limit)
    return _ranked(board, rows, first_rank=1, player_id=player_id)


async def around(db: Db, board: Board, player_id: UUID, span: int) -> list[Entry]:
    """The player's own row and up to `span` rows on either side; empty for who is not on the board."""
    mine = await db.fetchrow(f"{board.rows} and p.id = $1", player_id)
    if mine is None:
        return []
    worth = _worth(board, mine)
    me, most = f"${len(worth) + 1}", f"${len(worth) + 2}"
    above = await db.fetch(
        f"{board.rows} and {board.compared('>=')} and ({board.compared('>')} or t.player_id < {me})"
        f" order by {board.order('asc')} limit {most}",
        *worth,
        player_id,
        span,
    )
    below = await db.fetch(
        f"{board.rows} and {board.compared('<=')} and ({board.compared('<')} or t.player_id > {me})"
        f" order by {board.order('desc')} limit {most}",
        *worth,
        player_id,
        span,
    )
    rows = [*reversed(above), mine, *below]
    first = _worth(board, rows[0])
    better = await db.fetchval(f"{board.select('count(*)')} and {board.compared('>')}", *first)
    ahead = await db.fetchval(
        f"{board.select('count(*)')} and {board.compared('=')} and t.player_id < {me}", *first, rows[0]["id"]
    )
    return _ranked(board, rows, first_rank=better + 1, player_id=player_id, ahead_of_first=ahead)


def _worth(board: Board, row: Any) -> list[int]:
    return [row[column] for column in board.columns]


def _ranked(
    board: Board, rows: Sequence[Any], *, first_rank: int, player_id: UUID, ahead_of_first: int = 0
) -> list[Entry]:
    """Give ranks to rows in order: equals share one, the next lower counts all before it."""
    entries: list[Entry] = []
    rank, position = first_rank, first_rank + ahead_of_first
    for n, row in enumerate(rows):
        if n and _worth(board, row) < _worth(board, rows[n - 1]):
            rank = position + n
        entries.append(
            Entry(
                rank=rank,
                name=row["name"],
                points=row["points"],
                sessions=row["sessions"],
                sharpness=row["sharpness"],
                finds=row["finds"],
                is_me=row["id"] == player_id,
            )
        )
    return entries
