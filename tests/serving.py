"""The application at a socket of its own, as `gap-server serve` serves it."""

import asyncio
import heapq
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn

from gap_server.api.admission import Admission
from gap_server.api.http_protocol import BoundedProtocol


class Clock:
    """The running loop, but for its time: that passes when a test says so."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._now = 0.0
        self._timers: list[asyncio.TimerHandle] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loop, name)

    def time(self) -> float:
        return self._now

    def call_later(self, delay: float, callback: Callable[..., Any], *args: Any) -> asyncio.TimerHandle:
        timer = asyncio.TimerHandle(self._now + delay, callback, args, self._loop)
        heapq.heappush(self._timers, timer)
        return timer

    def advance(self, seconds: float) -> None:
        self._now += seconds
        while self._timers and self._timers[0].when() <= self._now:
            if not (timer := heapq.heappop(self._timers)).cancelled():
                timer._run()


class _Server(uvicorn.Server):
    """Without a lifespan, whose background work is no test's; what that gives the protocol is given here."""

    def __init__(self, app: Any, admission: Admission | None, clock: Clock | None) -> None:
        class Clocked(BoundedProtocol):
            def __init__(self, *args: Any, **options: Any) -> None:
                super().__init__(*args, **options | {"_loop": clock})

        super().__init__(uvicorn.Config(app, http=Clocked, ws="none", log_config=None, lifespan="off"))
        self._admission = admission

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self.lifespan.state["admission"] = self._admission
        await super().startup(sockets)


@asynccontextmanager
async def serving(
    app: Any, admission: Admission | None = None, clock: Clock | None = None
) -> AsyncIterator[tuple[str, int]]:
    """Its address. Without an `admission` whatever comes is let in; a test may move the time by a `clock`."""
    # asyncio sends without delay only where the protocol is named; uvloop, which serves players, always does
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        server = _Server(app, admission, clock)
        running = asyncio.create_task(server._serve([listener]))
        while not server.started:  # noqa: ASYNC110  # uvicorn has no event for it
            await asyncio.sleep(0.005)
        yield listener.getsockname()
        server.should_exit = True
        await running


@contextmanager
def kept_port() -> Iterator[int]:
    """Nobody listens there, and nobody is given it who asks for any: who names it may listen."""
    with socket.socket() as keeper:
        keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        keeper.bind(("127.0.0.1", 0))
        yield keeper.getsockname()[1]
