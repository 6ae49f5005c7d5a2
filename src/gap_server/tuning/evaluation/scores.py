"""One row, one protocol, one judge: one score; and what many of them say together."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from gap_server.errors import EvaluationRefused
from gap_server.quality.evidence import Bools, Floats, Ints
from gap_server.quality.scoring.intervals import Estimate, mean_by_image
from gap_server.tuning.evaluation.held_out import HeldOutRow
from gap_server.tuning.evaluation.judging import RULE, Judging, ruled
from gap_server.tuning.evaluation.protocols import Protocol

PANEL: Final = "panel"
"""The mean of all judges of a row, and the rule's word where it decided."""

RIGHT: Final = 0.5
"""A score above it counts as right, where right or wrong is asked."""

Answers = Mapping[tuple[str, ...], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Score:
    """`score` is None where neither rule nor judge has decided. `by`: the rule, or the judge."""

    id: str
    time: str
    image: str
    stratum: str
    category: str
    question: str
    reference: str
    answer: str
    protocol: str
    judge: str
    by: str
    score: float | None
    first: float | None = None

    @property
    def is_right(self) -> bool:
        return self.score is not None and self.score > RIGHT


def scores(rows: Sequence[HeldOutRow], answers: Answers, verdicts: Answers, judging: Judging) -> list[Score]:
    """For each protocol a score by every judge, and the panel's; without judges the panel is the rule."""
    return list(_scores(rows, answers, verdicts, judging))


def _scores(
    rows: Sequence[HeldOutRow], answers: Answers, verdicts: Answers, judging: Judging
) -> Iterator[Score]:
    of_row = {row.id: row for row in rows}
    for protocol in judging.protocols:
        names = [judge.name for judge in judging.judges] if protocol is not Protocol.EXACT else []
        for (row_id, time), line in answers.items():
            row, answer = of_row[row_id], str(line["answer"])
            by_rule = ruled(row, answer, protocol)
            lines = [verdicts.get((row_id, time, protocol, name)) for name in names]
            said = [by_rule if by_rule is not None else (one or {}).get("score") for one in lines]
            by = RULE if by_rule is not None else ""
            for name, one, score in zip(names, lines, said, strict=True):
                first = one.get("first") if one else by_rule
                yield _score(row, time, answer, protocol, name, by or name, score, first)
            panel = by_rule if by_rule is not None else _mean(said)
            yield _score(row, time, answer, protocol, PANEL, by or PANEL, panel, None)


def _score(  # noqa: PLR0917  # one row of a table
    row: HeldOutRow,
    time: str,
    answer: str,
    protocol: str,
    judge: str,
    by: str,
    score: float | None,
    first: float | None,
) -> Score:
    told = (row.id, time, row.image, row.stratum.value, row.category, row.question, row.reference, answer)
    return Score(*told, str(protocol), judge, by, score, first)


def _mean(said: Sequence[float | None]) -> float | None:
    known = [one for one in said if one is not None]
    return sum(known) / len(known) if said and len(known) == len(said) else None


def write_scores(found: Iterable[Score], file: Path) -> None:
    lines = (json.dumps(asdict(score), ensure_ascii=False) + "\n" for score in found)
    file.write_text("".join(lines), encoding="utf-8")


def read_scores(folder: Path) -> list[Score]:
    """Of a finished run. Raises EvaluationRefused."""
    file = folder / "scores.jsonl"
    try:
        return [Score(**json.loads(line)) for line in file.read_text(encoding="utf-8").split("\n") if line]
    except (OSError, ValueError, TypeError) as error:
        raise EvaluationRefused(f"{file} cannot be read: {type(error).__name__}.") from error


def images_of(found: Sequence[Score]) -> Ints:
    names = [score.image for score in found]
    return np.asarray(np.unique(names, return_inverse=True)[1], dtype=np.intp)


def values_of(found: Sequence[Score]) -> Floats:
    return np.array([score.score for score in found], dtype=np.float64)


def right_of(found: Sequence[Score]) -> Bools:
    return np.array([score.is_right for score in found], dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a model scores: of which rows, by whom. `undecided`: rows without a score, left out of the mean.

    `by_rule`: the share of the scored rows that the rule decided. `as_published`: the mean as the authors'
    script has it, replies that are no number dropped; None but for the paper's protocol.
    """

    protocol: str
    judge: str
    stratum: str
    category: str
    estimate: Estimate
    right: float
    undecided: int
    by_rule: float
    as_published: float | None


ALL: Final = "all"


def standings(found: Sequence[Score]) -> list[Standing]:
    """Over everything, then by stratum, then by category; of the first time that each row was asked."""
    first = [score for score in found if score.time == "1"]
    return [
        _standing(part, of_stratum, of_category)
        for group in _grouped(first, lambda score: (score.protocol, score.judge))
        for of_stratum, of_category, part in _slices(group)
    ]


def _slices(group: Sequence[Score]) -> Iterator[tuple[str, str, Sequence[Score]]]:
    yield ALL, ALL, group
    for part in _grouped(group, lambda score: (score.stratum,)):
        yield part[0].stratum, ALL, part
    for part in _grouped(group, lambda score: (score.category,)):
        yield ALL, part[0].category, part


def _grouped(found: Sequence[Score], key: Callable[[Score], tuple[str, ...]]) -> Iterator[list[Score]]:
    groups: dict[tuple[str, ...], list[Score]] = defaultdict(list)
    for score in found:
        groups[key(score)].append(score)
    yield from (groups[name] for name in sorted(groups))


def _standing(group: Sequence[Score], stratum: str, category: str) -> Standing:
    scored = [score for score in group if score.score is not None]
    readable = [score.first for score in scored if score.first is not None]
    is_paper = group[0].protocol == Protocol.PAPER and group[0].judge != PANEL
    return Standing(
        protocol=group[0].protocol,
        judge=group[0].judge,
        stratum=stratum,
        category=category,
        estimate=mean_by_image(values_of(scored), images_of(scored)),
        right=float(right_of(scored).mean()) if scored else float("nan"),
        undecided=len(group) - len(scored),
        by_rule=sum(score.by == RULE for score in scored) / len(scored) if scored else 0.0,
        as_published=sum(readable) / len(readable) if is_paper and readable else None,
    )
