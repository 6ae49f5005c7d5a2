"""Limits: how often something may be done, counted in Postgres, so that they hold whichever process asks.

Each is a token bucket kept as one moment (the generic cell rate algorithm): when it will be full again. A
bucket that is full needs no row, so nothing is kept for longer than the limit's own time.
"""

from dataclasses import dataclass
from datetime import timedelta

from gap_server.store.engine import Db

TAKE = """
with taken as (
    insert into app.rate_limit as l (kind, subject, full_at)
    values ($1, $2, clock_timestamp() + $3::interval)
    on conflict (kind, subject) do update
    set full_at = greatest(l.full_at, clock_timestamp()) + $3::interval
    where greatest(l.full_at, clock_timestamp()) + $3::interval <= clock_timestamp() + $4::interval
    returning true
)
select case when exists (select from taken) then interval '0' else coalesce(
    (select full_at + $3::interval - $4::interval - clock_timestamp() from app.rate_limit
     where kind = $1 and subject = $2), interval '1 second') end
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """`count` at once, and as many again over `per`. `kind` is a word in the plural: what is counted."""

    kind: str
    count: int
    per: timedelta


async def take(db: Db, limit: Limit, subject: bytes) -> timedelta | None:
    """Count one more for `subject`. Where that is too many nothing is counted: the time until it is not."""
    wait: timedelta = await db.fetchval(TAKE, limit.kind, subject, limit.per / limit.count, limit.per)
    return max(wait, timedelta(seconds=1)) if wait else None


async def drop_full(db: Db) -> None:
    await db.execute("delete from app.rate_limit where full_at < now()")
