"""What the export's login may do: the census of built-ins, the tables, and the channel by itself."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest

from gap_server.errors import QueryRejected, SqlClosed
from gap_server.research.deps import ResearchDeps, research_deps
from gap_server.research.gate import Gate
from gap_server.store.engine import Store
from gap_server.store.export import channel, rows
from gap_server.store.export.census import HARMLESS_VOLATILE
from gap_server.store.export.channel import Encoding, ExportChannel
from gap_server.store.export.logins import EXPORT, as_export
from gap_server.store.export.reads import READS
from gap_server.store.migrations import migrate
from gap_server.store.roles import GAME, with_login
from gap_server.store.tables import Table
from tests.outside.server_process import until
from tests.world import administrator

POSTGRES = 18
CALLABLE_VOLATILE = """
select distinct proname::text from pg_proc p
where provolatile = 'v' and has_function_privilege('gap_export', oid, 'execute')
  and not 'internal'::regtype = any (proargtypes) and not 'cstring'::regtype = any (proargtypes)
  and prorettype not in ('trigger'::regtype, 'event_trigger'::regtype, 'language_handler'::regtype)
"""
READABLE = """
select relname::text from pg_class where relnamespace = 'pg_catalog'::regnamespace and relkind in ('r', 'v')
  and has_any_column_privilege('gap_export', oid, 'select')
"""
IN_APP = """
select c.relname as name,
       has_any_column_privilege('gap_export', c.oid, 'select, insert, update, references') as of_login,
       array(select attname::text from pg_attribute a where attrelid = c.oid and attnum > 0
             and has_column_privilege('gap_views', c.oid, attnum, 'select')) as of_owner
from pg_class c where relnamespace = 'app'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
"""
OUTSIDE_THE_VIEWS = """
select relnamespace::regnamespace, relname from pg_class
where relkind in ('r', 'p', 'v', 'm', 'f')
  and relnamespace not in (
      'pg_catalog'::regnamespace, 'export'::regnamespace,
      'information_schema'::regnamespace  -- which shows each login what it may see, and nothing else
  )
  and has_any_column_privilege('gap_export', oid, 'select, insert, update, references')
"""
LOOKED_AT = {
    *("pg_am", "pg_attribute", "pg_cast", "pg_class", "pg_collation", "pg_description", "pg_enum"),
    *("pg_namespace", "pg_operator", "pg_range", "pg_timezone_abbrevs", "pg_timezone_names", "pg_type"),
}


@pytest.fixture
async def catalogue(store: Store) -> AsyncIterator[Any]:
    async with administrator(store) as db:
        yield db


async def test_no_volatile_built_in_is_left_but_those_that_were_looked_at(catalogue: Any) -> None:
    """Where this fails on a new Postgres: look at what it brings, then name it in the census or not."""
    assert catalogue.get_server_version().major == POSTGRES
    assert {row[0] for row in await catalogue.fetch(CALLABLE_VOLATILE)} == HARMLESS_VOLATILE


async def test_no_catalogue_is_readable_but_those_that_were_looked_at(catalogue: Any) -> None:
    assert {row[0] for row in await catalogue.fetch(READABLE)} == LOOKED_AT


async def test_what_runs_text_as_sql_or_tells_of_the_server_may_not_be_called(catalogue: Any) -> None:
    for name in (
        *("query_to_xml", "table_to_xml", "database_to_xml", "ts_stat", "ts_rewrite", "pg_get_viewdef"),
        *("current_setting", "set_config", "pg_notify", "pg_current_xact_id", "txid_current", "pg_sleep"),
    ):
        for row in await catalogue.fetch("select oid, provolatile from pg_proc where proname = $1", name):
            may = "select has_function_privilege('gap_export', $1::oid, 'execute')"
            assert await catalogue.fetchval(may, row["oid"]) is False, name


async def test_the_login_reads_views_and_nothing_else(database_url: str) -> None:
    connection = await asyncpg.connect(with_login(database_url, EXPORT))
    assert await connection.fetchval("select count(*) from qa") == 0
    for statement in (
        "select * from app.player",
        "select name from app.player",
        "create temp table t (i int)",
        "create table export.t (i int)",
        "set role gap_game",
        "set role gap_views",
        "set temp_file_limit = -1",
        "listen rounds; select pg_notify('rounds', '')",
        "do $$ begin perform pg_sleep(1); end $$",
        "select lo_create(1)",
    ):
        with pytest.raises(asyncpg.PostgresError):
            await connection.execute(statement)
    await connection.close()


async def test_of_every_table_there_is_the_views_owner_reads_what_is_declared_and_the_login_nothing(
    catalogue: Any,
) -> None:
    tables = {table.name for table in Table.metadata.tables.values()} | {"alembic_version"}
    there = await catalogue.fetch(IN_APP)
    assert {row["name"] for row in there} == tables
    for row in there:
        assert not row["of_login"], row["name"]
        assert set(row["of_owner"]) == set(READS.get(row["name"], ())), row["name"]
    assert not await catalogue.fetch(OUTSIDE_THE_VIEWS)


async def test_a_login_that_can_do_more_is_not_served(for_research: ResearchDeps, store: Store) -> None:
    await for_research.gate.check()
    for more, less, told in (
        ("grant select on app.player to gap_export", "revoke select on app.player from gap_export", None),
        (
            "grant usage on schema app to gap_export; grant select (name) on app.player to gap_export",
            "revoke usage on schema app from gap_export; revoke select (name) on app.player from gap_export",
            "app.player",
        ),
        (
            "grant execute on function pg_notify(text, text) to gap_export",
            "revoke execute on function pg_notify(text, text) from gap_export",
            "pg_notify",
        ),
        ("alter role gap_export createdb", "alter role gap_export nocreatedb", "attributes"),
        ("grant pg_read_all_data to gap_export", "revoke pg_read_all_data from gap_export", "memberships"),
        (
            "alter role gap_export set statement_timeout = 0",
            "alter role gap_export set statement_timeout = '30s'",
            None,  # each connection brings its own
        ),
        (
            "alter role gap_export reset temp_file_limit",
            "alter role gap_export set temp_file_limit = '1GB'",
            "temp_file_limit",
        ),
    ):
        async with administrator(store) as db:
            await db.execute(more)
        gate = Gate(store, for_research.channel, 0)
        if told is None:
            await gate.check()
        else:
            with pytest.raises(SqlClosed, match=told):
                await gate.check()
        async with administrator(store) as db:
            await db.execute(less)
    await Gate(store, for_research.channel, 0).check()


async def test_without_an_address_sql_is_closed_and_the_rest_is_served(store: Store) -> None:
    with pytest.raises(SqlClosed, match="GAP_EXPORT_DATABASE_URL"):
        await research_deps(store, None, 0).gate.check()


WRITES = (
    "insert into app.export_delay values (true, 7) returning 1",
    "with w as (update app.export_delay set seconds = 7 returning 1) select * from w",
    "select 1) q; commit; update app.export_delay set seconds = 7; --",
    "select 1) to stdout; commit; update app.export_delay set seconds = 7; copy (select 1",
    "select pg_notify('rounds', 'forged')",
    "select nextval('app.outbox_id_seq')",
    "select lo_create(4711)",
    "select set_config('default_transaction_read_only', 'off', false)",
    "select dblink('x')",
)
LEFT_BEHIND = "select (select count(*) from pg_largeobject_metadata), (select seconds from app.export_delay)"


async def test_the_channel_alone_lets_even_a_superuser_write_nothing(database_url: str, store: Store) -> None:
    async with administrator(store) as db:
        await db.execute("insert into app.export_delay (seconds) values (5)")
    strong = ExportChannel(database_url)
    for statement in WRITES:
        state = await _state(strong, statement)
        assert state in {"42601", "0A000", "25006", "42883", "ran"}, statement
        assert state != "ran" or "pg_notify" in statement or "set_config" in statement
        async with administrator(store) as db:
            assert tuple(await db.fetchrow(LEFT_BEHIND)) == (0, 5), statement


async def _state(strong: ExportChannel, statement: str) -> str:
    try:
        async with strong.asked(statement, Encoding(rows.json_lines, is_json=True)) as reply:
            async for _ in reply.pieces:
                pass
    except QueryRejected as error:
        return error.sqlstate
    return "ran"


async def test_a_query_past_the_deadline_loses_its_connection(
    for_research: ResearchDeps, store: Store, monkeypatch: pytest.MonkeyPatch, researcher: httpx.AsyncClient
) -> None:
    await for_research.gate.check()
    monkeypatch.setattr(channel, "DEADLINE_SECONDS", 1.0)
    endless = "with recursive r as (select 1 i union all select i + 1 from r) select count(*) from r"
    response = await researcher.post("/research/sql", json={"sql": endless})
    assert (response.status_code, response.json()["code"]) == (408, "query_timeout")
    await until(lambda: _nobody_asks(store))


async def _nobody_asks(store: Store) -> bool:
    async with administrator(store) as db:
        asking = await db.fetchval("select count(*) from pg_stat_activity where usename = 'gap_export'")
    return bool(asking == 0)


def test_a_game_login_of_its_own_does_not_tell_the_exports_password() -> None:
    assert as_export("postgresql://gap_game:secret@host/gap") is None
    derived = as_export("postgresql://admin:secret@host/gap")
    assert derived is not None
    assert derived.startswith(f"postgresql://{EXPORT}:")
    assert "secret" not in derived
    assert as_export(f"postgresql://{GAME}@/gap?host=/sockets") == f"postgresql://{EXPORT}@/gap?host=/sockets"


async def test_migrating_again_makes_the_views_anew(database_url: str, store: Store) -> None:
    await asyncio.to_thread(migrate, database_url)
    async with administrator(store) as db:
        assert await db.fetchval("select count(*) from export.qa") == 0
