"""The application at a socket of its own, as `gap-server serve` serves it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn

from gap_server.api.http_protocol import BoundedProtocol


@asynccontextmanager
async def serving(app: Any) -> AsyncIterator[tuple[str, int]]:
    config = uvicorn.Config(app, http=BoundedProtocol, ws="none", log_config=None, lifespan="off")
    # asyncio sends without delay only where the protocol is named; uvloop, which serves players, always does
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(config)
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
