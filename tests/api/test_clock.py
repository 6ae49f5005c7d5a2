"""Time is the server's: deadlines, grace, time given back, what runs out while nobody looks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from uuid import uuid4

import httpx
import pytest
from structlog.testing import capture_logs

from gap_server.app import assemble
from gap_server.game.rules import Rules
from gap_server.play.deps import GameDeps
from gap_server.play.sweeper import Sweeper
from gap_server.store.engine import Store
from gap_server.vlm.client.model import OpenAIModel
from tests.doubles.faulty_model import FaultyModel
from tests.playing import Player, new_player, refusal
from tests.time_travel import pass_time
from tests.world import client_of, make_deps


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


async def test_a_round_has_two_minutes(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    round_ = await player.next(await player.start())
    assert at(round_["deadline_at"]) - at(round_["opened_at"]) == timedelta(seconds=120)
    assert abs(at(round_["server_now"]) - at(round_["opened_at"])) < timedelta(seconds=1)


async def test_the_clock_starts_when_the_picture_is_served_ten_seconds_late_at_most(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    session = await player.start()
    for waited, at_least in ((4, 4), (30, 10)):
        round_ = await player.next(session)
        await pass_time(store, waited)
        image = f"/rounds/{round_['id']}/image"
        await asyncio.gather(*(player.call_("GET", image) for _ in range(5)))
        await pass_time(store, 3)
        assert (await player.call_("GET", image)).status_code == 200, "once served it changes nothing"
        seen = await player.call("GET", f"/rounds/{round_['id']}")
        late = at(seen["deadline_at"]) - at(seen["opened_at"]) - timedelta(seconds=120)
        assert timedelta(seconds=at_least) <= late <= timedelta(seconds=10)
        await player.judge(await player.ask(round_))


async def test_a_judgement_counts_in_the_two_seconds_of_grace_and_not_after(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    session = await player.start()
    first = await player.ask(await player.next(session))
    await pass_time(store, 121)
    assert (await player.judge(first))["state"] == "flagged"
    second = await player.ask(await player.next(session))
    await pass_time(store, 122.5)
    assert refusal(await player.judge_(second)) == (409, "round_over")


async def test_the_grace_is_for_judging_alone(client: httpx.AsyncClient, store: Store) -> None:
    player = await new_player(client)
    round_ = await player.next(await player.start())
    await player.ask(round_)
    await pass_time(store, 121)
    assert refusal(await player.pass_(round_)) == (409, "round_over")
    assert (await player.call("GET", f"/rounds/{round_['id']}"))["state"] == "open"


async def test_no_question_is_taken_after_the_deadline(client: httpx.AsyncClient, store: Store) -> None:
    player = await new_player(client)
    round_ = await player.next(await player.start())
    await pass_time(store, 121)
    assert refusal(await player.ask_(round_, "How many?")) == (409, "round_over")


async def test_going_on_ends_a_round_past_its_deadline_grace_or_not(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    session = await player.start()
    first = await player.next(session)
    assert (await player.next(session))["id"] == first["id"], "before the deadline it stays"
    await pass_time(store, 121)
    second = await player.next(session)
    assert second["position"] == 2
    assert (await player.call("GET", f"/rounds/{first['id']}"))["state"] == "expired"


async def test_whoever_looks_at_a_round_that_ran_out_sees_it_ended(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    session = await player.start()
    round_ = await player.next(session)
    await pass_time(store, 123)
    assert (await player.call("GET", f"/rounds/{round_['id']}"))["state"] == "expired"
    assert (await player.call("GET", "/sessions/current"))["rounds_done"] == 1


async def test_the_sweeper_ends_rounds_and_sessions_that_nobody_looks_at(
    client: httpx.AsyncClient, deps: GameDeps
) -> None:
    players = [await new_player(client, n) for n in range(1, 6)]
    for player in players:
        await player.next(await player.start())
    assert await Sweeper(deps).sweep() == 0
    await pass_time(deps.store, 123)
    assert await Sweeper(deps).sweep() == 5
    assert await Sweeper(deps).sweep() == 0
    await pass_time(deps.store, 24 * 3600)
    assert await Sweeper(deps).sweep() == 5
    async with deps.store.connection() as db:
        states = await db.fetch("select state, count(*) from app.session group by state")
        assert [tuple(row) for row in states] == [("expired", 5)]
        assert await db.fetchval("select count(*) from app.round where state = 'open'") == 0


async def test_many_sweepers_at_once_end_each_round_once(client: httpx.AsyncClient, deps: GameDeps) -> None:
    players = [await new_player(client, n) for n in range(1, 11)]
    for player in players:
        await player.next(await player.start())
    await pass_time(deps.store, 123)
    await asyncio.gather(*(Sweeper(deps).sweep() for _ in range(8)))
    async with deps.store.connection() as db:
        assert await db.fetchval("select count(*) from app.round where state = 'expired'") == 10
        assert await db.fetchval("select sum(rounds_done) from app.session") == 10


async def test_an_expired_session_has_a_result_and_another_may_be_started(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    session = await player.start()
    await player.judge(await player.ask(await player.next(session)))
    await pass_time(store, 24 * 3600 + 1)
    result = await player.call("GET", f"/sessions/{session['id']}/result")
    assert result["state"] == "expired"
    assert len(result["rounds"]) == 1
    assert (await player.call("GET", f"/sessions/{session['id']}"))["state"] == "expired"
    assert (await player.call_("POST", "/sessions")).status_code == 201


async def ask_a(store: Store, behaviour: str, rules: Rules | None = None) -> tuple[Any, Any, Any]:
    """Ask a model that behaves so; give the round before, the question, and the round after."""
    async with FaultyModel(behaviour) as server:
        model = OpenAIModel(urls=[server.url], model="vlm")
        deps = make_deps(store, model, rules)
        async with client_of(assemble(deps)) as client:
            player = await new_player(client)
            before = await player.next(await player.start())
            question = await player.ask(before)
            after = await player.call("GET", f"/rounds/{before['id']}")
        await model.aclose()
    return before, question, after


async def test_a_model_that_fails_costs_the_player_no_time(store: Store) -> None:
    before, question, after = await ask_a(store, "500")
    assert (question["state"], question["answer"]) == ("failed", None)
    given_back = at(after["deadline_at"]) - at(before["deadline_at"])
    took = at(question["answered_at"]) - at(question["asked_at"])
    assert given_back > timedelta()
    assert abs(given_back - took) < timedelta(milliseconds=5)


async def test_a_model_that_thinks_slowly_uses_the_players_time(store: Store) -> None:
    before, question, after = await ask_a(store, "slow:0.5")
    assert question["state"] == "answered"
    assert after["deadline_at"] == before["deadline_at"]


async def test_waiting_in_our_queue_is_given_back(store: Store) -> None:
    async with FaultyModel("slow:0.6") as server:
        model = OpenAIModel(urls=[server.url], model="vlm", max_in_flight=1)
        async with client_of(assemble(make_deps(store, model))) as client:
            players = [await new_player(client, n) for n in (1, 2)]
            rounds = [await player.next(await player.start()) for player in players]
            await asyncio.gather(*(p.ask(r) for p, r in zip(players, rounds, strict=True)))
            gains = []
            for player, before in zip(players, rounds, strict=True):
                after = await player.call("GET", f"/rounds/{before['id']}")
                gains.append(at(after["deadline_at"]) - at(before["deadline_at"]))
        await model.aclose()
    gains.sort()
    assert gains[0] < timedelta(milliseconds=300)
    assert gains[1] > timedelta(milliseconds=300)


@asynccontextmanager
async def at_a_busy_model(store: Store, seconds: float) -> AsyncIterator[tuple[Player, Any]]:
    """A player in a round, while another's question has the model's only slot for `seconds`."""
    async with FaultyModel(f"slow:{seconds}") as server:
        model = OpenAIModel(urls=[server.url], model="vlm", max_in_flight=1, max_waiting=0)
        async with client_of(assemble(make_deps(store, model))) as client:
            players = [await new_player(client, n) for n in (1, 2)]
            rounds = [await player.next(await player.start()) for player in players]
            first = asyncio.create_task(players[0].ask(rounds[0]))
            await server.asked()
            yield players[1], rounds[1]
            assert (await first)["state"] == "answered"
        await model.aclose()


async def test_a_busy_model_stores_nothing_and_costs_no_time(store: Store) -> None:
    async with at_a_busy_model(store, 1) as (player, before):
        busy = await player.ask_(before, "How many?")
        assert refusal(busy) == (503, "model_busy")
        after = await player.call("GET", f"/rounds/{before['id']}")
        assert after["questions"] == []
        waited = timedelta(seconds=int(busy.headers["retry-after"]))
        assert at(after["deadline_at"]) - at(before["deadline_at"]) == waited


async def test_a_model_server_that_stays_full_stores_nothing_and_costs_no_time(store: Store) -> None:
    async with FaultyModel("503") as server:
        model = OpenAIModel(urls=[server.url], model="vlm", limit_seconds=5.5)
        async with client_of(assemble(make_deps(store, model))) as client:
            player = await new_player(client)
            before, question = await player.next(await player.start()), uuid4()
            began = monotonic()
            asking = [asyncio.create_task(player.ask_(before, "How many?", question)) for _ in range(3)]
            for heard in await asyncio.gather(*asking):
                assert refusal(heard) == (503, "model_busy")
                assert int(heard.headers["retry-after"]) >= 1
            took = timedelta(seconds=monotonic() - began)
            after = await player.call("GET", f"/rounds/{before['id']}")
            server.behave("good")
            assert (await player.ask_(before, "How many?", question)).json()["state"] == "answered"
        await model.aclose()
    assert after["questions"] == []
    given_back = at(after["deadline_at"]) - at(before["deadline_at"])
    assert took <= given_back + timedelta(seconds=1) <= took + timedelta(seconds=5)


async def test_knocking_at_a_busy_model_again_and_again_gains_no_time(store: Store) -> None:
    async with at_a_busy_model(store, 1.5) as (player, before):
        knocks = [await player.ask_(before, "How many?") for _ in range(6)]
        assert {knock.status_code for knock in knocks} == {503}
        after = await player.call("GET", f"/rounds/{before['id']}")
        longest = max(int(knock.headers["retry-after"]) for knock in knocks)
        given_back = at(after["deadline_at"]) - at(before["deadline_at"])
        assert timedelta() < given_back < timedelta(seconds=longest + 1.5)


async def test_a_question_under_way_keeps_a_round_open_but_no_judgement_in_time(
    client: httpx.AsyncClient, deps: GameDeps
) -> None:
    player = await new_player(client)
    round_ = await player.next(await player.start())
    answered = await player.ask(round_)
    await pass_time(deps.store, 115)
    await _orphan(deps, round_, uuid4())
    await pass_time(deps.store, 8)
    assert (await player.call("GET", f"/rounds/{round_['id']}"))["state"] == "open"
    assert refusal(await player.judge_(answered)) == (409, "round_over")
    assert refusal(await player.pass_(round_)) == (409, "round_over")


async def test_an_image_whose_model_never_answered_is_void(store: Store) -> None:
    async with FaultyModel("500") as server:
        model = OpenAIModel(urls=[server.url], model="vlm")
        async with client_of(assemble(make_deps(store, model))) as client:
            player = await new_player(client)
            round_ = await player.next(await player.start())
            assert (await player.ask(round_))["state"] == "failed"
            await pass_time(store, 150)
            assert (await player.call("GET", f"/rounds/{round_['id']}"))["state"] == "void"
        await model.aclose()


async def test_an_image_whose_questions_all_failed_may_be_passed_on_and_is_void(store: Store) -> None:
    async with FaultyModel("500") as server:
        model = OpenAIModel(urls=[server.url], model="vlm")
        async with client_of(assemble(make_deps(store, model))) as client:
            player = await new_player(client)
            session = await player.start()
            round_ = await player.next(session)
            assert (await player.ask(round_))["state"] == "failed"
            assert (await player.pass_(round_)).json()["state"] == "void"
            assert (await player.pass_(round_)).json()["state"] == "void", "again is harmless"
            assert (await player.next(session))["position"] == 2
        await model.aclose()


async def test_a_question_that_was_refused_is_enough_to_pass_on(store: Store) -> None:
    async with FaultyModel("say:NOT_ABOUT_THE_PICTURE") as server:
        model = OpenAIModel(urls=[server.url], model="vlm")
        async with client_of(assemble(make_deps(store, model))) as client:
            player = await new_player(client)
            round_ = await player.next(await player.start())
            assert (await player.ask(round_))["state"] == "refused"
            assert (await player.pass_(round_)).json()["state"] == "passed"
        await model.aclose()


async def test_a_question_whose_process_died_fails_and_its_time_is_given_back(
    client: httpx.AsyncClient, deps: GameDeps
) -> None:
    player = await new_player(client)
    round_ = await player.next(await player.start())
    lost = uuid4()
    await _orphan(deps, round_, lost)
    still = await player.ask_(round_, "Another?")
    assert refusal(still) == (409, "still_answering")
    await pass_time(deps.store, 26)
    assert await Sweeper(deps).sweep() == 1
    question = await player.call("GET", f"/questions/{lost}")
    assert question["state"] == "failed"
    after = await player.call("GET", f"/rounds/{round_['id']}")
    given_back = at(after["deadline_at"]) - at(after["opened_at"]) - timedelta(seconds=120)
    assert timedelta(seconds=26) <= given_back < timedelta(seconds=30)
    async with deps.store.connection() as db:
        assert await db.fetchval("select failure from app.question where id = $1", lost) == "lost"


async def test_a_lost_question_of_a_round_that_is_over_fails_too(
    client: httpx.AsyncClient, deps: GameDeps
) -> None:
    player = await new_player(client)
    round_ = await player.next(await player.start())
    answered, lost = await player.ask(round_), uuid4()
    await _orphan(deps, round_, lost)
    assert (await player.judge(answered))["state"] == "flagged"
    await pass_time(deps.store, 26)
    await Sweeper(deps).sweep()
    assert (await player.call("GET", f"/questions/{lost}"))["state"] == "failed"


async def test_an_answer_that_comes_after_its_question_was_taken_for_lost_is_too_late(store: Store) -> None:
    async with FaultyModel("slow:0.8") as server:
        model = OpenAIModel(urls=[server.url], model="vlm")
        deps = make_deps(store, model)
        async with client_of(assemble(deps)) as client:
            player = await new_player(client)
            round_ = await player.next(await player.start())
            first = await player.ask(round_)
            asking = asyncio.create_task(player.ask(round_, "And now?"))
            await server.asked(2)
            assert (await player.judge(first))["state"] == "flagged"
            await pass_time(store, 26)
            assert await Sweeper(deps).sweep() == 1
            assert (await asking)["state"] == "failed"
        await model.aclose()
    async with store.connection() as db:
        rows = await db.fetch("select state, failure, answer is null from app.question order by number")
    assert [tuple(row) for row in rows] == [("answered", None, False), ("failed", "lost", True)]


async def test_one_player_who_cannot_be_written_holds_up_nobody_else(
    client: httpx.AsyncClient, deps: GameDeps
) -> None:
    players = [await new_player(client, n) for n in range(1, 6)]
    for player in players:
        session = await player.start()
        await player.judge(await player.ask(await player.next(session)))
    async with deps.store.connection() as db:
        await db.execute("update app.player set time_zone = 'Mars/Olympus' where telegram_id = 3")
        await db.execute(
            "update app.session set rounds_done = 9 where player_id ="
            " (select id from app.player where telegram_id = 3)"
        )
    for player in players:
        await player.next(await player.start())
    await pass_time(deps.store, 123)
    sweeper = Sweeper(deps)
    with capture_logs() as told:
        assert await sweeper.sweep() == 4
        (trouble,) = sweeper.troubled.values()
        assert await sweeper.sweep() == 0, "it rests"
        trouble.again_at -= 10
        assert await sweeper.sweep() == 0
    assert [(line["error"], line["times"]) for line in told] == [
        ("InvalidParameterValueError", 1),
        ("InvalidParameterValueError", 2),
    ]
    async with deps.store.connection() as db:
        await db.execute("update app.player set time_zone = 'UTC'")
    trouble.again_at -= 10
    assert await sweeper.sweep() == 1
    assert sweeper.troubled == {}


async def test_a_round_is_not_ended_while_its_question_is_being_answered(
    client: httpx.AsyncClient, deps: GameDeps
) -> None:
    player = await new_player(client)
    round_ = await player.next(await player.start())
    await pass_time(deps.store, 115)
    await _orphan(deps, round_, uuid4())
    await pass_time(deps.store, 10)
    assert await Sweeper(deps).sweep() == 0
    assert (await player.call("GET", f"/rounds/{round_['id']}"))["state"] == "open"
    await pass_time(deps.store, 16)
    assert await Sweeper(deps).sweep() == 1
    after = await player.call("GET", f"/rounds/{round_['id']}")
    assert after["state"] == "open", "the 26 seconds lost are given back"


async def _orphan(deps: GameDeps, round_: Any, question_id: object) -> None:
    """Leave a question behind as a killed process does."""
    async with deps.store.connection() as db:
        await db.execute(
            "insert into app.question (player_id, id, round_id, number, text, asked_at)"
            " select player_id, $2, id, 9, 'Lost?', now() from app.round where id = $1::uuid",
            round_["id"],
            question_id,
        )


async def test_a_database_whose_clock_is_set_back_plays_on(client: httpx.AsyncClient, store: Store) -> None:
    """Between every two calls, half a minute each time: what is done last then seems to come first."""
    player = await new_player(client)
    session = await player.start()
    for judgement in ("right", "wrong"):
        round_ = await player.next(session)
        await pass_time(store, -30)
        question = await player.ask(round_)
        assert question["state"] == "answered"
        await pass_time(store, -30)
        assert (await player.judge_(question, judgement)).status_code == 200
        await pass_time(store, -30)
        if judgement == "right":
            assert (await player.pass_(round_)).status_code == 200
    assert (await player.call("GET", "/sessions/current"))["rounds_done"] == 2


HOUR, DAY = 3600, 24 * 3600


@pytest.mark.parametrize("forward", [HOUR, DAY + HOUR])
async def test_a_database_whose_clock_is_set_forward_ends_what_was_open_and_plays_on(
    client: httpx.AsyncClient, store: Store, forward: int
) -> None:
    """And when somebody sets it right again, too: what was begun meanwhile only lasts longer."""
    player = await new_player(client)
    session = await player.start()
    first = await player.next(session)
    question = await player.ask(first)
    await pass_time(store, forward)
    assert refusal(await player.judge_(question)) == (409, "round_over")
    assert (await player.call("GET", f"/rounds/{first['id']}"))["state"] == "expired"
    if forward > DAY:
        assert (await player.call("GET", f"/sessions/{session['id']}"))["state"] == "expired"
        session = await player.start()
    second = await player.ask(await player.next(session))
    await pass_time(store, -forward)
    assert (await player.judge(second))["state"] == "flagged"
    assert (await player.judge(await player.ask(await player.next(session))))["state"] == "flagged"


async def test_a_question_under_way_while_the_clock_is_set_forward_fails_and_its_image_is_void(
    store: Store,
) -> None:
    async with FaultyModel("slow:0.8,good") as server:
        model = OpenAIModel(urls=[server.url], model="vlm")
        deps = make_deps(store, model)
        async with client_of(assemble(deps)) as client:
            player = await new_player(client)
            session = await player.start()
            round_ = await player.next(session)
            asking = asyncio.create_task(player.ask(round_))
            await server.asked()
            await pass_time(store, HOUR)
            await Sweeper(deps).sweep()
            assert (await asking)["state"] == "failed"
            assert (await player.call("GET", f"/rounds/{round_['id']}"))["state"] == "void"
            assert (await player.judge(await player.ask(await player.next(session))))["state"] == "flagged"
        await model.aclose()
