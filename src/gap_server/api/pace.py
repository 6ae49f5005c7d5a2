"""Who calls faster than anybody plays: in an overload they are turned away before others are."""

from typing import Final

WINDOW_SECONDS: Final = 10.0

FASTEST: Final = 30
"""Calls in a window of one client in one process. Who plays in haste makes ten, a hasty juror fifteen."""

MOST_CLIENTS: Final = 50_000
"""That are counted at a time, some 5 MB: a flood may invent a client for each call."""


class Pace:
    """Counts each client's calls, in the window that runs and in the one before.

    Who came faster than `FASTEST` in an overload rests until a whole window in which they came slower: calls
    that are turned away count, so that whoever takes no notice stays out, and the overload does not come back
    each time that they are let in. Who comes again when told to is slower by that alone.

    Times are seconds on any one clock that never goes back.
    """

    def __init__(self, now: float) -> None:
        self._began = now
        self._calls: dict[int, int] = {}
        self._calls_before: dict[int, int] = {}
        self._resting: set[int] = set()

    def is_too_fast(self, client: int, now: float, *, is_overload: bool) -> bool:
        """One more call of this client: is it to be turned away?"""
        if now - self._began >= WINDOW_SECONDS or len(self._calls) >= MOST_CLIENTS:
            self._turn(now)
        calls = self._calls[client] = self._calls.get(client, 0) + 1
        if is_overload and max(calls, self._calls_before.get(client, 0)) > FASTEST:
            self._resting.add(client)
        return client in self._resting

    def _turn(self, now: float) -> None:
        """A window is over."""
        self._resting = {client for client in self._resting if self._calls.get(client, 0) > FASTEST}
        self._calls_before, self._calls, self._began = self._calls, {}, now
