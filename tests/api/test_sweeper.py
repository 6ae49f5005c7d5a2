"""What runs out while nobody looks: rounds, sessions, and questions whose process died."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import httpx
from structlog.testing import capture_logs

from gap_server.app import assemble
from gap_server.play.deps import GameDeps
from gap_server.play.sweeper import Sweeper
from gap_server.store.engine import Store
from gap_server.vlm.client.model import OpenAIModel
from tests.doubles.faulty_model import FaultyModel
from tests.playing import new_player, refusal
from tests.time_travel import at, leave_unanswered, pass_time
from tests.world import client_of, make_deps


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


async def test_a_question_whose_process_died_fails_and_its_time_is_given_back(
    client: httpx.AsyncClient, deps: GameDeps
) -> None:
    player = await new_player(client)
    round_ = await player.next(await player.start())
    lost = uuid4()
    await leave_unanswered(deps.store, round_, lost)
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
    await leave_unanswered(deps.store, round_, lost)
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
    await leave_unanswered(deps.store, round_, uuid4())
    await pass_time(deps.store, 10)
    assert await Sweeper(deps).sweep() == 0
    assert (await player.call("GET", f"/rounds/{round_['id']}"))["state"] == "open"
    await pass_time(deps.store, 16)
    assert await Sweeper(deps).sweep() == 1
    after = await player.call("GET", f"/rounds/{round_['id']}")
    assert after["state"] == "open", "the 26 seconds lost are given back"
