"""Overload: more calls in progress than get done. Whoever comes then is turned away before work is done."""

import asyncio
import gc
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from gap_server.api import concurrency_limit
from gap_server.api.admission import SAYING_SECONDS, WARY_SECONDS, Admission
from gap_server.api.concurrency_limit import INTERVAL_SECONDS, LONG_SECONDS, MOST, STEADY, ConcurrencyLimit
from gap_server.api.pace import AT_ONCE, MOST_LEAD_SECONDS, PER_SECOND
from gap_server.app import assemble
from gap_server.play.deps import GameDeps
from gap_server.play.giving_way import give_way
from gap_server.store.engine import Store
from gap_server.vlm.client.model import OpenAIModel
from tests.doubles.faulty_model import FaultyModel
from tests.playing import Player, new_player
from tests.serving import serving
from tests.world import client_of, make_deps

LONGEST = 0.1
PLAY = "/api/v1/rounds/1"


@dataclass
class Busy:
    """An application whose calls end when a test says so, behind an admission whose clock a test sets."""

    now: float = 100.0
    ends: asyncio.Event = field(default_factory=asyncio.Event)
    calls: list[asyncio.Task[None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.limit = ConcurrencyLimit(LONGEST, self.now)
        self._admission = Admission(self.limit, clock=lambda: self.now)

    async def _app(self, scope: Any, _receive: Any, _send: Any) -> None:
        if scope["path"] == "/waits-for-a-model":
            give_way()
        if scope["path"] not in {"/healthz", "/short"}:
            await self.ends.wait()

    async def come(self, calls: int, path: str = PLAY, client: str = "") -> int:
        """So many calls come, and stay while they are let in; give how many were turned away."""
        headers = [(b"authorization", client.encode())] if client else []
        turned_away = 0
        for _ in range(calls):
            scope: dict[str, Any] = {"type": "http", "path": path, "headers": headers}
            admitted = self._admission.let_in(scope, self._app)
            if admitted is None:
                turned_away += 1
            else:
                self.calls.append(asyncio.create_task(self._run(admitted(scope, None, None))))
                await asyncio.sleep(0)
        return turned_away

    async def _run(self, call: Any) -> None:
        await call

    async def end(self) -> None:
        self.ends.set()
        await asyncio.gather(*self.calls)
        self.ends.clear()


@pytest.fixture
async def busy() -> AsyncIterator[Busy]:
    busy = Busy()
    yield busy
    await busy.end()


async def test_a_burst_is_let_in_and_what_is_beyond_is_turned_away(busy: Busy) -> None:
    assert await busy.come(MOST) == 0
    assert await busy.come(5) == 5


async def overload(busy: Busy) -> None:
    """Let a queue stand for an interval in which hardly anything gets done."""
    busy.now += INTERVAL_SECONDS
    busy.limit.waited(2 * LONGEST, busy.now)
    await busy.come(1, "/short")
    busy.now += INTERVAL_SECONDS
    busy.limit.waited(2 * LONGEST, busy.now)
    await busy.come(1, "/short")


async def test_a_queue_that_comes_and_goes_turns_nobody_away(busy: Busy) -> None:
    for _ in range(3):
        busy.limit.waited(2 * LONGEST, busy.now)
        assert await busy.come(20) == 0
        busy.now += 0.9 * INTERVAL_SECONDS
        assert await busy.come(20) == 0
        busy.limit.waited(0.9 * LONGEST, busy.now)
        assert await busy.come(20) == 0
        busy.now += INTERVAL_SECONDS


async def test_in_overload_no_more_are_in_progress_than_get_done(busy: Busy) -> None:
    await overload(busy)
    assert await busy.come(100) == 100 - STEADY


@pytest.mark.parametrize("path", ["/api/v1/sessions", "/api/v1/auth/demo", "/api/v1/me"])
async def test_in_overload_who_plays_goes_before_who_begins_or_looks_around(busy: Busy, path: str) -> None:
    await overload(busy)
    assert await busy.come(STEADY, path) == STEADY - STEADY // 2
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
    busy.now += LONG_SECONDS
    assert await busy.come(MOST) == 0


async def test_in_overload_who_calls_faster_than_anybody_plays_keeps_no_player_out(busy: Busy) -> None:
    assert await busy.come(2 * AT_ONCE, "/short", "fast") == 0
    assert await busy.come(3, "/short", "player") == 0
    await overload(busy)
    assert await busy.come(20, PLAY, "fast") == 20
    assert await busy.come(STEADY, PLAY, "player") == 0


async def test_who_was_too_fast_stays_out_until_they_are_slower(busy: Busy) -> None:
    """Also when there is no overload any more: they would bring it back."""
    await overload(busy)
    assert await busy.come(2 * AT_ONCE, "/short", "fast") >= AT_ONCE
    busy.limit.waited(0.0, busy.now)
    for _ in range(60):
        busy.now += 0.5 / PER_SECOND
        await busy.come(1, "/short")
        assert await busy.come(1, "/short", "fast") == 1
    busy.now += MOST_LEAD_SECONDS
    assert await busy.come(2 * AT_ONCE, "/short", "fast") == 0


async def test_soon_after_an_overload_who_calls_too_fast_is_turned_away_too(busy: Busy) -> None:
    """Of a flood, who was not known yet when it ended."""
    await overload(busy)
    busy.limit.waited(0.0, busy.now)
    busy.now += INTERVAL_SECONDS
    assert await busy.come(1, "/short", "player") == 0
    assert not busy.limit.is_overload
    assert await busy.come(2 * AT_ONCE, "/short", "fast") > 0
    busy.now += WARY_SECONDS
    assert await busy.come(2 * AT_ONCE, "/short", "another") == 0


async def test_where_it_is_busy_who_calls_too_fast_is_turned_away_before_it_is_too_much(busy: Busy) -> None:
    for wait in (0.6 * LONGEST, 0.0, 0.6 * LONGEST):
        busy.limit.waited(wait, busy.now)
    busy.now += INTERVAL_SECONDS
    assert await busy.come(3, "/short", "player") == 0
    assert not busy.limit.is_overload
    assert await busy.come(2 * AT_ONCE, "/short", "fast") > 0
    assert await busy.come(3, "/short", "player") == 0


async def test_a_line_a_minute_says_how_many_were_turned_away(busy: Busy) -> None:
    with capture_logs() as lines:
        await busy.come(MOST + 3)
        busy.now += SAYING_SECONDS - 0.5
        await busy.come(MOST + 3)
        assert [line["concurrency"] for line in lines] == [1]
        busy.now += 0.5
        await busy.come(1)
    assert [(line["concurrency"], line["pace"]) for line in lines] == [(1, 0), (6, 0)]


async def test_without_an_overload_anybody_may_call_as_fast_as_they_like(busy: Busy) -> None:
    assert await busy.come(10 * AT_ONCE, "/short", "fast") == 0


@pytest.fixture
def _collector() -> Iterator[None]:
    """What the lifespan tells the garbage collector is for a process of its own."""
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


@pytest.mark.usefixtures("_collector")
async def test_the_protocol_is_told_whom_to_ask_when_the_application_starts(deps: GameDeps) -> None:
    app = assemble(deps)
    async with app.router.lifespan_context(app) as state:
        assert state == {"admission": app.state.admission}


async def test_a_question_that_waits_leaves_room_for_another_call_and_is_answered(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concurrency_limit, "MOST", 1)
    monkeypatch.setattr(concurrency_limit, "STEADY", 1)
    async with FaultyModel("slow:1") as model:
        deps = make_deps(store, OpenAIModel(urls=[model.url], model="m"))
        app = assemble(deps)
        async with client_of(app) as client:
            token = (await new_player(client)).token
        async with (
            serving(app, app.state.admission) as (host, port),
            httpx.AsyncClient(base_url=f"http://{host}:{port}/api/v1", timeout=60) as client,
        ):
            player = Player(client, token=token)
            asking = asyncio.create_task(player.ask(await player.next(await player.start())))
            await model.asked()
            assert (await player.call_("GET", "/me")).status_code == 200
            assert (await asking)["state"] == "answered"
        await deps.models.aclose()
