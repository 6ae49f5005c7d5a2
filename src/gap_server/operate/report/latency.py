"""How long models take, from counts of answers by steps of time."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from gap_server.operate.report.figure import Bars, Figure
from gap_server.store.report import LATENCY_STEP, LatencyCount

PERCENTILES: Final = (50, 90, 99)


def latency(counted: Sequence[LatencyCount]) -> Figure:
    steps: defaultdict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for count in counted:
        steps[count.model or "", count.revision or ""][count.step] += count.answers
    names = tuple(f"p{percent}_ms" for percent in PERCENTILES)
    return Figure(
        "latency",
        "How long models take",
        "Milliseconds of the model's own time for an answer, without waiting on our side: so many per cent of"
        " the answers took no longer. Right to 5 %.",
        ("model", "revision", "answers", *names),
        [
            (*of, found.total(), *(_percentile(found, percent) for percent in PERCENTILES))
            for of, found in sorted(steps.items())
        ],
        Bars(("model", "revision"), names, "ms", upright=False),
    )


def _percentile(steps: Counter[int], percent: int) -> int:
    """The middle of the step, in ms, that `percent` of the answers do not pass."""
    wanted = steps.total() * percent / 100
    so_far = 0
    for step in sorted(steps):
        so_far += steps[step]
        if so_far >= wanted:
            break
    middle: float = LATENCY_STEP ** (step + 0.5)
    return round(middle)
