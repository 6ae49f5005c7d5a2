"""Who waits for a slot: in turn, without a gap, and told at once when there is no use in it."""

import asyncio
from time import monotonic

import pytest

from gap_server.errors import ModelBusy
from gap_server.vlm.client.breaker import Breaker
from gap_server.vlm.client.queue import Queue
from gap_server.vlm.client.replica import Replica
from gap_server.vlm.client.server import ModelServer
from gap_server.vlm.protocol import Picture
from tests.doubles.faulty_model import FaultyModel
from tests.vlm.asking import ask, at_home, completion_of, impatient, opened, picture_of, reserves


async def test_no_more_than_the_cap_is_under_way_at_a_server(picture: Picture) -> None:
    async with (
        FaultyModel("slow:0.05") as server,
        opened(server, max_in_flight=3, hedge_seconds=5) as model,
    ):
        replies = await asyncio.gather(*(ask(model, picture, limit=10) for _ in range(10)))
        assert server.most_at_once == 3
    waits = sorted(completion_of(reply).queue_ms for reply in replies)
    assert waits[2] < waits[-1]
    assert waits[-1] >= 140


async def test_work_flows_over_to_a_replica_with_room() -> None:
    pictures = [
        picture_of(colour) for colour in ("red", "green", "blue", "black", "white", "grey", "pink", "gold")
    ]
    async with FaultyModel("slow:0.1") as one, FaultyModel("slow:0.1") as two:
        home = at_home((one, two), pictures[0])
        async with opened(one, two, max_in_flight=2, hedge_seconds=5) as model:
            await asyncio.gather(*(ask(model, pictures[0], limit=10) for _ in range(4)))
        assert (one.most_at_once, two.most_at_once) == (2, 2)
        assert home.most_at_once == 2


async def test_a_full_line_turns_people_away_and_lets_them_in_again(picture: Picture) -> None:
    async with FaultyModel("hang") as server, opened(server, max_in_flight=2, max_waiting=3) as model:
        places = [model.reserve(picture.sha256) for _ in range(5)]
        with pytest.raises(ModelBusy) as busy:
            model.reserve(picture.sha256)
        assert 1 <= busy.value.retry_after_seconds <= 15
        places[0].release()
        places[0].release()
        assert reserves(model, picture)
        again = model.reserve(picture.sha256)
        with pytest.raises(ModelBusy):
            model.reserve(picture.sha256)
        for slot in [again, *places[1:]]:
            slot.release()
    assert server.requests == []


async def test_the_first_to_come_is_the_first_to_be_asked(picture: Picture) -> None:
    async with (
        FaultyModel("slow:0.02") as server,
        opened(server, max_in_flight=1, hedge_seconds=5) as model,
    ):
        await asyncio.gather(
            *(ask(model, picture, limit=10, question=f"How many dogs, {n}?") for n in range(6))
        )
        assert [seen.question for seen in server.requests] == [f"How many dogs, {n}?" for n in range(6)]


async def test_giving_up_in_the_line_leaves_no_gap(picture: Picture) -> None:
    async with FaultyModel("slow:0.1") as server, opened(server, max_in_flight=1, hedge_seconds=5) as model:
        asking = [
            asyncio.create_task(ask(model, picture, limit=10, question=f"How many dogs, {n}?"))
            for n in range(4)
        ]
        await server.asked()
        asking[1].cancel()
        asking[0].cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        assert [seen.question for seen in server.requests] == [f"How many dogs, {n}?" for n in (0, 2, 3)]
        assert server.most_at_once == 1 or server.requests[0].ended == "gone"


async def test_giving_up_at_the_very_moment_of_being_let_in_leaves_no_gap() -> None:
    replica = Replica(ModelServer("http://gpu0:8000"), Breaker(), 1, 1.0)
    queue, ends_at = Queue([replica], max_waiting=1, limit_seconds=18), monotonic() + 18
    assert await queue.slot([replica], ends_at) is replica
    waiting = asyncio.create_task(queue.slot([replica], ends_at))
    await asyncio.sleep(0)
    queue.free(replica)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert replica.in_flight == 0


async def test_who_waits_for_a_server_that_breaks_is_told_at_once(picture: Picture) -> None:
    async with (
        FaultyModel("slow:0.05") as server,
        opened(server, max_in_flight=1, breaker=impatient) as model,
    ):
        server.behave("500")
        asking = [asyncio.create_task(ask(model, picture, limit=60)) for _ in range(6)]
        async with asyncio.timeout(50):
            outcomes = await asyncio.gather(*asking, return_exceptions=True)
    assert [getattr(outcome, "reason", None) for outcome in outcomes] == ["bad_status"] * 2 + [
        "unreachable"
    ] * 4


async def test_what_nobody_waits_for_takes_at_most_half_of_the_slots_and_none_before_a_player(
    picture: Picture,
) -> None:
    async with FaultyModel() as server, opened(server, max_in_flight=4) as model:
        background = [model.reserve(picture.sha256, background=True) for _ in range(2)]
        with pytest.raises(ModelBusy):
            model.reserve(picture.sha256, background=True)
        players = [model.reserve(picture.sha256) for _ in range(2)]
        for slot in (*background, *players):
            slot.release()
        model.reserve(picture.sha256, background=True).release()
