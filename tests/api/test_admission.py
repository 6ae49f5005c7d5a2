"""Overload: more calls in progress than get done. Whoever comes then is told when to come again, at once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from gap_server.api import gate
from gap_server.api.admission import Admission
from gap_server.api.gate import INTERVAL_SECONDS, MOST, PLACE_SECONDS, STEADY, Gate
from gap_server.app import assemble
from gap_server.play.giving_way import give_way
from gap_server.store.engine import Store
from gap_server.vlm.client.model import OpenAIModel
from tests.doubles.faulty_model import FaultyModel
from tests.playing import new_player
from tests.world import client_of, make_deps

LONGEST = 0.1
PLAY = "/api/v1/rounds/1"


@dataclass
class Busy:
    """An application whose calls end when a test says so, behind an admission whose clock a test sets."""

    now: float = 100.0
    ends: asyncio.Event = field(default_factory=asyncio.Event)
    calls: list[asyncio.Task[httpx.Response]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gate = Gate(LONGEST, self.now)
        app = Admission(self._app, self.gate, clock=lambda: self.now)
        transport = httpx.ASGITransport(app=app)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://gap.test")

    async def _app(self, scope: Any, _receive: Any, send: Any) -> None:
        if scope["path"] == "/waits-for-a-model":
            give_way()
        if scope["path"] not in {"/healthz", "/short"}:
            await self.ends.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def come(self, calls: int, path: str = PLAY, method: str = "GET") -> int:
        """So many calls come, and stay while they are let in; give how many were turned away."""
        coming = [asyncio.create_task(self._client.request(method, path)) for _ in range(calls)]
        self.calls += coming
        for _ in range(10):
            await asyncio.sleep(0)
        return sum(task.done() and task.result().status_code == 503 for task in coming)

    async def end(self) -> None:
        self.ends.set()
        await asyncio.gather(*self.calls)
        self.ends.clear()


@pytest.fixture
async def busy() -> AsyncIterator[Busy]:
    busy = Busy()
    yield busy
    await busy.end()


async def test_a_burst_is_let_in_and_what_is_beyond_hears_when_to_come_again(busy: Busy) -> None:
    assert await busy.come(MOST) == 0
    assert await busy.come(5) == 5
    refused = [task.result() for task in busy.calls[MOST:]]
    assert {answer.status_code for answer in refused} == {503}
    assert {answer.json()["code"] for answer in refused} == {"overloaded"}
    assert sorted(int(answer.headers["retry-after"]) for answer in refused) == [1, 2, 3, 4, 5]


async def overload(busy: Busy) -> None:
    """Let a queue stand for an interval in which hardly anything gets done."""
    busy.now += INTERVAL_SECONDS
    busy.gate.waited(2 * LONGEST, busy.now)
    await busy.come(1, "/short")
    busy.now += INTERVAL_SECONDS
    busy.gate.waited(2 * LONGEST, busy.now)
    await busy.come(1, "/short")


async def test_a_queue_that_comes_and_goes_turns_nobody_away(busy: Busy) -> None:
    for _ in range(3):
        busy.gate.waited(2 * LONGEST, busy.now)
        assert await busy.come(20) == 0
        busy.now += 0.9 * INTERVAL_SECONDS
        assert await busy.come(20) == 0
        busy.gate.waited(0.9 * LONGEST, busy.now)
        assert await busy.come(20) == 0
        busy.now += INTERVAL_SECONDS


async def test_in_overload_no_more_are_in_progress_than_get_done(busy: Busy) -> None:
    await overload(busy)
    assert await busy.come(100) == 100 - STEADY


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/api/v1/sessions"), ("POST", "/api/v1/auth/demo"), ("GET", "/api/v1/me")]
)
async def test_in_overload_who_plays_goes_before_who_begins_or_looks_around(
    busy: Busy, method: str, path: str
) -> None:
    await overload(busy)
    assert await busy.come(STEADY, path, method) == STEADY - STEADY // 2
    assert await busy.come(STEADY, PLAY) == STEADY // 2


async def test_an_overload_is_over_when_hardly_anybody_was_turned_away_in_an_interval(busy: Busy) -> None:
    await overload(busy)
    for _ in range(2):
        assert await busy.come(2 * STEADY) == STEADY
        await busy.end()
        busy.now += INTERVAL_SECONDS
    assert await busy.come(STEADY + 1) == 1
    await busy.end()
    await busy.come(20, "/short")
    busy.now += INTERVAL_SECONDS
    assert await busy.come(MOST) == 0


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/readyz"])
async def test_health_is_told_whatever_there_is_to_do(busy: Busy, path: str) -> None:
    await busy.come(MOST)
    assert await busy.come(3, path) == 0


async def test_who_waits_for_a_model_is_in_nobodys_way(busy: Busy) -> None:
    assert await busy.come(2 * MOST, "/waits-for-a-model") == 0
    assert await busy.come(MOST) == 0


async def test_what_takes_long_is_counted_no_more(busy: Busy) -> None:
    """Or slow clients, whose bodies come in drops, would keep everybody out."""
    assert await busy.come(MOST) == 0
    assert await busy.come(1) == 1
    busy.now += PLACE_SECONDS
    assert await busy.come(MOST) == 0


async def test_a_question_that_waits_is_not_counted_and_is_answered_in_overload(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "MOST", 1)
    monkeypatch.setattr(gate, "STEADY", 1)
    async with FaultyModel("slow:1") as model:
        deps = make_deps(store, OpenAIModel(urls=[model.url], model="m"))
        async with client_of(assemble(deps)) as client:
            player = await new_player(client)
            asking = asyncio.create_task(player.ask(await player.next(await player.start())))
            await model.asked()
            assert (await player.call_("GET", "/me")).status_code == 200
            looks = await asyncio.gather(*(player.call_("GET", "/me") for _ in range(5)))
            assert sorted(look.status_code for look in looks) == [200, 503, 503, 503, 503]
            assert (await asking)["state"] == "answered"
        await deps.models.aclose()
