"""One pool of connections to Postgres for a process, and the translation of its failures.

Statements are plain SQL in this room's files, sent by asyncpg and prepared once a connection. A statement by
itself is its own transaction: one round trip.
"""

import json
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import asyncpg

from gap_server.errors import StoreUnavailable
from gap_server.store.roles import SESSION_SETTINGS, as_game

Db: TypeAlias = Any  # asyncpg ships no types: a connection, as `Store.connection` hands it out

ACQUIRE_SECONDS = 5.0
COMMAND_SECONDS = 10.0

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
    asyncpg.exceptions.InvalidSchemaNameError,
    asyncpg.exceptions.UndefinedTableError,  # it was never migrated
    asyncpg.exceptions.UndefinedColumnError,  # or is a migration behind
)


def unavailable(error: Exception) -> StoreUnavailable:
    """What one of UNAVAILABLE means, without the address, the login or the words of the statement."""
    match error:
        case asyncpg.exceptions.InvalidAuthorizationSpecificationError():
            reason = (
                "lets nobody in by this login and password: `gap-server migrate` makes the login gap_game,"
                " and gives it the password in GAP_GAME_PASSWORD"
            )
        case asyncpg.exceptions.InvalidCatalogNameError():
            reason = "does not exist under the name in GAP_DATABASE_URL"
        case (
            asyncpg.UndefinedTableError() | asyncpg.UndefinedColumnError() | asyncpg.InvalidSchemaNameError()
        ):
            reason = "is not at head: run `gap-server migrate`"
        case socket.gaierror():
            reason = "is away: its host has no address"
        case OSError(errno=int() as number):
            reason = f"is away: {os.strerror(number)}"
        case _:
            reason = f"is away: {type(error).__name__}"
    return StoreUnavailable(f"The database {reason}.")


class Store:
    """Connections for one process, at most `size` of them. Opens even while Postgres is away."""

    def __init__(self, url: str, *, size: int) -> None:
        self.url = as_game(url)
        self._size = size
        self._pool: Any = None

    async def open(self) -> None:
        self._pool = await asyncpg.create_pool(
            self.url,
            min_size=0,
            max_size=self._size,
            command_timeout=COMMAND_SECONDS,
            init=_prepare_connection,
            reset=_leave_as_is,
            server_settings={"application_name": "gap-server", "timezone": "UTC", **SESSION_SETTINGS},
        )

    async def close(self) -> None:
        if self._pool is not None:
            self._pool.terminate()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Db]:
        """A connection for single statements. Raises StoreUnavailable where Postgres is away or too busy."""
        try:
            async with self._pool.acquire(timeout=ACQUIRE_SECONDS) as db:
                yield db
        except UNAVAILABLE as error:
            raise unavailable(error) from error

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Db]:
        """A connection whose statements are kept together or not at all."""
        async with self.connection() as db, db.transaction():
            yield db


async def _prepare_connection(db: Db) -> None:
    await db.set_type_codec("jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads)


async def _leave_as_is(_db: Db) -> None:
    """Between two uses nothing needs resetting: we never change a connection's settings."""
