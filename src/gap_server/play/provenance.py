"""From what happened to a question to what its row tells of it."""

from dataclasses import replace
from typing import Any

from gap_server.errors import ModelFailed
from gap_server.quality.questions.category import VERSION, categorised
from gap_server.store.provenance import Provenance, Withheld
from gap_server.vlm.answerer import AnswerRecord, ScreenedAnswer, WithheldCompletion
from gap_server.vlm.protocol import Completion


def provenance_of(question: str, record: AnswerRecord, outcome: ScreenedAnswer | ModelFailed) -> Provenance:
    """What a researcher will want to know of how this answer came about, or of why there is none."""
    asked = categorised(question)
    whatever_came = Provenance(
        instruction_sha256=record.instruction.sha256,
        served_model_sha256=record.trace.served.sha256,
        replica=record.trace.replica,
        attempts=record.trace.attempts,
        filter_hits=record.filter_hits,
        gate=record.gate,
        gate_ms=record.gate_ms,
        language=asked.language,
        category=asked.category,
        category_version=VERSION if asked.category else None,
        withheld=[_withheld(one) for one in record.withheld],
    )
    if isinstance(outcome, ModelFailed):
        return replace(whatever_came, failure=outcome.reason)
    said = outcome.completion
    if said is None:
        return replace(whatever_came, refusal=outcome.refusal)
    return replace(
        whatever_came,
        refusal=outcome.refusal,
        completion=None if said.text == outcome.text else said.text,
        **_how_it_came(said),
    )


def _withheld(one: WithheldCompletion) -> Withheld:
    said = one.completion
    return Withheld(
        number=one.number,
        text=said.text,
        reason=one.reason,
        **_how_it_came(said),
    )


def _how_it_came(said: Completion) -> dict[str, Any]:
    """What is kept of every completion, shown or withheld: the fields that both kinds of row share."""
    return {
        "served_model_sha256": said.served.sha256,
        "replica": said.replica,
        "finish_reason": said.finish_reason,
        "prompt_tokens": said.prompt_tokens,
        "completion_tokens": said.completion_tokens,
        "queue_ms": said.queue_ms,
        "latency_ms": said.latency_ms,
        "attempts": said.attempts,
    }
