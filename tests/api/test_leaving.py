"""Leaving, and coming back: what stays leads nowhere, and no limit begins anew."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from gap_server.app import assemble
from gap_server.demo.answerer import DemoModel
from gap_server.play.forgetting import forget_what_ended
from gap_server.store.departures import KEPT, SHARED_IDS
from gap_server.store.engine import Store
from gap_server.store.tables import Table
from tests.judging import flagging_player, judge, rows
from tests.playing import Player, new_player, refusal
from tests.world import client_of, make_deps

ERASED = {
    *("access_token", "consent", "outbox", "player_total", "player_week"),
    *("verdict", "player_estimate"),
    *("quest_progress", "daily_entry", "challenge", "challenge_taken", "friendship", "share"),
}
"""What goes with the player, whatever becomes of the contributions."""


async def all_rows(store: Store, *tables: str) -> dict[str, list[dict[str, Any]]]:
    async with store.connection() as db:
        return {t: [dict(row) for row in await db.fetch(f"select * from app.{t}")] for t in tables}  # noqa: S608  # names of our own tables


def values_of(rows: dict[str, list[dict[str, Any]]], kind: type) -> set[Any]:
    shared = SHARED_IDS | {"deleted_at"}
    return {
        value
        for table in rows.values()
        for row in table
        for name, value in row.items()
        if isinstance(value, kind) and name not in shared
    }


async def test_what_is_kept_has_no_id_and_no_moment_in_common_with_what_was(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client, 4242)
    await player.play_session()
    unfinished = await player.start()
    await player.ask(await player.next(unfinished))
    before = await all_rows(store, "player", "consent", *KEPT)
    assert (await player.call_("DELETE", "/me?contributions=keep")).status_code == 204
    assert (await player.call_("GET", "/me")).status_code == 401
    after = await all_rows(store, "player", "consent", *KEPT)
    for kind in (UUID, datetime):
        assert not values_of(before, kind) & values_of(after, kind)
    (nobody,) = after["player"]
    assert (nobody["telegram_id"], nobody["name"], nobody["referred_by"]) == (None, None, None)
    assert nobody["created_at"].time() == nobody["deleted_at"].time() == time(0)
    assert [s["created_at"].time() for s in after["session"]] == [time(0)] * 2
    assert (await all_rows(store, *ERASED - {"consent"})) == {table: [] for table in ERASED - {"consent"}}


async def test_what_is_kept_is_as_good_for_research_as_it_was(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client, 4242)
    await player.play_session()
    before = await _for_research(store)
    assert (await player.call_("DELETE", "/me?contributions=keep")).status_code == 204
    after = await _for_research(store)
    assert before == after
    assert len(after) == 10
    (consent,) = (await all_rows(store, "consent"))["consent"]
    assert (consent["kept"], consent["withdrawn_at"], consent["version"]) == (True, None, 1)
    assert consent["granted_at"].time() == time(0)


async def test_who_withdrew_before_leaving_leaves_nothing_to_export(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    await player.play_session()
    assert (await player.call_("DELETE", "/me/consent")).status_code == 204
    assert (await player.call_("DELETE", "/me?contributions=keep")).status_code == 204
    assert (await all_rows(store, "consent", "question"))["consent"] == []


def test_every_table_about_players_is_kept_or_erased_by_decision() -> None:
    of_players = {t.name for t in Table.metadata.tables.values() if "player_id" in t.columns}
    assert of_players == {*KEPT, *ERASED, "operator_action"}


def test_every_id_in_what_is_kept_is_a_players_or_known_to_be_shared() -> None:
    tables = {t.name: t for t in Table.metadata.tables.values()}
    shared = {
        column.name
        for name in KEPT
        for column in tables[name].columns
        for key in column.foreign_keys
        if "player_id" not in key.column.table.columns and key.column.table.name != "player"
    }
    assert shared == SHARED_IDS


@pytest.mark.parametrize("how", ["erase", "keep"])
async def test_coming_back_brings_neither_new_sessions_nor_images_seen_before(how: str, store: Store) -> None:
    deps = make_deps(store, DemoModel(), sessions_per_day=2)
    async with client_of(assemble(deps)) as client:
        player = await new_player(client, 77)
        await player.play_session()
        seen = await _images(store)
        assert (await player.call_("DELETE", f"/me?contributions={how}")).status_code == 204
        again = await new_player(client, 77)
        assert again.me["stats"]["sessions"] == 0
        await again.play_session()
        assert len(await _images(store, of=again) - seen) == 10
        response = await again.call_("POST", "/sessions")
        assert refusal(response) == (429, "too_many_sessions")
        assert 86_000 < int(response.headers["retry-after"]) <= 86_400
        await _a_day_goes_by(store)
        assert (await again.call_("POST", "/sessions")).status_code == 201


@pytest.mark.parametrize("how", ["erase", "keep"])
async def test_coming_back_brings_no_more_cases_in_a_day(how: str, store: Store) -> None:
    async with client_of(assemble(make_deps(store, DemoModel(), cases_per_day=4))) as client:
        await flagging_player(client)
        juror = await new_player(client, 77)
        await _judge_cases(juror, 3)
        assert (await juror.call_("DELETE", f"/me?contributions={how}")).status_code == 204
        again = await new_player(client, 77)
        await _judge_cases(again, 1)
        response = await again.call_("POST", "/jury/next")
        assert refusal(response) == (429, "too_many_cases")
        assert 86_000 < int(response.headers["retry-after"]) <= 86_400
        await _a_day_goes_by(store)
        assert (await again.call_("POST", "/jury/next")).status_code == 200


async def test_who_comes_back_judges_no_picture_that_they_have_judged(
    client: httpx.AsyncClient, store: Store
) -> None:
    await flagging_player(client)
    juror = await new_player(client, 77)
    await _judge_cases(juror, 3)
    judged = await rows(store, "select image_id from app.verdict")
    assert (await juror.call_("DELETE", "/me?contributions=erase")).status_code == 204
    again = await new_player(client, 77)
    await _judge_cases(again, 2)
    assert not set(judged) & set(await rows(store, "select image_id from app.verdict"))
    assert refusal(await again.call_("POST", "/jury/next")) == (404, "no_cases")


async def _judge_cases(juror: Player, count: int) -> None:
    for _ in range(count):
        await judge(juror, await juror.call("POST", "/jury/next"), "cannot_tell")


async def test_what_is_remembered_is_gone_after_a_day_and_names_nobody(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client, 77)
    await player.play_session()
    assert (await player.call_("DELETE", "/me?contributions=erase")).status_code == 204
    (left,) = (await all_rows(store, "departed"))["departed"]
    assert len(left["person"]) == 32
    assert left["forget_at"] - left["session_starts"][0] < timedelta(hours=24, minutes=5)
    assert (len(left["image_ids"]), left["banned_at"]) == (10, None)
    await _a_day_goes_by(store)
    await forget_what_ended(store)
    assert (await all_rows(store, "departed"))["departed"] == []


async def test_who_comes_back_is_told_what_is_remembered(client: httpx.AsyncClient) -> None:
    player = await new_player(client, 77)
    await player.play_session()
    assert (await player.call_("DELETE", "/me?contributions=erase")).status_code == 204
    (left,) = (await (await new_player(client, 77)).call("GET", "/me/export"))["last_departure"]
    assert [len(left[what]) for what in ("image_ids", "session_starts", "case_starts")] == [10, 1, 0]


async def _for_research(store: Store) -> list[tuple[Any, ...]]:
    async with store.connection() as db:
        rows = await db.fetch(
            "select r.position, r.tainted, r.image_id, q.text, q.answer, q.judgement, p.points,"
            " q.answered_at - r.opened_at, r.ended_at - s.created_at, s.score, s.created_at::date"
            " from app.session s join app.round r on r.player_id = s.player_id and r.session_id = s.id"
            " join app.question q on q.player_id = r.player_id and q.round_id = r.id"
            " left join app.points p on p.player_id = r.player_id and p.round_id = r.id"
            " and p.question_id = q.id and p.session_id = s.id order by r.position"
        )
    return [tuple(row) for row in rows]


async def _images(store: Store, of: Player | None = None) -> set[UUID]:
    async with store.connection() as db:
        rows = await db.fetch(
            "select image_id from app.round"
            " where opened_at is not null and player_id = coalesce($1, player_id)",
            UUID(of.me["id"]) if of else None,
        )
    return {row[0] for row in rows}


async def _a_day_goes_by(store: Store) -> None:
    async with store.connection() as db:
        await db.execute(
            "update app.departed set forget_at = forget_at - interval '24 hours 1 second', session_starts ="
            " array(select t - interval '24 hours 1 second' from unnest(session_starts) t), case_starts ="
            " array(select t - interval '24 hours 1 second' from unnest(case_starts) t)"
        )
