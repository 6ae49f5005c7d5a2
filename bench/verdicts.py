"""Verdicts of a panel on cases, part of them known: the jury's arithmetic beside that of Dawid and Skene."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Final

import numpy as np

from gap_server.quality.evidence import Bools, Floats, Ints, Pool, joined, known
from gap_server.quality.jury import Juror, Verdict, standing
from gap_server.quality.reliability import estimates, fit

CASES, JURORS, VERDICTS_EACH = 1500, 50, 5
WRONG: Final = 0.4
KNOWN: Final = 0.5
BLIND: Final = 0.1
"""Of the jurors, the share that says either by a coin."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Verdict n: `juror[n]` said of `case[n]` that it is wrong (`said_wrong[n]`). A truth for each case."""

    case: Ints
    juror: Ints
    said_wrong: Bools
    wrong: Bools
    known: Bools


def panel(seed: int) -> Panel:
    random = np.random.default_rng(seed)
    s, f = random.beta(8, 2, JURORS), random.beta(2, 10, JURORS)
    blind = random.random(JURORS) < BLIND
    s, f = np.where(blind, 0.5, s), np.where(blind, 0.5, f)
    wrong = random.random(CASES) < WRONG
    case = np.repeat(np.arange(CASES), VERDICTS_EACH)
    juror = np.concatenate([random.permutation(JURORS)[:VERDICTS_EACH] for _ in range(CASES)])
    said_wrong = random.random(len(case)) < np.where(wrong[case], s[juror], f[juror])
    return Panel(case, juror, said_wrong, wrong, random.random(CASES) < KNOWN)


def ours(of: Panel) -> Floats:
    """P(wrong) of each case: jurors' rates from the known cases, then their verdicts as evidence."""
    kinds, columns = [], []
    for wrong in (True, False):
        of_kind = of.known[of.case] & (of.wrong[of.case] == wrong)
        seen = np.bincount(of.juror[of_kind], minlength=JURORS)
        flagged = np.bincount(of.juror[of_kind & of.said_wrong], minlength=JURORS)
        kinds.append(known(Pool.COMPLEX, wrong=wrong))
        columns.append((seen.astype(np.float64), flagged.astype(np.float64)))
    rates = estimates(fit(joined(kinds, columns)))
    jurors = [Juror(float(s), float(f)) for s, f in zip(rates.s[:, 1], rates.f[:, 1], strict=True)]
    heard: list[list[tuple[Verdict, Juror]]] = [[] for _ in range(CASES)]
    for case, juror, said_wrong in zip(of.case, of.juror, of.said_wrong, strict=True):
        heard[case].append((Verdict.WRONG if said_wrong else Verdict.RIGHT, jurors[juror]))
    return np.array([standing(WRONG, verdicts).chance for verdicts in heard])


def agreement(one: Floats, other: Floats, of: Panel) -> dict[str, float]:
    """Over the cases whose truth neither was told: how alike, and how often each is right."""
    a, b, wrong = one[~of.known], other[~of.known], of.wrong[~of.known]
    return {
        "same_side": round(float(((a > 0.5) == (b > 0.5)).mean()), 4),
        "mean_difference": round(float(np.abs(a - b).mean()), 4),
        "right_ours": round(float(((a > 0.5) == wrong).mean()), 4),
        "right_theirs": round(float(((b > 0.5) == wrong).mean()), 4),
    }


def theirs(of: Panel) -> Floats:
    """P(wrong) of each case by crowd-kit's Dawid-Skene, told the truth of the known ones."""
    import pandas as pd  # noqa: PLC0415  # a second, where it is asked for
    from crowdkit.aggregation import DawidSkene  # noqa: PLC0415  # five seconds

    verdicts = pd.DataFrame({"task": of.case, "worker": of.juror, "label": of.said_wrong})
    told = pd.Series(of.wrong[of.known], index=np.flatnonzero(of.known))
    chances = DawidSkene(n_iter=200).fit_predict_proba(verdicts, true_labels=told)
    return np.asarray(chances.sort_index()[True].to_numpy(), np.float64)


def compared_with_crowd_kit(seeds: Iterable[int]) -> dict[str, Any]:
    panels = [panel(seed) for seed in seeds]
    found = [agreement(ours(of), theirs(of), of) for of in panels]
    return {"version": version("crowd-kit")} | {
        name: round(float(np.mean([of[name] for of in found])), 4) for name in found[0]
    }
