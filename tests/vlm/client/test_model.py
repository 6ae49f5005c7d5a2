"""Many servers behind one model: who is asked, who is left alone, and who is sent away."""

import asyncio
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gap_server.errors import ModelBusy, ModelFailed
from gap_server.vlm.answerer import ScreenedAnswer
from gap_server.vlm.client.breaker import Breaker
from gap_server.vlm.client.queue import rendezvous
from gap_server.vlm.client.replica import Replica
from gap_server.vlm.client.server import ModelServer
from gap_server.vlm.protocol import Picture
from tests.doubles.faults import until
from tests.doubles.faulty_model import FaultyModel
from tests.vlm.asking import ask, at_home, completion_of, impatient, opened, picture_of, reserves

HOSTS = [Replica(ModelServer(f"http://gpu{n}:8000"), Breaker(), 1, 1.0) for n in range(6)]


@given(st.binary(min_size=32, max_size=32).map(bytes.hex), st.sampled_from(HOSTS))
def test_taking_a_replica_away_moves_only_its_pictures(sha256: str, gone: Replica) -> None:
    before = rendezvous(HOSTS, sha256)
    after = rendezvous([host for host in HOSTS if host is not gone], sha256)
    assert after == [host for host in before if host is not gone]


@given(st.binary(min_size=32, max_size=32).map(bytes.hex), st.permutations(HOSTS))
def test_the_order_of_the_setting_does_not_matter(sha256: str, hosts: list[Replica]) -> None:
    assert rendezvous(hosts, sha256) == rendezvous(HOSTS, sha256)


def test_no_replica_starves() -> None:
    first = Counter(rendezvous(HOSTS, f"{n:064x}")[0].server.name for n in range(3_000))
    assert len(first) == len(HOSTS)
    assert min(first.values()) > 350


@pytest.mark.parametrize("behaviour", ["hang", "reset", "500", "garbage", "half_json", "empty", "drip:0.05"])
async def test_the_next_replica_answers_for_one_that_fails(behaviour: str, picture: Picture) -> None:
    async with FaultyModel() as one, FaultyModel() as two, opened(one, two) as model:
        home = at_home((one, two), picture)
        home.behave(behaviour)
        reply = await ask(model, picture, limit=5)
        assert reply.text == "There are two dogs."
        assert completion_of(reply).attempts == len(one.requests) + len(two.requests)


async def test_time_lost_on_a_failing_replica_counts_as_waiting(picture: Picture) -> None:
    async with FaultyModel() as one, FaultyModel() as two, opened(one, two, hedge_seconds=0.3) as model:
        at_home((one, two), picture).behave("hang")
        reply = await ask(model, picture, limit=5)
    assert completion_of(reply).queue_ms >= 290


async def test_what_one_server_refuses_is_not_asked_of_another(picture: Picture) -> None:
    async with FaultyModel("400") as one, FaultyModel("400") as two, opened(one, two) as model:
        with pytest.raises(ModelFailed) as failed:
            await ask(model, picture)
        assert failed.value.reason == "bad_request"
        assert len(one.requests) + len(two.requests) == 1


async def test_a_server_that_fails_again_and_again_is_left_alone_until_it_recovers(picture: Picture) -> None:
    async with FaultyModel("500") as server, opened(server, breaker=impatient) as model:
        for _ in range(2):
            with pytest.raises(ModelFailed):
                await ask(model, picture)
        with pytest.raises(ModelBusy) as busy:
            model.reserve(picture.sha256)
        assert busy.value.retry_after_seconds >= 1
        players = len(server.requests)
        server.behave("good")
        await until(lambda: reserves(model, picture))
        assert {seen.body["max_tokens"] for seen in server.requests[players:]} == {1}
        assert (await ask(model, picture)).text == "There are two dogs."


async def test_a_trial_that_fails_keeps_the_server_alone(picture: Picture) -> None:
    async with FaultyModel("500") as server, opened(server, breaker=impatient) as model:
        for _ in range(2):
            with pytest.raises(ModelFailed):
                await ask(model, picture)
        await until(lambda: not reserves(model, picture) and len(server.requests) >= 4)


async def test_who_comes_after_an_outage_finds_it_gone(picture: Picture) -> None:
    async with FaultyModel("500") as server, opened(server, breaker=impatient) as model:
        for _ in range(2):
            with pytest.raises(ModelFailed):
                await ask(model, picture)
        server.behave("good")
        asked = len(server.requests)
        await until(lambda: len(server.requests) > asked)  # by itself: nobody knocked
        await until(lambda: reserves(model, picture))


async def test_a_hanging_server_is_left_alone_though_the_player_gave_up(picture: Picture) -> None:
    async with FaultyModel("hang") as server, opened(server, breaker=impatient, hedge_seconds=0.1) as model:
        for _ in range(2):
            with pytest.raises(ModelFailed):
                await ask(model, picture, limit=0.3)
        assert not reserves(model, picture)


async def test_players_who_leave_early_blame_nobody(picture: Picture) -> None:
    async with FaultyModel("hang") as server, opened(server, breaker=impatient, hedge_seconds=5) as model:
        for _ in range(4):
            with pytest.raises(ModelFailed):
                await ask(model, picture, limit=0.02)
        assert reserves(model, picture)


async def test_a_full_server_is_waited_for_and_asked_again_without_blame(picture: Picture) -> None:
    async with FaultyModel("503,503,good") as server, opened(server, breaker=lambda: Breaker(1)) as model:
        reply = await ask(model, picture, limit=10)
        assert (reply.text, completion_of(reply).attempts) == ("There are two dogs.", 3)
    assert completion_of(reply).queue_ms >= 1000


async def test_a_server_that_stays_full_is_busy_before_the_players_time_is_up(picture: Picture) -> None:
    async with FaultyModel("503") as server, opened(server, limit_seconds=5.5) as model:
        with pytest.raises(ModelBusy) as busy:  # after it, what is raised is ModelFailed
            await ask(model, picture, limit=5.5)
        assert len(server.requests) > 1
        assert 1 <= busy.value.retry_after_seconds <= 15
        assert reserves(model, picture)


async def test_who_is_told_busy_by_one_server_is_answered_by_another(picture: Picture) -> None:
    async with FaultyModel() as one, FaultyModel() as two, opened(one, two) as model:
        home = at_home((one, two), picture)
        home.behave("503")
        reply = await ask(model, picture, limit=5)
        assert len(home.requests) == 1
    assert completion_of(reply).queue_ms < 500


@pytest.mark.parametrize(("cap", "queues"), [(32, 96), (256, 16)])
async def test_of_two_hundred_at_once_none_fails_whatever_our_cap(
    cap: int, queues: int, picture: Picture
) -> None:
    """32 at a time, some that wait, 503 beyond: as vLLM is run, and as if others kept it busy too."""
    async with (
        FaultyModel("slow:0.3", runs=32, queues=queues) as server,
        opened(server, max_in_flight=cap, hedge_seconds=10) as model,
    ):
        asking = [ask(model, picture, limit=18) for _ in range(200)]
        outcomes = await asyncio.gather(*asking, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} <= {ScreenedAnswer, ModelBusy}
    answered = sum(isinstance(outcome, ScreenedAnswer) for outcome in outcomes)
    assert answered >= 190
    assert (server.turned_away > 0) == (cap == 256)


async def test_nobody_is_let_in_who_would_not_be_answered_in_time(picture: Picture) -> None:
    async with (
        FaultyModel("slow:0.5") as server,
        opened(server, max_in_flight=2, limit_seconds=1.6, hedge_seconds=10) as model,
    ):
        model._queue.answer_seconds = 0.5
        asking = [ask(model, picture, limit=1.6) for _ in range(20)]
        outcomes = await asyncio.gather(*asking, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {ScreenedAnswer, ModelBusy}


async def test_a_slow_server_is_not_given_up_but_another_asked_beside_it(picture: Picture) -> None:
    async with FaultyModel() as one, FaultyModel() as two, opened(one, two, hedge_seconds=0.2) as model:
        home = at_home((one, two), picture)
        other = two if home is one else one
        home.behave("slow:0.5")
        other.behave("slow:3")
        reply = await ask(model, picture, limit=5)
        await other.quiet()
        assert (home.requests[0].ended, other.requests[0].ended) == ("sent", "gone")
    assert completion_of(reply).attempts == 2
    assert completion_of(reply).queue_ms < 100
    assert completion_of(reply).latency_ms >= 500


async def test_when_all_are_slow_few_are_asked_twice() -> None:
    pictures = [picture_of(f"#{n:02x}0000") for n in range(20)]
    async with (
        FaultyModel("slow:1") as one,
        FaultyModel("slow:1") as two,
        opened(one, two, max_in_flight=20, hedge_seconds=0.2) as model,
    ):
        await asyncio.gather(*(ask(model, picture, limit=10) for picture in pictures))
        assert 20 <= len(one.requests) + len(two.requests) <= 24


async def test_who_waits_at_a_server_found_down_is_asked_elsewhere(picture: Picture) -> None:
    async with (
        FaultyModel() as one,
        FaultyModel() as two,
        opened(one, two, max_in_flight=20, hedge_seconds=0.3, breaker=lambda: Breaker(2, 30)) as model,
    ):
        at_home((one, two), picture).behave("hang")
        replies = await asyncio.gather(*(ask(model, picture, limit=8) for _ in range(20)))
    assert {reply.text for reply in replies} == {"There are two dogs."}


async def test_a_picture_is_named_to_a_router_by_its_hash(picture: Picture) -> None:
    async with FaultyModel() as server, opened(server) as model:
        await asyncio.gather(*(ask(model, picture, tainted=tainted, limit=5) for tainted in (True, False)))
    assert {seen.headers["x-session-id"] for seen in server.requests} == {picture.sha256}
