"""gap-server as it is, around a model that answers at once: in the process, or at the wire."""

import os

from fastapi import FastAPI

from gap_server.app import assemble
from gap_server.game.rules import Rules
from gap_server.logs import set_up_logs
from gap_server.play.deps import GameDeps
from gap_server.play.limits import Limits
from gap_server.play.picture_cache import PictureCache
from gap_server.store.engine import Store
from gap_server.vlm.client.model import OpenAIModel
from gap_server.vlm.models import Models
from gap_server.vlm.protocol import Completion, Instruction, Model, ModelId, Picture, ServedModel, Trace

ANSWER = "There are two red apples on the table."


SERVED = ServedModel("instant", None, None, "instant", temperature=0.0, max_tokens=150)


class InstantSlot:
    def __init__(self) -> None:
        self.trace = Trace(SERVED, attempts=1)

    async def complete(self, picture: Picture, instruction: Instruction, question: str) -> Completion:  # noqa: ARG002  # the protocol's
        return Completion(
            text=ANSWER,
            finish_reason="stop",
            served=SERVED,
            replica=None,
            prompt_tokens=300,
            completion_tokens=10,
            queue_ms=0,
            latency_ms=0,
            attempts=1,
        )

    async def is_about_picture(self, question: str) -> bool:  # noqa: ARG002  # the same
        return True

    def release(self) -> None: ...


class InstantModel:
    id = ModelId("instant", None)

    def reserve(self, picture_sha256: str, *, talk: str = "", background: bool = False) -> InstantSlot:  # noqa: ARG002  # the same
        return InstantSlot()

    async def ready(self) -> None: ...

    async def aclose(self) -> None: ...


def app() -> FastAPI:
    return around(InstantModel())


def wire_app() -> FastAPI:
    return around(OpenAIModel(urls=[os.environ["BENCH_MODEL_URL"]], model="bench"))


def gated_wire_app() -> FastAPI:
    """As it is unless an operator sets otherwise: each question is put to the gate, too."""
    return around(OpenAIModel(urls=[os.environ["BENCH_MODEL_URL"]], model="bench"), gated=True)


def wide_app() -> FastAPI:
    """For a model server that takes everything at once."""
    return around(OpenAIModel(urls=[os.environ["BENCH_MODEL_URL"]], model="bench", max_in_flight=1000))


def around(model: Model, *, gated: bool = False) -> FastAPI:
    set_up_logs("text", "warning")
    return assemble(deps_of(Store(os.environ["BENCH_DATABASE_URL"], size=10), model, gated=gated))


def deps_of(store: Store, model: Model, *, gated: bool = False) -> GameDeps:
    return GameDeps(
        store=store,
        models=Models.of(model, gated=gated),
        pictures=PictureCache(),
        rules=Rules(),
        bot_key=b"bench",
        sessions_per_day=50,
        limits=Limits.hourly(tokens=10, sign_ins=100, sign_ins_by_address=100_000, share_cards=100),
    )
