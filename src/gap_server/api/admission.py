"""Turning calls away before anything slows: who is too many hears at once when to come again."""

from collections.abc import Callable
from functools import partial
from itertools import cycle
from time import monotonic
from typing import Final

from prometheus_client import Counter, Gauge
from starlette.types import ASGIApp, Receive, Scope, Send

from gap_server.api import PREFIX
from gap_server.api.gate import Gate
from gap_server.api.problems import problem
from gap_server.play.giving_way import on_giving_way

RETRY_SECONDS: Final = (1, 2, 3, 4, 5)
"""In turn, so that those turned away do not come back all at once."""

ALWAYS: Final = frozenset({f"{prefix}/{name}" for prefix in ("", PREFIX) for name in ("healthz", "readyz")})
PLAYING: Final = tuple(f"{PREFIX}/{path}/" for path in ("sessions", "rounds", "questions"))

TURNED_AWAY = Counter("gap_overload_refusals", "Calls turned away because too many were in progress.")
ALLOWED = Gauge(
    "gap_calls_allowed",
    "Calls that one process lets be in progress; fewer than 512 while it turns some away.",
    multiprocess_mode="livemin",
)


class Admission:
    """Asks the gate about each call. Pure ASGI. What was let in is never turned away later: a question that
    waits for its model is answered."""

    def __init__(self, app: ASGIApp, gate: Gate, clock: Callable[[], float] = monotonic) -> None:
        self._app = app
        self._gate = gate
        self._clock = clock
        self._allowed = gate.allowed
        ALLOWED.set(gate.allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in ALWAYS:
            await self._app(scope, receive, send)
            return
        place = self._gate.enter(self._clock(), plays=scope["path"].startswith(PLAYING))
        self._tell()
        if place is None:
            TURNED_AWAY.inc()
            await next(_refusals)(scope, receive, send)
            return
        leave = partial(self._leave, place)
        on_giving_way(leave)
        try:
            await self._app(scope, receive, send)
        finally:
            leave()

    def _leave(self, place: int) -> None:
        self._gate.leave(place, self._clock())

    def _tell(self) -> None:
        if self._gate.allowed != self._allowed:
            self._allowed = self._gate.allowed
            ALLOWED.set(self._allowed)


_refusals = cycle(
    [
        problem(
            503,
            "overloaded",
            "Too many players at once: try again in a moment.",
            {"Retry-After": str(seconds)},
        )
        for seconds in RETRY_SECONDS
    ]
)
"""A response of Starlette's can be sent again and again."""
