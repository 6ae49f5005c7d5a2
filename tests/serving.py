"""The application at a socket of its own, as `gap-server serve` serves it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn

from gap_server.api.admission import Admission
from gap_server.api.http_protocol import BoundedProtocol


class _Server(uvicorn.Server):
    """Without a lifespan, whose background work is no test's; what that gives the protocol is given here."""

    def __init__(self, app: Any, admission: Admission | None) -> None:
        super().__init__(
            uvicorn.Config(app, http=BoundedProtocol, ws="none", log_config=None, lifespan="off")
        )
        self._admission = admission

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self.lifespan.state["admission"] = self._admission
        await super().startup(sockets)


@asynccontextmanager
async def serving(app: Any, admission: Admission | None = None) -> AsyncIterator[tuple[str, int]]:
    """Its address. Without an `admission` whatever comes is let in."""
    # asyncio sends without delay only where the protocol is named; uvloop, which serves players, always does
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        server = _Server(app, admission)
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
