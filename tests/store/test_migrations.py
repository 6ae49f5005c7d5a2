"""Migrations: up, down and up again, no drift from the tables, one at a time."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
from alembic import command
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from gap_server.store import migrations
from gap_server.store.engine import Store
from gap_server.store.migrations import Address, config, migrate
from gap_server.store.roles import GAME, with_login
from gap_server.store.tables import Table
from tests.world import address_of, administer


@pytest.fixture
async def empty_database(postgres: str) -> AsyncIterator[str]:
    name = f"m_{secrets.token_hex(6)}"
    await administer(postgres, f"create database {name}")
    yield address_of(postgres, name)
    await administer(postgres, f"drop database {name} with (force)")


async def tables(url: str) -> set[str]:
    connection = await asyncpg.connect(url)
    rows = await connection.fetch("select tablename from pg_tables where schemaname = 'app'")
    await connection.close()
    return {row[0] for row in rows}


async def test_up_down_and_up_again(empty_database: str) -> None:
    await asyncio.to_thread(migrate, empty_database)
    first = await tables(empty_database)
    assert {"player", "session", "round", "question", "points", "outbox", "honest_check"} < first
    await asyncio.to_thread(command.downgrade, config(Address(empty_database)), "base")
    assert await tables(empty_database) == {"alembic_version"}
    await asyncio.to_thread(migrate, empty_database)
    assert await tables(empty_database) == first


async def test_the_tables_and_the_migrations_say_the_same(empty_database: str) -> None:
    await asyncio.to_thread(migrate, empty_database)
    await asyncio.to_thread(command.check, config(Address(empty_database)))


async def test_a_check_in_the_database_says_what_the_tables_and_so_the_rules_say(empty_database: str) -> None:
    """Alembic compares no CHECKs, and some of ours repeat a number of the game."""
    await asyncio.to_thread(migrate, empty_database)
    connection = await asyncpg.connect(empty_database)
    migrated = await _checks(connection)
    await connection.execute("drop schema app cascade; create schema app")
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy types it so
    for table in Table.metadata.sorted_tables:
        await connection.execute(str(CreateTable(table).compile(dialect=dialect)))
    described = await _checks(connection)
    await connection.close()
    assert migrated == described


async def _checks(connection: Any) -> dict[str, str]:
    return dict(
        await connection.fetch(
            "select conname::text, pg_get_constraintdef(oid) from pg_constraint"
            " where contype = 'c' and connamespace = 'app'::regnamespace"
        )
    )


async def test_migrating_at_once_and_again_is_harmless(empty_database: str) -> None:
    await asyncio.gather(*(asyncio.to_thread(_migrate_in_a_process, empty_database) for _ in range(3)))
    store = Store(with_login(empty_database, GAME), size=2)
    await store.open()
    async with store.connection() as db:
        assert await migrations.current(db) == migrations.head()
    await store.close()


def _migrate_in_a_process(url: str) -> None:
    """alembic keeps its context in a module: two in one process would be another matter."""
    import subprocess  # noqa: PLC0415  # for this one test
    import sys  # noqa: PLC0415  # the same

    code = f"from gap_server.store.migrations import migrate; migrate({url!r})"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


async def test_what_data_must_never_break_the_database_refuses(store: Store) -> None:
    """Rows that no move of the game writes: the constraints hold even where the code does not."""
    async with store.connection() as db:
        player = await db.fetchval("insert into app.player (telegram_id) values (1) returning id")
        session = await db.fetchval(
            "insert into app.session (player_id, rules_version, consent_version, control_rounds,"
            " round_seconds, expires_at) values ($1, '1', 1, 1, 120, now()) returning id",
            player,
        )
        image = await db.fetchval("select id from app.image where pool = 'complex' limit 1")
        for statement in (
            "insert into app.session (player_id, rules_version, consent_version, control_rounds,"
            " round_seconds, expires_at) values ($1, '1', 1, 1, 120, now())",
            "update app.session set score = -20 where player_id = $1",
            "update app.session set rounds_done = 11 where player_id = $1",
            "update app.session set state = 'finished', ended_at = now() where player_id = $1",
            "update app.session set state = 'paused' where player_id = $1",
        ):
            with pytest.raises(asyncpg.IntegrityConstraintViolationError):
                await db.execute(statement, player)
        for position, tainted, state in ((1, True, "dealt"), (11, False, "dealt"), (1, False, "open")):
            with pytest.raises(asyncpg.IntegrityConstraintViolationError):
                await db.execute(
                    "insert into app.round (player_id, session_id, position, image_id, pool, tainted, state)"
                    " values ($1, $2, $3, $4, 'complex', $5, $6)",
                    *(player, session, position, image, tainted, state),
                )
