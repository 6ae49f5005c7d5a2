"""Strings that mean harm, over HTTP on the real Postgres: each ends as it should, and changes nothing."""

import json
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from gap_server.store.engine import Store
from tests.playing import new_player
from tests.repeats import IS_FULL
from tests.world import administrator

CORPUS = Path(__file__).parents[2] / "../shared/data/hostile-sql.json"
SLOW = {70, 74}
"""They meet their limits after many seconds: only TESTS_FULL waits for them."""

OTHERWISE = {
    70: {"57014", "53400"},  # temporary files or time, whichever is used up first
    71: {"RAN"},  # a thousand combinations of ten rows are none
    74: {"result_too_large"},  # one row of 600 MB
    100: {"22021"},
    101: {"42P02"},
    130: {"54011"},  # sixty times the columns of qa
}
"""What the corpus leaves to the server, or where the amount of data decides."""

STATE = """
select (select jsonb_agg(to_jsonb(r) - 'oid' order by r.rolname) from pg_roles r) as roles,
       (select jsonb_agg(to_jsonb(s)) from pg_db_role_setting s) as settings,
       (select count(*) from pg_locks where locktype = 'advisory') as locks,
       (select count(*) from pg_class) as relations, (select count(*) from pg_proc) as functions,
       (select count(*) from pg_largeobject_metadata) as large_objects,
       (select count(*) from pg_prepared_xacts) as prepared,
       (select count(*) from pg_stat_activity where usename = 'gap_export') as connections,
       (select count(*) from pg_replication_slots) as slots
"""
TABLES = (
    *("player", "consent", "session", "round", "question", "points", "image", "export_delay"),
    *("trust_fit", "model_standing", "model_difference", "model_revision", "model_gate", "model_field"),
    *("data_release", "data_release_rows"),
)


async def forget_that_we_asked(store: Store) -> None:
    async with administrator(store) as db:
        await db.execute("update app.research_query set started_at = started_at - interval '1 hour'")


async def state(store: Store) -> dict[str, Any]:
    async with administrator(store) as db:
        found = dict(await db.fetchrow(STATE))
        for table in TABLES:
            found[table] = await db.fetchval(
                f"select md5(string_agg(t::text, '' order by t::text)) from app.{table} t"  # noqa: S608  # names above
            )
    return found


async def test_the_corpus_ends_as_it_says_and_changes_nothing(
    both: httpx.AsyncClient, researcher: httpx.AsyncClient, store: Store
) -> None:
    if not CORPUS.exists():
        pytest.skip("the corpus of hostile SQL is not here")
    await (await new_player(both)).play_session()
    assert (await researcher.get("/research/schema")).status_code == 200
    before, memory = await state(store), psutil.Process().memory_info().rss
    wrong = []
    for string in json.loads(CORPUS.read_text()):
        if string["id"] in SLOW and not IS_FULL:
            continue
        await forget_that_we_asked(store)
        response = await researcher.post("/research/sql", json={"sql": string["sql"]})
        assert response.status_code < 500, string
        got = (
            "RAN" if response.status_code == 200 else response.json().get("sqlstate", response.json()["code"])
        )
        if got not in OTHERWISE.get(string["id"], {string["sqlstate"]}):
            wrong.append((string, got, response.text[:200]))
    assert wrong == []
    assert await state(store) == before
    assert psutil.Process().memory_info().rss - memory < 64 * 1024**2


async def test_a_failing_condition_tells_nothing_of_hidden_rows(
    both: httpx.AsyncClient, researcher: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(both)
    await player.play_session()
    await player.call_("DELETE", "/me/consent")
    probe = "select 1 / (case when question like '%things%' then 0 else 1 end) from qa"
    response = await researcher.post("/research/sql", json={"sql": probe})
    assert response.status_code == 200
    assert response.text == ""
    async with administrator(store) as db:
        assert await db.fetchval("select count(*) from app.question") == 10
