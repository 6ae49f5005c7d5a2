"""What the harnesses wrote, read back: a score by benchmark; and by how much a second run changed it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gap_server.errors import EvaluationRefused
from gap_server.tuning.benchmarks.sets import BENCHMARKS, BY_DATASET, BY_TASK, Benchmark
from gap_server.tuning.evaluation.scores import ALL, PANEL

HELD_OUT: Final = "Held out"
_UNREADABLE: Final = (OSError, ValueError, LookupError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Change:
    """One benchmark before and after, as its harness counts. `relative`: of what it was before."""

    name: str
    before: float
    after: float

    @property
    def relative(self) -> float:
        return (self.after - self.before) / self.before if self.before else 0.0


def read_results(folder: Path) -> dict[str, float]:
    """Every score in the folder, by the benchmark's name; of two of one name the newer file's.

    lmms-eval's `TIME_results.json` (MMBench's submission is called alike), VLMEvalKit's `status.json`, and
    `report.json` of `gap-server evaluate`. What they call by other names keeps them. Raises EvaluationRefused
    where there is none, or one is unreadable.
    """
    found: dict[str, float] = {}
    for pattern, read in (
        ("[0-9]*_results.json", _lmms),
        ("status.json", _vlmevalkit),
        ("report.json", _ours),
    ):
        for file in sorted(folder.rglob(pattern), key=lambda file: file.stat().st_mtime):
            try:
                found |= dict(read(json.loads(file.read_text(encoding="utf-8"))))
            except _UNREADABLE as error:
                raise EvaluationRefused(f"{file} cannot be read: {type(error).__name__}.") from error
    if not found:
        raise EvaluationRefused(f"{folder} holds no results of lmms-eval, VLMEvalKit or gap-server evaluate.")
    return found


def changes(before: Mapping[str, float], after: Mapping[str, float]) -> list[Change]:
    """Of what stands in both, in the table's order: held out, the known benchmarks, then all others."""
    both = before.keys() & after.keys()
    held_out = sorted(name for name in both if name.startswith(HELD_OUT))
    known = [*held_out, *(one.name for one in BENCHMARKS)]
    names = [name for name in known if name in both] + sorted(both - set(known))
    return [Change(name, before[name], after[name]) for name in names]


def _lmms(told: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """`{"results": {task: {"metric,filter": value}}}`; of each metric the first filter."""
    for task, measured in told["results"].items():
        values: dict[str, float] = {}
        for name, value in measured.items():
            metric = name.partition(",")[0]
            if isinstance(value, int | float) and not metric.endswith("_stderr"):
                values.setdefault(metric, float(value))
        yield from _named(BY_TASK.get(task), task, values, BY_TASK[task].metrics if task in BY_TASK else ())


def _vlmevalkit(told: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """`{"datasets": {name: {"metrics": {...}, "primary_metric": name or names}}}`."""
    for dataset, state in told["datasets"].items():
        values = {n: float(v) for n, v in state.get("metrics", {}).items() if isinstance(v, int | float)}
        primary = state.get("primary_metric") or ()
        wanted = (primary,) if isinstance(primary, str) else tuple(primary)
        yield from _named(BY_DATASET.get(dataset), dataset, values, wanted)


def _ours(told: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    for standing in told["scores"]:
        whole = (standing["judge"], standing["stratum"], standing["category"]) == (PANEL, ALL, ALL)
        if whole and standing["estimate"]["mean"] is not None:
            yield f"{HELD_OUT} ({standing['protocol']})", float(standing["estimate"]["mean"])
            return


def _named(
    known: Benchmark | None, own: str, values: Mapping[str, float], wanted: Sequence[str]
) -> Iterator[tuple[str, float]]:
    """The benchmark's score, of the metrics that make it; of one unknown, every metric."""
    if known is not None and wanted and all(name in values for name in wanted):
        yield known.name, sum(values[name] for name in wanted)
    elif known is None:
        yield from ((f"{own} {name}", value) for name, value in values.items())
