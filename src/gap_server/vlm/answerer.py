"""One question and what the player sees in reply: asked, tidied, screened, within one limit of time."""

import asyncio
import time
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import structlog

from gap_server.errors import ModelFailed
from gap_server.game.rules import MODEL_LIMIT
from gap_server.i18n import words_for
from gap_server.vlm import metrics
from gap_server.vlm.discretion import Discretion
from gap_server.vlm.instructions import HONEST, TAINTED, instruction
from gap_server.vlm.protocol import Completion, Instruction, Model, Picture, Slot, Trace
from gap_server.vlm.screen.addressed import speaks_to_the_model
from gap_server.vlm.screen.answer_text import tidied
from gap_server.vlm.screen.leaks import gives_away
from gap_server.vlm.screen.off_topic import is_off_topic

log = structlog.get_logger(__name__)

GATE_SECONDS: Final = 4.0
"""The gate says one word. Where it has said none by then, the answer is shown as if it had agreed."""

Refusal = Literal["not_about_picture", "gave_away"]
GateVerdict = Literal["about", "not_about", "failed", "off"]


@dataclass(frozen=True, slots=True)
class WithheldCompletion:
    """What the model said, and the player was not shown. `number`: 1 for the first try.

    `reason`: where both arms were asked, what either of them did.
    """

    number: int
    completion: Completion = field(repr=False)
    reason: Refusal


@dataclass(slots=True)
class AnswerRecord:
    """What is to be recorded of a question whatever becomes of it, kept up while it is under way."""

    instruction: Instruction
    trace: Trace
    withheld: list[WithheldCompletion] = field(default_factory=list)
    gate: GateVerdict = "off"
    gate_ms: int | None = None

    @property
    def filter_hits(self) -> int:
        """0, 1 (asked again) or 2 (refused)."""
        return sum(one.reason == "gave_away" for one in self.withheld)


@dataclass(frozen=True, slots=True)
class ScreenedAnswer:
    """`text` is what the player sees.

    `completion` is the model's last, but its `queue_ms`, `latency_ms` and `attempts` count both where it was
    asked twice; None where the gate had refused the question before.
    """

    text: str
    refusal: Refusal | None
    completion: Completion | None = field(repr=False)


class Answerer:
    """`limit_seconds`: wall clock for one question from `ask` on, our queue and asking again included.

    `gated`: whether the model is asked beside, without hearing of the arm, if it is about a picture.
    `discretion`: what is known already of how well it keeps its instruction to itself.
    """

    def __init__(
        self,
        model: Model,
        *,
        limit_seconds: float = MODEL_LIMIT.total_seconds(),
        gated: bool = False,
        discretion: Discretion | None = None,
    ) -> None:
        self._model = model
        self._limit_seconds = limit_seconds
        self._gated = gated
        self._discretion = discretion or Discretion()

    def reserve(self, picture_sha256: str, *, talk: str = "", background: bool = False) -> Slot:
        """A slot in the model's queue, to be released by the caller. Raises ModelBusy.

        `background`: nobody waits for the answer, so no player may wait because of it.
        """
        return self._model.reserve(picture_sha256, talk=talk, background=background)

    @staticmethod
    def record(slot: Slot, *, tainted: bool) -> AnswerRecord:
        """The record of a question that is about to be asked."""
        return AnswerRecord(instruction(tainted=tainted), slot.trace)

    async def ask(
        self, slot: Slot, picture: Picture, question: str, record: AnswerRecord, *, seen: bool = True
    ) -> ScreenedAnswer:
        """Raises ModelFailed, after `limit_seconds` at the latest; ModelBusy where nobody took the question.

        `seen`: by a player, from whom the arm is to be hidden. Cancelling it ends the model's work.
        """
        try:
            async with asyncio.timeout(self._limit_seconds):
                reply = await self._gated_answer(slot, picture, question, record, seen=seen)
        except TimeoutError as late:
            raise _counted(ModelFailed("the model took too long", reason="timeout")) from late
        except ModelFailed as failure:
            raise _counted(failure) from failure.__cause__
        if reply.refusal is not None:
            metrics.REFUSALS.labels(reply.refusal).inc()
        return reply

    async def _gated_answer(
        self, slot: Slot, picture: Picture, question: str, record: AnswerRecord, *, seen: bool
    ) -> ScreenedAnswer:
        """What the gate refuses is refused when the gate says so, whatever the answer is and however it goes:
        of the arm, neither the outcome nor its moment tells anything.
        """
        answer = self._screened if seen else _of_one_arm
        if not self._gated:
            return await answer(slot, picture, question, record)
        answering = asyncio.create_task(answer(slot, picture, question, record))
        try:
            if not await _passes(slot, question, record):
                return ScreenedAnswer(canned_line(question), "not_about_picture", None)
            return await answering
        finally:
            answering.cancel()
            await asyncio.gather(answering, return_exceptions=True)

    async def _screened(
        self, slot: Slot, picture: Picture, question: str, record: AnswerRecord
    ) -> ScreenedAnswer:
        """In both arms where the question invites the model to give its own away, or the model did so of late
        without being invited; else in its own.
        """
        if speaks_to_the_model(question):
            metrics.BOTH_ARMS.labels("spoken_to").inc()
            return (await _of_both_arms(slot, picture, question, record))[0]
        if self._discretion.is_trusted:
            reply = await _of_one_arm(slot, picture, question, record)
            self._discretion.note(gave_away=bool(record.withheld))
            return reply
        metrics.BOTH_ARMS.labels("indiscreet").inc()
        reply, refusals = await _of_both_arms(slot, picture, question, record)
        if refusals != {"not_about_picture"}:  # in one voice, which tells nothing and proves nothing
            self._discretion.note(gave_away=reply.refusal is not None)
        return reply


async def _passes(slot: Slot, question: str, record: AnswerRecord) -> bool:
    began = time.monotonic()
    try:
        async with asyncio.timeout(GATE_SECONDS):
            record.gate = "about" if await slot.is_about_picture(question) else "not_about"
    except (TimeoutError, ModelFailed):
        record.gate = "failed"
    record.gate_ms = round((time.monotonic() - began) * 1000)
    metrics.GATE.labels(record.gate).inc()
    return record.gate != "not_about"


async def _of_one_arm(slot: Slot, picture: Picture, question: str, record: AnswerRecord) -> ScreenedAnswer:
    """Asked once more where the first answer gives the arm away. Raises ModelFailed, ModelBusy."""
    first = await slot.complete(picture, record.instruction, question)
    text, refusal = _looked_at(first, question, record)
    if refusal != "gave_away":
        return ScreenedAnswer(text, refusal, first)
    second = await slot.complete(picture, record.instruction, question)
    text, refusal = _looked_at(second, question, record)
    return ScreenedAnswer(text, refusal, _after(first, second))


async def _of_both_arms(
    slot: Slot, picture: Picture, question: str, record: AnswerRecord
) -> tuple[ScreenedAnswer, set[Refusal | None]]:
    """Asked as both instructions have it, shown when both have answered, refused where either gives away.

    A model that admits in one arm only would tell it by a refusal, or by the time of a second try. Here both
    arms do the same, fail the same and take the same time. Also gives what came of either. Raises
    ModelFailed, ModelBusy.
    """
    asked = [asyncio.create_task(slot.complete(picture, told, question)) for told in (HONEST, TAINTED)]
    try:
        honest, tainted = await asyncio.gather(*asked)
    finally:
        for one in asked:
            one.cancel()
        await asyncio.gather(*asked, return_exceptions=True)
    refusals = [screen(one.text, question)[1] for one in (honest, tainted)]
    own = tainted if record.instruction.tainted else honest
    refusal = next((one for one in refusals if one is not None), None)
    if refusal is None:
        return ScreenedAnswer(screen(own.text, question)[0], None, own), {None}
    _withhold(own, refusal, record)
    return ScreenedAnswer(canned_line(question), refusal, own), set(refusals)


def _looked_at(completion: Completion, question: str, record: AnswerRecord) -> tuple[str, Refusal | None]:
    text, refusal = screen(completion.text, question)
    if refusal is not None:
        _withhold(completion, refusal, record)
    return text, refusal


def _withhold(completion: Completion, refusal: Refusal, record: AnswerRecord) -> None:
    record.withheld.append(WithheldCompletion(len(record.withheld) + 1, completion, refusal))
    if refusal == "gave_away":
        metrics.FILTER_HITS.inc()


def canned_line(question: str) -> str:
    """Shown instead of every answer that is none, whatever the reason and whichever the arm, in the language
    of the question.
    """
    return words_for(question).refusal


def screen(answer: str, question: str) -> tuple[str, Refusal | None]:
    """What a player may see of `answer`, and why it is our own line where it is.

    It looks at the words alone, so that both arms are screened alike. Raises ModelFailed for none.
    """
    text = tidied(answer)
    if not text:
        raise ModelFailed("an answer without words", reason="empty")
    if is_off_topic(text):
        return canned_line(question), "not_about_picture"
    if gives_away(text):
        return canned_line(question), "gave_away"
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
