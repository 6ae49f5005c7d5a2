"""How alembic reaches the database: as the owner of the tables, one at a time, never waiting long for a lock."""

import asyncio

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from gap_server.store.roles import BOOTSTRAP, OWNER
from gap_server.store.tables import SCHEMA, Table

MIGRATION_LOCK = 0x6761702D646231  # any constant will do, as long as it stays the same


def migrate(connection: Connection) -> None:
    connection.execute(text("select pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
    for statement in BOOTSTRAP:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"set role {OWNER}")
    connection.exec_driver_sql("set lock_timeout = '5s'")
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        version_table_schema=SCHEMA,
        include_schemas=True,
        include_name=lambda name, kind, _parents: kind != "schema" or name == SCHEMA,
        compare_server_default=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def connect() -> None:
    engine = create_async_engine(context.config.attributes["url"])
    try:
        async with engine.connect() as connection:
            await connection.run_sync(migrate)
            await connection.commit()
    finally:
        await engine.dispose()


asyncio.run(connect())
