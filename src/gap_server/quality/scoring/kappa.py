"""How far judges agree beyond what chance would give; whole pictures are drawn anew for the intervals."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from gap_server.quality.evidence import Bools, Floats, Ints
from gap_server.quality.scoring.intervals import DRAWS, LEVEL, drawn_by_image

Statistic = Callable[[Floats], Floats]
"""Of weights of pictures, a drawing a row: what the drawings say. NaN where chance alone would agree."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """`same`: the share of rows on which all said the very same. The ends are of the 95 % interval (`LEVEL`).

    Kappa is NaN where there is nothing, or all always say one and the same thing: that is no evidence.
    """

    kappa: float
    lower: float
    upper: float
    same: float
    rows: int
    images: int


_NAN: Final = float("nan")
NOTHING: Final = Agreement(_NAN, _NAN, _NAN, _NAN, rows=0, images=0)


def cohen(one: Floats, other: Floats, image: Ints, *, draws: int = DRAWS, seed: int = 0) -> Agreement:
    """Cohen's kappa of two judges, near misses counted by their distance (Cohen, 1968, with linear weights).

    Of verdicts that are 0 or 1 it is the plain one. `image`: the number of each row's picture.
    """
    if not len(image):
        return NOTHING
    values, places = np.unique(np.concatenate([one, other]), return_inverse=True)
    distance = np.abs(values[:, None] - values[None, :])
    first, second = (_counted(said, len(values), image) for said in np.split(places, 2))
    missed = _summed(np.abs(one - other), image)

    def statistic(weights: Floats) -> Floats:
        seen, by_chance = (
            weights @ missed,
            np.einsum("di,ij,dj->d", weights @ first, distance, weights @ second),
        )
        return _kappa(seen, by_chance / np.maximum((weights @ first).sum(axis=1), 1))

    return _agreement(statistic, one == other, image, draws, seed)


def fleiss(said: Floats, image: Ints, *, draws: int = DRAWS, seed: int = 0) -> Agreement:
    """Fleiss' kappa (1971) of any number of judges, a column each; what they say is a name, near or far."""
    rows, judges = said.shape
    if not rows:
        return NOTHING
    values, places = np.unique(said, return_inverse=True)
    votes = np.zeros((rows, len(values)))
    np.add.at(votes, (np.repeat(np.arange(rows), judges), places.reshape(-1)), 1)
    differing = 1 - ((votes**2).sum(axis=1) - judges) / max(judges * (judges - 1), 1)
    missed = _summed(differing, image)
    counts = np.stack([_summed(votes[:, place], image) for place in range(len(values))], axis=1)

    def statistic(weights: Floats) -> Floats:
        shares = weights @ counts
        total = np.maximum(shares.sum(axis=1), 1)
        by_chance = 1 - ((shares / total[:, None]) ** 2).sum(axis=1)
        return _kappa(weights @ missed, by_chance * total / judges)

    return _agreement(statistic, (said == said[:, :1]).all(axis=1), image, draws, seed)


def _agreement(statistic: Statistic, same: Bools, image: Ints, draws: int, seed: int) -> Agreement:
    rows, images = len(image), len(np.unique(image))
    kappa = float(statistic(np.ones((1, images)))[0])
    drawn = np.concatenate([statistic(weights) for weights in drawn_by_image(images, draws, seed)])
    told = drawn[~np.isnan(drawn)]
    ends = np.quantile(told, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) if len(told) else [np.nan, np.nan]
    return Agreement(kappa, float(ends[0]), float(ends[1]), float(same.mean()), rows, images)


def _kappa(missed: Floats, missed_by_chance: Floats) -> Floats:
    """Both summed over rows."""
    known = missed_by_chance > 0
    return np.where(known, 1 - missed / np.where(known, missed_by_chance, 1), np.nan)


def _summed(of_row: Floats, image: Ints) -> Floats:
    _, number = np.unique(image, return_inverse=True)
    return np.bincount(number, weights=of_row).astype(np.float64)


def _counted(places: Ints, kinds: int, image: Ints) -> Floats:
    """For each picture, how often each value was said."""
    return np.stack([_summed((places == kind).astype(np.float64), image) for kind in range(kinds)], axis=1)
