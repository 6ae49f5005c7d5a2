"""The whole server against a model that fails in every way, and against one that is merely slow.

Both are let happen once, at the same time and with the limits that players get; each test looks at one side.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.doubles.faulty_model import Body, FaultyModel
from tests.outside.server_process import PATIENCE_SECONDS, ServerProcess, sql, until, visitor
from tests.playing import Player, new_player
from tests.world import copy_of_template

SLOW_FAULTS = ("hang", "hang_after_head", "drip")
FAULTS = (
    *SLOW_FAULTS,
    "reset",
    "reset_in_body",
    "500",
    "garbage",
    "half_json",
    "megabyte",
    "endless",
    "empty",
    "close",
)
POOL = 5
WAITING = 200
ROUNDS_OF_LOOKS = 5


@dataclass
class Faulted:
    """What one player saw of one fault."""

    before: Any
    response: httpx.Response
    after: Any


@dataclass
class Seen:
    faults: dict[str, Faulted] = field(default_factory=dict)
    meanwhile: int = 0
    answers: list[httpx.Response] = field(default_factory=list)
    waiting_after_looks: int = 0
    most_at_model: int = 0
    again: list[httpx.Response] = field(default_factory=list)
    """The same players' next questions, of a model that takes no more than 128 at once."""
    stored_again: Counter[str] = field(default_factory=Counter)
    turned_away: int = 0
    connections: list[list[float]] = field(default_factory=list)
    """Of each of the server's connections, each time that one looked while all were waiting, the seconds that
    its transaction has been open; 0 where none is. The sweeper has short ones."""


@pytest.fixture(scope="module")
async def seen(postgres: str, template: str) -> AsyncIterator[Seen]:
    seen = Seen()
    async with (
        asyncio.timeout(PATIENCE_SECONDS),
        copy_of_template(postgres, template) as first,
        copy_of_template(postgres, template) as second,
    ):
        await asyncio.gather(let_it_fail(seen, first), let_them_wait(seen, second))
        yield seen


async def let_it_fail(seen: Seen, database_url: str) -> None:
    """Each player meets a fault of their own; one more goes on looking around.

    Faults that take time come all at once, the others one by one and a good answer after each: after five
    failures in a row the server would rightly leave this model alone.
    """
    async with FaultyModel(fault_in_question) as model:
        with serving(model, database_url) as server:
            async with visitor(await server.start().ready()) as client:
                players = [await new_player(client, n) for n in range(1, len(FAULTS) + 3)]
                rounds = [await player.next(await player.start()) for player in players]
                met = list(zip(players, rounds, FAULTS, strict=False))
                slow, quick = met[: len(SLOW_FAULTS)], met[len(SLOW_FAULTS) :]
                faults = asyncio.gather(
                    *(meet(*each) for each in slow), *in_turn(quick, players[-2], rounds[-2])
                )
                seen.meanwhile = await looking_around(players[-1], rounds[-1], faults.done)
                seen.faults = dict(zip(FAULTS, await faults, strict=True))


async def let_them_wait(seen: Seen, database_url: str) -> None:
    """Two hundred players wait for a model until one more has looked around."""
    async with FaultyModel() as model:
        model.hold()
        # without the gate, whose calls are none of those that wait
        settings = {"database_pool": POOL, "vlm_max_in_flight": WAITING, "vlm_gate": False}
        with serving(model, database_url, **settings) as server:
            async with visitor(await server.start().ready()) as client, sql(database_url) as db:
                players = [Player(client, n) for n in range(1, WAITING + 2)]
                rounds = await in_fifties(players, ready_to_ask)
                asking = asyncio.gather(
                    *(p.ask_(r, "How many?") for p, r in zip(players[:-1], rounds, strict=False))
                )

                async def all_wait() -> bool:
                    return model.at_once == WAITING

                try:
                    await until(all_wait)
                except TimeoutError:
                    pytest.fail(f"only {model.at_once} of {WAITING} questions are at the model")
                looking = asyncio.create_task(looks_at_connections(db))
                for _ in range(ROUNDS_OF_LOOKS):
                    await look_around(players[-1], rounds[-1])
                seen.connections = await looking
                seen.waiting_after_looks = model.at_once
                model.let_go()
                seen.answers = await asking
                seen.most_at_model = model.most_at_once
                model.limit(runs=32, queues=96)
                model.hold()  # until more have come than it takes, however slowly they do
                asking = asyncio.gather(
                    *(p.ask_(r, "And now?") for p, r in zip(players[:-1], rounds, strict=False))
                )

                async def is_full() -> bool:
                    return model.turned_away > 0

                await until(is_full)
                model.let_go()
                seen.again = await asking
                seen.turned_away = model.turned_away
                seen.stored_again = Counter(
                    row["state"]
                    for row in await db.fetch("select state from app.question where text = 'And now?'")
                )


def in_turn(quick: list[tuple[Player, Any, str]], steady: Player, its_round: Any) -> list[Awaitable[Faulted]]:
    """Each meets its fault once the one before it has, and `steady` had a good answer in between."""
    turn = asyncio.Lock()

    async def one(player: Player, round_: Any, fault: str) -> Faulted:
        async with turn:
            met = await meet(player, round_, fault)
            while (await steady.ask_(its_round, "How do you good")).status_code == 503:  # noqa: ASYNC110  # another process is waited for
                await asyncio.sleep(0.3)  # a server that says it is full is left alone for a moment
            return met

    return [one(*each) for each in quick]


def serving(model: FaultyModel, database_url: str, **settings: object) -> ServerProcess:
    """Two hundred in one instant are no overload here, however slow the machine is."""
    known = {
        "database_url": database_url,
        "vlm_urls": model.url,
        "vlm_model": "m",
        "longest_queue_ms": 60_000,
    }
    return ServerProcess("serve", port=0, **known, **settings)


def fault_in_question(body: Body) -> str:
    """The fault that a question names; readiness, which asks of one token, is answered well."""
    content = body["messages"][-1]["content"]
    text = content[-1]["text"] if isinstance(content, list) else content
    return next((fault for fault in FAULTS if text.endswith(f" {fault}")), "good")


async def meet(player: Player, round_: Any, fault: str) -> Faulted:
    response = await player.ask_(round_, f"How do you {fault}")
    return Faulted(round_, response, await player.call("GET", f"/rounds/{round_['id']}"))


async def looking_around(player: Player, round_: Any, is_over: Callable[[], bool]) -> int:
    """How many rounds of looks of a player who asks the model nothing there were before it was over."""
    rounds = 0
    while not is_over():
        await look_around(player, round_)
        rounds += not is_over()
        await asyncio.sleep(0.1)
    return rounds


async def look_around(player: Player, round_: Any) -> None:
    for path in ("/me", "/sessions/current", f"/rounds/{round_['id']}", f"/rounds/{round_['id']}/image"):
        assert (await player.call_("GET", path)).status_code == 200


async def ready_to_ask(player: Player) -> Any:
    await (await player.sign_in()).consent()
    return await player.next(await player.start())


async def in_fifties(players: list[Player], act: Callable[[Player], Awaitable[Any]]) -> list[Any]:
    """So that the preparation is no stampede: what is tested is what comes after it."""
    done: list[Any] = []
    for start in range(0, len(players), 50):
        done += await asyncio.gather(*(act(player) for player in players[start : start + 50]))
    return done


async def looks_at_connections(db: Any) -> list[list[float]]:
    seen = []
    for _ in range(10):
        seen.append(await connections(db))
        await asyncio.sleep(0.3)
    return seen


async def connections(db: Any) -> list[float]:
    rows = await db.fetch(
        "select coalesce(extract(epoch from clock_timestamp() - xact_start), 0)::float from pg_stat_activity"
        " where datname = current_database() and application_name = 'gap-server'"
    )
    return [row[0] for row in rows]


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_question_ends_within_20_seconds_and_costs_the_player_no_time(seen: Seen, fault: str) -> None:
    met = seen.faults[fault]
    question = met.response.json()
    assert (met.response.status_code, question.get("state")) == (200, "failed"), met.response.text
    assert question["answer"] is None
    took = at(question["answered_at"]) - at(question["asked_at"])
    assert took < timedelta(seconds=20)
    given_back = at(met.after["deadline_at"]) - at(met.before["deadline_at"])
    assert abs(given_back - took) < timedelta(milliseconds=100)
    assert met.after["state"] == "open"


async def test_other_players_go_on_while_the_model_fails(seen: Seen) -> None:
    """No benchmark: calls that waited for a model that hangs would be answered when all is over."""
    assert seen.meanwhile >= ROUNDS_OF_LOOKS


async def test_two_hundred_questions_wait_at_once_and_all_are_answered(seen: Seen) -> None:
    assert seen.most_at_model == WAITING
    states = [(answer.status_code, answer.json()["state"]) for answer in seen.answers]
    assert states == [(200, "answered")] * WAITING


async def test_of_two_hundred_at_a_model_that_takes_fewer_none_fails(seen: Seen) -> None:
    assert seen.turned_away > 0, "the model's 503 was never met"
    said = Counter(again.json().get("state", again.json().get("code")) for again in seen.again)
    assert set(said) <= {"answered", "model_busy"}
    assert seen.stored_again == {"answered": said["answered"]}


async def test_no_connection_is_held_while_the_model_thinks(seen: Seen) -> None:
    assert len(seen.connections) == 10
    assert all(len(seconds) <= POOL for seconds in seen.connections)
    assert any(not any(seconds) for seconds in seen.connections), "there are moments when none does anything"


async def test_other_players_go_on_while_two_hundred_wait(seen: Seen) -> None:
    assert seen.waiting_after_looks == WAITING


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)
