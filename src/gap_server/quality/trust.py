"""P(answer wrong), from all who judged the same answer."""

from collections.abc import Iterable
from math import exp, log
from typing import Final

CERTAIN: Final = 1e-6
"""No chance is nearer to 0 or 1 than this: nothing that people say settles a matter beyond appeal."""


def log_odds(chance: float) -> float:
    kept = min(max(chance, CERTAIN), 1 - CERTAIN)
    return log(kept / (1 - kept))


def chance_of(odds: float) -> float:
    """The chance whose natural log odds are `odds`."""
    kept = min(max(odds, -50.0), 50.0)
    return 1 / (1 + exp(-kept))


def of_several(before: float, each: Iterable[float]) -> float:
    """P(wrong), given P(wrong | what one person did) of each person who judged the same answer.

    `before`: the chance that such an answer is wrong, whoever judges it (a revision's w). Each person is
    independent evidence given the truth: the product of their likelihood ratios over the same prior odds.
    """
    prior = log_odds(before)
    return chance_of(prior + sum(log_odds(chance) - prior for chance in each))
