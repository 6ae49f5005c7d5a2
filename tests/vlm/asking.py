"""Asking in tests: a model in front of doubles, and one question to it."""

import hashlib
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from PIL import Image

from gap_server.errors import ModelBusy
from gap_server.vlm.answerer import Answerer, AnswerRecord, ScreenedAnswer
from gap_server.vlm.client.breaker import Breaker
from gap_server.vlm.client.model import OpenAIModel
from gap_server.vlm.client.queue import rendezvous
from gap_server.vlm.client.replica import Replica
from gap_server.vlm.client.server import ModelServer
from gap_server.vlm.discretion import Discretion
from gap_server.vlm.protocol import Completion, Picture
from tests.doubles.faulty_model import FaultyModel

LIMIT = 1.5
"""Seconds: what answers at all is in time on a busy machine, too, and what hangs is waited for so long."""
QUESTION = "How many dogs are there?"


def picture_of(colour: str) -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (96, 64), colour).save(file, "JPEG")
    return Picture(hashlib.sha256(file.getvalue()).hexdigest(), file.getvalue())


def impatient() -> Breaker:
    return Breaker(threshold=2, rest_seconds=0.1, longest_rest_seconds=0.2)


@asynccontextmanager
async def opened(*servers: FaultyModel, **options: Any) -> AsyncIterator[OpenAIModel]:
    """A model in front of `servers`, with limits short enough for a test."""
    settings = {"hedge_seconds": LIMIT / 3, "ready_seconds": LIMIT / 2} | options
    model = OpenAIModel(urls=[server.url for server in servers], model="m", **settings)
    try:
        yield model
    finally:
        await model.aclose()


async def ask(
    model: OpenAIModel,
    picture: Picture,
    *,
    tainted: bool = False,
    limit: float = LIMIT,
    question: str = QUESTION,
) -> ScreenedAnswer:
    return (await ask_on_record(model, picture, tainted=tainted, limit=limit, question=question))[0]


async def ask_on_record(
    model: OpenAIModel,
    picture: Picture,
    *,
    tainted: bool = False,
    limit: float = LIMIT,
    question: str = QUESTION,
    gated: bool = False,
    discretion: Discretion | None = None,
) -> tuple[ScreenedAnswer, AnswerRecord]:
    answerer = Answerer(model, limit_seconds=limit, gated=gated, discretion=discretion)
    slot = answerer.reserve(picture.sha256)
    try:
        record = answerer.record(slot, tainted=tainted)
        return await answerer.ask(slot, picture, question, record), record
    finally:
        slot.release()


def completion_of(reply: ScreenedAnswer) -> Completion:
    """What the model said, where it was asked to the end."""
    assert reply.completion is not None
    return reply.completion


def at_home(model_servers: tuple[FaultyModel, ...], picture: Picture) -> FaultyModel:
    """The server that `picture` goes to first."""
    by_url = {server.url: server for server in model_servers}
    replicas = [Replica(ModelServer(url), Breaker(), 1, 1.0) for url in by_url]
    return by_url[rendezvous(replicas, picture.sha256)[0].server.url]


def reserves(model: OpenAIModel, picture: Picture) -> bool:
    try:
        model.reserve(picture.sha256).release()
    except ModelBusy:
        return False
    return True
