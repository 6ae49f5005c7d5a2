"""A model that is served by one or many OpenAI-compatible servers, some of which may be down."""

import asyncio
import hashlib
import io
import ssl
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from time import monotonic
from typing import Any

import httpx
from PIL import Image

from gap_server.errors import ModelFailed
from gap_server.vlm import metrics
from gap_server.vlm.client.breaker import Breaker
from gap_server.vlm.client.queue import Queue, rendezvous
from gap_server.vlm.client.replica import Replica
from gap_server.vlm.client.request import LLAMA_3_STOPS, Dialect, RequestBody
from gap_server.vlm.client.server import ChatCompletion, ConnectionLost, ModelServer, RequestRefused
from gap_server.vlm.protocol import Completion, Instruction, Picture

FRESH_SECONDS = 60.0
"""An answer this recent shows that the model is there."""


class OpenAIModel:
    """Asks the replica that knows the picture best; on failure the next, `max_attempts` requests at most.

    There is no time limit here but `attempt_seconds` for a replica while another could be asked instead: the
    caller's clock ends the rest, by cancelling. A replica that rests after failures is tried again by itself,
    with a question of one token, never with a player's: who comes after an outage finds it gone.
    """

    def __init__(  # noqa: PLR0913  # what an operator may set, each with its default
        self,
        *,
        urls: Sequence[str],
        model: str,
        dialect: Dialect = "vllm",
        api_key: str | None = None,
        revision: str | None = None,
        max_in_flight: int = 256,
        max_waiting: int = 256,
        temperature: float = 0.7,
        max_tokens: int = 150,
        stop_token_ids: Sequence[int] = LLAMA_3_STOPS,
        extra_body: Mapping[str, Any] | None = None,
        attempt_seconds: float = 10.0,
        max_attempts: int = 3,
        ready_seconds: float = 5.0,
        breaker: Callable[[], Breaker] = Breaker,
    ) -> None:
        tls = _tls(urls)
        self._replicas = [
            Replica(ModelServer(url, api_key=api_key, tls=tls), breaker(), max_in_flight, attempt_seconds)
            for url in urls
        ]
        if not self._replicas:
            raise ValueError("a model needs at least one address")
        self._queue = Queue(self._replicas, max_waiting)
        extra = dict(extra_body or {})
        # Taken from there where they stand there: what a row records must be what was asked.
        temperature = float(extra.pop("temperature", temperature))
        max_tokens = int(extra.pop("max_tokens", max_tokens))
        self._body = RequestBody(model, dialect, temperature, max_tokens, stop_token_ids, extra)
        self._revision = revision
        self._attempt_seconds = attempt_seconds
        self._max_attempts = max_attempts
        self._ready_seconds = ready_seconds
        self._answered_at: float | None = None
        self._readiness: asyncio.Task[None] | None = None
        self._comebacks: dict[Replica, asyncio.Task[None]] = {}

    def reserve(self, picture_sha256: str) -> "ReservedSlot":  # noqa: ARG002  # any replica will do
        self._queue.enter()
        return ReservedSlot(self, self._queue)

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
            await replica.server.aclose()

    async def ask(self, picture: Picture, instruction: Instruction, question: str) -> Completion:
        """One answer, from whichever replica gives it first. Raises ModelFailed."""
        arrived = monotonic()
        enquiry = _Enquiry(self._body.question(picture, instruction, question), self._max_attempts)
        untried = rendezvous(self._replicas, picture.sha256)
        while enquiry.goes_on:
            replica = await self._queue.slot(untried)
            if replica is None:
                break
            untried.remove(replica)
            others = any(other.is_up for other in untried)
            began = monotonic()
            try:
                said = await enquiry.asked_of(replica, self._attempt_seconds if others else None)
            finally:
                self._queue.free(replica)
                self._await_comeback(replica)
            if said is not None:
                return self._completion(
                    said, enquiry.attempts, waited=began - arrived, took=monotonic() - began
                )
        raise enquiry.failure

    def _completion(self, said: ChatCompletion, attempts: int, *, waited: float, took: float) -> Completion:
        self._answered_at = monotonic()
        self._queue.answered_in(took)
        metrics.ANSWER_SECONDS.observe(took)
        metrics.QUEUE_SECONDS.observe(waited)
        return Completion(
            text=said.text,
            finish_reason=said.finish_reason,
            model=self._body.model,
            revision=self._revision,
            temperature=self._body.temperature,
            max_tokens=self._body.max_tokens,
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

    async def _trial(self, replica: Replica) -> None:
        try:
            await self._ping(replica)
        except ModelFailed:
            pass  # noted at the replica: it rests on
        finally:
            replica.breaker.end_trial()

    async def _ping(self, replica: Replica) -> None:
        try:
            await replica.ping(self._body.ping(_grey_picture()), self._ready_seconds)
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


def _tls(urls: Sequence[str]) -> ssl.SSLContext:
    """One for all servers, and without the authorities, half a megabyte, where no address is https."""
    if any(url.startswith("https:") for url in urls):
        return httpx.create_ssl_context()
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class ReservedSlot:
    """A slot in the queue of an OpenAIModel."""

    def __init__(self, model: OpenAIModel, queue: Queue) -> None:
        self._model = model
        self._queue: Queue | None = queue

    async def complete(self, picture: Picture, instruction: Instruction, question: str) -> Completion:
        return await self._model.ask(picture, instruction, question)

    def release(self) -> None:
        queue, self._queue = self._queue, None
        if queue is not None:
            queue.leave()


class _Enquiry:
    """One question on its way from replica to replica."""

    def __init__(self, body: bytes, max_attempts: int) -> None:
        self.attempts = 0
        self.failure = ModelFailed("no model server is up", reason="unreachable")
        self._body = body
        self._max_attempts = max_attempts

    @property
    def goes_on(self) -> bool:
        return self.attempts < self._max_attempts and not isinstance(self.failure, RequestRefused)

    async def asked_of(self, replica: Replica, seconds: float | None) -> ChatCompletion | None:
        """The answer; or None, with `failure` saying why. None for `seconds`: there is nobody else to ask."""
        try:
            async with asyncio.timeout(seconds):
                return await self._request(replica)
        except TimeoutError:
            self.failure = ModelFailed("the model took too long", reason="timeout")
        except ModelFailed as failure:
            self.failure = failure
        return None

    async def _request(self, replica: Replica) -> ChatCompletion:
        self.attempts += 1
        try:
            return await replica.ask(self._body)
        except ConnectionLost:
            if self.attempts == self._max_attempts:
                raise
        self.attempts += 1
        return await replica.ask(self._body, fresh=True)


@cache
def _grey_picture() -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (112, 112), "grey").save(file, "PNG")
    return Picture(hashlib.sha256(file.getvalue()).hexdigest(), file.getvalue(), "image/png")
