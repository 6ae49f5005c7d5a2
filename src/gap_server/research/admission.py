"""Who may ask now: two queries at once, one of each token, ten a minute; counted in Postgres."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from uuid import UUID

import structlog

from gap_server.errors import GapError, QueryRejected, StoreUnavailable, TooManyQueries
from gap_server.store import research_tokens
from gap_server.store.engine import Store
from gap_server.store.export.channel import DEADLINE_SECONDS, STATEMENT_MAX_BYTES
from gap_server.store.research_tokens import Asked

log = structlog.get_logger()

AT_ONCE = 2
A_MINUTE = 10
LONGEST = timedelta(seconds=2 * DEADLINE_SECONDS)
"""With the time that it takes to make a file of it."""

AGAIN_SECONDS = 5


@dataclass(slots=True)
class Query:
    """One that was let in. What it came to is written down when it ends."""

    id: UUID
    rows: int | None = None
    size: int | None = None


@asynccontextmanager
async def admitted(store: Store, token_id: UUID, statement: str, format_: str) -> AsyncIterator[Query]:
    """Let a query in, and keep a record of it. Raises TooManyQueries."""
    async with store.transaction() as db:
        await research_tokens.hold_admission(db)
        _check(await research_tokens.count_asked(db, token_id, LONGEST))
        query = Query(await research_tokens.begin_query(db, token_id, _kept(statement), format_))
    outcome, sqlstate = "cancelled", None
    try:
        yield query
        outcome = "done"
    except GapError as error:
        outcome = error.code
        sqlstate = error.sqlstate if isinstance(error, QueryRejected) else None
        raise
    except Exception:
        outcome = "broken"
        raise
    finally:
        await _end(store, query, outcome, sqlstate)


async def _end(store: Store, query: Query, outcome: str, sqlstate: str | None) -> None:
    """Where the database is away just now, the query counts as running until its longest time is over."""
    try:
        async with store.connection() as db:
            await research_tokens.end_query(
                db, query.id, outcome, sqlstate=sqlstate, rows=query.rows, size=query.size
            )
    except StoreUnavailable as error:
        log.warning("the end of a researcher's query was not written down", error=str(error))


def _check(asked: Asked) -> None:
    if asked.own_last_minute >= A_MINUTE and asked.first_at is not None:
        wait = asked.first_at + timedelta(minutes=1) - asked.now
        raise TooManyQueries(
            f"{A_MINUTE} queries a minute are the limit.",
            retry_after_seconds=max(1, ceil(wait.total_seconds())),
        )
    if asked.own_running:
        raise TooManyQueries("One query at a time, please.", retry_after_seconds=AGAIN_SECONDS)
    if asked.running >= AT_ONCE:
        raise TooManyQueries("Others are asking just now.", retry_after_seconds=AGAIN_SECONDS)


def _kept(statement: str) -> str:
    """The statement as far as Postgres can store it: no NUL, no half characters, no more than is ever run."""
    readable = statement.encode(errors="replace").decode().replace("\0", "\N{SYMBOL FOR NULL}")
    return readable[:STATEMENT_MAX_BYTES]
