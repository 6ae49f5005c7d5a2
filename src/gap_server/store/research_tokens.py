"""Research tokens, and what was asked with them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from gap_server.store.engine import Db

CREATE = """
insert into app.research_token (name, token_hash, expires_at) values ($1, $2, now() + $3::interval)
on conflict do nothing returning expires_at
"""

LIST = """
select t.name, t.created_at, t.expires_at, t.revoked_at, count(q.id) as queries, max(q.started_at) as used_at
from app.research_token t left join app.research_query q on q.token_id = t.id
group by t.id order by t.created_at
"""

REVOKE = (
    "update app.research_token set revoked_at = now() where name = $1 and revoked_at is null returning name"
)

RETIRE = """
update app.research_token set revoked_at = now() where name = $1 and revoked_at is null and expires_at < now()
"""
"""A name whose token has run out is free again."""

FIND = """
select id from app.research_token where token_hash = $1 and revoked_at is null and expires_at > now()
"""

ADMISSION_LOCK = 0x6761702D73716C  # any constant will do, as long as it stays the same

COUNT = """
select count(*) filter (where is_running) as running,
       count(*) filter (where is_running and token_id = $1) as own_running,
       count(*) filter (where token_id = $1 and started_at > now() - interval '1 minute') as own_last_minute,
       min(started_at) filter (where token_id = $1 and started_at > now() - interval '1 minute') as first_at,
       now() as now
from (
    select token_id, started_at, ended_at is null and started_at > now() - $2::interval as is_running
    from app.research_query
    where ended_at is null or token_id = $1 and started_at > now() - interval '1 minute'
) asked
"""

BEGIN = """
insert into app.research_query (token_id, statement, format, started_at)
values ($1, $2, $3, clock_timestamp()) returning id
"""

END = """
update app.research_query
set ended_at = clock_timestamp(), outcome = $2, sqlstate = $3, row_count = $4, byte_count = $5
where id = $1 and ended_at is null
"""

FORGET = "delete from app.research_query where started_at < now() - $1::interval"

KEPT: Final = timedelta(days=365)
"""How long it is on record what was asked: as long as anybody may want to know who took what, no longer."""


@dataclass(frozen=True, slots=True)
class TokenRow:
    """`queries`: those that are still on record."""

    name: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    queries: int
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """How many queries run, of everybody and of one token, and how many that token began in the last minute.

    `first_at`: when the first of those began.
    """

    running: int
    own_running: int
    own_last_minute: int
    first_at: datetime | None
    now: datetime


async def create(db: Db, name: str, token_hash: bytes, days: int) -> datetime | None:
    """When the new token ends; None where the name has one that is good."""
    await db.execute(RETIRE, name)
    expires_at: datetime | None = await db.fetchval(CREATE, name, token_hash, timedelta(days=days))
    return expires_at


async def list_all(db: Db) -> list[TokenRow]:
    return [TokenRow(**row) for row in await db.fetch(LIST)]


async def revoke(db: Db, name: str) -> bool:
    return await db.fetchval(REVOKE, name) is not None


async def find(db: Db, token_hash: bytes) -> UUID | None:
    token_id: UUID | None = await db.fetchval(FIND, token_hash)
    return token_id


async def hold_admission(db: Db) -> None:
    """Until the transaction ends, nobody else is let in: of all servers, one counts at a time."""
    await db.execute("select pg_advisory_xact_lock($1)", ADMISSION_LOCK)


async def count_asked(db: Db, token_id: UUID, longest: timedelta) -> Asked:
    """A query that began before `longest` ago belongs to a server that has died."""
    return Asked(**await db.fetchrow(COUNT, token_id, longest))


async def begin_query(db: Db, token_id: UUID, statement: str, format_: str) -> UUID:
    query_id: UUID = await db.fetchval(BEGIN, token_id, statement, format_)
    return query_id


async def end_query(
    db: Db, query_id: UUID, outcome: str, *, sqlstate: str | None, rows: int | None, size: int | None
) -> None:
    await db.execute(END, query_id, outcome, sqlstate, rows, size)


async def forget_old_queries(db: Db) -> None:
    await db.execute(FORGET, KEPT)


async def set_delay(db: Db, seconds: int) -> None:
    """From when on after their end sessions come into the views."""
    await db.execute(
        "insert into app.export_delay as d (seconds) values ($1)"
        " on conflict (is_the_one) do update set seconds = $1 where d.seconds <> $1",
        seconds,
    )
