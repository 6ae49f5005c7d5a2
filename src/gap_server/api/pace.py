"""Who calls faster than anybody plays: in and after an overload they are turned away before others are."""

from typing import Final

PER_SECOND: Final = 2.0
"""Calls of one client in one process, in the long run. Who plays in haste makes one, a hasty juror 1.5."""

AT_ONCE: Final = 15
"""So many come faster than that: an app that opens asks for half of them in one go."""

LEAD_SECONDS: Final = AT_ONCE / PER_SECOND

MOST_LEAD_SECONDS: Final = LEAD_SECONDS + 5.0
"""More is forgotten: so long must rest at most who was ever so fast."""

MOST_CLIENTS: Final = 50_000
"""That are kept in mind at a time, some 5 MB: a flood may invent a client for each call."""


class Pace:
    """Keeps of each client when their calls would have come at an even pace of `PER_SECOND`.

    It is the generic cell rate algorithm of ATM networks (ITU-T I.371): with each call that time is further
    on, and how far it leads on the clock says how much too fast they were of late.

    Who led by more than `LEAD_SECONDS` while it mattered rests until they lead no more: calls that are turned
    away count, so that whoever takes no notice stays out, and the overload does not come back each time that
    they are let in. Who comes again when told to is slower by that alone.

    Times are seconds on any one clock that never goes back.
    """

    def __init__(self) -> None:
        self._even: dict[int, float] = {}
        self._resting: set[int] = set()

    def is_too_fast(self, client: int, now: float, *, is_busy: bool) -> bool:
        """One more call of this client: is it to be turned away?"""
        lead = max(0.0, self._even.get(client, now) - now)
        if not lead:
            self._resting.discard(client)
        lead = min(lead + 1 / PER_SECOND, MOST_LEAD_SECONDS)
        if client not in self._even and len(self._even) >= MOST_CLIENTS:
            self._forget(now)
        self._even[client] = now + lead
        if is_busy and lead > LEAD_SECONDS:
            self._resting.add(client)
        return client in self._resting

    def _forget(self, now: float) -> None:
        """Who leads no more; else all but those who rest; else everybody."""
        leading = {client: even for client, even in self._even.items() if even > now}
        resting = {client: even for client, even in leading.items() if client in self._resting}
        self._even = next(kept for kept in (leading, resting, {}) if len(kept) < MOST_CLIENTS)
        self._resting &= self._even.keys()
