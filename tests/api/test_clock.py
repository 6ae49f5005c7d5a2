"""Time is the server's: deadlines, grace, and a database whose clock is set."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from gap_server.app import assemble
from gap_server.play.deps import GameDeps
from gap_server.play.sweeper import Sweeper
from gap_server.store.engine import Store
from gap_server.vlm.client.model import OpenAIModel
from tests.doubles.faulty_model import FaultyModel
from tests.playing import new_player, refusal
from tests.time_travel import at, leave_unanswered, pass_time
from tests.world import client_of, make_deps


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


async def test_a_question_under_way_keeps_a_round_open_but_no_judgement_in_time(
    client: httpx.AsyncClient, deps: GameDeps
) -> None:
    player = await new_player(client)
    round_ = await player.next(await player.start())
    answered = await player.ask(round_)
    await pass_time(deps.store, 115)
    await leave_unanswered(deps.store, round_, uuid4())
    await pass_time(deps.store, 8)
    assert (await player.call("GET", f"/rounds/{round_['id']}"))["state"] == "open"
    assert refusal(await player.judge_(answered)) == (409, "round_over")
    assert refusal(await player.pass_(round_)) == (409, "round_over")


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
