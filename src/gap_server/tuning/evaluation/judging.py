"""Answers judged: by words alone, by the rule of agreement, and by every judge for what the rule leaves."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from gap_server.errors import ModelFailed
from gap_server.quality.agreement.rule import Sameness, agreement
from gap_server.quality.words import words
from gap_server.tuning.evaluation import protocols
from gap_server.tuning.evaluation.asking import Progress, side_by_side
from gap_server.tuning.evaluation.held_out import HeldOutRow
from gap_server.tuning.evaluation.journal import Journal
from gap_server.tuning.evaluation.judges import Judge, Ruling
from gap_server.tuning.evaluation.pictures import Pictures
from gap_server.tuning.evaluation.protocols import PaperText, Protocol

VERDICTS: Final = ("id", "time", "protocol", "judge")
"""What a verdict stands in the journal by."""

RULE: Final = "rule"
"""Who judged, where it was no judge."""

CLEAR: Final = frozenset({"identical", "yes_no", "number", "colour"})
"""Rules of agreement that are as sure as a judge. Words in common are not: they are left to the judges."""


@dataclass(frozen=True, slots=True)
class Judging:
    """`judges` by name."""

    protocols: Sequence[Protocol]
    judges: Sequence[Judge] = ()
    paper_text: PaperText = field(default_factory=PaperText)
    pictures: Pictures | None = None
    at_once: int = 8


@dataclass(frozen=True, slots=True)
class _Case:
    row: HeldOutRow
    time: str
    answer: str
    protocol: Protocol
    judge: Judge


def ruled(row: HeldOutRow, answer: str, protocol: Protocol) -> float | None:
    """1 or 0 where no judge is needed; None where one is. No answer at all is wrong."""
    if protocol is Protocol.EXACT:
        return float(words(answer) == words(row.reference) != [])
    if protocol is Protocol.PAPER:
        return None
    if not words(answer):
        return 0.0
    found = agreement(answer, row.reference, row.question)
    if found.rule not in CLEAR or found.sameness is Sameness.UNCLEAR:
        return None
    return float(found.sameness is Sameness.SAME)


async def judge(
    rows: Sequence[HeldOutRow],
    answers: Mapping[tuple[str, ...], Mapping[str, Any]],
    judging: Judging,
    journal: Journal,
    heard: Progress,
) -> int:
    """Judge every answer that was not judged before. How many verdicts are lacking: a judge was away."""
    cases = list(_cases(rows, answers, judging, journal))
    failed = done = 0

    async def one(case: _Case) -> None:
        nonlocal failed, done
        try:
            ruling = await _ruling(case, judging)
            journal.add(_verdict(case, ruling))
        except ModelFailed:
            failed += 1
        done += 1
        heard(done, len(cases))

    await side_by_side(cases, one, judging.at_once)
    return failed


def _cases(
    rows: Sequence[HeldOutRow],
    answers: Mapping[tuple[str, ...], Mapping[str, Any]],
    judging: Judging,
    journal: Journal,
) -> Iterator[_Case]:
    of_row = {row.id: row for row in rows}
    for protocol in judging.protocols:
        for (row_id, time), line in answers.items():
            row, answer = of_row[row_id], str(line["answer"])
            if ruled(row, answer, protocol) is not None:
                continue
            for judge in judging.judges:
                if (row_id, time, protocol, judge.name) not in journal:
                    yield _Case(row, time, answer, protocol, judge)


async def _ruling(case: _Case, judging: Judging) -> Ruling[float]:
    row = case.row
    read: Callable[[str], float | None]
    if case.protocol is Protocol.PAPER:
        asked, read = judging.paper_text.asked(row.reference, case.answer), protocols.paper_score
    else:
        asked, read = protocols.ours(row.question, row.reference, case.answer), protocols.our_score
    shown = case.protocol is Protocol.OURS and case.judge.sees_image and judging.pictures is not None
    picture = await judging.pictures.of(row) if shown and judging.pictures is not None else None
    return await case.judge.rule(asked, read, picture)


def _verdict(case: _Case, ruling: Ruling[float]) -> dict[str, Any]:
    """`score` counts 0 what no reply made plain; `first` is what the authors' script would have taken."""
    return {
        "id": case.row.id,
        "time": case.time,
        "protocol": case.protocol,
        "judge": case.judge.name,
        "score": ruling.value or 0.0,
        "first": ruling.first,
        "said": ruling.said,
        "prompt_tokens": ruling.prompt_tokens,
        "completion_tokens": ruling.completion_tokens,
    }
