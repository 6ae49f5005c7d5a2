"""What came of it: the held-out set before and after, overall, by category, and on the planted weakness."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gap_server.demo.miniature.questions import Fact
from gap_server.quality.scoring.intervals import mean_by_image
from gap_server.quality.scoring.paired import mcnemar
from gap_server.tuning.evaluation.scores import PANEL, Score, images_of, read_scores, right_of, values_of


@dataclass(frozen=True, slots=True)
class Change:
    """Shares of right answers on `rows` held-out rows. `lower`, `upper`: of their difference, 95 %."""

    part: str
    rows: int
    before: float
    after: float
    change: float
    lower: float
    upper: float
    p: float

    def told(self) -> str:
        return (
            f"{self.part:12} {self.rows:5} rows  {self.before:.3f} -> {self.after:.3f}  {self.change:+.3f}"
            f" ({self.lower:+.3f} to {self.upper:+.3f})  p {self.p:.2g}"
        )


def changes(before: Path, after: Path) -> list[Change]:
    """Over everything, what the base was taught wrongly and what rightly, each category."""
    pairs = _pairs(before, after)
    categories = sorted({new.category for _, new in pairs})
    parts = {
        "all": pairs,
        "weakness": [(old, new) for old, new in pairs if is_weak(new)],
        "elsewhere": [(old, new) for old, new in pairs if not is_weak(new)],
        **{name: [(old, new) for old, new in pairs if new.category == name] for name in categories},
    }
    return [_change(name, part) for name, part in parts.items() if part]


def is_weak(row: Score) -> bool:
    """Whether the base was taught to get this row wrong, by its validated answer."""
    return (
        row.category == "counting" and Fact(row.question, row.reference.strip().casefold(), "count").is_weak
    )


def _pairs(before: Path, after: Path) -> list[tuple[Score, Score]]:
    old, new = (
        {
            one.id: one
            for one in read_scores(folder)
            if one.judge == PANEL and one.time == "1" and one.score is not None
        }
        for folder in (before, after)
    )
    return [(old[row], new[row]) for row in sorted(old.keys() & new.keys())]


def _change(part: str, pairs: Sequence[tuple[Score, Score]]) -> Change:
    old, new = [a for a, _ in pairs], [b for _, b in pairs]
    change = mean_by_image(values_of(new) - values_of(old), images_of(new))
    test = mcnemar(right_of(old), right_of(new))
    return Change(
        part,
        len(pairs),
        float(np.mean(values_of(old))),
        float(np.mean(values_of(new))),
        change.mean,
        change.lower,
        change.upper,
        test.p,
    )
