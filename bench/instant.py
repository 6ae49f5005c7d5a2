"""A model that answers at once, so that what is measured is ours; and gap-server around it."""

import os

from fastapi import FastAPI

from gap_server.app import assemble
from gap_server.game.rules import Rules
from gap_server.logs import set_up_logs
from gap_server.play.deps import GameDeps
from gap_server.play.limits import Limits
from gap_server.play.picture_cache import PictureCache
from gap_server.store.engine import Store
from gap_server.vlm.answerer import Answerer
from gap_server.vlm.protocol import Completion, Instruction, Picture

ANSWER = "There are two red apples on the table."


class InstantPlace:
    async def complete(self, picture: Picture, instruction: Instruction, question: str) -> Completion:  # noqa: ARG002  # the protocol's
        return Completion(
            text=ANSWER,
            finish_reason="stop",
            model="instant",
            revision=None,
            temperature=0.0,
            max_tokens=150,
            prompt_tokens=300,
            completion_tokens=10,
            queue_ms=0,
            latency_ms=0,
            attempts=1,
        )

    def release(self) -> None: ...


class InstantModel:
    def reserve(self, picture_sha256: str) -> InstantPlace:  # noqa: ARG002  # the same
        return InstantPlace()

    async def ready(self) -> None: ...

    async def aclose(self) -> None: ...


def app() -> FastAPI:
    """gap-server as it is, but for who answers."""
    set_up_logs("text", "warning")
    store = Store(os.environ["BENCH_DATABASE_URL"], size=10)
    model = InstantModel()
    return assemble(
        GameDeps(
            store=store,
            model=model,
            answerer=Answerer(model),
            pictures=PictureCache(),
            rules=Rules(),
            bot_key=b"bench",
            sessions_per_day=50,
            limits=Limits.hourly(tokens=10, sign_ins=100, sign_ins_by_address=100_000, share_cards=100),
        )
    )
