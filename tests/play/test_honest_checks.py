"""Compliance checks: after a session the model is asked again, honestly; so void traps are found."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx
import pytest
from structlog.testing import capture_logs

from gap_server.app import assemble
from gap_server.demo.answerer import DemoModel
from gap_server.play import honest_checks, sharpness
from gap_server.play.deps import GameDeps
from gap_server.store.engine import Store
from gap_server.vlm.models import Models
from gap_server.vlm.protocol import Picture
from tests.playing import Player, new_player
from tests.world import administrator, client_of, make_deps

HONEST = DemoModel(honest_error_complex=0, honest_error_simple=0)


class Disobedient(DemoModel):
    """Tells the truth in both arms."""

    def answer(self, picture: Picture, question: str, *, tainted: bool, talk: str = "") -> str:
        del tainted, talk
        return super().answer(picture, question, tainted=False)


@pytest.fixture
def deps(store: Store) -> GameDeps:
    """With a model that makes no mistake of its own."""
    return make_deps(store, HONEST, oracle=HONEST.truth)


async def check_all(deps: GameDeps) -> int:
    count = 0
    while (due := await honest_checks.next_due(deps)) is not None:
        await honest_checks.make(deps, due)
        count += 1
    return count


async def rows(store: Store, sql: str, *values: object) -> list[Any]:
    async with store.connection() as db:
        return [tuple(row) for row in await db.fetch(sql, *values)]


async def test_nothing_is_asked_before_the_session_is_over_and_every_lie_after(
    client: httpx.AsyncClient, deps: GameDeps, store: Store
) -> None:
    player = await new_player(client)
    session = await player.start()
    for _ in range(10):
        round_ = await player.next(session)
        await player.judge(await player.ask(round_), "wrong")
        assert await rows(store, "select * from app.honest_check") == []
    await sharpness.assess_waiting(deps)
    assert await check_all(deps) == 10
    checks = await rows(
        store,
        "select distinct r.tainted, h.agrees, h.agrees_by, h.truth is not null from app.honest_check h"
        " join app.question q on q.player_id = h.player_id and q.id = h.question_id"
        " join app.round r on r.player_id = q.player_id and r.id = q.round_id order by 1",
    )
    assert checks == [(False, True, "rule", True), (True, False, "rule", True)]
    result = await player.call("GET", f"/sessions/{session['id']}/result")
    for past in result["rounds"]:
        assert past["truth"], "the demo knows what is true"
        assert (past["truth"] == past["answer"]) is not past["was_trap"]


async def test_a_trap_whose_answer_was_true_is_void_as_evidence_and_keeps_its_points(store: Store) -> None:
    model = Disobedient(honest_error_complex=0, honest_error_simple=0)
    deps = make_deps(store, model)
    async with client_of(assemble(deps)) as client:
        player, trusting = await new_player(client, 1), await new_player(client, 2)
        flagged = await player.play_session("wrong")
        let_go = await trusting.play_session("right")
        await check_all(deps)
        assert flagged["score"] == 100
        counted = await rows(
            store,
            "select count(*) from app.honest_check h join app.question q on q.id = h.question_id"
            " join app.round r on r.id = q.round_id where r.tainted and h.agrees",
        )
        assert counted == [(10,)]
        result = await trusting.call("GET", f"/sessions/{let_go['session_id']}/result")
        outcomes = {past["outcome"] for past in result["rounds"] if past["was_trap"]}
        assert outcomes == {"void"}
        result = await player.call("GET", f"/sessions/{flagged['session_id']}/result")
        assert {past["outcome"] for past in result["rounds"] if past["was_trap"]} == {"caught"}


async def test_a_correction_is_verified_when_it_agrees_with_the_truth_and_not_with_the_lie(
    client: httpx.AsyncClient, deps: GameDeps, store: Store
) -> None:
    player = await new_player(client)
    session = await player.start()
    for _ in range(10):
        round_ = await player.next(session)
        await player.judge(await player.ask(round_), "wrong")
    await player.call("GET", f"/sessions/{session['id']}/result")
    await check_all(deps)
    checked = await rows(
        store,
        "select r.id, h.answer, q.answer from app.honest_check h"
        " join app.question q on q.id = h.question_id join app.round r on r.id = q.round_id where r.tainted",
    )
    for n, (round_id, honest, shown) in enumerate(checked):
        await player.call("PUT", f"/rounds/{round_id}/correction", {"text": honest if n else shown})
    assert await honest_checks.verify_corrections(deps) == 5
    assert await honest_checks.verify_corrections(deps) == 0
    held = await rows(
        store,
        "select correction_holds, count(*) from app.honest_check where correction is not null group by 1",
    )
    assert sorted(held) == [(False, 1), (True, 4)]


async def test_checks_are_of_players_who_consent_and_are_made_once_by_many_at_a_time(
    client: httpx.AsyncClient, deps: GameDeps, store: Store
) -> None:
    gone, there = await new_player(client, 1), await new_player(client, 2)
    await gone.play_session("wrong")
    await there.play_session("wrong")
    await gone.call_("DELETE", "/me/consent")
    made = await asyncio.gather(*(check_all(deps) for _ in range(4)))
    assert sum(made) == 10
    whose = await rows(store, "select distinct player_id from app.honest_check where answer is not null")
    assert whose == [(UUID(there.me["id"]),)]


async def test_a_model_that_is_gone_or_busy_costs_nothing_but_time(
    client: httpx.AsyncClient, deps: GameDeps, store: Store
) -> None:
    await (await new_player(client)).play_session("wrong")
    gone = replace(deps, models=Models.of(Renamed()))
    due = await honest_checks.next_due(gone)
    assert due is not None
    await honest_checks.make(gone, due)
    states = "select due_at is null, answer is null from app.honest_check where question_id = $1"
    assert await rows(store, states, due.question_id) == [(True, True)], "given up"
    assert await check_all(deps) == 9


class Renamed(DemoModel):
    """A model of another name."""

    def __init__(self) -> None:
        super().__init__()
        self.id = self.id._replace(name="another")


async def test_confirmed_lies_and_what_held_become_known_cases(
    client: httpx.AsyncClient, deps: GameDeps, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(honest_checks, "LIE_SHARE", 1.0)
    monkeypatch.setattr(sharpness, "CHECKED_SHARE", 1.0)
    player: Player = await new_player(client)
    await player.play_session("right")
    await check_all(deps)
    known = await rows(
        store,
        "select c.stratum, r.tainted, r.pool, count(*) from app.jury_case c"
        " join app.question q on q.id = c.question_id join app.round r on r.id = q.round_id"
        " where c.stratum in ('lie', 'held') group by 1, 2, 3",
    )
    assert sum(count for stratum, tainted, _, count in known if stratum == "lie" and tainted) == 5
    assert {row[:3] for row in known if row[0] == "held"} == {("held", False, "simple")}
    assert len({row[1] for row in known if row[0] == "lie"}) == 1


async def test_checks_that_failed_and_work_again_say_so(
    deps: GameDeps, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def rename(old: str, new: str) -> None:
        async with administrator(store) as db:
            await db.execute(f"alter table app.{old} rename to {new}")

    async def logged(word: str) -> None:
        while not any(word in line["event"] for line in lines):  # noqa: ASYNC110  # the log tells nobody
            await asyncio.sleep(0.01)

    monkeypatch.setattr(honest_checks, "IDLE_SECONDS", 0.01)
    await rename("honest_check", "another")
    with capture_logs() as lines:
        checking = asyncio.create_task(honest_checks.keep_checking(deps, per_minute=10_000))
        await logged("failed")
        await rename("another", "honest_check")
        await asyncio.wait_for(logged("works again"), 120)
        checking.cancel()
    assert lines[0]["error"] == "UndefinedTableError"
