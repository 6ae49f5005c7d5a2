"""Who may ask which model server now: a cap for each, and one first-come queue before all of them."""

import asyncio
import hashlib
import math
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from time import monotonic

from gap_server.errors import ModelBusy
from gap_server.vlm import metrics
from gap_server.vlm.client.replica import FULL_SECONDS, Replica

LONGEST_RETRY_SECONDS = 15


def rendezvous(replicas: Iterable[Replica], picture_sha256: str) -> list[Replica]:
    """The replicas in this picture's own order of preference; taking one away moves only its pictures.

    Highest random weight hashing (Thaler and Ravishankar, 1998).
    """

    def weight(replica: Replica) -> bytes:
        return hashlib.blake2b(f"{replica.server.url} {picture_sha256}".encode(), digest_size=8).digest()

    return sorted(replicas, key=weight, reverse=True)


@dataclass(eq=False, slots=True)
class Waiting:
    """A question in the queue: whom it may be put to, in this order, and when its time is up."""

    order: Sequence[Replica]
    turn: "asyncio.Future[Replica | None]"
    ends_at: float


@dataclass(eq=False, slots=True)
class Queue:
    """At most `max_waiting` questions wait beyond what the replicas take at once.

    None waits for longer than leaves time for its answer within `limit_seconds`: it is told `busy` instead,
    in most cases before it was let in. `after` is called with each replica that a request has left.
    """

    replicas: Sequence[Replica]
    max_waiting: int
    limit_seconds: float
    after: Callable[[Replica], None] = field(default=lambda _: None)
    answer_seconds: float = 3.0
    """What an answer took lately: it rises fast and falls slowly, so that slow ones have their time."""
    _hedges: int = 0
    _reserved: int = 0
    _waiting: deque[Waiting] = field(default_factory=deque)

    @property
    def slots(self) -> int:
        """How many questions the replicas that are up take at once."""
        return sum(int(replica.room) for replica in self.replicas if replica.is_up)

    def enter(self, *, background: bool = False) -> None:
        """Take a slot. Raises ModelBusy where none would lead to an answer in time.

        What is asked in the `background` takes only what players leave: no slot where one of them waits, and
        at most half of all.
        """
        slots = self.slots
        if background and (self._waiting or 2 * self._reserved >= slots):
            raise ModelBusy("players come first", retry_after_seconds=LONGEST_RETRY_SECONDS)
        if not slots:
            seconds = min(replica.breaker.seconds_left() for replica in self.replicas)
            raise _busy("no model server answers at the moment", seconds)
        if self._reserved and all(replica.is_stuck for replica in self.replicas if replica.is_up):
            raise _busy("the model servers take no more at the moment", FULL_SECONDS)
        if self._reserved >= slots:
            expected = (self._reserved // slots + 1) * self.answer_seconds
            if expected > self.limit_seconds or self._reserved >= slots + self.max_waiting:
                raise _busy("every slot at the model is taken", expected - self.answer_seconds)
        self._reserved += 1

    def leave(self) -> None:
        self._reserved -= 1

    def answered_in(self, seconds: float) -> None:
        weight = 1 / 2 if seconds > self.answer_seconds else 1 / 20
        self.answer_seconds += (seconds - self.answer_seconds) * weight

    async def slot(self, order: Sequence[Replica], ends_at: float) -> Replica | None:
        """The first of `order` that has room, as soon as one has; None once none of them may be asked.

        Whoever gets a replica hands it back with `free`. Raises ModelBusy.
        """
        choice, hopeless = _choose(order)
        if choice is not None or hopeless:
            return self._given(choice)
        waiting = Waiting(order, asyncio.get_running_loop().create_future(), ends_at)
        self._waiting.append(waiting)
        metrics.WAITING.set(len(self._waiting))
        try:
            async with asyncio.timeout(self._spare_seconds(ends_at)):
                return await self._turn(waiting)
        except TimeoutError:
            raise self._too_late() from None

    async def _turn(self, waiting: Waiting) -> Replica | None:
        turn = waiting.turn
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and not turn.exception() and (given := turn.result()):
                self.free(given)  # given and cancelled in the same turn of the loop
            raise

    def spare(self, order: Sequence[Replica], *, instead_of: Replica) -> Replica | None:
        """Room for asking a second replica about a question that one is slow with, if any.

        Nobody who waits is passed, and a tenth of the slots is the most: when all are slow, asking twice
        would make them slower. That is no question where the slow one has been found down meanwhile.
        """
        if instead_of.is_up and (self._waiting or self._hedges >= max(1, self.slots // 10)):
            return None
        choice, _ = _choose(order)
        if choice is not None:
            self._hedges += 1
        return self._given(choice)

    def hedge_ended(self, _task: object) -> None:
        self._hedges -= 1

    def free(self, replica: Replica) -> None:
        replica.took(-1)
        if replica.is_full:
            asyncio.get_running_loop().call_later(1.1 * FULL_SECONDS, self.review)  # timers are not exact
        self.after(replica)
        self.review()

    def review(self) -> None:
        """Let in whom there is room for, first come first, and send off whom nobody will answer in time."""
        still: deque[Waiting] = deque()
        for waiting in self._waiting:
            if waiting.turn.done():
                continue
            choice, hopeless = _choose(waiting.order)
            if choice is None and not hopeless:
                still.append(waiting)
            elif choice is not None and self._spare_seconds(waiting.ends_at) <= 0:
                waiting.turn.set_exception(self._too_late())
            else:
                waiting.turn.set_result(self._given(choice))
        self._waiting = still
        metrics.WAITING.set(len(still))

    def _spare_seconds(self, ends_at: float) -> float:
        """How long a question may still wait if its answer takes half as long again as they do lately."""
        return ends_at - monotonic() - 1.5 * self.answer_seconds

    def _too_late(self) -> ModelBusy:
        return _busy("no slot at the model came free in time", self.answer_seconds)

    @staticmethod
    def _given(replica: Replica | None) -> Replica | None:
        if replica is not None:
            replica.took(+1)
        return replica


def _choose(order: Sequence[Replica]) -> tuple[Replica | None, bool]:
    up = [replica for replica in order if replica.is_up]
    return next((replica for replica in up if replica.has_room), None), not up


def _busy(detail: str, seconds: float) -> ModelBusy:
    metrics.BUSY.inc()
    return ModelBusy(detail, retry_after_seconds=min(LONGEST_RETRY_SECONDS, max(1, math.ceil(seconds))))
