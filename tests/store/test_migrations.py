"""Migrations: up, down and up again, no drift from the tables, one at a time."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
from alembic import command
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from gap_server.errors import NotFound
from gap_server.store import revision
from gap_server.store.engine import Store
from gap_server.store.migrations import Address, config, go_back, migrate
from gap_server.store.roles import GAME, with_login
from gap_server.store.tables import Table
from tests.world import database_of_its_own

OLD_GAMES = """
insert into app.player (telegram_id) values (1), (2);
insert into app.session (player_id, rules_version, consent_version, control_rounds, round_seconds, expires_at,
                         state, ended_at, rounds_done, score)
select id, '1', 1, 1, 120, now(), 'expired', now(), 9, 80 from app.player
union all select id, '1', 1, 1, 120, now(), 'finished', now(), 10, 40 from app.player where telegram_id = 1;
insert into app.player_total (player_id, points, sessions, best, streak_days)
select id, 120, 1, 80, 1 from app.player where telegram_id = 1
union all select id, 80, 0, 80, 0 from app.player where telegram_id = 2;
insert into app.player_week (player_id, week, points, sessions)
select player_id, date_trunc('week', now() at time zone 'UTC')::date, points, sessions from app.player_total;
insert into app.image (pool, sha256, source_sha256, width, height, media_type, source, licence)
values ('complex', 'x', 'x', 1, 1, 'image/jpeg', 'x', 'x');
insert into app.round
    (player_id, session_id, position, image_id, pool, tainted, state, opened_at, deadline_at, ended_at)
select s.player_id, s.id, 1, i.id, 'complex', false, 'passed', now(), now(), now()
from app.session s, app.image i where s.state = 'finished';
insert into app.question
    (player_id, id, round_id, number, text, state, asked_at, answered_at, answer, failure)
select player_id, gen_random_uuid(), id, 1, 'How many?', 'answered', now(), now(), 'Two.', 'lost'
from app.round;
"""
"""As version 0.1.0 left them."""


FIRST = "20261123_tables"


@pytest.fixture
async def empty_database(postgres: str) -> AsyncIterator[str]:
    async with database_of_its_own(postgres) as url:
        yield url


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


async def test_what_was_played_before_is_as_if_today_s_rules_had_held(empty_database: str) -> None:
    """A late reply no longer counts as failed, and of games that were given up no points are left."""
    await asyncio.to_thread(command.upgrade, config(Address(empty_database)), "20261125_points")
    connection = await asyncpg.connect(empty_database)
    await connection.execute(OLD_GAMES)
    await asyncio.to_thread(migrate, empty_database)
    question = await connection.fetchrow("select state, failure, answer from app.question")
    totals = await connection.fetch("select points, sessions, best, streak_days from app.player_total")
    weeks = await connection.fetch("select points, sessions from app.player_week")
    await connection.close()
    assert tuple(question) == ("answered", None, "Two.")
    assert [tuple(row) for row in totals] == [(40, 1, 40, 1)]
    assert [tuple(row) for row in weeks] == [(40, 1)]


async def test_back_to_an_older_revision_and_up_again(empty_database: str) -> None:
    await asyncio.to_thread(migrate, empty_database)
    await asyncio.to_thread(go_back, empty_database, FIRST)
    assert await where(empty_database) == FIRST
    assert "jury_case" not in await tables(empty_database)
    with pytest.raises(NotFound, match="knows no migration 'of_tomorrow'"):
        await asyncio.to_thread(go_back, empty_database, "of_tomorrow")
    assert await asyncio.to_thread(migrate, empty_database) == revision.head()
    assert await where(empty_database) == revision.head()


async def test_what_a_newer_version_brought_is_left_as_it_is(database_url: str) -> None:
    """An operator went back to this version: its migration step must succeed, or nothing else starts."""
    connection = await asyncpg.connect(database_url)
    await connection.execute("alter table app.image add column of_tomorrow text")
    await connection.execute("update app.alembic_version set version_num = 'of_tomorrow'")
    await connection.close()
    assert await asyncio.to_thread(migrate, database_url) == "of_tomorrow"
    assert await where(database_url) == "of_tomorrow"


async def where(url: str) -> str | None:
    connection = await asyncpg.connect(url)
    stands = await revision.current(connection)
    await connection.close()
    return stands


async def test_migrating_at_once_and_again_is_harmless(empty_database: str) -> None:
    await asyncio.gather(*(asyncio.to_thread(_migrate_in_a_process, empty_database) for _ in range(3)))
    store = Store(with_login(empty_database, GAME), size=2)
    await store.open()
    async with store.connection() as db:
        assert await revision.current(db) == revision.head()
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
            "insert into app.session (player_id, rules_version, consent_version, deal,"
            " control_rounds, round_seconds, expires_at) values ($1, '1', 1, 'paper', 1, 120, now())"
            " returning id",
            player,
        )
        image = await db.fetchval("select id from app.image where pool = 'complex' limit 1")
        for statement in (
            "insert into app.session (player_id, rules_version, consent_version, deal,"
            " control_rounds, round_seconds, expires_at) values ($1, '1', 1, 'paper', 1, 120, now())",
            "update app.session set score = -20 where player_id = $1",
            "update app.session set rounds_done = 11 where player_id = $1",
            "update app.session set state = 'finished', ended_at = now() where player_id = $1",
            "update app.session set state = 'paused' where player_id = $1",
        ):
            with pytest.raises(asyncpg.IntegrityConstraintViolationError):
                await db.execute(statement, player)
        for position, tainted, state in ((0, True, "dealt"), (11, False, "dealt"), (1, False, "open")):
            with pytest.raises(asyncpg.IntegrityConstraintViolationError):
                await db.execute(
                    "insert into app.round (player_id, session_id, position, image_id, pool, tainted, state)"
                    " values ($1, $2, $3, $4, 'complex', $5, $6)",
                    *(player, session, position, image, tainted, state),
                )
