"""A model that is served by one or many OpenAI-compatible servers, some of which may be down."""

import asyncio
import hashlib
import io
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from time import monotonic
from typing import Any

from PIL import Image

from gap_server.errors import ModelFailed
from gap_server.game.rules import MODEL_LIMIT
from gap_server.vlm import metrics
from gap_server.vlm.client.breaker import Breaker
from gap_server.vlm.client.enquiry import Enquiry, Question
from gap_server.vlm.client.model_card import ModelCard
from gap_server.vlm.client.queue import Queue, rendezvous
from gap_server.vlm.client.replica import Replica
from gap_server.vlm.client.request import LLAMA_3_STOPS, Dialect, RequestBody
from gap_server.vlm.client.server import ChatCompletion, ModelServer
from gap_server.vlm.protocol import Completion, Instruction, ModelId, Picture, ServedModel, Trace

_NO = re.compile(r"\W*no\b", re.IGNORECASE)

FRESH_SECONDS = 60.0
"""An answer this recent shows that the model is there."""


class OpenAIModel:
    """Asks the replica that knows the picture best; on failure the next, `max_attempts` failures at most.

    The caller's clock ends a question, by cancelling, `limit_seconds` after it was asked; what cannot be
    answered by then is not even begun. A replica that is slow for `hedge_seconds` is asked again beside
    another; one that gave no answer for so long is counted as failed. One that rests after failures is tried
    again by itself, with a question of one token, never with a player's: who comes after an outage finds it
    gone.
    """

    def __init__(  # noqa: PLR0913  # what an operator may set, each with its default
        self,
        *,
        urls: Sequence[str],
        model: str,
        dialect: Dialect = "vllm",
        api_key: str | None = None,
        revision: str | None = None,
        max_in_flight: int = 32,
        max_waiting: int = 256,
        temperature: float = 0.7,
        max_tokens: int = 150,
        stop_token_ids: Sequence[int] = LLAMA_3_STOPS,
        extra_body: Mapping[str, Any] | None = None,
        limit_seconds: float = MODEL_LIMIT.total_seconds(),
        hedge_seconds: float = 10.0,
        max_attempts: int = 3,
        ready_seconds: float = 5.0,
        breaker: Callable[[], Breaker] = Breaker,
    ) -> None:
        self._replicas = [
            Replica(ModelServer(url, api_key=api_key), breaker(), max_in_flight, hedge_seconds)
            for url in urls
        ]
        self._cards = {replica: ModelCard(replica.server, model) for replica in self._replicas}
        if not self._replicas:
            raise ValueError("a model needs at least one address")
        self._queue = Queue(self._replicas, max_waiting, limit_seconds, self._await_comeback)
        extra = dict(extra_body or {})
        # Taken from there where they stand there: what a row records must be what was asked.
        temperature = float(extra.pop("temperature", temperature))
        max_tokens = int(extra.pop("max_tokens", max_tokens))
        self._body = RequestBody(model, dialect, temperature, max_tokens, stop_token_ids, extra)
        self.id = ModelId(model, revision)
        self._served: dict[str | None, ServedModel] = {}
        self._limit_seconds = limit_seconds
        self._hedge_seconds = hedge_seconds
        self._max_attempts = max_attempts
        self._ready_seconds = ready_seconds
        self._answered_at: float | None = None
        self._readiness: asyncio.Task[None] | None = None
        self._comebacks: dict[Replica, asyncio.Task[None]] = {}

    def reserve(self, picture_sha256: str, *, talk: str = "", background: bool = False) -> "ReservedSlot":
        del talk  # a server is asked each question by itself
        self._queue.enter(background=background)
        return ReservedSlot(self, self._queue, self._limit_seconds, picture_sha256)

    def served(self, root: str | None = None) -> ServedModel:
        """This model with all that is sent along, as a server of these weights serves it."""
        if root not in self._served:
            self._served[root] = ServedModel(*self.id, root, **self._body.as_served())
        return self._served[root]

    async def ready(self) -> None:
        """Asks for one token where no answer came within a minute; many callers share one such question."""
        if self._answered_at is not None and monotonic() - self._answered_at < FRESH_SECONDS:
            return
        if self._readiness is None or self._readiness.done():
            self._readiness = asyncio.create_task(self._ping_any())
        await asyncio.shield(self._readiness)

    async def aclose(self) -> None:
        tasks = [*self._comebacks.values(), *([self._readiness] if self._readiness else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for replica in self._replicas:
            await self._cards[replica].aclose()
            await replica.server.aclose()

    async def ask(
        self,
        picture: Picture,
        instruction: Instruction,
        question: str,
        *,
        trace: Trace,
        ends_at: float | None = None,
    ) -> Completion:
        """One answer, from whichever replica gives it first. Raises ModelFailed, ModelBusy.

        `ends_at`: when the caller will give up, in the clock of `monotonic`.
        """
        arrived_at = monotonic()
        enquiry = Enquiry(
            self._queue,
            Question(
                self._body.question(picture, instruction, question),
                picture.sha256,
                arrived_at + self._limit_seconds if ends_at is None else ends_at,
                self._hedge_seconds,
                self._max_attempts,
            ),
        )
        try:
            answer = await enquiry.answer()
        finally:
            trace.attempts += enquiry.attempts
            if enquiry.asked_last is not None:
                trace.replica = enquiry.asked_last.server.name
        waited, took = answer.began_at - arrived_at, monotonic() - answer.began_at
        trace.replica = answer.replica.server.name
        trace.served = self.served(await self._cards[answer.replica].root())
        return self._completion(answer.said, trace, enquiry.attempts, waited=waited, took=took)

    async def is_about_picture(self, question: str, picture_sha256: str) -> bool:
        """Asked beside the answer's queue: one token of a few words is no load. Raises ModelFailed."""
        up = [replica for replica in rendezvous(self._replicas, picture_sha256) if replica.is_up]
        if not up:
            raise ModelFailed("no model server is up", reason="unreachable")
        said = await up[0].server.complete(self._body.gate(question), session_id=picture_sha256)
        return _NO.match(said.text) is None

    def _completion(
        self, said: ChatCompletion, trace: Trace, attempts: int, *, waited: float, took: float
    ) -> Completion:
        self._answered_at = monotonic()
        self._queue.answered_in(took)
        metrics.ANSWER_SECONDS.observe(took)
        metrics.QUEUE_SECONDS.observe(waited)
        return Completion(
            text=said.text,
            finish_reason=said.finish_reason,
            served=trace.served,
            replica=trace.replica,
            prompt_tokens=said.prompt_tokens,
            completion_tokens=said.completion_tokens,
            queue_ms=round(waited * 1000),
            latency_ms=round(took * 1000),
            attempts=attempts,
        )

    def _await_comeback(self, replica: Replica) -> None:
        if replica.breaker.is_open and replica not in self._comebacks:
            comeback = asyncio.create_task(self._comeback(replica))
            self._comebacks[replica] = comeback
            comeback.add_done_callback(lambda _: self._comebacks.pop(replica))

    async def _comeback(self, replica: Replica) -> None:
        while replica.breaker.is_open:
            await asyncio.sleep(replica.breaker.seconds_left())
            if replica.breaker.begin_trial():
                await self._trial(replica)
        self._cards[replica].forget()

    async def _trial(self, replica: Replica) -> None:
        try:
            await self._ping(replica)
        except ModelFailed:
            pass  # noted at the replica: it rests on
        finally:
            replica.breaker.end_trial()

    async def _ping(self, replica: Replica) -> None:
        try:
            picture = _grey_picture()
            await replica.ping(self._body.ping(picture), picture.sha256, self._ready_seconds)
        finally:
            self._await_comeback(replica)
        self._answered_at = monotonic()
        self._queue.review()

    async def _ping_any(self) -> None:
        pings = [asyncio.create_task(self._ping(replica)) for replica in self._replicas]
        try:
            failures = []
            for first in asyncio.as_completed(pings):
                try:
                    return await first
                except ModelFailed as failure:
                    failures.append(failure)
            detail = "; ".join(str(failure) for failure in failures)
            raise ModelFailed(f"no model server answers a question: {detail}", reason=failures[0].reason)
        finally:
            for ping in pings:
                ping.cancel()
            await asyncio.gather(*pings, return_exceptions=True)


class ReservedSlot:
    """A slot in the queue of an OpenAIModel. Its question's time begins when it is first asked."""

    def __init__(self, model: OpenAIModel, queue: Queue, limit_seconds: float, picture_sha256: str) -> None:
        self._model = model
        self._picture_sha256 = picture_sha256
        self._queue: Queue | None = queue
        self._limit_seconds = limit_seconds
        self._ends_at: float | None = None
        self.trace = Trace(model.served())

    async def complete(self, picture: Picture, instruction: Instruction, question: str) -> Completion:
        if self._ends_at is None:
            self._ends_at = monotonic() + self._limit_seconds
        return await self._model.ask(picture, instruction, question, trace=self.trace, ends_at=self._ends_at)

    async def is_about_picture(self, question: str) -> bool:
        return await self._model.is_about_picture(question, self._picture_sha256)

    def release(self) -> None:
        queue, self._queue = self._queue, None
        if queue is not None:
            queue.leave()


@cache
def _grey_picture() -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (112, 112), "grey").save(file, "PNG")
    return Picture(hashlib.sha256(file.getvalue()).hexdigest(), file.getvalue(), "image/png")
