"""One of the servers that serve a model: what is under way there, and how it has done lately."""

import asyncio
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

import structlog

from gap_server.errors import ModelFailed
from gap_server.vlm import metrics
from gap_server.vlm.client.breaker import Breaker
from gap_server.vlm.client.server import ChatCompletion, ModelServer, RequestRefused

log = structlog.get_logger(__name__)

FULL_SECONDS: Final = 0.5
"""For so long a server is asked nothing more that is full of what others ask."""

STUCK_SECONDS: Final = 5.0
"""A server that has taken nothing for so long, others keep busy: no use in waiting for it."""


@dataclass(eq=False, slots=True)
class Replica:
    """`suspect_seconds`: a request given up after this long counts against the server, whoever gave up.

    `room`: how many it takes of us at once, `max_in_flight` at most. Others may ask it too, so it is learnt:
    as many as it had when it said that it is full, and a little more with each answer, as TCP does it.
    """

    server: ModelServer
    breaker: Breaker
    max_in_flight: int
    suspect_seconds: float
    in_flight: int = 0
    room: float = field(init=False)
    _full_since: float | None = None
    _full_until: float = 0.0

    def __post_init__(self) -> None:
        self.room = self.max_in_flight

    @property
    def is_up(self) -> bool:
        return not self.breaker.is_open

    @property
    def is_full(self) -> bool:
        """It said so just now, and has nothing of ours whose end could be waited for."""
        return monotonic() < self._full_until

    @property
    def is_stuck(self) -> bool:
        return self._full_since is not None and monotonic() - self._full_since >= STUCK_SECONDS

    @property
    def has_room(self) -> bool:
        return self.in_flight < int(self.room) and not self.is_full

    def took(self, change: int) -> None:
        self.in_flight += change
        metrics.IN_FLIGHT.labels(self.server.name).set(self.in_flight)

    async def ask(self, body: bytes, session_id: str, *, fresh: bool = False) -> ChatCompletion:
        """One request, its outcome remembered. Raises ModelFailed."""
        began = monotonic()
        try:
            said = await self.server.complete(body, session_id=session_id, fresh=fresh)
        except ModelFailed as failure:
            self._note(failure)
            raise
        except asyncio.CancelledError:
            if monotonic() - began >= 0.9 * self.suspect_seconds:  # timers are not exact
                self._note(ModelFailed(f"{self.server.name}: no answer in time", reason="timeout"))
            raise
        self._note(None)
        return said

    async def ping(self, body: bytes, session_id: str, seconds: float) -> None:
        """A question of one token, within `seconds`; any answer will do. Raises ModelFailed."""
        try:
            async with asyncio.timeout(seconds):
                await self.server.complete(body, session_id=session_id)
        except TimeoutError as late:
            failure = ModelFailed(
                f"{self.server.name}: no answer within {seconds:g} seconds", reason="timeout"
            )
            self._note(failure)
            raise failure from late
        except ModelFailed as failure:
            if failure.reason != "empty":  # one token may be no word
                self._note(failure, pinging=True)
                said = " ".join([str(failure), *getattr(failure, "__notes__", [])])
                raise ModelFailed(said, reason=failure.reason) from failure
        self._note(None)

    def _note(self, failure: ModelFailed | None, *, pinging: bool = False) -> None:
        outcome = failure.reason if failure else "answered"
        metrics.ATTEMPTS.labels(self.server.name, outcome).inc()
        was_open = self.breaker.is_open
        if failure is None:
            self.breaker.succeeded()
            self._full_since = None
            self.room = min(self.max_in_flight, self.room + 1 / self.room)
        elif outcome == "busy":
            self.room = max(1, min(self.room, self.in_flight - 1))
            if self.in_flight <= 1:
                self._full_until = monotonic() + FULL_SECONDS
            self._full_since = self._full_since or monotonic()
        elif pinging or not isinstance(failure, RequestRefused):
            self.breaker.failed()
        metrics.RESTING.labels(self.server.name).set(self.breaker.is_open)
        if failure is not None and outcome != "busy":
            log.warning("model_request_failed", server=self.server.name, reason=outcome)
        if self.breaker.is_open != was_open:
            log.warning(
                "model_server_left_alone" if self.breaker.is_open else "model_server_back",
                server=self.server.name,
            )
