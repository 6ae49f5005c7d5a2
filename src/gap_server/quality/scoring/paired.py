"""Two models on the same rows: did one get right what the other got wrong more often than chance would?"""

from math import comb, sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

from gap_server.quality.evidence import Bools

POWER: Final = 0.8
SIGNIFICANCE: Final = 0.05


class McNemar(NamedTuple):
    """`mended`: wrong before and right after; `broken`: the other way round. `p`: two-sided, exact."""

    mended: int
    broken: int
    p: float


def mcnemar(right_before: Bools, right_after: Bools) -> McNemar:
    """McNemar (1947), by the binomial distribution itself. Rows on which both agree say nothing."""
    mended = int((~right_before & right_after).sum())
    broken = int((right_before & ~right_after).sum())
    discordant = mended + broken
    tail = sum(comb(discordant, k) for k in range(min(mended, broken) + 1))
    return McNemar(mended, broken, min(1.0, 2 * tail / 2**discordant))


def minimum_detectable(rows: int, discordant: float) -> float:
    """The least true difference in the share right that `rows` show with a chance of 80 %, at 5 % by luck.

    `discordant`: the share of rows on which the models differ (Miettinen, 1968, without its small term).
    """
    if rows <= 0:
        return float("nan")
    reach = NormalDist().inv_cdf(1 - SIGNIFICANCE / 2) + NormalDist().inv_cdf(POWER)
    return reach * sqrt(discordant / rows)
