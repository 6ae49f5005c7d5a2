"""P(answer wrong), from all who judged the same answer."""

from collections.abc import Sequence
from math import exp, log
from typing import Final, NamedTuple

CERTAIN: Final = 1e-6
"""No chance is nearer to 0 or 1 than this: nothing that people say settles a matter beyond appeal."""


def log_odds(chance: float) -> float:
    kept = min(max(chance, CERTAIN), 1 - CERTAIN)
    return log(kept / (1 - kept))


def chance_of(odds: float) -> float:
    """The chance whose natural log odds are `odds`."""
    kept = min(max(odds, -50.0), 50.0)
    return 1 / (1 + exp(-kept))


class Told(NamedTuple):
    """What one person's judgement of an answer says: three times P(wrong) of an answer of its kind.

    Kinds differ between people: one heard the answer first in a round, another after one that they let go.
    """

    usual: float
    before: float
    """With what verdicts say of it; the same as `usual` where there are none."""
    after: float
    """With the judgement as well."""


def of_several(told: Sequence[Told]) -> float:
    """P(wrong) of an answer, without verdicts, by everybody who judged it, each once; at least one.

    Each person is independent evidence given the truth: the product of their likelihood ratios, over the
    prior odds. Those are the geometric mean of what is usual: one answer has one chance, whoever heard it.
    """
    prior = sum(log_odds(each.usual) for each in told) / len(told)
    return chance_of(prior + sum(log_odds(each.after) - log_odds(each.before) for each in told))
