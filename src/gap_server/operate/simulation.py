"""A crowd whose truth is known, estimated as real players are: how far trust can be trusted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from gap_server.quality.crowd.jurors import judged, refitted
from gap_server.quality.crowd.play import Crowd, Deal, played
from gap_server.quality.crowd.policies import Behaviour
from gap_server.quality.evidence import Floats
from gap_server.quality.measures import calibration_error, coverage, precision_and_recall, rank_correlation
from gap_server.quality.reliability import Estimates, estimates, fit
from gap_server.quality.sharpness import sharpness

KEPT_FROM: Final = 0.9
"""Rows of at least this trust are kept."""

LEVEL: Final = 0.9


@dataclass(frozen=True, slots=True)
class Trust:
    """How good P(wrong | flagged) is. `precision`, `recall`: of the rows that are kept."""

    calibration: float
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class KindFound:
    """Players of one behaviour: their mean sharpness, and what it would be if it could be seen (s - f)."""

    behaviour: Behaviour
    players: int
    sharpness: float
    truth: float


@dataclass(frozen=True, slots=True)
class Found:
    """`order`: Spearman's of sharpness with the truth. `covered`: the share of intervals that hold it."""

    flags: int
    alone: Trust
    with_jury: Trust
    order: float
    covered: float
    kinds: list[KindFound]

    def rows(self) -> list[tuple[str, str, str]]:
        """What is measured, without the jury and with it."""
        return [
            ("calibration error", f"{self.alone.calibration:.3f}", f"{self.with_jury.calibration:.3f}"),
            (f"precision at {KEPT_FROM}", f"{self.alone.precision:.3f}", f"{self.with_jury.precision:.3f}"),
            (f"recall at {KEPT_FROM}", f"{self.alone.recall:.3f}", f"{self.with_jury.recall:.3f}"),
            ("order of players", f"{self.order:.3f}", ""),
            (f"intervals of {LEVEL:.0%} hold", f"{self.covered:.3f}", ""),
        ]


def simulated(players: int, sessions: int, *, deal: Deal, mix: Mapping[Behaviour, float], seed: int) -> Found:
    """Play, estimate, judge, compare with the truth. The same seed gives the same."""
    crowd = played(players, sessions, deal=deal, mix=mix, seed=seed)
    found = estimates(fit(crowd.evidence), level=LEVEL)
    alone = crowd.trust(found.trust)
    shown = sharpness(crowd.evidence).astype(np.float64)
    return Found(
        flags=len(alone),
        alone=_trust(crowd, alone),
        with_jury=_trust(crowd, refitted(crowd, judged(crowd, alone, seed=seed)).trust),
        order=rank_correlation(shown, crowd.sharpness),
        covered=_covered(crowd, found),
        kinds=_kinds(crowd, shown),
    )


def _trust(crowd: Crowd, chances: Floats) -> Trust:
    precision, recall = precision_and_recall(chances >= KEPT_FROM, crowd.flag_wrong)
    return Trust(calibration_error(chances, crowd.flag_wrong), precision, recall)


def _covered(crowd: Crowd, found: Estimates) -> float:
    return (
        coverage(found.s_lower, crowd.s, found.s_upper) + coverage(found.f_lower, crowd.f, found.f_upper)
    ) / 2


def _kinds(crowd: Crowd, shown: Floats) -> list[KindFound]:
    of = np.array(crowd.behaviours)
    return [
        KindFound(kind, int(mine.sum()), float(shown[mine].mean()), float(crowd.sharpness[mine].mean()))
        for kind in dict.fromkeys(crowd.behaviours)
        if (mine := of == kind).any()
    ]
