"""What operators did: written with what they did, in one transaction."""

from typing import Any
from uuid import UUID

from gap_server.store.engine import Db


async def record(db: Db, *, operator: str, action: str, player_id: UUID | None = None) -> None:
    await db.execute(
        "insert into app.operator_action (operator, action, player_id) values ($1, $2, $3)",
        operator,
        action,
        player_id,
    )


async def actions_about(db: Db, player_id: UUID) -> list[dict[str, Any]]:
    """Newest first."""
    rows = await db.fetch(
        "select done_at, operator, action from app.operator_action where player_id = $1 order by id desc",
        player_id,
    )
    return [dict(row) for row in rows]
