"""May this revision play? Every reason why not, from what was measured: pure, figures in, checks out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gap_server.quality.scoring.intervals import LEVEL
from gap_server.tuning.benchmarks.results import Change
from gap_server.tuning.evaluation.comparison import Comparison, Difference
from gap_server.tuning.evaluation.scores import ALL
from gap_server.vlm.probe.report import ProbeReport

FALL: Final = 0.05
"""What a category's score may fall by where the fall is sure (its interval below 0)."""

MARGIN: Final = 0.02
"""What a benchmark's score may lose, of what it was before."""


@dataclass(frozen=True, slots=True)
class Check:
    """`said`: what was found, in one sentence."""

    name: str
    passed: bool
    said: str

    def as_json(self) -> Mapping[str, object]:
        return {"name": self.name, "passed": self.passed, "said": self.said}


def checked(
    comparison: Comparison, benchmarks: Sequence[Change] | None, probe: ProbeReport, margin: float = MARGIN
) -> list[Check]:
    """All checks, in order. `benchmarks` None: the operator said that there are none."""
    return [
        _better(comparison),
        *_categories(comparison),
        *_benchmarks(benchmarks, margin),
        _plays_its_part(probe),
    ]


def _better(comparison: Comparison) -> Check:
    overall = comparison.overall
    sure = overall.change.lower > 0
    verdict = "better" if sure else f"not better with {LEVEL:.0%} confidence"
    return Check("held-out", sure, f"{_told(overall)}: {verdict}.")


def _categories(comparison: Comparison) -> Iterator[Check]:
    """One for each category that fell, or one for all of them."""
    categories = [d for d in comparison.differences if d.category != ALL]
    fallen = [d for d in categories if d.change.mean < -FALL and d.change.upper < 0]
    for one in fallen:
        yield Check(f"category {one.category}", passed=False, said=f"{_told(one)}: fell by more than {FALL}.")
    if not fallen:
        names = ", ".join(d.category for d in categories)
        said = f"None of {len(categories)} fell by more than {FALL} ({names})."
        yield Check("categories", passed=True, said=said)


def _benchmarks(changes: Sequence[Change] | None, margin: float) -> Iterator[Check]:
    if changes is None:
        yield Check("benchmarks", passed=True, said="None were run, as was said.")
        return
    if not changes:
        yield Check("benchmarks", passed=False, said="No benchmark stands in both results.")
    for change in changes:
        share = f"{change.relative:+.1%} of {change.before:g}, {margin:.1%} may be lost"
        said = f"{change.before:g} to {change.after:g} ({share})."
        yield Check(f"benchmark {change.name}", change.relative >= -margin, said)


def _plays_its_part(probe: ProbeReport) -> Check:
    missed = [row.measure for row in probe.rows if row.passed is False]
    said = f"Does not play its part: {', '.join(missed)}." if missed else "Lies when told to, and only then."
    return Check("probe", probe.passed, said)


def _told(d: Difference) -> str:
    change = d.change
    interval = f"{change.lower:+.3f} to {change.upper:+.3f}"
    of = f"{change.rows} rows, p {d.test.p:.2g}"
    return f"{d.before:.3f} to {d.after:.3f}, {change.mean:+.3f} ({interval}), {of}"
