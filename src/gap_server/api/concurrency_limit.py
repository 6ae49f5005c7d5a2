"""The law by which calls are let in: everybody, until more come than get done."""

from math import ceil
from typing import Final

MOST: Final = 512
"""Calls in progress in one process, whatever happens: more than a burst of players brings about. Who waits
for a model, or has been at it for `LONG_SECONDS`, is not counted."""

STEADY: Final = 2
"""As many are let in at the worst: while one waits for Postgres, another one is worked on."""

QUICK_SECONDS: Final = 0.005
"""So much longer than with `STEADY` at once may a call take in an overload: Nichols and Jacobson's target."""

LONG_SECONDS: Final = 1.0
"""What takes longer waits for something else: a slow client, a long query."""

INTERVAL_SECONDS: Final = 0.5
"""A queue that stands for so long is no burst, and not what is left of a moment in which the disk or a
neighbour had the machine: that is worked off in less, and who waits is served before who is sent away."""

SLOT_SECONDS: Final = INTERVAL_SECONDS / 5
"""A queue is as long as those who were served in such a piece of time waited in the mean: one by one they
differ so much that it would seem to have gone, or to be going, where one of them was lucky."""

BEARABLE: Final = 0.1
"""The share of calls turned away in an interval below which the next one turns nobody away. Where it was a
mistake, a tenth more comes than gets done, and a queue grows by a tenth of an interval until that is seen."""

USUAL_SECONDS: Final = 0.005
"""What is taken for that before anybody was seen."""

SMOOTHING: Final = 1 / 16
"""The weight of one call in what a call takes with few others."""


class ConcurrencyLimit:
    """Who may come in, by two laws.

    Nichols and Jacobson, Controlling queue delay (2012): a queue that comes and goes is a burst; one that
    stands is waste. There is an overload where throughout an interval those who were lent a connection to
    Postgres had waited for it for more than `longest_wait` seconds, and the waits were not halved either.
    Time in which nobody is served says nothing: afterwards it may go faster than others come.
    It is busy where in an interval most waited for half as long: a queue that comes and goes so often that
    it is all that players meet.

    Little (1961): as many are in progress as get done in the time that each of them takes. In an overload as
    many are let in as get done in the time that a call takes with few others, and a little more. Where the
    others are in its way, more of them would only make it slower; where it waits for a slow disk, as they do,
    they get done beside it, and with each interval more are let in.

    Times are seconds on any one clock that never goes back. Knows nothing of HTTP.
    """

    def __init__(self, longest_wait: float, now: float) -> None:
        self._longest_wait = longest_wait
        self._calls: dict[int, tuple[float, bool]] = {}
        self._last_call = 0
        self._usual = USUAL_SECONDS
        self._longest_stood = 0.0
        self._stands_since: float | None = None
        self._slot_began, self._slot_waits, self._slot_loans = now, 0.0, 0
        self._begin_interval(now)
        self.allowed = MOST
        self.is_busy = False

    @property
    def is_overload(self) -> bool:
        return self.allowed < MOST

    def waited(self, seconds: float, now: float) -> None:
        """Somebody was lent a connection, and had waited so long for it."""
        self._lent += 1
        self._waited_long += seconds > self._longest_wait / 2
        self._close_slot(now)
        if not self._slot_loans:
            self._slot_began = now
        self._slot_waits += seconds
        self._slot_loans += 1

    def enter(self, now: float, *, plays: bool) -> int | None:
        """The call's number, under which it counts until it leaves; None for who is to be turned away.

        `plays`: in the middle of a game, whose clock runs. In an overload
        others are let in only while fewer than half as many are in progress.
        """
        if now - self._interval_began >= INTERVAL_SECONDS:
            self._review(now)
        self._came += 1
        allowed = self.allowed if plays or not self.is_overload else self.allowed // 2
        if len(self._calls) >= allowed:
            self._forget_long_ones(now)
        if len(self._calls) >= allowed:
            self._refused += 1
            return None
        self._last_call += 1
        self._calls[self._last_call] = now, len(self._calls) < STEADY
        return self._last_call

    def leave(self, call: int, now: float) -> None:
        """Done, or waiting for a model. To leave twice, or once it was forgotten, is nothing."""
        if call not in self._calls:
            return
        began, is_usual = self._calls.pop(call)
        self._done += 1
        if is_usual:
            self._usual += SMOOTHING * (now - began - self._usual)

    def _close_slot(self, now: float) -> None:
        """If it is over."""
        if not self._slot_loans or now - self._slot_began < SLOT_SECONDS:
            return
        mean = self._slot_waits / self._slot_loans
        if mean <= self._longest_wait:
            self._stands_since = None
        elif self._stands_since is None or mean < self._longest_stood / 2:
            self._stands_since, self._longest_stood = self._slot_began, mean
        else:
            self._longest_stood = max(self._longest_stood, mean)
        self._slot_waits, self._slot_loans = 0.0, 0

    def _review(self, now: float) -> None:
        """An interval is over: what it was like says how many the next one lets in."""
        self._close_slot(now)
        if self.is_overload:
            goes_on = self._refused > BEARABLE * self._came
        else:
            goes_on = self._stands_since is not None and self._stands_since <= self._interval_began
        self.allowed = self._that_get_done(now - self._interval_began) if goes_on else MOST
        self.is_busy = self._waited_long > self._lent / 2
        self._begin_interval(now)

    def _that_get_done(self, seconds: float) -> int:
        in_time = ceil(self._done / seconds * (self._usual + QUICK_SECONDS))
        return max(STEADY, min(MOST - 1, in_time))

    def _begin_interval(self, now: float) -> None:
        self._interval_began = now
        self._came = self._refused = self._done = 0
        self._lent = self._waited_long = 0

    def _forget_long_ones(self, now: float) -> None:
        """They stand in the order in which they began."""
        for call, (began, _) in list(self._calls.items()):
            if now - began < LONG_SECONDS:
                return
            del self._calls[call]
