"""Who may ask which model server now: a cap for each, and one first-come queue before all of them."""

import asyncio
import hashlib
import math
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gap_server.errors import ModelBusy
from gap_server.vlm import metrics
from gap_server.vlm.client.replica import Replica

LONGEST_RETRY_SECONDS = 15


def rendezvous(replicas: Iterable[Replica], picture_sha256: str) -> list[Replica]:
    """The replicas in this picture's own order of preference; taking one away moves only its pictures.

    Highest random weight hashing (Thaler and Ravishankar, 1998).
    """

    def weight(replica: Replica) -> bytes:
        return hashlib.blake2b(f"{replica.server.url} {picture_sha256}".encode(), digest_size=8).digest()

    return sorted(replicas, key=weight, reverse=True)


@dataclass(eq=False, slots=True)
class Queue:
    """At most `max_waiting` questions wait beyond what the replicas take at once."""

    replicas: Sequence[Replica]
    max_waiting: int
    answer_seconds: float = 3.0
    """What an answer took lately (a moving average), for telling people when to come back."""
    _reserved: int = 0
    _waiting: "deque[tuple[Sequence[Replica], asyncio.Future[Replica | None]]]" = field(default_factory=deque)

    def enter(self) -> None:
        """Take a slot. Raises ModelBusy where every replica is left alone, or the queue is full."""
        up = [replica for replica in self.replicas if replica.is_up]
        slots = sum(replica.max_in_flight for replica in up)
        if not up:
            seconds = min(replica.breaker.seconds_left() for replica in self.replicas)
            raise _busy("no model server answers at the moment", seconds)
        if self._reserved >= slots + self.max_waiting:
            raise _busy("every slot at the model is taken", self.answer_seconds * self._reserved / slots)
        self._reserved += 1

    def leave(self) -> None:
        self._reserved -= 1

    def answered_in(self, seconds: float) -> None:
        self.answer_seconds += (seconds - self.answer_seconds) / 20

    async def slot(self, order: Sequence[Replica]) -> Replica | None:
        """The first of `order` that has room, as soon as one has; None once none of them may be asked.

        Whoever gets a replica hands it back with `free`.
        """
        choice, hopeless = _choose(order)
        if choice is not None or hopeless:
            return self._given(choice)
        turn: asyncio.Future[Replica | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((order, turn))
        metrics.WAITING.set(len(self._waiting))
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and (granted := turn.result()) is not None:
                self.free(granted)  # granted and cancelled in the same turn of the loop
            raise

    def free(self, replica: Replica) -> None:
        replica.took(-1)
        self.review()

    def review(self) -> None:
        """Let in whom there is room for, first come first, and send off whom nobody will answer."""
        still: deque[tuple[Sequence[Replica], asyncio.Future[Replica | None]]] = deque()
        for order, turn in self._waiting:
            if turn.done():
                continue
            choice, hopeless = _choose(order)
            if choice is None and not hopeless:
                still.append((order, turn))
            else:
                turn.set_result(self._given(choice))
        self._waiting = still
        metrics.WAITING.set(len(still))

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
