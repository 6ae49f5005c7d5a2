"""What people said of answers: a jury's outcomes out of an export, or a table that somebody filled in."""

import csv
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gap_server.errors import EvaluationRefused
from gap_server.quality.words import words
from gap_server.tuning.evaluation.judging import RULE
from gap_server.tuning.evaluation.scores import PANEL, Score

TABLE: Final = "people.csv"
_COLUMNS: Final = ("id", "image", "question", "reference", "answer", "verdict")
_GRADES: Final = {"right": 1.0, "1": 1.0, "partly": 0.5, "0.5": 0.5, "wrong": 0.0, "0": 0.0}
_UNDECIDED: Final = frozenset({"", "disputed", "cannot_tell", "none"})
_FILES: Final = tuple(f"{name}.jsonl" for name in ("train", "validation", "heldout"))


@dataclass(frozen=True, slots=True)
class People:
    """`verdicts`: by row, 1, .5 or 0. `of_other_answers`: those about what this model did not say."""

    verdicts: Mapping[str, float]
    of_other_answers: int


def read_people(path: Path, answers: Mapping[str, str]) -> People:
    """The verdicts on `answers`, which are by row: on the same words, whoever said them when.

    `path`: a data set exported as jsonl, file or folder, whose `jury_outcome` is of its `model_answer`; or a
    table, CSV or JSONL, of `id`, `verdict` (right, partly, wrong) and, where it is told, the `answer`.
    Raises EvaluationRefused.
    """
    verdicts: dict[str, float] = {}
    other = 0
    for where, raw in _raw(path):
        row_id, said, grade = _verdict(raw, where)
        if grade is None or row_id not in answers:
            continue
        if said is not None and words(said) != words(answers[row_id]):
            other += 1
            continue
        if verdicts.setdefault(row_id, grade) != grade:
            raise EvaluationRefused(f"{where}: row {row_id} was called something else before.")
    return People(verdicts, other)


def write_table(scores: Sequence[Score], out: Path, rows: int) -> Path:
    """So many answers, drawn by chance, for people to judge: first of all what no rule decided.

    Raises EvaluationRefused where the table is there: somebody may have filled it in.
    """
    file = out / TABLE
    if file.exists():
        raise EvaluationRefused(f"{file} is there already: take it away to draw another.")
    drawn = _drawn(scores, rows)
    with file.open("w", newline="", encoding="utf-8") as written:
        table = csv.writer(written)
        table.writerow(_COLUMNS)
        for one in drawn:
            told = (one.id, one.image, one.question, one.reference, one.answer)
            table.writerow([*map(_no_formula, told), ""])
    return file


def _drawn(scores: Sequence[Score], rows: int) -> list[Score]:
    """Of the first protocol, asked the first time; in random order, the same each time."""
    protocol = scores[0].protocol
    of_panel = [s for s in scores if (s.protocol, s.judge, s.time) == (protocol, PANEL, "1")]
    random.Random(0).shuffle(of_panel)  # noqa: S311  # it draws rows, and guards nothing
    return sorted(of_panel, key=lambda one: one.by == RULE)[:rows]


def _no_formula(text: str) -> str:
    """A spreadsheet would work out what begins so; words are compared without it."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text


def _raw(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every row, and where it stands. Raises EvaluationRefused."""
    files = [path / name for name in _FILES if (path / name).is_file()] if path.is_dir() else [path]
    if not files:
        raise EvaluationRefused(f"{path} is no data set exported as jsonl.")
    for file in files:
        try:
            with file.open(newline="", encoding="utf-8-sig") as lines:
                rows = csv.DictReader(lines) if file.suffix == ".csv" else map(json.loads, lines)
                yield from ((f"{file.name}, row {number}", row) for number, row in enumerate(rows, start=1))
        except (OSError, ValueError, csv.Error) as error:
            raise EvaluationRefused(f"{file} cannot be read as people's verdicts: {error}") from error


def _verdict(raw: Mapping[str, Any], where: str) -> tuple[str, str | None, float | None]:
    """The row, the answer that was judged where that is told, and the grade where there is one."""
    try:
        row_id = str(raw["id"])
        jury = "jury_outcome" in raw
        said, told = (
            (raw["model_answer"], raw["jury_outcome"]) if jury else (raw.get("answer"), raw["verdict"])
        )
        word = str(told).strip().casefold()
        grade = None if word in _UNDECIDED else _GRADES[word]
    except (LookupError, TypeError) as error:
        raise EvaluationRefused(f"{where}: no id and verdict of right, partly or wrong.") from error
    return row_id, None if said is None else str(said), grade
