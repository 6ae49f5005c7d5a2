"""One question and what the player sees in reply: asked, tidied, screened, within one limit of time."""

import asyncio
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import structlog

from gap_server.errors import ModelFailed
from gap_server.game.rules import MODEL_LIMIT
from gap_server.vlm import metrics
from gap_server.vlm.instructions import instruction
from gap_server.vlm.protocol import Completion, Instruction, Model, Picture, Slot
from gap_server.vlm.screen.answer_text import tidied
from gap_server.vlm.screen.leaks import gives_away
from gap_server.vlm.screen.off_topic import is_off_topic

log = structlog.get_logger(__name__)

CANNED_LINE: Final = "I can only talk about this picture. Ask me about something you can see in it."
"""Shown instead of every answer that is none, whatever the reason and whichever the arm."""

Refusal = Literal["not_about_picture", "gave_away"]


@dataclass(frozen=True, slots=True)
class ScreenedAnswer:
    """`text` is what the player sees. `filter_hits`: 0, 1 (asked again) or 2 (refused).

    `completion` is the model's last, but its `queue_ms`, `latency_ms` and `attempts` count both where it was
    asked twice.
    """

    text: str
    refusal: Refusal | None
    completion: Completion = field(repr=False)
    instruction_version: str
    filter_hits: int


class Answerer:
    """`limit_seconds`: wall clock for one question from `ask` on, our queue and asking again included."""

    def __init__(self, model: Model, *, limit_seconds: float = MODEL_LIMIT.total_seconds()) -> None:
        self._model = model
        self._limit_seconds = limit_seconds

    def reserve(self, picture_sha256: str) -> Slot:
        """A slot in the model's queue, to be released by the caller. Raises ModelBusy."""
        return self._model.reserve(picture_sha256)

    async def ask(self, slot: Slot, picture: Picture, question: str, *, tainted: bool) -> ScreenedAnswer:
        """Raises ModelFailed, after `limit_seconds` at the latest; ModelBusy where nobody took the question.

        Cancelling it ends the model's work.
        """
        try:
            async with asyncio.timeout(self._limit_seconds):
                reply = await _screened(slot, picture, instruction(tainted=tainted), question)
        except TimeoutError as late:
            raise _counted(ModelFailed("the model took too long", reason="timeout")) from late
        except ModelFailed as failure:
            raise _counted(failure) from failure.__cause__
        if reply.refusal is not None:
            metrics.REFUSALS.labels(reply.refusal).inc()
        return reply


async def _screened(slot: Slot, picture: Picture, told: Instruction, question: str) -> ScreenedAnswer:
    first = await slot.complete(picture, told, question)
    text, refusal = screen(first.text)
    if refusal != "gave_away":
        return ScreenedAnswer(text, refusal, first, told.version, filter_hits=0)
    metrics.FILTER_HITS.inc()
    second = _after(first, await slot.complete(picture, told, question))
    text, refusal = screen(second.text)
    if refusal != "gave_away":
        return ScreenedAnswer(text, refusal, second, told.version, filter_hits=1)
    metrics.FILTER_HITS.inc()
    return ScreenedAnswer(text, refusal, second, told.version, filter_hits=2)


def screen(answer: str) -> tuple[str, Refusal | None]:
    """What a player may see of `answer`, and why it is our own line where it is.

    It looks at the words alone, so that both arms are screened alike. Raises ModelFailed for none.
    """
    text = tidied(answer)
    if not text:
        raise ModelFailed("an answer without words", reason="empty")
    if is_off_topic(text):
        return CANNED_LINE, "not_about_picture"
    if gives_away(text):
        return CANNED_LINE, "gave_away"
    return text, None


def _after(first: Completion, second: Completion) -> Completion:
    return replace(
        second,
        queue_ms=first.queue_ms + second.queue_ms,
        latency_ms=first.latency_ms + second.latency_ms,
        attempts=first.attempts + second.attempts,
    )


def _counted(failure: ModelFailed) -> ModelFailed:
    metrics.FAILURES.labels(failure.reason).inc()
    log.warning("question_failed", reason=failure.reason)
    return failure
