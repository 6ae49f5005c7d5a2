"""Turning calls away before anything slows: who is too many is told so at once, before any work is done."""

from collections.abc import Awaitable, Callable
from functools import partial
from time import monotonic
from typing import Final

from prometheus_client import Counter, Gauge
from starlette.types import ASGIApp, Receive, Scope, Send

from gap_server.api import PREFIX
from gap_server.api.concurrency_limit import ConcurrencyLimit
from gap_server.api.pace import Pace
from gap_server.play.giving_way import on_giving_way

ALWAYS: Final = frozenset({f"{prefix}/{name}" for prefix in ("", PREFIX) for name in ("healthz", "readyz")})
PLAYING: Final = tuple(f"{PREFIX}/{path}/" for path in ("sessions", "rounds", "questions"))

TURNED_AWAY = Counter(
    "gap_overload_refusals",
    "Calls turned away: because too many were in progress (places), or their client made too many (pace).",
    ["why"],
)
NO_PLACE = TURNED_AWAY.labels("places")
TOO_FAST = TURNED_AWAY.labels("pace")
ALLOWED = Gauge(
    "gap_calls_allowed",
    "Calls that one process lets be in progress; fewer than 512 while it turns some away.",
    multiprocess_mode="livemin",
)


class Admission:
    """Asks about each call how fast its client comes, and the limit. What was let in is never turned away
    later: a question that waits for its model is answered."""

    def __init__(self, limit: ConcurrencyLimit, clock: Callable[[], float] = monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._pace = Pace(clock())
        self._allowed = limit.allowed
        ALLOWED.set(limit.allowed)

    def let_in(self, scope: Scope, app: ASGIApp) -> Callable[..., Awaitable[None]] | None:
        """What is to be run for this call, `app` with its place around it; None for who is turned away."""
        if scope["path"] in ALWAYS:
            return app
        now = self._clock()
        client = _client(scope)
        if client and self._pace.is_too_fast(client, now, is_overload=self._limit.is_overload):
            TOO_FAST.inc()
            return None
        place = self._limit.enter(now, plays=scope["path"].startswith(PLAYING))
        self._tell()
        if place is None:
            NO_PLACE.inc()
            return None
        return partial(self._run, app, place)

    async def _run(self, app: ASGIApp, place: int, scope: Scope, receive: Receive, send: Send) -> None:
        leave = partial(self._leave, place)
        on_giving_way(leave)
        try:
            await app(scope, receive, send)
        finally:
            leave()

    def _leave(self, place: int) -> None:
        self._limit.leave(place, self._clock())

    def _tell(self) -> None:
        if self._limit.allowed != self._allowed:
            self._allowed = self._limit.allowed
            ALLOWED.set(self._allowed)


def _client(scope: Scope) -> int:
    """Whose call it is, by what it signs in with; 0 for a stranger's: a proxy's address is everybody's."""
    return next((hash(value) for name, value in scope["headers"] if name == b"authorization"), 0)
