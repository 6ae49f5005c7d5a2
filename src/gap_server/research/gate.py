"""Whether SQL is served at all: only while the export's login can do what it should and no more."""

import time

import structlog

from gap_server.errors import GapError, SqlClosed
from gap_server.store import research_tokens
from gap_server.store.engine import Store
from gap_server.store.export import rights
from gap_server.store.export.channel import ExportChannel

log = structlog.get_logger()

LOOK_AGAIN_SECONDS = 300.0
NO_ADDRESS = (
    "GAP_EXPORT_DATABASE_URL is missing: the server was given the game's own login, from which the export's"
    " password does not follow."
)


class Gate:
    """`channel` is None where nobody said how the export logs in."""

    def __init__(self, store: Store, channel: ExportChannel | None, delay_seconds: int) -> None:
        self._store = store
        self._channel = channel
        self._delay_seconds = delay_seconds
        self._open_until = 0.0

    async def announce(self) -> None:
        """At the start: say in the log what is wrong, if anything is. Whatever it is, the game is served."""
        try:
            await self.check()
        except GapError as error:
            log.warning("SQL for researchers is not served", reason=str(error))

    async def check(self) -> None:
        """Raises SqlClosed, with what is wrong and what to do, StoreUnavailable."""
        if time.monotonic() < self._open_until:
            return
        if found := await self.lacking():
            raise SqlClosed(" ".join(found))
        async with self._store.connection() as db:
            await research_tokens.set_delay(db, self._delay_seconds)
        self._open_until = time.monotonic() + LOOK_AGAIN_SECONDS

    async def lacking(self) -> list[str]:
        """One sentence for each layer that does not hold, with what to do; changes nothing.

        Raises StoreUnavailable, SqlClosed.
        """
        if self._channel is None:
            return [NO_ADDRESS]
        async with self._store.connection() as db, self._channel.connection() as export:
            return await rights.excess(db, export)
