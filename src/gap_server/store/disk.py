"""Whether Postgres has room left to write."""

import asyncio
import time
from collections.abc import Callable

from gap_server.store.engine import Store

IN_FILES = "set local work_mem = '64kB'"
WRITE = """
with written as materialized (select repeat('x', 8192) from generate_series(1, 128))
select count(*) from written
"""
"""What does not fit into `work_mem` goes to temporary files, beside the tables unless moved elsewhere."""

KEPT_SECONDS = 5.0


class RoomCheck:
    """One check at a time, and for some seconds none after a good one: strangers may ask a bare server for it
    as often as they like, and each check is a megabyte.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._checking = asyncio.Lock()
        self._stale_at = float("-inf")

    async def check(self, store: Store) -> None:
        """Raises StoreUnavailable where Postgres's disk is full."""
        async with self._checking:
            if self._clock() >= self._stale_at:
                await check_room(store)
                self._stale_at = self._clock() + KEPT_SECONDS


async def check_room(store: Store) -> None:
    """Have it write a megabyte, which is gone at once. Raises StoreUnavailable where its disk is full."""
    async with store.transaction() as db:
        await db.execute(IN_FILES)
        await db.fetchval(WRITE)
