"""Time that the model takes from a player is given back; a picture that it never answered for is void."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from time import monotonic
from typing import Any
from uuid import uuid4

from gap_server.app import assemble
from gap_server.game.rules import Rules
from gap_server.store.engine import Store
from gap_server.vlm.client.model import OpenAIModel
from tests.doubles.faulty_model import FaultyModel
from tests.playing import Player, new_player, refusal
from tests.time_travel import at, pass_time
from tests.world import client_of, make_deps


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
