"""How far two judges agree beyond what chance would give."""

import numpy as np

from gap_server.quality.evidence import Floats


def kappa(one: Floats, other: Floats) -> float:
    """Cohen's kappa, near misses counted by their distance (Cohen, 1968, with linear weights).

    Of verdicts that are 0 or 1 it is the plain one. NaN where there is nothing, or both always say the same
    one thing: agreement is then no evidence.
    """
    if not len(one):
        return float("nan")
    values, places = np.unique(np.concatenate([one, other]), return_inverse=True)
    first, second = (np.bincount(p, minlength=len(values)) / len(one) for p in np.split(places, 2))
    by_chance = float(first @ np.abs(values[:, None] - values[None, :]) @ second)
    if not by_chance:
        return float("nan")
    return 1 - float(np.abs(one - other).mean()) / by_chance
