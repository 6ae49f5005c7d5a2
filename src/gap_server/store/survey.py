"""What an operator wants to know of the whole database: its catalogue, the bot's post, the backup's slot."""

from dataclasses import dataclass

from gap_server.game.state import Pool
from gap_server.store.engine import Db

IN_PLAY = "select pool, count(*) from app.image where retired_at is null group by pool"

WAITING = """
select coalesce(extract(epoch from now() - min(due_at)), 0)::float8
from app.outbox where sent_at is null and given_up_at is null and due_at < now()
"""

SLOT = """
select active, coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)::int8 as held_bytes
from pg_replication_slots where slot_name = $1
"""


@dataclass(frozen=True, slots=True)
class Slot:
    """`held_bytes`: how much of the log the server keeps because it was not streamed yet."""

    active: bool
    held_bytes: int


async def images_in_play(db: Db) -> dict[Pool, int]:
    counted = {row["pool"]: row["count"] for row in await db.fetch(IN_PLAY)}
    return {pool: counted.get(pool, 0) for pool in Pool}


async def outbox_waits_seconds(db: Db) -> float:
    """How long the oldest message has been due; 0 where none is."""
    seconds: float = await db.fetchval(WAITING)
    return seconds


async def read_slot(db: Db, name: str) -> Slot | None:
    row = await db.fetchrow(SLOT, name)
    return Slot(**row) if row else None
