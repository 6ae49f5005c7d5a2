"""Who leads, among players who opted in. Totals stand ready; nothing is summed at reading time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gap_server.store.board import Board, ranks, size_for
from gap_server.store.engine import Db
from gap_server.store.rank_marks import ahead_of


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


async def top(db: Db, board: Board, player_id: UUID, limit: int) -> list[Entry]:
    """`limit`: up to 100."""
    rows = (await db.fetch(board.stretch("desc", size_for(limit))))[:limit]
    return _ranked(board, rows, first_rank=1, player_id=player_id)


async def among_friends(db: Db, board: Board, player_id: UUID, limit: int) -> list[Entry]:
    """The player and the friends who opted in, ranked among themselves."""
    rows = await db.fetch(
        f"{board.rows} and p.id in (select $1::uuid union all"
        " select friend_id from app.friendship where player_id = $1)"
        f" order by {board.order('desc')} limit $2",
        player_id,
        limit,
    )
    return _ranked(board, rows, first_rank=1, player_id=player_id)


async def around(db: Db, board: Board, player_id: UUID, span: int) -> list[Entry]:
    """The player's own row and up to `span` rows on either side; empty for who is not on the board."""
    mine = await db.fetchrow(f"{board.rows} and p.id = $1", player_id)
    if mine is None:
        return []
    place = [*_worth(board, mine), player_id]
    above, below = [
        await db.fetch(board.stretch(direction, span, f" and {board.beyond(sign)}"), *place)
        for sign, direction in ((">", "asc"), ("<", "desc"))
    ]
    rows = [*reversed(above), mine, *below]
    first = _worth(board, rows[0])
    better = await ahead_of(db, board, first)
    ahead = await db.fetchval(
        f"{board.count('=')} and t.player_id > ${len(first) + 1}",
        *first,
        rows[0]["id"],
    )
    return _ranked(board, rows, first_rank=better + 1, player_id=player_id, ahead_of_first=ahead)


def _worth(board: Board, row: Any) -> list[int]:
    return [row[column] for column in board.columns]


def _ranked(
    board: Board, rows: Sequence[Any], *, first_rank: int, player_id: UUID, ahead_of_first: int = 0
) -> list[Entry]:
    worths = [_worth(board, row) for row in rows]
    return [
        Entry(
            rank=rank,
            name=row["name"],
            points=row["points"],
            sessions=row["sessions"],
            sharpness=row["sharpness"],
            finds=row["finds"],
            is_me=row["id"] == player_id,
        )
        for rank, row in zip(ranks(worths, first=first_rank, equal_before=ahead_of_first), rows, strict=True)
    ]
