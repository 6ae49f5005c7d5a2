"""What came of it: the held-out set before and after, overall, by category, and on the planted weakness."""

import json
import os
import platform
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import numpy as np

from gap_server.demo.miniature.questions import Fact
from gap_server.quality.scoring.intervals import mean_by_image
from gap_server.quality.scoring.paired import mcnemar
from gap_server.tuning.evaluation.scores import PANEL, Score, images_of, read_scores, right_of, values_of

BASE: Final = "miniature"
TUNED: Final = "tuned"
"""On what was played and trusted; a control's model has the control's name."""

RESULTS: Final = Path(__file__).parent.parent / "bench" / "results"


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


@dataclass(frozen=True, slots=True)
class Run:
    """What one seed brought. `scores`: by model, its scores' folder; `passed`: by tuned model, the gate."""

    seed: int
    seconds: dict[str, float]
    scores: dict[str, Path]
    passed: dict[str, bool]


def written(runs: Sequence[Run]) -> str:
    """Markdown: all seeds together, where there are several; then each for itself."""
    head = "tuned on | part | rows | before | after | change | 95 % interval | p"
    lines = []
    if runs[1:]:
        seeds = ", ".join(str(run.seed) for run in runs)
        lines += [f"Seeds {seeds} together:\n", f"| {head} |", "|---|---|---|---|---|---|---|---|"]
        lines += [
            f"| {name} {line(one)}" for name, found in _of(runs).items() for one in found if _counts(one)
        ]
        lines += ["\nEach for itself:\n"]
    lines += [f"| seed | {head} | gate |", "|---|---|---|---|---|---|---|---|---|---|"]
    lines += [
        f"| {run.seed} | {name} {line(one)} {_said(run, name)} |"
        for run in runs
        for name, found in _of([run]).items()
        for one in found
    ]
    lines += [f"\nSeed {run.seed}: {_spent(run)}." for run in runs]
    return "\n".join(lines) + "\n"


def _of(runs: Sequence[Run]) -> dict[str, list[Change]]:
    return together([run.scores for run in runs])


def together(scores: Sequence[Mapping[str, Path]]) -> dict[str, list[Change]]:
    """By data set what it changed, over all runs' rows; then what the loop's own did beyond each control.

    `scores`: of each run by model, the base among them, its scores' folder.
    """
    names = [name for name in scores[0] if name != BASE]
    found = {name: changes([(one[BASE], one[name]) for one in scores]) for name in names}
    beyond = {
        f"{TUNED} instead of {name}": changes([(one[name], one[TUNED]) for one in scores])
        for name in names
        if name != TUNED
    }
    return found | beyond


def keep(runs: Sequence[Run], options: Sequence[str], name: str) -> None:
    """In bench/results, with the machine and the command's `options`, as far as they change what is found."""
    seeds = [str(run.seed) for run in runs]
    result = {
        **circumstances(["python", "-m", "loop.run", "--seeds", *seeds, *options, "--results", name]),
        "together": plain(_of(runs)),
        "runs": [
            {"seed": run.seed, "seconds": run.seconds, "passed": run.passed, "changes": plain(_of([run]))}
            for run in runs
        ],
    }
    (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    (RESULTS / f"{name}.md").write_text(written(runs), encoding="utf-8")


def circumstances(command: Sequence[str]) -> dict[str, object]:
    """The command, the time, the machine and the version: what stands with every result."""
    return {
        "command": shlex.join(command),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cpus": os.cpu_count(),
        "load_average": os.getloadavg()[0],
        "python": platform.python_version(),
        "version": version("gap-server"),
    }


def plain(changed: Mapping[str, Sequence[Change]]) -> dict[str, list[dict[str, object]]]:
    """As JSON holds it."""
    return {name: [asdict(one) for one in found] for name, found in changed.items()}


def _counts(change: Change) -> bool:
    """Whether it is one of the three that the loop is about; the categories stand with each seed."""
    return change.part in {"all", "weakness", "elsewhere"}


def line(one: Change) -> str:
    """The columns of a table that every change has."""
    return (
        f"| {one.part} | {one.rows} | {one.before:.3f} | {one.after:.3f} |"
        f" {one.change:+.3f} | {one.lower:+.3f} to {one.upper:+.3f} | {one.p:.2g} |"
    )


def _said(run: Run, name: str) -> str:
    return {True: "passed", False: "refused", None: ""}[run.passed.get(name)]


def _spent(run: Run) -> str:
    return ", ".join(f"{part} {seconds:.0f} s" for part, seconds in run.seconds.items())


def changes(scored: Sequence[tuple[Path, Path]]) -> list[Change]:
    """Over everything, what the base was taught wrongly and what rightly, each category.

    `scored`: folders of scores before and after, of one run or of several. A picture that stands in several
    is one when intervals are drawn.
    """
    pairs = [pair for before, after in scored for pair in _pairs(before, after)]
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
