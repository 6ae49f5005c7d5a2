"""Many servers behind one model: who is asked, who is left alone, who waits, and who is sent away."""

import asyncio
from collections import Counter
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gap_server.errors import ModelBusy, ModelFailed
from gap_server.vlm.answerer import ScreenedAnswer
from gap_server.vlm.client.breaker import Breaker
from gap_server.vlm.client.model import OpenAIModel
from gap_server.vlm.client.queue import Queue, rendezvous
from gap_server.vlm.client.replica import Replica
from gap_server.vlm.client.server import ModelServer
from gap_server.vlm.protocol import Picture
from tests.doubles.faults import until
from tests.doubles.faulty_model import FaultyModel
from tests.vlm.asking import ask, completion_of, impatient, opened, picture_of

HOSTS = [Replica(ModelServer(f"http://gpu{n}:8000"), Breaker(), 1, 1.0) for n in range(6)]


def at_home(model_servers: tuple[FaultyModel, ...], picture: Picture) -> FaultyModel:
    """The server that `picture` goes to first."""
    by_url = {server.url: server for server in model_servers}
    replicas = [Replica(ModelServer(url), Breaker(), 1, 1.0) for url in by_url]
    return by_url[rendezvous(replicas, picture.sha256)[0].server.url]


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


async def test_ready_asks_one_real_question_for_all_who_want_to_know() -> None:
    async with FaultyModel("slow:0.05") as server, opened(server) as model:
        await asyncio.gather(*(model.ready() for _ in range(20)))
        await model.ready()
        assert len(server.requests) == 1
        assert server.requests[0].body["max_tokens"] == 1


async def test_ready_needs_no_question_after_a_player_was_answered(picture: Picture) -> None:
    async with FaultyModel() as server, opened(server) as model:
        await ask(model, picture)
        await model.ready()
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        ("hang", "no answer within 0.75 seconds"),
        ("500", "HTTP 500"),
        ("404", "HTTP 404 {"),
        ("400", "HTTP 400 {"),
    ],
)
async def test_not_ready_is_said_in_words(behaviour: str, said: str) -> None:
    async with FaultyModel(behaviour) as server, opened(server) as model:
        with pytest.raises(ModelFailed) as failed:
            await model.ready()
        assert said in str(failed.value)
        assert f"127.0.0.1:{server.port}" in str(failed.value)


async def test_one_replica_that_answers_makes_ready() -> None:
    async with FaultyModel("hang") as one, FaultyModel("empty") as two, opened(one, two) as model:
        await model.ready()


def reserves(model: OpenAIModel, picture: Picture) -> bool:
    try:
        model.reserve(picture.sha256).release()
    except ModelBusy:
        return False
    return True


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
