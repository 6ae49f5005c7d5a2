"""What a model server itself says of the model that it serves, asked now and then at /v1/models."""

import asyncio
from dataclasses import dataclass
from time import monotonic

from gap_server.vlm.client.server import ModelServer

FRESH_SECONDS = 300.0
LIMIT_SECONDS = 0.5
ROOT_CHARS = 500


@dataclass(eq=False, slots=True)
class ModelCard:
    server: ModelServer
    model: str
    _root: str | None = None
    _asked_at: float | None = None
    _asking: asyncio.Task[None] | None = None

    async def root(self) -> str | None:
        """The weights as the server names them, None where it tells none. Many callers share one request."""
        if self._asked_at is None or monotonic() - self._asked_at >= FRESH_SECONDS:
            if self._asking is None or self._asking.done():
                self._asking = asyncio.create_task(self._ask())
            await asyncio.shield(self._asking)
        return self._root

    def forget(self) -> None:
        """The server was away: it may have come back with other weights."""
        self._asked_at = None

    async def aclose(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    async def _ask(self) -> None:
        try:
            async with asyncio.timeout(LIMIT_SECONDS):
                listed = await self.server.models()
        except TimeoutError:
            listed = []
        of_model = next((one for one in listed if one.get("id") == self.model), {})
        root = of_model.get("root")
        if isinstance(root, str) and root:
            self._root = root[:ROOT_CHARS]
        self._asked_at = monotonic()
