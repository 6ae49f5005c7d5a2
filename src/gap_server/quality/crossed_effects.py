"""Logistic regression on crossed factors of very many levels: nothing larger than the answers is held.

Newton's steps are solved by conjugate gradients: the normal equations are applied, by sums over the answers
of each level, and never written down. What is written down, as preconditioner, is how the effects of factors
of few levels hang together with all others; how factors of many do with each other is left to the iteration.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from gap_server.quality.evidence import Floats, Ints

STEPS: Final = 30
"""Newton's; four to eight are usual."""

CLOSE_ENOUGH: Final = 1e-4
"""In log odds: no effect moved by more in the last step."""

MOST_ITERATIONS: Final = 500
RESIDUAL: Final = 1e-6
"""Of what is solved by conjugate gradients, against the right side."""

STEP_RESIDUAL: Final = 1e-2
"""Of one of Newton's steps: the next mends it (Dembo, Eisenstat, Steihaug, 1982, Inexact Newton Methods)."""

FEW: Final = 40
"""A factor of at most so many levels is one of few; its levels meet nearly all others."""

INTERCEPT_SPREAD: Final = 10.0


@dataclass(frozen=True, slots=True)
class Design:
    """`factors[k][n]`: the level of factor k that the answers n have, from 0.

    `seen[n]`: how many such answers there are; `said[n]`: how many of them were flagged.
    """

    factors: Sequence[Ints]
    seen: Floats
    said: Floats

    @property
    def sizes(self) -> list[int]:
        """How many levels each factor has; the intercept, one level that every answer has, comes first."""
        return [1, *(int(levels.max()) + 1 for levels in self.factors)]

    @property
    def places(self) -> Ints:
        """Where the effects of each answer stand in the vector of all effects: one row a factor."""
        starts = np.cumsum([0, *self.sizes[:-1]])
        intercept = np.zeros(len(self.said), np.intp)
        return np.stack([start + at for start, at in zip(starts, (intercept, *self.factors), strict=True)])


@dataclass(frozen=True, slots=True)
class Mode:
    """Where the posterior is highest. `effects`: of all levels in one vector, the intercept's first.

    `weights[n]`: the information of the answers n there. `places`: as the design's. `precision`: the prior's.
    """

    effects: Floats
    weights: Floats
    places: Ints
    precision: Floats

    def informed(self, vector: Floats) -> Floats:
        """The negative Hessian of the log posterior, times a vector."""
        at = self.weights * vector[self.places].sum(axis=0)
        return _summed(self.places, at, len(vector)) + self.precision * vector

    @property
    def diagonal(self) -> Floats:
        return _summed(self.places, self.weights, len(self.effects)) + self.precision

    def solved(self, right: Floats, residual: float) -> Floats:
        """The effects that `informed` makes `right` of."""
        return solved(self.informed, _Arrow(self).solved, right, residual)

    def covariance(self, of: Iterable[Floats]) -> Floats:
        """Of some sums of effects, each given by how much of every effect is in it. A solution each."""
        arrow, rows = _Arrow(self), list(of)
        solutions = [solved(self.informed, arrow.solved, row, RESIDUAL) for row in rows]
        found = np.array(rows) @ np.array(solutions).T
        return np.asarray((found + found.T) / 2)

    def alone(self, effect: int) -> Floats:
        """One effect and nothing else, as a sum of effects."""
        return np.roll(np.eye(len(self.effects), 1)[:, 0], effect)

    def variances(self, factor: int, other: int, few: Ints, covariance: Floats) -> Floats:
        """Of the effects of a factor of many levels, with one `other` such factor and `few` effects besides.

        Each level is solved for together with the levels of `other` that it met, as if these met nobody else,
        and `few` add what is not known of them: exact where nobody meets anybody twice removed.
        """
        mine, theirs = self.places[factor], self.places[other]
        pairs, of_pair = np.unique(mine * len(self.effects) + theirs, return_inverse=True)
        met, others = np.divmod(pairs, len(self.effects))
        together = np.bincount(of_pair, self.weights)
        size = len(self.effects)
        left = self.diagonal - np.bincount(met, together**2 / self.diagonal[others], size)
        levels = np.unique(mine)
        shares = np.column_stack([self._met(mine, at, size) for at in few])[levels] / left[levels, None]
        return np.asarray(1 / left[levels] + np.einsum("ij,jk,ik->i", shares, covariance, shares))

    def _met(self, mine: Ints, effect: int, size: int) -> Floats:
        """The information of each level's answers that have this effect."""
        of_answers = self.weights * (self.places == effect).any(axis=0)
        return np.asarray(np.bincount(mine, of_answers, size), np.float64)


def mode(design: Design, spreads: Sequence[float], start: Floats | None = None) -> Mode:
    """The mode, where factor k's effects are Gaussian around 0 with standard deviation `spreads[k]`."""
    places, sizes = design.places, design.sizes
    precision = np.repeat(1 / np.array([INTERCEPT_SPREAD, *spreads]) ** 2, sizes)
    effects = np.zeros(len(precision)) if start is None else start
    at = _at(effects, design.seen, places, precision)
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-effects[places].sum(axis=0)))
        gradient = _summed(places, design.said - design.seen * chances, len(effects)) - precision * effects
        step = at.solved(gradient, STEP_RESIDUAL)
        # a step too far is cut: the log odds of nobody's answer move by more than is believable at once
        effects = effects + step * min(1.0, 3.0 / max(np.abs(step).max(), 1e-12))
        at = _at(effects, design.seen, places, precision)
        if np.abs(step).max() < CLOSE_ENOUGH:
            break
    return at


def _at(effects: Floats, seen: Floats, places: Ints, precision: Floats) -> Mode:
    chances = 1 / (1 + np.exp(-effects[places].sum(axis=0)))
    return Mode(effects, seen * chances * (1 - chances), places, precision)


def _summed(places: Ints, of_answers: Floats, size: int) -> Floats:
    """What the answers of each level have, summed."""
    counted = [np.bincount(levels, of_answers, size) for levels in places]
    return np.asarray(np.sum(counted, axis=0), np.float64)


class _Arrow:
    """A mode's information, but for what factors of many levels have with each other: solved at once.

    The few are solved for together, the many of each given the few.
    """

    def __init__(self, of: Mode) -> None:
        few = [np.unique(levels) for levels in of.places]
        self.few = np.concatenate([levels for levels in few if len(levels) <= FEW])
        columns = [of.informed(of.alone(at)) for at in self.few]
        self.diagonal = of.diagonal
        self.diagonal[self.few] = 1.0
        together = np.array(columns)[:, self.few]
        self.shares = np.array(columns) / self.diagonal
        self.shares[:, self.few] = 0.0
        self.given_many = np.linalg.inv(together - (self.shares * self.diagonal) @ self.shares.T)

    def solved(self, right: Floats) -> Floats:
        of_few = self.given_many @ (right[self.few] - self.shares @ right)
        found = right / self.diagonal - of_few @ self.shares
        found[self.few] = of_few
        return np.asarray(found)


def solved(
    matrix: Callable[[Floats], Floats],
    preconditioner: Callable[[Floats], Floats],
    right: Floats,
    residual: float,
) -> Floats:
    """x with matrix(x) = right, for a symmetric positive matrix, by preconditioned conjugate gradients."""
    found, left = np.zeros(len(right)), right.copy()
    scaled = preconditioner(left)
    direction, size = scaled, _product(left, scaled)
    enough = residual**2 * max(size, 1e-300)
    for _ in range(MOST_ITERATIONS):
        if size <= enough:
            break
        along = matrix(direction)
        reach = size / _product(direction, along)
        found, left = found + reach * direction, left - reach * along
        scaled = preconditioner(left)
        size, before = _product(left, scaled), size
        direction = scaled + size / before * direction
    return found


def _product(one: Floats, other: Floats) -> float:
    """Not `@`, whose threads wait for each other much longer than this takes."""
    return float((one * other).sum())
