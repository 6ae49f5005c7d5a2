"""Keeping the marks along the leaderboards fresh: ranks are counted from them."""

from gap_server.play.background import repeat
from gap_server.play.deps import GameDeps
from gap_server.store import rank_marks
from gap_server.store.board import BOARDS, TODAY
from gap_server.store.engine import Store

EVERY_SECONDS = 60.0


async def keep_ranking(deps: GameDeps) -> None:
    await repeat("setting the leaderboards' marks", lambda _: rank(deps.store), every_seconds=EVERY_SECONDS)


async def rank(store: Store) -> None:
    for board in (*BOARDS, TODAY):
        async with store.transaction() as db:
            await rank_marks.count_anew(db, board)
