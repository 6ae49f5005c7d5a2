"""Finds: mistakes of the model that a player flagged and jurors confirmed. The best thing that can happen."""

from uuid import UUID

from gap_server.play import metrics, quests
from gap_server.play.deps import Deps
from gap_server.store import finds
from gap_server.store.engine import Db
from gap_server.store.finds import Find


async def of_player(deps: Deps, player_id: UUID, limit: int) -> list[Find]:
    """What is being checked, then what was confirmed, the latest first."""
    async with deps.store.connection() as db:
        return await finds.of_player(db, player_id, limit)


async def confirm(db: Db, player_id: UUID, *, category: str | None, agreed: int) -> None:
    """Count one more find for its player, who hears of it: once a day at most, and not if muted.

    `category`: of its question. `agreed`: how many jurors called the answer wrong.
    """
    await finds.count_one(db, player_id)
    await quests.count_find(db, player_id, category)
    await finds.tell(db, player_id, jurors=agreed)
    metrics.FINDS.inc()
