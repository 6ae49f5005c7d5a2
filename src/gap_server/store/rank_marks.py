"""How many are ahead of a player, without counting them all: marks along each board, set anew each minute.

A mark says how many players are ahead of who has so much. Below it only those in between are counted, by
index: a rank costs the same among a hundred players and among a million. It is as true as the marks are fresh
(those of last week say nothing of this week's board, yesterday's of today's); a board shorter than STEP has
none, and is always true.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final

from gap_server.store.board import Board
from gap_server.store.engine import Db

STEP: Final = 200
"""Players on the board between two marks."""

_FRESH: Final = "interval '50 seconds'"

_COUNT_ANEW = """
with placed as (
    select {worth} as worth, row_number() over by_worth % {step} = 0 as is_mark,
           count(*) over by_worth as not_behind, count(*) over (partition by {columns}) as equal
    from {standing}
    window by_worth as (order by {falling})
), gone as (
    delete from app.rank_mark where board = $1
      and worth not in (select worth from placed where is_mark)
)
insert into app.rank_mark as mark (board, worth, ahead, not_behind)
select distinct $1, worth, not_behind - equal, not_behind from placed where is_mark
on conflict (board, worth) do update
    set ahead = excluded.ahead, not_behind = excluded.not_behind, counted_at = now()
"""

_AHEAD = """
with mark as (
    select worth, case when worth = array[{given}] then ahead else not_behind end as ahead
    from app.rank_mark
    where board = {board} and counted_at >= {began} and worth >= array[{given}]
    order by worth limit 1
)
select coalesce((select ahead from mark), 0)
     + (select count(*) from {standing} and {worth} > ({given}) and {worth} < ({limits}))
"""


async def count_anew(db: Db, board: Board) -> None:
    """Set the marks of a board, unless another process does or has just done so. Within a transaction."""
    if not await db.fetchval("select pg_try_advisory_xact_lock(hashtext($1))", board.name):
        return
    fresh = f"select exists (select from app.rank_mark where board = $1 and counted_at > now() - {_FRESH})"
    if await db.fetchval(fresh, board.name):
        return
    columns = [f"t.{column}" for column in board.columns]
    statement = _COUNT_ANEW.format(
        worth=f"array[{', '.join(columns)}]::bigint[]",
        columns=", ".join(columns),
        falling=", ".join(f"{column} desc" for column in columns),
        standing=board.standing,
        step=STEP,
    )
    await db.execute(statement, board.name)


async def ahead_of(db: Db, board: Board, worth: Sequence[int]) -> int:
    """How many on the board are worth more."""
    ahead: int = await db.fetchval(ahead_sql(board), *worth, board.name)
    return ahead


@cache
def ahead_sql(board: Board) -> str:
    """What is asked for it: the worth's parts as parameters, then the board's name."""
    places = range(1, len(board.columns) + 1)
    return _AHEAD.format(
        board=f"${len(board.columns) + 1}",
        given=", ".join(f"${n}::bigint" for n in places),
        worth=f"({', '.join(f't.{column}' for column in board.columns)})",
        limits=", ".join(f"coalesce((select worth[{n}] from mark), {2**63 - 1})" for n in places),
        standing=board.standing,
        began=board.began,
    )
