"""What operators did, told afterwards, backups and restores among it."""

from gap_server.store import operators
from gap_server.store.engine import Store
from gap_server.store.operators import Action, note_restore

__all__ = ["Action", "backed_up", "listed", "note_restore"]


async def listed(store: Store, *, limit: int) -> list[Action]:
    """The last deeds, newest first."""
    async with store.connection() as db:
        return await operators.actions(db, limit=limit)


async def backed_up(url: str, *, operator: str, backup: str) -> None:
    """`url`: the administrator's, who took it. Raises StoreUnavailable, also where a migration is missing."""
    await operators.record_at(url, operator=operator, action="backup", about=backup)
