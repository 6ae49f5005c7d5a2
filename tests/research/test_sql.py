"""Asking in SQL over HTTP: formats, limits, what is in the views and what is not."""

import asyncio
import csv
import hashlib
import io
import json
from typing import Any

import httpx
import pytest
from arro3.io import read_parquet

from gap_server.play.forgetting import forget_what_ended
from gap_server.research import spool, tokens
from gap_server.research.deps import ResearchDeps, research_deps
from gap_server.store.engine import Store
from gap_server.store.export.logins import as_export
from gap_server.store.export.views import ALL_VIEWS
from tests.playing import Player, new_player, refusal
from tests.research.test_hostile_sql import forget_that_we_asked
from tests.world import administrator

VALUES = """
select 1 as whole, 1.5 as half, true as yes, 'a "b", c' || E'\\nd' as words, null::text as nothing,
       timestamptz '2026-01-02 03:04:05+00' as at, date '2026-01-02' as day, array[1, 2] as list,
       E'{\\n"a": 1}'::json as doc, 'again' as words
"""


async def ask(researcher: httpx.AsyncClient, sql: str, format_: str = "jsonl") -> httpx.Response:
    return await researcher.post("/research/sql", json={"sql": sql, "format": format_})


async def lines(researcher: httpx.AsyncClient, sql: str) -> list[Any]:
    response = await ask(researcher, sql)
    assert response.status_code == 200, response.text
    return [json.loads(line) for line in response.text.splitlines()]


async def test_an_answer_comes_with_its_count_and_checksum(researcher: httpx.AsyncClient) -> None:
    response = await ask(researcher, "select g from generate_series(1, 2500) g")
    assert response.headers["x-row-count"] == "2500"
    assert response.headers["x-content-sha256"] == hashlib.sha256(response.content).hexdigest()
    assert [json.loads(line)["g"] for line in response.text.splitlines()] == list(range(1, 2501))


async def test_jsonl_csv_and_parquet_say_the_same(researcher: httpx.AsyncClient) -> None:
    as_json = await ask(researcher, VALUES)
    assert as_json.text.count("\n") == 1, "one line, whatever a value of type json brings"
    assert json.loads(as_json.text)["doc"] == {"a": 1}
    header, row = csv.reader(io.StringIO((await ask(researcher, VALUES, "csv")).text))
    assert header == [*("whole", "half", "yes", "words", "nothing", "at", "day", "list", "doc"), "words_2"]
    words = 'a "b", c\nd'
    assert row[:8] == ["1", "1.5", "true", words, "", "2026-01-02T03:04:05+00:00", "2026-01-02", "[1,2]"]
    parquet = await ask(researcher, VALUES, "parquet")
    table = read_parquet(io.BytesIO(parquet.content)).read_all()
    assert parquet.headers["x-row-count"] == "1"
    assert table.column_names == header
    assert table["whole"][0].as_py() == 1
    assert table["words"][0].as_py() == words
    assert table["at"][0].as_py().isoformat() == "2026-01-02T03:04:05+00:00"


@pytest.mark.parametrize("format_", ["jsonl", "csv", "parquet"])
async def test_columns_may_be_called_as_our_own_statement_calls_its_parts(
    researcher: httpx.AsyncClient, format_: str
) -> None:
    named = "select 1 as q, 2 as t, 3 as line, 4 as lines, 5 as piece, 6 as c1 from generate_series(1, 3)"
    response = await ask(researcher, named, format_)
    assert (response.status_code, response.headers.get("x-row-count")) == (200, "3"), response.text


@pytest.mark.parametrize("format_", ["jsonl", "csv", "parquet"])
async def test_an_empty_answer_is_a_file_too(researcher: httpx.AsyncClient, format_: str) -> None:
    response = await ask(researcher, "select * from qa", format_)
    assert response.status_code == 200
    assert response.headers["x-row-count"] == "0"


async def test_a_long_row_comes_whole_and_one_that_is_too_long_not_at_all(
    researcher: httpx.AsyncClient,
) -> None:
    long_row = await lines(researcher, "select repeat('ä', 1000000) as a from generate_series(1, 2)")
    assert [len(row["a"]) for row in long_row] == [1000000, 1000000]
    too_long = await ask(researcher, "select repeat('x', 5000000)")
    assert refusal(too_long) == (413, "result_too_large")


async def test_an_answer_is_never_cut(
    researcher: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, for_research: ResearchDeps
) -> None:
    monkeypatch.setattr(spool, "MAX_BYTES", 10_000)
    response = await ask(researcher, "select g from generate_series(1, 5000) g")
    assert refusal(response) == (413, "result_too_large")
    assert for_research.spools.waiting == 0


async def test_what_does_not_fit_into_parquet_is_refused_while_rows_still_come(
    researcher: httpx.AsyncClient, for_research: ResearchDeps
) -> None:
    late = "select case when g = 9000 then date '20000-01-01' else date '2026-01-02' end as day"
    response = await ask(
        researcher, f"{late}, repeat('x', 100) as x from generate_series(1, 200000) g", "parquet"
    )
    assert refusal(response) == (422, "query_rejected")
    assert for_research.spools.waiting == 0


async def test_what_is_refused_has_a_code_and_one_line(researcher: httpx.AsyncClient) -> None:
    response = await ask(researcher, "select nothing from qa")
    assert refusal(response) == (422, "query_rejected")
    assert response.json()["sqlstate"] == "42703"
    assert response.json()["detail"] == '42703: column "nothing" does not exist'


@pytest.mark.parametrize("text", ["x" * 33_000, "select '\ud800'"])
async def test_text_that_postgres_never_sees_is_refused_alike(
    researcher: httpx.AsyncClient, text: str
) -> None:
    response = await researcher.post("/research/sql", content=json.dumps({"sql": text}))
    assert response.status_code == 422


async def test_ten_a_minute_and_then_a_while_of_patience(researcher: httpx.AsyncClient) -> None:
    for _ in range(10):
        assert (await ask(researcher, "select 1")).status_code == 200
    response = await ask(researcher, "select 1")
    assert refusal(response) == (429, "too_many_queries")
    assert 1 <= int(response.headers["retry-after"]) <= 60


async def test_one_at_a_time_for_a_token_and_two_for_all_servers(
    both: httpx.AsyncClient, store: Store
) -> None:
    """Running queries are rows in Postgres: those of another server count as well."""
    names = ("Ada", "Bo", "Cy")
    headers = {
        name: {"Authorization": f"Bearer {(await tokens.create(store, name, 1, operator='eve')).token}"}
        for name in names
    }
    async with administrator(store) as db:
        running = (
            "insert into app.research_query (token_id, statement, format)"
            " select id, 'select 1', 'jsonl' from app.research_token where name = $1"
        )
        await db.execute(running, "Ada")
    body = {"sql": "select 1"}
    again = await both.post("/research/sql", json=body, headers=headers["Ada"])
    assert refusal(again) == (429, "too_many_queries")
    assert (await both.post("/research/sql", json=body, headers=headers["Bo"])).status_code == 200
    async with administrator(store) as db:
        await db.execute(running, "Cy")
    third = await both.post("/research/sql", json=body, headers=headers["Bo"])
    assert refusal(third) == (429, "too_many_queries")


async def test_queries_that_come_at_once_are_counted_one_after_the_other(
    researcher: httpx.AsyncClient, for_research: ResearchDeps
) -> None:
    await for_research.gate.check()
    slow = "select count(*) from generate_series(1, 3000000)"
    answers = await asyncio.gather(*(ask(researcher, slow) for _ in range(4)))
    assert sorted(a.status_code for a in answers) == [200, 429, 429, 429]


async def test_every_query_leaves_a_record(researcher: httpx.AsyncClient, store: Store) -> None:
    await ask(researcher, "select 1")
    await ask(researcher, "drop table app.player")
    async with administrator(store) as db:
        records = await db.fetch("select * from app.research_query order by started_at")
    assert [(r["statement"], r["outcome"], r["sqlstate"], r["row_count"]) for r in records] == [
        ("select 1", "done", None, 1),
        ("drop table app.player", "query_rejected", "42601", None),
    ]


async def test_the_record_is_forgotten_after_a_year(researcher: httpx.AsyncClient, store: Store) -> None:
    for statement, days in (("select 1", 366), ("select 2", 364)):
        await ask(researcher, statement)
        async with administrator(store) as db:
            await db.execute(
                "update app.research_query set started_at = started_at - make_interval(days => $2)"
                " where statement = $1",
                *(statement, days),
            )
    await forget_what_ended(store)
    async with administrator(store) as db:
        assert await db.fetchval("select array_agg(statement) from app.research_query") == ["select 2"]


async def test_only_good_tokens_are_let_in(both: httpx.AsyncClient, store: Store) -> None:
    player = await new_player(both)
    revoked = await tokens.create(store, "Ada", 90, operator="eve")
    await tokens.revoke(store, "Ada", operator="eve")
    old = await tokens.create(store, "Ada", 90, operator="eve")
    async with administrator(store) as db:
        await db.execute("update app.research_token set expires_at = now() where revoked_at is null")
        stored = await db.fetch("select t::text from app.research_token t")
    assert all(new.token not in row[0] for row in stored for new in (revoked, old))
    for token in ("", "nonsense", player.token, revoked.token, old.token, "ü"):
        headers = [(b"Authorization", f"Bearer {token}".encode())]
        response = await both.get("/research/schema", headers=headers)
        assert response.status_code == 401
    assert (await player.call_("GET", "/research/schema")).status_code == 401


async def test_the_schema_describes_every_view_and_column(
    researcher: httpx.AsyncClient, store: Store
) -> None:
    told = (await researcher.get("/research/schema")).json()["views"]
    assert {view["name"] for view in told} == {view.name for view in ALL_VIEWS}
    for view in told:
        await forget_that_we_asked(store)
        assert view["meaning"]
        assert all(column["meaning"] and column["type"] for column in view["columns"]), view["name"]
        names = [column["name"] for column in view["columns"]]
        first = await ask(researcher, f"select * from {view['name']}", "csv")  # noqa: S608  # told us itself
        assert next(csv.reader(io.StringIO(first.text))) == names


async def test_an_answer_is_there_with_all_that_belongs_to_it(
    both: httpx.AsyncClient, researcher: httpx.AsyncClient
) -> None:
    player = await new_player(both)
    session = await player.start()
    round_ = await player.next(session)
    question = await player.ask(round_, "How many cups are there?")
    await player.judge(question, "wrong")
    await player.call("PUT", f"/rounds/{round_['id']}/correction", {"text": "Two."})
    assert await lines(researcher, "select * from qa") == [], "the session is open"
    await finish(player, session)
    (row,) = await lines(researcher, f"select * from qa where id = '{question['id']}'")  # noqa: S608  # an id
    assert (row["question"], row["answer"]) == ("How many cups are there?", question["answer"])
    assert (row["judgement"], row["flagged"], row["correction"]) == ("wrong", True, "Two.")
    assert row["player"] != player.me["id"]
    text = (await ask(researcher, "select * from qa, players, sessions, rounds limit 1")).text
    assert player.me["id"] not in text
    assert player.me["name"] not in text
    counts = (
        "select (select count(*) from sessions) s, (select count(*) from players) p, count(*) r from rounds"
    )
    assert await lines(researcher, counts) == [{"s": 1, "p": 1, "r": 10}]


async def finish(player: Player, session: Any) -> None:
    while (await player.call("GET", f"/sessions/{session['id']}"))["rounds_done"] < 10:
        await player.judge(await player.ask(await player.next(session)))


async def test_a_session_stays_out_until_the_delay_is_over(
    both: httpx.AsyncClient, store: Store, database_url: str, researcher: httpx.AsyncClient
) -> None:
    await (await new_player(both)).play_session()
    assert len(await lines(researcher, "select 1 from qa")) == 10
    await research_deps(store, as_export(database_url), 3600).gate.check()
    for view in ("qa", "rounds", "sessions", "players", "images"):
        assert await lines(researcher, f"select * from {view}") == [], view  # noqa: S608  # names above


async def test_who_withdraws_or_leaves_is_in_no_view(
    both: httpx.AsyncClient, researcher: httpx.AsyncClient
) -> None:
    withdrawing, erased, kept = [await new_player(both, n) for n in (1, 2, 3)]
    for player in (withdrawing, erased, kept):
        await player.play_session()
    await withdrawing.call_("DELETE", "/me/consent")
    await erased.call_("DELETE", "/me?contributions=erase")
    (before,) = await lines(researcher, "select player from players")
    await kept.call_("DELETE", "/me?contributions=keep")
    (after,) = await lines(researcher, "select player from players")
    assert before != after, "the pseudonym leads nowhere"
    for view, left in (("qa", 10), ("rounds", 10), ("sessions", 1), ("players", 1)):
        assert len(await lines(researcher, f"select 1 from {view}")) == left, view  # noqa: S608  # names above


async def test_a_reader_that_does_not_read_holds_no_connection(
    store: Store, for_research: ResearchDeps
) -> None:
    large = "select repeat('x', 1000) from generate_series(1, 20000)"
    answer = await for_research_answer(for_research, store, large)
    reader = answer.spool.sent()
    await anext(reader)
    async with administrator(store) as db:
        assert await db.fetchval("select count(*) from pg_stat_activity where usename = 'gap_export'") == 0
    assert for_research.spools.waiting == 1
    await reader.aclose()
    assert for_research.spools.waiting == 0


async def for_research_answer(for_research: ResearchDeps, store: Store, statement: str) -> Any:
    from gap_server.research import sql  # noqa: PLC0415  # the name is taken by statements here

    new = await tokens.create(store, "Slow", 1, operator="eve")
    return await sql.ask(for_research, await tokens.who(store, new.token), statement, sql.Format.JSONL)
