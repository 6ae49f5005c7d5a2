"""Means with intervals that know how many pictures there were, not only how many questions.

Questions about one picture stand or fall together, so whole pictures are drawn again, not rows: the cluster
bootstrap (Davison and Hinkley, 1997, Bootstrap Methods and Their Application, section 3.8).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from gap_server.quality.evidence import Floats, Ints

DRAWS: Final = 2000
LEVEL: Final = 0.95
_DRAWN_AT_ONCE: Final = 2_000_000
"""Weights held at a time: 16 MB."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean, and the ends of its 95 % interval (of `LEVEL`). `rows` and `images`: what it rests on."""

    mean: float
    lower: float
    upper: float
    rows: int
    images: int


def mean_by_image(values: Floats, image: Ints, *, draws: int = DRAWS, seed: int = 0) -> Estimate:
    """The mean of `values`, of which the pictures numbered in `image` were drawn. NaN for none.

    Of differences between two models' scores on the same rows it is the paired bootstrap. The same seed gives
    the same interval.
    """
    if not len(values):
        return Estimate(float("nan"), float("nan"), float("nan"), 0, 0)
    _, number = np.unique(image, return_inverse=True)
    count = np.bincount(number).astype(np.float64)
    total = np.bincount(number, weights=values)
    images = len(count)
    means = [(drawn @ total) / (drawn @ count) for drawn in drawn_by_image(images, draws, seed)]
    lower, upper = np.quantile(np.concatenate(means), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(float(values.mean()), float(lower), float(upper), len(values), images)


def drawn_by_image(images: int, draws: int, seed: int) -> Iterator[Floats]:
    """How often each picture is drawn, a drawing a row, so many rows at a time as memory may hold."""
    random = np.random.default_rng(seed)
    step = max(1, _DRAWN_AT_ONCE // images)
    for done in range(0, draws, step):
        size = min(step, draws - done)
        yield random.multinomial(images, np.full(images, 1 / images), size=size).astype(np.float64)
