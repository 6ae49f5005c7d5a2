"""The law by which calls are let in, before a simulated server: who is turned away, how the rest fare."""

import heapq
import random
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from itertools import count, cycle

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gap_server.api.concurrency_limit import INTERVAL_SECONDS, ConcurrencyLimit
from gap_server.api.http_protocol import RETRY_SECONDS
from gap_server.api.pace import AT_ONCE, PER_SECOND, Pace

SERVICE = 0.002
"""Seconds of a processor that a call takes: five hundred get done in one."""

POOL = 10
LONGEST_WAIT = 0.025


@dataclass
class Simulated:
    """A processor that works off calls in the order in which they came, with a pool of connections before it.

    `disk`: seconds for which each call waits for something that serves all at once, before its turn comes.
    `stalls`: from when to when nothing moves, as on a machine whose disk or neighbour has it.
    """

    disk: float = 0.0
    stalls: tuple[tuple[float, float], ...] = ()
    comes_back: bool = False
    now: float = 0.0
    waits: list[tuple[float, float]] = field(default_factory=list)
    """When somebody came that was served, and how long they took."""
    refused: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.limit = ConcurrencyLimit(LONGEST_WAIT, 0.0)
        self.pace = Pace()
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()
        self._retry = cycle(RETRY_SECONDS)
        self._queue: deque[tuple[float, int]] = deque()
        self._lent = 0
        self._ready: deque[tuple[float, int]] = deque()

    def run(self, arrivals: Iterable[float]) -> "Simulated":
        for at in arrivals:
            self._at(at, self._comes)
        while self._events:
            self.now, _, happens = heapq.heappop(self._events)
            happens()
        return self

    def _at(self, when: float, happens: Callable[[], None]) -> None:
        heapq.heappush(self._events, (when, next(self._numbers), happens))

    def meet(self, players: Iterable[float], flood: Iterable[float], clients: int) -> "Simulated":
        """The flood is of so many clients in turn, who take no notice of what they are told."""
        in_turn = cycle(range(1, clients + 1))
        for at in flood:
            self._at(at, partial(self._calls, next(in_turn)))
        return self.run(players)

    def _calls(self, client: int) -> None:
        if self.pace.is_too_fast(client, self.now, is_busy=self.limit.is_overload):
            return
        if (call := self.limit.enter(self.now, plays=True)) is not None:
            self._queue.append((self.now, call))
            self._lend()

    def _comes(self) -> None:
        call = self.limit.enter(self.now, plays=True)
        if call is None:
            self.refused.append(self.now)
            if self.comes_back:
                self._at(self.now + next(self._retry), self._comes)
            return
        self._queue.append((self.now, call))
        self._lend()

    def _lend(self) -> None:
        while self._queue and self._lent < POOL:
            came, call = self._queue.popleft()
            self.limit.waited(self.now - came, self.now)
            self._lent += 1
            if self.disk:
                self._at(self.now + self.disk, partial(self._is_ready, came, call))
            else:
                self._is_ready(came, call)

    def _is_ready(self, came: float, call: int) -> None:
        self._ready.append((came, call))
        if len(self._ready) == 1:
            self._work()

    def _work(self) -> None:
        self._at(self._after_stalls(self.now + SERVICE), self._done)

    def _done(self) -> None:
        came, call = self._ready.popleft()
        self._lent -= 1
        self.limit.leave(call, self.now)
        self.waits.append((came, self.now - came))
        if self._ready:
            self._work()
        self._lend()

    def _after_stalls(self, done: float) -> float:
        for begins, ends in self.stalls:
            if begins <= done < ends:
                return ends + SERVICE
        return done

    def percentile(self, percent: int, since: float, until: float) -> float:
        waits = sorted(took for came, took in self.waits if since <= came < until)
        return waits[len(waits) * percent // 100]


def at_chance(seed: int, per_second: float, since: float, until: float) -> list[float]:
    chance, at, arrivals = random.Random(seed), since, []
    while (at := at + chance.expovariate(per_second)) < until:
        arrivals.append(at)
    return arrivals


def after_waits(waits: Iterable[float]) -> ConcurrencyLimit:
    """What the law says of so many loans, one after each `SERVICE`, by whose borrowers it is asked."""
    limit, now = ConcurrencyLimit(LONGEST_WAIT, 0.0), 0.0
    for wait in waits:
        now += SERVICE
        limit.leave(limit.enter(now, plays=True) or 0, now)
        limit.waited(wait, now)
    return limit


def test_a_queue_in_which_some_are_lucky_stands_all_the_same() -> None:
    """Statements are of two kinds, and whoever comes while one goes waits for nobody."""
    chance = random.Random(9)
    waits = (chance.choice((0.0, 0.06, 0.2, 0.3)) for _ in range(round(2.2 * INTERVAL_SECONDS / SERVICE)))
    assert after_waits(waits).is_overload


def test_a_queue_that_most_meet_is_busy_and_no_overload_as_long_as_it_is_short() -> None:
    waits = [0.6 * LONGEST_WAIT, 0.7 * LONGEST_WAIT, 0.0] * round(INTERVAL_SECONDS / SERVICE)
    limit = after_waits(waits)
    assert limit.is_busy
    assert not limit.is_overload
    assert not after_waits([0.0, 0.0, 2 * LONGEST_WAIT] * round(INTERVAL_SECONDS / SERVICE)).is_busy


@given(
    share=st.floats(0.1, 0.6),
    stall=st.floats(0.05, 0.6),
    begins=st.floats(1.0, 2.0),
)
def test_a_moment_in_which_nothing_moves_turns_nobody_away(share: float, stall: float, begins: float) -> None:
    """Where what waits after it is worked off within an interval."""
    assume(stall * share / (1 - share) < INTERVAL_SECONDS)
    evenly = [n * SERVICE / share for n in range(int(4 / SERVICE * share))]
    assert Simulated(stalls=((begins, begins + stall),)).run(evenly).refused == []


@pytest.mark.parametrize("begins", [1 + n / 10 for n in range(5)])
def test_what_waits_and_is_being_worked_off_turns_nobody_away(begins: float) -> None:
    """Although it is longer than an interval until nobody waits any more."""
    evenly = [n * SERVICE / 0.6 for n in range(1200)]
    server = Simulated(stalls=((begins, begins + 0.6),)).run(evenly)
    assert server.refused == []
    assert sum(took > LONGEST_WAIT for _, took in server.waits) * SERVICE > INTERVAL_SECONDS


@pytest.mark.parametrize("share", [0.3, 0.6, 0.8])
def test_who_comes_by_chance_and_gets_done_is_never_turned_away(share: float) -> None:
    server = Simulated().run(at_chance(1, share / SERVICE, 0, 20))
    assert server.refused == []


@pytest.mark.parametrize("times", [1.5, 3, 10])
def test_in_an_overload_as_much_gets_done_and_nobody_waits(times: float) -> None:
    """More than get done, for ten seconds; from the third on nobody waits for long."""
    server = Simulated().run(at_chance(2, times / SERVICE, 0, 10))
    since, until = 4 * INTERVAL_SECONDS, 10.0
    assert server.percentile(95, since, until) < 10 * SERVICE
    served = sum(since <= came < until for came, _ in server.waits)
    assert served > 0.95 * (until - since) / SERVICE


def test_a_slow_disk_is_kept_busy_by_as_many_as_it_serves_at_once() -> None:
    """It has become slow in the overload: what a call takes with few others was another time."""
    disk = 0.1
    server = Simulated(disk=disk).run(at_chance(3, 5 * POOL / disk, 0, 40))
    since, until = 20.0, 40.0
    served = sum(since <= came < until for came, _ in server.waits)
    assert served > 0.85 * (until - since) * POOL / disk


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_after_a_flood_nobody_is_kept_out_although_those_turned_away_come_back(share: float) -> None:
    usual = at_chance(3, share / SERVICE, 0, 12)
    flood = at_chance(4, 10 / SERVICE, 2, 5)
    server = Simulated().run(sorted(usual + flood))
    assert server.refused
    assert max(server.refused) < 5 + 3 * INTERVAL_SECONDS


def test_a_flood_of_few_clients_keeps_no_player_out_once_they_are_known() -> None:
    """Ten times what gets done, by as many as call eight times a second each."""
    players = at_chance(7, 0.4 / SERVICE, 0, 40)
    flood = at_chance(8, 10 / SERVICE, 5, 40)
    server = Simulated().meet(players, flood, clients=600)
    known = 5 + AT_ONCE / (10 / SERVICE / 600 - PER_SECOND) + 4 * INTERVAL_SECONDS
    assert any(5 < at < known for at in server.refused)
    assert max(server.refused) < known
    assert server.percentile(95, known, 40) < 1.5 * Simulated().run(players).percentile(95, known, 40)


def test_players_who_come_back_until_they_are_let_in_keep_no_overload_up() -> None:
    """All are served soon after the server can have worked off what had come beyond what it gets done."""
    usual = at_chance(5, 0.7 / SERVICE, 0, 40)
    burst = at_chance(6, 2 / SERVICE, 5, 7)
    server = Simulated(comes_back=True).run(sorted(usual + burst))
    worked_off = 7 + 2 * 1.7 / 0.3
    assert server.refused
    assert max(server.refused) < worked_off + max(RETRY_SECONDS)
