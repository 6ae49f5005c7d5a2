"""What is said once a server listens: that it is ready, and no sooner than its database is."""

import asyncio
import socket

from gap_server.cli.database import open_store
from gap_server.operate import readiness
from gap_server.settings import Settings
from gap_server.store.disk import RoomCheck

LOOK_SECONDS = 1.0


async def announce(settings: Settings, listener: socket.socket) -> None:
    """Say where it listens; what is missing until it can serve players, and when it no longer is."""
    host, port = listener.getsockname()[:2]
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    said, room = "", RoomCheck()
    async with open_store(settings) as store:
        while missing := await readiness.lacking_in_store(store, room):
            if missing != said:
                _say(f"gap-server listens at {url} and cannot serve players yet. {missing}")
                said = missing
            await asyncio.sleep(LOOK_SECONDS)
    _say(f"gap-server is ready: {url}")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  # for people and scripts
