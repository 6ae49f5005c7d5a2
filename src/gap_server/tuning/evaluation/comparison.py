"""Two models on the same held-out rows: what the second mended, what it broke, and whether that is chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gap_server.errors import EvaluationRefused
from gap_server.quality.scoring.intervals import Estimate, mean_by_image
from gap_server.quality.scoring.paired import McNemar, mcnemar, minimum_detectable
from gap_server.tuning.evaluation.scores import ALL, PANEL, Score, images_of, right_of, values_of

LISTED: Final = 20
"""Rows of each kind that a report shows."""


@dataclass(frozen=True, slots=True)
class Difference:
    """`change`: of the mean score, paired, by image. `detectable`: the least that these rows would show."""

    stratum: str
    category: str
    before: float
    after: float
    change: Estimate
    test: McNemar
    detectable: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """`differences`: over everything first, then by stratum, then by category. The rows are of the second."""

    protocol: str
    differences: tuple[Difference, ...]
    mended: tuple[Score, ...]
    broken: tuple[Score, ...]
    still_wrong: tuple[Score, ...]

    @property
    def overall(self) -> Difference:
        return self.differences[0]


def compared(before: Sequence[Score], after: Sequence[Score], protocol: str) -> Comparison:
    """By the panel, on the rows that both have a score of, asked the first time.

    Raises EvaluationRefused where they have none in common.
    """
    one, other = (_panel(found, protocol) for found in (before, after))
    shared = sorted(one.keys() & other.keys())
    if not shared:
        raise EvaluationRefused(f"The two runs have no row in common that was judged by {protocol}.")
    return _compared([one[row] for row in shared], [other[row] for row in shared], protocol)


def noise(found: Sequence[Score], protocol: str) -> Comparison | None:
    """One model against itself, asked a second time: what differs is no tuning. None where it was not."""
    again = [score for score in found if score.time == "2"]
    first, second = _panel(found, protocol), _panel(again, protocol, time="2")
    shared = sorted(first.keys() & second.keys())
    return _compared([first[r] for r in shared], [second[r] for r in shared], protocol) if shared else None


def _panel(found: Sequence[Score], protocol: str, time: str = "1") -> dict[str, Score]:
    return {
        score.id: score
        for score in found
        if (score.protocol, score.judge, score.time) == (protocol, PANEL, time) and score.score is not None
    }


def _compared(before: Sequence[Score], after: Sequence[Score], protocol: str) -> Comparison:
    pairs = list(zip(before, after, strict=True))
    strata = sorted({score.stratum for score in after})
    categories = sorted({score.category for score in after})
    wanted = [
        (ALL, ALL),
        *((stratum, ALL) for stratum in strata),
        *((ALL, category) for category in categories),
    ]
    return Comparison(
        protocol,
        tuple(_difference(pairs, stratum, category) for stratum, category in wanted),
        tuple(b for a, b in pairs if b.is_right and not a.is_right),
        tuple(b for a, b in pairs if a.is_right and not b.is_right),
        tuple(b for a, b in pairs if not a.is_right and not b.is_right),
    )


def _difference(pairs: Sequence[tuple[Score, Score]], stratum: str, category: str) -> Difference:
    chosen = [(a, b) for a, b in pairs if stratum in {ALL, b.stratum} and category in {ALL, b.category}]
    before, after = [a for a, _ in chosen], [b for _, b in chosen]
    first, second = values_of(before), values_of(after)
    test = mcnemar(right_of(before), right_of(after))
    return Difference(
        stratum,
        category,
        float(first.mean()),
        float(second.mean()),
        mean_by_image(second - first, images_of(after)),
        test,
        minimum_detectable(len(chosen), (test.mended + test.broken) / len(chosen)),
    )
