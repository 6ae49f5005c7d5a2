"""Turning calls away before anything slows: who is too many hears at once when to come again."""

from collections.abc import Callable
from functools import partial
from itertools import count
from time import monotonic
from typing import Final

from prometheus_client import Counter, Gauge
from starlette.types import ASGIApp, Receive, Scope, Send

from gap_server.api import PREFIX
from gap_server.api.problems import problem
from gap_server.play.giving_way import on_giving_way

MOST: Final = 512
"""Calls in progress in one process, whatever the queue: more than a burst of players brings about. Who waits
for a model, or has been at it for `PLACE_SECONDS`, is not counted."""

STEADY: Final = 4
"""As many as are let in once a queue stands: soon it is gone. How many more can be done is then found out."""

PLACE_SECONDS: Final = 1.0
"""What takes longer waits for something else: a slow client, a long query."""

WINDOW_SECONDS: Final = 0.25
BEARABLE: Final = 0.1
"""The share of calls that may be turned away in a window. The more are let in, the smaller a share of it
still lets in twice as many in the next: what is left then is no chance, but more than can be done."""

RETRY_SECONDS: Final = (1, 2, 3, 4, 5)
"""In turn, so that those turned away do not come back all at once."""

ALWAYS: Final = frozenset({f"{prefix}/{name}" for prefix in ("", PREFIX) for name in ("healthz", "readyz")})
PLAYING: Final = tuple(f"{PREFIX}/{path}/" for path in ("sessions", "rounds", "questions"))
"""Who is in the middle of a game, whose clock runs, goes before who begins one or looks around: of the places
there are, others have half."""

TURNED_AWAY = Counter("gap_overload_refusals", "Calls turned away because too many were in progress.")
ALLOWED = Gauge(
    "gap_calls_allowed",
    "Calls that one process lets be in progress; fewer than 512 while it turns some away.",
    multiprocess_mode="livemin",
)


class Admission:
    """Lets everybody in until a queue stands: until, for a window of time, whoever was next in it had waited
    for more than `longest_queue_seconds`. Then `STEADY` calls at once, and after each window without such a
    queue one more, or twice as many where hardly anybody was turned away. A queue that comes and goes is a
    burst; one that stands is waste. Without the one more, those who are turned away and come back could keep
    a machine in overload that has room for all of them.

    Pure ASGI. What was let in is never turned away later: a question that waits for its model is answered.
    Nichols and Jacobson, Controlling queue delay (2012), tell the two kinds of queue apart in this way.
    """

    def __init__(
        self,
        app: ASGIApp,
        queue_seconds: Callable[[], float],
        longest_queue_seconds: float,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._app = app
        self._queue_seconds = queue_seconds
        self._longest_queue_seconds = longest_queue_seconds
        self._clock = clock
        self._stands_since: float | None = None
        self._allowed = MOST
        self._places: dict[int, float] = {}
        self._numbers = count()
        self._window_began = clock()
        self._came = self._refused = 0
        ALLOWED.set(MOST)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in ALWAYS:
            await self._app(scope, receive, send)
            return
        place = self._place(scope)
        if place is None:
            await _refusal()(scope, receive, send)
            return
        leave = partial(self._places.pop, place, None)
        on_giving_way(leave)
        try:
            await self._app(scope, receive, send)
        finally:
            leave()

    def _place(self, scope: Scope) -> int | None:
        """Where a call is counted while it is in progress; None where it is to be turned away."""
        now = self._clock()
        if now - self._window_began >= WINDOW_SECONDS:
            self._review(now)
        self._look_at_the_queue(now)
        self._came += 1
        if not self._has_room(scope, now):
            self._refused += 1
            TURNED_AWAY.inc()
            return None
        place = next(self._numbers)
        self._places[place] = now
        return place

    def _look_at_the_queue(self, now: float) -> None:
        if self._queue_seconds() <= self._longest_queue_seconds:
            self._stands_since = None
        elif self._stands_since is None:
            self._stands_since = now
        elif now - self._stands_since >= WINDOW_SECONDS:
            self._allow(STEADY)

    def _has_room(self, scope: Scope, now: float) -> bool:
        allowed = self._allowed
        if allowed < MOST and not scope["path"].startswith(PLAYING):
            allowed = max(1, allowed // 2)
        if len(self._places) < allowed:
            return True
        self._forget_long_ones(now)
        if len(self._places) < allowed:
            return True
        if self._allowed == MOST:
            self._allow(STEADY)
        return False

    def _review(self, now: float) -> None:
        """A window of time is over: what it was like says how many the next one lets in."""
        bearable = self._came * BEARABLE
        if self._refused * self._allowed <= bearable * STEADY:
            self._allow(min(MOST, 2 * self._allowed))
        elif self._allowed < MOST:
            self._allow(self._allowed + 1)
        self._window_began = now
        self._came = self._refused = 0

    def _allow(self, calls: int) -> None:
        if calls != self._allowed:
            self._allowed = calls
            ALLOWED.set(calls)

    def _forget_long_ones(self, now: float) -> None:
        """They stand in the order in which they began."""
        for place, began in list(self._places.items()):
            if now - began < PLACE_SECONDS:
                return
            del self._places[place]


_turn = count()


def _refusal() -> ASGIApp:
    seconds = RETRY_SECONDS[next(_turn) % len(RETRY_SECONDS)]
    return _SAID[seconds]


_SAID: Final = {
    seconds: problem(
        503, "overloaded", "Too many players at once: try again in a moment.", {"Retry-After": str(seconds)}
    )
    for seconds in RETRY_SECONDS
}
"""A response of Starlette's can be sent again and again."""
