"""One pool of connections to Postgres for a process, and the translation of its failures.

Statements are plain SQL in this room's files, sent by asyncpg and prepared once a connection. A statement by
itself is its own transaction: one round trip.
"""

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from time import monotonic
from types import TracebackType
from typing import Any, TypeAlias

import asyncpg

from gap_server import tracing
from gap_server.errors import GapError, StoreUnavailable
from gap_server.store import metrics, revision
from gap_server.store.roles import SESSION_SETTINGS, as_game

Db: TypeAlias = Any  # asyncpg ships no types: a connection, as `Store.connection` hands it out

ACQUIRE_SECONDS = 5.0
COMMAND_SECONDS = 10.0
IDLE_SECONDS = 300.0
"""A connection that was not used for so long may have been forgotten by something in between."""

UNAVAILABLE = (
    OSError,  # TimeoutError is one of them
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.TooManyConnectionsError,
    asyncpg.exceptions.ReadOnlySQLTransactionError,
    asyncpg.exceptions.LockNotAvailableError,
    asyncpg.exceptions.DeadlockDetectedError,
    asyncpg.exceptions.SerializationError,
    asyncpg.exceptions.InsufficientResourcesError,
    asyncpg.exceptions.InvalidAuthorizationSpecificationError,
    asyncpg.exceptions.InvalidCatalogNameError,
)

BEHIND = (
    asyncpg.exceptions.InvalidSchemaNameError,
    asyncpg.exceptions.UndefinedTableError,  # it was never migrated
    asyncpg.exceptions.UndefinedColumnError,  # or is a migration behind
)
"""What a database says that is not at head; one at head says so of a statement of ours that is wrong."""

SOUND_AFTER = (GapError, asyncpg.exceptions.IntegrityConstraintViolationError)
"""What may happen while a connection is lent that is none of its fault."""


def unavailable(error: Exception) -> StoreUnavailable:
    """What one of UNAVAILABLE or BEHIND means, without address, login or the words of the statement."""
    match error:
        case asyncpg.exceptions.InvalidAuthorizationSpecificationError():
            reason = (
                "lets nobody in by this login: run `gap-server migrate`, which makes gap_game; where that was"
                " done, the password is not the one that it has from GAP_GAME_PASSWORD"
            )
        case asyncpg.exceptions.InvalidCatalogNameError():
            reason = "does not exist under the name in GAP_DATABASE_URL"
        case (
            asyncpg.UndefinedTableError() | asyncpg.UndefinedColumnError() | asyncpg.InvalidSchemaNameError()
        ):
            reason = "is not at head: run `gap-server migrate`"
        case asyncpg.exceptions.DiskFullError():
            reason = "has no room left on its disk"
        case socket.gaierror():
            reason = "is away: its host has no address"
        case OSError(errno=int() as number):
            reason = f"is away: {os.strerror(number)}"
        case _:
            reason = f"is away: {type(error).__name__}"
    return StoreUnavailable(f"The database {reason}.")


def _nobody_asks(_waited: float, _now: float) -> None: ...


class Store:
    """Connections for one process, at most `size` of them, each made when it is first needed.

    They are kept in a plain list: asyncpg's own pool does so much at each use that it cost a question a fifth
    of its processor time. One in whose use something unforeseen happened, a cancellation above all, is not
    lent again: nobody knows what state it is in.
    """

    def __init__(self, url: str, *, size: int) -> None:
        self.url = as_game(url)
        self._slots = asyncio.Semaphore(size)
        self._free: list[tuple[Db, float]] = []
        self._lent: set[Db] = set()
        self.when_lent: Callable[[float, float], object] = _nobody_asks
        """Is told how many seconds each loan had to be waited for, and when it was (by `monotonic`)."""
        self._is_open = False

    async def open(self) -> None:
        self._is_open = True

    async def close(self) -> None:
        self._is_open = False
        for db in [*self._lent, *(db for db, _ in self._free)]:
            db.terminate()
        self._free.clear()

    def connection(self) -> AbstractAsyncContextManager[Db]:
        """A connection for single statements. Raises StoreUnavailable where Postgres is away or too busy."""
        return _Loan(self)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Db]:
        """A connection whose statements are kept together or not at all."""
        async with self.connection() as db, db.transaction():
            yield db

    async def lend(self) -> Db:
        if not self._is_open:
            raise asyncpg.InterfaceError("the store is not open")
        if self._slots.locked():
            await self._wait()
        else:
            await self._slots.acquire()
            self.when_lent(0.0, monotonic())
        try:
            db = self._kept() or await self._connect()
        except BaseException:
            self._slots.release()
            raise
        self._lent.add(db)
        return db

    def take_back(self, db: Db, *, is_sound: bool) -> None:
        self._lent.discard(db)
        self._slots.release()
        if is_sound and self._is_open and not db.is_closed() and not db.is_in_transaction():
            self._free.append((db, monotonic()))
        else:
            db.terminate()

    def _kept(self) -> Db | None:
        """The one that was used last, if it is still good."""
        while self._free:
            db, since = self._free.pop()
            if not db.is_closed() and monotonic() - since < IDLE_SECONDS:
                return db
            db.terminate()
        return None

    async def _wait(self) -> None:
        began = monotonic()
        try:
            async with asyncio.timeout(ACQUIRE_SECONDS):
                await self._slots.acquire()
            self.when_lent((now := monotonic()) - began, now)
        finally:
            metrics.WAIT_SECONDS.observe(monotonic() - began)

    async def _connect(self) -> Db:
        db = await asyncpg.connect(
            self.url,
            timeout=ACQUIRE_SECONDS,
            command_timeout=COMMAND_SECONDS,
            server_settings={"application_name": "gap-server", "timezone": "UTC", **SESSION_SETTINGS},
        )
        if tracing.is_on():
            db.add_query_logger(tracing.statement)
        await db.set_type_codec("jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads)
        return db


class _Loan(AbstractAsyncContextManager[Db]):
    """One use of a connection. A class, since a generator costs as much as half a statement."""

    __slots__ = ("_db", "_store")

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __aenter__(self) -> Db:
        try:
            self._db = await self._store.lend()
        except UNAVAILABLE as error:
            raise unavailable(error) from error
        return self._db

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        is_away = isinstance(error, UNAVAILABLE) or (
            isinstance(error, BEHIND) and not await _is_at_head(self._db)
        )
        self._store.take_back(self._db, is_sound=error is None or isinstance(error, SOUND_AFTER))
        if is_away and isinstance(error, Exception):
            raise unavailable(error) from error


async def allow(db: Db, seconds: float) -> None:
    """Let each statement of this transaction take so long: sums over all rows take longer than a game's."""
    await db.execute(f"set local statement_timeout = '{round(seconds * 1000)}ms'")


async def _is_at_head(db: Db) -> bool:
    """False also where nobody can tell."""
    with suppress(*UNAVAILABLE, *BEHIND):
        return await revision.current(db) == revision.head()
    return False
