"""One question on its way through the replicas, until one has answered or there is a reason why none does."""

import asyncio
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from gap_server.errors import ModelFailed
from gap_server.vlm import metrics
from gap_server.vlm.client.queue import Queue, rendezvous
from gap_server.vlm.client.replica import Replica
from gap_server.vlm.client.server import ChatCompletion, ConnectionLost, RequestRefused

AGAIN_SECONDS: Final = 1.0
"""How long until a second request is considered anew, where none could be made."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and how hard it is tried. `ends_at` is in the clock of `monotonic`.

    `picture_sha256` chooses the replicas' order, and is what a router in between goes by.
    """

    body: bytes
    picture_sha256: str
    ends_at: float
    hedge_seconds: float
    max_attempts: int


@dataclass(frozen=True, slots=True)
class Answer:
    """`began_at`: when the request that was answered began, in the clock of `monotonic`."""

    said: ChatCompletion
    replica: Replica
    began_at: float


@dataclass(slots=True)
class Enquiry:
    """Asks one replica, after a failure the next, `max_attempts` at most.

    Where one is slow, a second is asked beside it and the first answer counts (a hedged request: Dean and
    Barroso, The Tail at Scale, 2013): the first may be about to answer, and what it has done is not thrown
    away. A replica that is full is no failure: the question waits, and is asked again.
    """

    queue: Queue
    question: Question
    attempts: int = 0
    asked_last: Replica | None = None
    failure: ModelFailed = field(
        default_factory=lambda: ModelFailed("no model server is up", reason="unreachable")
    )
    _failed: int = 0
    _hedged: bool = False
    _untried: list[Replica] = field(init=False)
    _under_way: dict[asyncio.Task[Answer], Replica] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._untried = rendezvous(self.queue.replicas, self.question.picture_sha256)

    async def answer(self) -> Answer:
        """Raises ModelFailed, or ModelBusy where no replica took the question in time."""
        patience = self.question.hedge_seconds
        try:
            while self._under_way or await self._begin():
                timeout = patience if self._may_hedge() else None
                done, _ = await asyncio.wait(
                    self._under_way, timeout=timeout, return_when=asyncio.FIRST_COMPLETED
                )
                for task in done:
                    if (answer := self._outcome(task)) is not None:
                        return answer
                patience = self.question.hedge_seconds
                if not done and not self._begin_hedge():
                    patience = AGAIN_SECONDS
        finally:
            await self._end()
        raise self.failure

    async def _begin(self) -> bool:
        """Ask the next replica as soon as it has room. False where there is none to ask any more."""
        if self._failed >= self.question.max_attempts or isinstance(self.failure, RequestRefused):
            return False
        replica = await self.queue.slot(self._untried, self.question.ends_at)
        if replica is not None:
            self._start(replica)
        return replica is not None

    def _may_hedge(self) -> bool:
        return not self._hedged and any(replica.is_up for replica in self._untried)

    def _begin_hedge(self) -> bool:
        """Ask a second replica beside the slow one. False where that would cost others their turn."""
        (slow,) = self._under_way.values()
        replica = self.queue.spare(self._untried, instead_of=slow)
        if replica is None:
            return False
        metrics.HEDGES.inc()
        self._hedged = True
        self._start(replica).add_done_callback(self.queue.hedge_ended)
        return True

    def _start(self, replica: Replica) -> asyncio.Task[Answer]:
        self._untried.remove(replica)
        self.asked_last = replica
        task = asyncio.create_task(self._attempt(replica))
        self._under_way[task] = replica
        return task

    async def _attempt(self, replica: Replica) -> Answer:
        began_at = monotonic()
        try:
            return Answer(await self._request(replica), replica, began_at)
        finally:
            self.queue.free(replica)

    async def _request(self, replica: Replica) -> ChatCompletion:
        self.attempts += 1
        body, session_id = self.question.body, self.question.picture_sha256
        try:
            return await replica.ask(body, session_id)
        except ConnectionLost:
            if self._failed + 1 >= self.question.max_attempts:
                raise
            self._failed += 1
        self.attempts += 1
        return await replica.ask(body, session_id, fresh=True)

    def _outcome(self, task: asyncio.Task[Answer]) -> Answer | None:
        """The answer; or None, with `failure` saying why."""
        replica = self._under_way.pop(task)
        try:
            return task.result()
        except ModelFailed as failure:
            self.failure = failure
        if self.failure.reason == "busy":
            self._untried.insert(0, replica)
        else:
            self._failed += 1
        return None

    async def _end(self) -> None:
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
