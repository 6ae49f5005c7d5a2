"""One evaluation as a folder: what was asked of whom, every answer, every verdict, the scores, the report.

Killed at any moment and begun again, it goes on where it was: nothing is asked twice, nothing left out.
"""

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from gap_server.errors import EvaluationRefused
from gap_server.tuning.evaluation.asking import ANSWERS, Asking, Progress, ask, record
from gap_server.tuning.evaluation.held_out import HeldOut
from gap_server.tuning.evaluation.journal import Journal, Line
from gap_server.tuning.evaluation.judges_report import Pairwise
from gap_server.tuning.evaluation.judging import VERDICTS, Judging, judge
from gap_server.tuning.evaluation.pairs import PAIRS, judge_pairs, pair_standings, paired, preferences
from gap_server.tuning.evaluation.protocols import Protocol
from gap_server.tuning.evaluation.scores import Answers, Score, scores, write_scores
from gap_server.vlm.instructions import HONEST


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is evaluated. `asking` None: the answers that stand in the set's file."""

    model: str
    revision: str | None
    asking: Asking | None


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A run as far as it came. `unanswered`, `unjudged`: what a next run would ask again."""

    identity: Mapping[str, Any]
    answers: Answers
    verdicts: Answers
    scores: list[Score] = field(repr=False)
    unanswered: int
    unjudged: int
    seconds: float


async def evaluate(
    held_out: HeldOut, subject: Subject, judging: Judging, out: Path, heard: Mapping[str, Progress]
) -> Evaluated:
    """`heard`: who hears of progress, under `answers` and `verdicts`.

    Raises EvaluationRefused where `out` holds another run, or a picture is missing.
    """
    identity = _identity(held_out, subject, judging)
    _claim(out, identity)
    began = time.monotonic()
    with (
        Journal(out / "answers.jsonl", ANSWERS) as answers,
        Journal(out / "verdicts.jsonl", VERDICTS) as verdicts,
    ):
        unanswered = 0
        if subject.asking is None:
            record(held_out.rows, answers)
        else:
            unanswered = await ask(held_out.rows, subject.asking, answers, heard["answers"])
        unjudged = await judge(held_out.rows, answers.lines, judging, verdicts, heard["verdicts"])
        found = scores(held_out.rows, answers.lines, verdicts.lines, judging)
        write_scores(found, out / "scores.jsonl")
        seconds = time.monotonic() - began
        return Evaluated(identity, answers.lines, verdicts.lines, found, unanswered, unjudged, seconds)


async def in_pairs(
    held_out: HeldOut, run: Evaluated, against: Path, *, judging: Judging, out: Path, heard: Progress
) -> Pairwise:
    """The answers of this run beside another's, `against`, judged in both orders by every judge.

    Raises EvaluationRefused where the two have no answers of the same rows.
    """
    before, after = first_answers(read_answers(against)), first_answers(run.answers.values())
    pairs = paired(held_out.rows, before, after)
    with Journal(out / "pairs.jsonl", PAIRS) as journal:
        lacking = await judge_pairs(pairs, judging, journal, heard)
        standings = pair_standings(preferences(pairs, journal.lines, judging.judges))
        return Pairwise(standings, list(journal.lines.values()), lacking)


def first_answers(lines: Iterable[Line]) -> dict[str, str]:
    """By row, what was answered the first time that it was asked."""
    return {str(line["id"]): str(line["answer"]) for line in lines if line["time"] == "1"}


def read_answers(folder: Path) -> list[Line]:
    """Of a run that nobody writes now. Raises EvaluationRefused."""
    file = folder / "answers.jsonl"
    try:
        return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]
    except (OSError, ValueError) as error:
        raise EvaluationRefused(f"{file} cannot be read: {type(error).__name__}.") from error


def _identity(held_out: HeldOut, subject: Subject, judging: Judging) -> dict[str, Any]:
    asked = subject.asking is not None
    return {
        "held_out": {"sha256": held_out.sha256, "rows": len(held_out.rows), "images": held_out.images},
        "model": subject.model,
        "model_revision": subject.revision,
        "answers": "asked, temperature 0" if asked else "recorded",
        "instruction_version": HONEST.version if asked else None,
        "instruction_sha256": HONEST.sha256 if asked else None,
        "paper_text": judging.paper_text.name if Protocol.PAPER in judging.protocols else None,
        "judges_see_image": sorted(judge.name for judge in judging.judges if judge.sees_image),
    }


RUN: Final = "run.json"
_GROWS: Final = frozenset({"paper_text", "judges_see_image"})
"""What a later run on the same answers may add: another protocol, another judge."""


def _claim(out: Path, identity: dict[str, Any]) -> None:
    """The folder is this run's. Raises EvaluationRefused where it is another's."""
    file = out / RUN
    if file.exists():
        there = read_run(out)
        differs = [what for what in identity if there.get(what) != identity[what] and what not in _GROWS]
        if there.get("paper_text") and identity["paper_text"] not in {None, there["paper_text"]}:
            differs.append("paper_text")
        if differs:
            raise EvaluationRefused(f"{out} holds another run: {', '.join(differs)} differ.")
    try:
        out.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(identity, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise EvaluationRefused(f"{out} cannot be made: {error.strerror}.") from error


def read_run(folder: Path) -> dict[str, Any]:
    """What a run in this folder is of. Raises EvaluationRefused."""
    file = folder / RUN
    try:
        identity: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EvaluationRefused(f"{file} cannot be read: {type(error).__name__}.") from error
    return identity
