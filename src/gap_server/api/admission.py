"""Turning calls away before anything slows: who is too many is told so at once, before any work is done."""

from collections.abc import Awaitable, Callable
from functools import partial
from math import inf
from time import monotonic
from typing import Final

import structlog
from prometheus_client import Counter, Gauge
from starlette.types import ASGIApp, Receive, Scope, Send

from gap_server.api import PREFIX
from gap_server.api.concurrency_limit import ConcurrencyLimit
from gap_server.api.middleware import name_of
from gap_server.api.pace import Pace
from gap_server.play.giving_way import on_giving_way

log = structlog.get_logger()

ALWAYS: Final = frozenset({f"{prefix}/{name}" for prefix in ("", PREFIX) for name in ("healthz", "readyz")})
PLAYING: Final = tuple(f"{PREFIX}/{path}/" for path in ("sessions", "rounds", "questions"))

TURNED_AWAY = Counter(
    "gap_overload_refusals",
    "Calls turned away: too many were in progress (concurrency), or their client made too many (pace).",
    ["why"],
)
COUNTED: Final = {why: TURNED_AWAY.labels(why) for why in ("concurrency", "pace")}

WARY_SECONDS: Final = 10.0
"""So long after a process was busy who calls too fast is turned away, too. Those of a flood who were not
known yet would fill the processor to just short of an overload."""

SAYING_SECONDS: Final = 60.0
"""One log line for all that were turned away since the last one: one for each would be a flood of its own."""

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
        self._pace = Pace()
        self._allowed = limit.allowed
        self._unsaid = dict.fromkeys(COUNTED, 0)
        self._said_at = -inf
        self._wary_until = -inf
        ALLOWED.set(limit.allowed)

    def let_in(self, scope: Scope, app: ASGIApp) -> Callable[..., Awaitable[None]] | None:
        """What is to be run for this call, `app` and that it has left; None for who is turned away."""
        if scope["path"] in ALWAYS:
            return app
        now = self._clock()
        client = _client(scope)
        if client and self._pace.is_too_fast(client, now, is_busy=now < self._wary_until):
            self._turned_away("pace", now, scope)
            return None
        call = self._limit.enter(now, plays=scope["path"].startswith(PLAYING))
        self._heed(now)
        if call is None:
            self._turned_away("concurrency", now, scope)
            return None
        return partial(self._run, app, call)

    async def _run(self, app: ASGIApp, call: int, scope: Scope, receive: Receive, send: Send) -> None:
        leave = partial(self._leave, call)
        on_giving_way(leave)
        try:
            await app(scope, receive, send)
        finally:
            leave()

    def _leave(self, call: int) -> None:
        self._limit.leave(call, self._clock())

    def _turned_away(self, why: str, now: float, scope: Scope) -> None:
        COUNTED[why].inc()
        self._unsaid[why] += 1
        if now - self._said_at >= SAYING_SECONDS:
            facts = {**self._unsaid, "calls_allowed": self._limit.allowed}
            log.warning("calls turned away", request_id=name_of(scope), **facts)
            self._unsaid = dict.fromkeys(COUNTED, 0)
            self._said_at = now

    def _heed(self, now: float) -> None:
        """What the limit now says of the load."""
        if self._limit.is_busy or self._limit.is_overload:
            self._wary_until = now + WARY_SECONDS
        if self._limit.allowed != self._allowed:
            self._allowed = self._limit.allowed
            ALLOWED.set(self._allowed)


def _client(scope: Scope) -> int:
    """Whose call it is, by what it signs in with; 0 for a stranger's: a proxy's address is everybody's."""
    return next((hash(value) for name, value in scope["headers"] if name == b"authorization"), 0)
