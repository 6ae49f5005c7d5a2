"""What operators did: written with what they did, in one transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from gap_server.store.engine import ACQUIRE_SECONDS, BEHIND, UNAVAILABLE, Db, unavailable

RESTORED = "gap.restored"
"""The setting in which a restored cluster carries who restored it, until it can be written down.

JSON: `done_at`, `operator`, `about`.
"""

NOTE_RESTORE = f"""
insert into app.operator_action (done_at, operator, action, about)
select (told ->> 'done_at')::timestamptz, told ->> 'operator', 'restore', told ->> 'about'
from (select nullif(current_setting('{RESTORED}', true), '')::jsonb as told) as restored
where told is not null and not exists (
    select from app.operator_action
    where action = 'restore' and done_at = (told ->> 'done_at')::timestamptz
)
"""


@dataclass(frozen=True, slots=True)
class Action:
    done_at: datetime
    operator: str
    action: str
    player_id: UUID | None
    about: str | None


async def record(
    db: Db, *, operator: str, action: str, player_id: UUID | None = None, about: str | None = None
) -> None:
    await db.execute(
        "insert into app.operator_action (operator, action, player_id, about) values ($1, $2, $3, $4)",
        operator,
        action,
        player_id,
        about,
    )


async def record_at(url: str, *, operator: str, action: str, about: str) -> None:
    """By an administrator's own login, for who works on the whole cluster. Raises StoreUnavailable."""
    async with _administrator(url) as db:
        await record(db, operator=operator, action=action, about=about)


async def note_restore(url: str) -> None:
    """Write down, once, that this cluster was restored, if it was. Raises StoreUnavailable."""
    async with _administrator(url) as db:
        await db.execute(NOTE_RESTORE)


@asynccontextmanager
async def _administrator(url: str) -> AsyncIterator[Db]:
    try:
        db = await asyncpg.connect(url, timeout=ACQUIRE_SECONDS)
        try:
            yield db
        finally:
            db.terminate()
    except (*UNAVAILABLE, *BEHIND) as error:
        raise unavailable(error) from error


async def actions(db: Db, *, limit: int) -> list[Action]:
    """Newest first."""
    rows = await db.fetch(
        "select done_at, operator, action, player_id, about from app.operator_action"
        " order by done_at desc, id desc limit $1",
        limit,
    )
    return [Action(**row) for row in rows]


async def actions_about(db: Db, player_id: UUID) -> list[dict[str, Any]]:
    """Newest first."""
    rows = await db.fetch(
        "select done_at, operator, action from app.operator_action where player_id = $1 order by id desc",
        player_id,
    )
    return [dict(row) for row in rows]
