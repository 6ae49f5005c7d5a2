"""Who may do what in the database: whatever the address says, the game works as the game."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest

from gap_server.errors import StoreUnavailable
from gap_server.store.engine import Store
from gap_server.store.grants import GRANTS, Grant, apply_grants
from gap_server.store.migrations import migrate
from gap_server.store.roles import GAME, OWNER, SESSION_SETTINGS, as_game, game_password, with_login
from gap_server.store.tables import Table
from tests.world import address_of, administer, copy_of_template

FORBIDDEN = [
    "drop table app.player",
    "alter table app.points drop constraint ck_points_positive",
    "create table app.mine (id int)",
    "create table public.mine (id int)",
    "create schema mine",
    "truncate app.points",
    f"set role {OWNER}",
    "set role postgres",
    "create role intruder",
    "delete from app.alembic_version",
    "update app.alembic_version set version_num = 'another'",
    "update app.points set points = 20",
    "delete from app.points",
    "update app.session set rules_version = '2'",
    "update app.round set tainted = true",
    "update app.question set text = 'Another?'",
    "delete from app.round",
    "update app.consent set granted_at = now()",
    "delete from app.consent",
    "update app.image_bytes set content = ''",
    "update app.data_release set row_count = 0",
    "delete from app.data_release_rows",
    "update app.model_standing set truthfulness = 9",
    "update app.model_gate set passed = true",
    "copy app.player to program 'true'",
]


@pytest.mark.parametrize("login", ["postgres", GAME])
async def test_whatever_the_address_says_the_server_works_as_the_game(database_url: str, login: str) -> None:
    store = Store(with_login(database_url, login), size=2)
    await store.open()
    async with store.connection() as db:
        for name, value in SESSION_SETTINGS.items():
            assert await db.fetchval("select current_setting($1)", name) == value, name
        for leave in ("set role none", "reset session authorization", "set session authorization default"):
            await db.execute(leave)
            who = await db.fetchrow("select session_user, current_user, current_setting('is_superuser')")
            assert tuple(who) == (GAME, GAME, "off"), leave
    await store.close()


async def test_the_limits_come_with_the_connection_where_the_login_has_none(
    postgres: str, database_url: str
) -> None:
    """`alter role ... set` acts at login, and only where somebody was allowed to say it."""
    await administer(postgres, f"alter role {GAME} reset all")
    store = Store(database_url, size=2)
    await store.open()
    async with store.connection() as db:
        assert await db.fetchval("show statement_timeout") == "10s"
        assert await db.fetchval("show lock_timeout") == "3s"
        assert await db.fetchval("show idle_in_transaction_session_timeout") == "10s"
    await store.close()


@pytest.mark.parametrize("statement", FORBIDDEN)
async def test_the_game_may_not(statement: str, shared_store: Store) -> None:
    async with shared_store.connection() as db:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await db.execute(statement)


@pytest.fixture(scope="module")
async def shared_store(postgres: str, template: str) -> AsyncIterator[Store]:
    """One for all that changes nothing."""
    async with copy_of_template(postgres, template) as url:
        store = Store(url, size=1)
        await store.open()
        yield store
        await store.close()


def test_every_table_is_in_the_map_of_grants_and_every_column_there_exists() -> None:
    tables = {table.fullname: set(table.columns.keys()) for table in Table.metadata.tables.values()}
    assert GRANTS[GAME].keys() == tables.keys() | {"app.alembic_version"}
    for relation, grant in GRANTS[GAME].items():
        assert set(grant.update) <= tables.get(relation, set()), relation
        assert len(set(grant.update)) == len(grant.update), relation


async def test_a_migration_takes_back_what_was_granted_beside_the_map(database_url: str) -> None:
    await administer(
        database_url,
        f"grant all on all tables in schema app to {GAME}",
        f"grant update (points) on app.points to {GAME}",
        f"set role {OWNER}",
        apply_grants(),
    )
    connection = await asyncpg.connect(database_url)
    for login, tables in GRANTS.items():
        for relation, grant in tables.items():
            assert await granted(connection, login, relation) == grant, relation
    await connection.close()


async def granted(db: asyncpg.Connection, login: str, relation: str) -> Grant:
    on_table = await db.fetch(
        "select lower(privilege_type) from pg_class c, aclexplode(c.relacl) a"
        " where c.oid = $1::text::regclass and a.grantee = $2::text::regrole",
        *(relation, login),
    )
    on_columns = await db.fetch(
        "select attname, lower(privilege_type) from pg_attribute t, aclexplode(t.attacl) a"
        " where attrelid = $1::text::regclass and a.grantee = $2::text::regrole",
        *(relation, login),
    )
    assert {row[1] for row in on_columns} <= {"update"}
    privileges = {row[0] for row in on_table}
    assert "select" in privileges
    assert privileges <= {"select", "insert", "delete"}
    columns = {row[0] for row in on_columns}
    return Grant(
        insert="insert" in privileges,
        update=tuple(c for c in GRANTS[login][relation].update if c in columns)
        + tuple(columns - set(GRANTS[login][relation].update)),
        delete="delete" in privileges,
    )


@pytest.fixture
async def strict_database(postgres: str) -> AsyncIterator[str]:
    """An empty database that lets the game in by password only, as somebody else's Postgres does."""
    name = f"p_{secrets.token_hex(6)}"
    (folder,) = parse_qs(urlsplit(postgres).query)["host"]
    rules = Path(folder) / "pg_hba.conf"
    before = rules.read_text()
    await administer(postgres, f"create database {name}", f"alter role {GAME} password null")
    rules.write_text(f"local {name} {GAME} scram-sha-256\n{before}")
    await administer(postgres, "select pg_reload_conf()")
    yield with_login(address_of(postgres, name), "postgres", "the administrator's")
    rules.write_text(before)
    await administer(postgres, "select pg_reload_conf()", f"drop database {name} with (force)")


async def test_the_game_has_a_password_of_its_own(strict_database: str) -> None:
    """The operator's, where one is given. No statement has it in clear, so no log of statements does."""
    with pytest.raises(StoreUnavailable, match="GAP_GAME_PASSWORD"):
        await who_is_in(as_game(strict_database))
    with pytest.raises(StoreUnavailable, match="ALTER ROLE"):  # to migrate again is no help there
        await asyncio.to_thread(migrate, as_game(strict_database))
    for password in ("first of the game's", "second of the game's"):
        await asyncio.to_thread(migrate, strict_database, password)
        assert await who_is_in(as_game(strict_database, password)) == GAME
    with pytest.raises(StoreUnavailable):
        await who_is_in(as_game(strict_database, "first of the game's"))
    await asyncio.to_thread(migrate, strict_database)
    assert await who_is_in(as_game(strict_database, "second of the game's")) == GAME, "it was left alone"


def test_without_one_it_follows_from_the_administrators_and_does_not_tell_it() -> None:
    url = with_login("postgresql://postgres@db/gap?sslmode=require", "postgres", "p@ss/word")
    password = game_password(url, None)
    assert password is not None
    assert "p@ss" not in password
    assert as_game(url) == f"postgresql://{GAME}:{password}@db/gap?sslmode=require"
    assert as_game(url, "given") == f"postgresql://{GAME}:given@db/gap?sslmode=require"
    assert as_game("postgresql://db/gap?user=postgres&password=p%40ss%2Fword&sslmode=require") == as_game(url)
    assert as_game("postgresql://postgres@/gap?host=/run") == f"postgresql://{GAME}@/gap?host=/run"
    own = f"postgresql://{GAME}:own@db/gap"
    assert as_game(own) == own


async def who_is_in(url: str) -> str:
    store = Store(url, size=1)
    await store.open()
    try:
        async with store.connection() as db:
            who: str = await db.fetchval("select session_user")
        return who
    finally:
        await store.close()
