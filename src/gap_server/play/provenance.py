"""From what happened to a question to what its row tells of it."""

from gap_server.errors import ModelFailed
from gap_server.store.provenance import Provenance, Withheld
from gap_server.vlm.answerer import AnswerRecord, ScreenedAnswer, WithheldCompletion


def provenance_of(record: AnswerRecord, outcome: ScreenedAnswer | ModelFailed) -> Provenance:
    """What a researcher will want to know of how this answer came about, or of why there is none."""
    withheld = [_withheld(one) for one in record.withheld]
    if isinstance(outcome, ModelFailed):
        return Provenance(
            failure=outcome.reason,
            instruction_sha256=record.instruction.sha256,
            served_model_sha256=record.trace.served.sha256,
            replica=record.trace.replica,
            attempts=record.trace.attempts,
            filter_hits=record.filter_hits,
            withheld=withheld,
        )
    said = outcome.completion
    return Provenance(
        refusal=outcome.refusal,
        completion=None if said.text == outcome.text else said.text,
        instruction_sha256=record.instruction.sha256,
        served_model_sha256=said.served.sha256,
        replica=said.replica,
        finish_reason=said.finish_reason,
        prompt_tokens=said.prompt_tokens,
        completion_tokens=said.completion_tokens,
        queue_ms=said.queue_ms,
        latency_ms=said.latency_ms,
        attempts=said.attempts,
        filter_hits=record.filter_hits,
        withheld=withheld,
    )


def _withheld(one: WithheldCompletion) -> Withheld:
    said = one.completion
    return Withheld(
        number=one.number,
        text=said.text,
        reason=one.reason,
        served_model_sha256=said.served.sha256,
        replica=said.replica,
        finish_reason=said.finish_reason,
        prompt_tokens=said.prompt_tokens,
        completion_tokens=said.completion_tokens,
        queue_ms=said.queue_ms,
        latency_ms=said.latency_ms,
        attempts=said.attempts,
    )
