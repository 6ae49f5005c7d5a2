"""Two models' answers side by side: which is better, asked blind and in both orders of every judge."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

import numpy as np

from gap_server.errors import EvaluationRefused, ModelFailed
from gap_server.quality.scoring.intervals import Estimate, mean_by_image
from gap_server.quality.scoring.paired import McNemar, mcnemar
from gap_server.quality.words import words
from gap_server.tuning.evaluation import protocols
from gap_server.tuning.evaluation.asking import Progress, side_by_side
from gap_server.tuning.evaluation.held_out import HeldOutRow
from gap_server.tuning.evaluation.journal import Journal, Line
from gap_server.tuning.evaluation.judges import Judge
from gap_server.tuning.evaluation.judging import RULE, Judging
from gap_server.tuning.evaluation.scores import ALL, PANEL

PAIRS: Final = ("id", "beside", "judge", "order")
"""What a choice stands in the journal by. `beside`: of the other model's answer, so that another one is
judged anew."""

BETTER, TIE, WORSE = 1.0, 0.5, 0.0


class Order(StrEnum):
    BEFORE_FIRST = "before_first"
    AFTER_FIRST = "after_first"


_MEANT: Final[Mapping[tuple[str, ...], float]] = {("second", "first"): BETTER, ("first", "second"): WORSE}
"""By what was chosen in each order. A judge who does not say the same of both has said: tie."""


@dataclass(frozen=True, slots=True)
class Pair:
    row: HeldOutRow
    before: str
    after: str

    @property
    def beside(self) -> str:
        return sha256(self.before.encode()).hexdigest()[:16]

    @property
    def is_settled(self) -> bool:
        """The same words are as good: no judge is asked."""
        return words(self.before) == words(self.after)

    def in_order(self, order: Order) -> tuple[str, str]:
        return (self.before, self.after) if order is Order.BEFORE_FIRST else (self.after, self.before)


@dataclass(frozen=True, slots=True)
class Preference:
    """`value`: BETTER, TIE or WORSE, of the second model; None where a judge has not said yet.

    `swayed`: the judge chose the same place in both orders, which says nothing of the answers: a tie.
    """

    row: HeldOutRow
    judge: str
    by: str
    value: float | None
    swayed: bool = False


@dataclass(frozen=True, slots=True)
class PairStanding:
    """`share`: of rows won, ties by half; an even match has .5. `test`: the exact sign test.

    `swayed`: of the rows that a judge saw, those on which the place decided; None of the panel.
    """

    judge: str
    stratum: str
    category: str
    better: int
    tie: int
    worse: int
    share: Estimate
    test: McNemar
    same_words: int
    swayed: float | None
    undecided: int


def paired(rows: Sequence[HeldOutRow], before: Mapping[str, str], after: Mapping[str, str]) -> list[Pair]:
    """The rows that both have answered. Raises EvaluationRefused where there are none."""
    pairs = [Pair(row, before[row.id], after[row.id]) for row in rows if row.id in before and row.id in after]
    if not pairs:
        raise EvaluationRefused("The two runs have no row in common that both have answered.")
    return pairs


async def judge_pairs(pairs: Sequence[Pair], judging: Judging, journal: Journal, heard: Progress) -> int:
    """Ask what is not in the journal. How many choices are lacking: a judge was away."""
    to_do = list(_to_do(pairs, judging.judges, journal))
    failed = done = 0

    async def one(task: tuple[Pair, Judge, Order]) -> None:
        nonlocal failed, done
        try:
            journal.add(await _chosen(*task, judging))
        except ModelFailed:
            failed += 1
        done += 1
        heard(done, len(to_do))

    await side_by_side(to_do, one, judging.at_once)
    return failed


def preferences(
    pairs: Sequence[Pair], journal: Mapping[tuple[str, ...], Line], judges: Sequence[Judge]
) -> list[Preference]:
    """Every judge's of every row, and the panel's, which is where most of them lean."""
    found = []
    for pair in pairs:
        own = [_preference(pair, journal, judge.name) for judge in judges]
        values = [one.value for one in own if one.value is not None]
        panel = float(np.sign(sum(values) - len(values) / 2) + 1) / 2 if len(values) == len(own) else None
        found += [*own, Preference(pair.row, PANEL, RULE if pair.is_settled else PANEL, panel)]
    return found


def pair_standings(found: Sequence[Preference]) -> list[PairStanding]:
    """By judge, over everything; the panel's by stratum and by category, too."""
    judges = sorted({one.judge for one in found} - {PANEL})
    standings = [_standing([one for one in found if one.judge == judge], judge, ALL, ALL) for judge in judges]
    panel = [one for one in found if one.judge == PANEL]
    standings.append(_standing(panel, PANEL, ALL, ALL))
    strata = sorted({one.row.stratum.value for one in panel})
    categories = sorted({one.row.category for one in panel})
    standings += [_standing([o for o in panel if o.row.stratum == s], PANEL, s, ALL) for s in strata]
    standings += [_standing([o for o in panel if o.row.category == c], PANEL, ALL, c) for c in categories]
    return standings


def _to_do(
    pairs: Sequence[Pair], judges: Sequence[Judge], journal: Journal
) -> Iterator[tuple[Pair, Judge, Order]]:
    for pair in pairs:
        if pair.is_settled:
            continue
        for judge in judges:
            for order in Order:
                if (pair.row.id, pair.beside, judge.name, order) not in journal:
                    yield pair, judge, order


async def _chosen(pair: Pair, judge: Judge, order: Order, judging: Judging) -> dict[str, Any]:
    row = pair.row
    asked = protocols.pair(row.question, row.reference, *pair.in_order(order))
    shown = judge.sees_image and judging.pictures is not None
    picture = await judging.pictures.of(row) if shown and judging.pictures is not None else None
    ruling = await judge.rule(asked, protocols.choice, picture)
    return {
        "id": row.id,
        "beside": pair.beside,
        "judge": judge.name,
        "order": order,
        "choice": ruling.value or "tie",
        "said": ruling.said,
        "prompt_tokens": ruling.prompt_tokens,
        "completion_tokens": ruling.completion_tokens,
    }


def _preference(pair: Pair, journal: Mapping[tuple[str, ...], Line], judge: str) -> Preference:
    if pair.is_settled:
        return Preference(pair.row, judge, RULE, TIE)
    lines = [journal.get((pair.row.id, pair.beside, judge, order)) for order in Order]
    choices = tuple(str(line["choice"]) for line in lines if line is not None)
    if len(choices) < len(Order):
        return Preference(pair.row, judge, judge, None)
    value = _MEANT.get(choices, TIE)
    swayed = choices in {("first", "first"), ("second", "second")}
    return Preference(pair.row, judge, judge, value, swayed)


def _standing(found: Sequence[Preference], judge: str, stratum: str, category: str) -> PairStanding:
    decided = [one for one in found if one.value is not None]
    values = np.array([one.value for one in decided], dtype=np.float64)
    names = [one.row.image for one in decided]
    images = np.asarray(np.unique(names, return_inverse=True)[1], dtype=np.intp)
    seen = [one for one in decided if one.by != RULE]
    return PairStanding(
        judge,
        stratum,
        category,
        better=int((values == BETTER).sum()),
        tie=int((values == TIE).sum()),
        worse=int((values == WORSE).sum()),
        share=mean_by_image(values, images),
        test=mcnemar(values == WORSE, values == BETTER),
        same_words=len(decided) - len(seen),
        swayed=None if judge == PANEL or not seen else sum(one.swayed for one in seen) / len(seen),
        undecided=len(found) - len(decided),
    )
