"""One of the servers that serve a model: what is under way there, and how it has done lately."""

import asyncio
from dataclasses import dataclass
from time import monotonic

import structlog

from gap_server.errors import ModelFailed
from gap_server.vlm import metrics
from gap_server.vlm.client.breaker import Breaker
from gap_server.vlm.client.server import ChatCompletion, ModelServer, RequestRefused

log = structlog.get_logger(__name__)


@dataclass(eq=False, slots=True)
class Replica:
    """`suspect_seconds`: a request given up after this long counts against the server, whoever gave up."""

    server: ModelServer
    breaker: Breaker
    max_in_flight: int
    suspect_seconds: float
    in_flight: int = 0

    @property
    def is_up(self) -> bool:
        return self.breaker.lets_through

    @property
    def has_room(self) -> bool:
        return self.in_flight < self.max_in_flight

    def took(self, change: int) -> None:
        self.in_flight += change
        metrics.IN_FLIGHT.labels(self.server.name).set(self.in_flight)

    async def ask(self, body: bytes, *, fresh: bool = False) -> ChatCompletion:
        """One request, its outcome remembered. Raises ModelFailed."""
        began = monotonic()
        try:
            said = await self.server.complete(body, fresh=fresh)
        except ModelFailed as failure:
            self._note(failure)
            raise
        except asyncio.CancelledError:
            if monotonic() - began >= 0.9 * self.suspect_seconds:  # timers are not exact
                self._note(ModelFailed(f"{self.server.name}: no answer in time", reason="timeout"))
            raise
        self._note(None)
        return said

    async def ping(self, body: bytes, seconds: float) -> None:
        """A question of one token, within `seconds`; any answer will do. Raises ModelFailed."""
        try:
            async with asyncio.timeout(seconds):
                await self.server.complete(body)
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
        elif outcome == "busy":
            self.breaker.is_full()
        elif pinging or not isinstance(failure, RequestRefused):
            self.breaker.failed()
        metrics.RESTING.labels(self.server.name).set(self.breaker.is_open)
        if failure is not None:
            log.warning("model_request_failed", server=self.server.name, reason=outcome)
        if self.breaker.is_open != was_open:
            log.warning(
                "model_server_left_alone" if self.breaker.is_open else "model_server_back",
                server=self.server.name,
            )
