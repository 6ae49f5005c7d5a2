"""How alembic reaches the database: as the owner of the tables, one at a time, never waiting long for a lock."""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from gap_server.store.grants import apply_grants
from gap_server.store.migrations import Address
from gap_server.store.roles import OWNER, bootstrap, game_password
from gap_server.store.tables import SCHEMA, Table

MIGRATION_LOCK = 0x6761702D646231  # any constant will do, as long as it stays the same

address: Address = context.config.attributes["address"]
before_all = (
    *bootstrap(game_password(address.url, address.game_password), is_given=address.game_password is not None),
    f"set role {OWNER}",
    "set lock_timeout = '5s'",
)
options: dict[str, Any] = {
    "target_metadata": Table.metadata,
    "version_table_schema": SCHEMA,
    "include_schemas": True,
    "include_name": lambda name, kind, _parents: kind != "schema" or name == SCHEMA,
    "compare_server_default": True,
    "transaction_per_migration": True,
}


def migrate(connection: Connection) -> None:
    connection.execute(text("select pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
    for statement in before_all:
        connection.exec_driver_sql(statement)
    connection.commit()
    context.configure(connection=connection, **options)
    with context.begin_transaction():
        context.run_migrations()
    connection.exec_driver_sql(apply_grants())


async def connect() -> None:
    engine = create_async_engine(address.for_sqlalchemy)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(migrate)
            await connection.commit()
    finally:
        await engine.dispose()


asyncio.run(connect())
