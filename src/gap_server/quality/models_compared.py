"""Players x images x models: which model is more truthful, whoever asks it about whichever pictures.

One logistic model of every untainted answer, with crossed random effects,

    logit P(answer flagged) = intercept + player + image + category - model

fitted by its mode under Gaussian priors, with the intervals of Laplace's approximation. Each prior's width is
estimated too, by EM (Breslow and Clayton, 1993, Approximate Inference in Generalized Linear Mixed Models). A
player who flags everything is a large effect of the player, and says little of the models. Who flags wrongly
now and then makes models look more alike than they are: their order holds, their distance is a lower bound.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist
from typing import Final

import numpy as np

from gap_server.quality.crossed_effects import Design, Mode, mode
from gap_server.quality.evidence import Bools, Floats, Ints

VERSION: Final = "2"
"""Goes up with any change that gives other numbers for the same answers."""


class Factor(StrEnum):
    """What an answer may be flagged for. The intercept is none of them."""

    PLAYER = "player"
    """How readily somebody flags."""
    IMAGE = "image"
    """How hard a picture is."""
    CATEGORY = "category"
    """How hard what is asked about is."""
    MODEL = "model"
    """How truthful a model's revision is: the more, the fewer flags."""


FIRST_SPREAD: Final[Mapping[Factor, float]] = {
    Factor.PLAYER: 1.0,
    Factor.IMAGE: 0.7,
    Factor.CATEGORY: 0.5,
    Factor.MODEL: 1.0,
}
"""Standard deviation of each factor's effects before any evidence, in log odds."""

ESTIMATED: Final = (Factor.PLAYER, Factor.IMAGE)
"""Factors of so many levels that the spread of their effects can be told from them."""

ROUNDS: Final = 8
"""Of fitting the spreads: they move little after that."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Untainted answers, one a row; each column but the last numbers its levels from 0 without gaps."""

    player: Ints
    image: Ints
    category: Ints
    model: Ints
    flagged: Bools

    def __post_init__(self) -> None:
        lengths = {len(c) for c in (self.player, self.image, self.category, self.model, self.flagged)}
        if len(lengths) != 1 or not len(self.flagged):
            raise ValueError("each answer has a player, an image, a category, a model and a judgement")


@dataclass(frozen=True, slots=True)
class Effects:
    """Of each level of a factor: its effect in log odds, and the standard error of it."""

    effect: Floats
    error: Floats

    def within(self, level: float) -> tuple[Floats, Floats]:
        """The ends of the intervals that hold each effect with probability `level`."""
        reach = NormalDist().inv_cdf((1 + level) / 2) * self.error
        return self.effect - reach, self.effect + reach


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found. `flag_rate`: of answers as they were asked, had each model given all of them.

    `covariance`: of the models' effects, for what is between two of them. `spread`: of each factor's effects.
    """

    intercept: float
    effects: Mapping[Factor, Effects]
    covariance: Floats
    flag_rate: Floats
    spread: Mapping[Factor, float]
    version: str = VERSION

    def more_truthful(self, one: int, other: int) -> float:
        """P(model `one` is more truthful than model `other`)."""
        difference = self.difference(one, other)
        return NormalDist().cdf(float(difference.effect[0] / difference.error[0]))

    def difference(self, one: int, other: int) -> Effects:
        """By how much `one` is more truthful than `other`, in log odds."""
        models, c = self.effects[Factor.MODEL].effect, self.covariance
        variance = c[one, one] + c[other, other] - 2 * c[one, other]
        return Effects(np.array([models[one] - models[other]]), np.sqrt(np.array([variance])))


def compared(answers: Answers) -> Comparison:
    """Fit all of it. Raises ValueError where there is no answer; deterministic."""
    factors = (answers.player, answers.image, answers.category, answers.model)
    design = Design(factors, answers.flagged.astype(np.float64))
    spread, start = dict(FIRST_SPREAD), None
    for _ in range(ROUNDS):
        found = _Found(design, mode(design, list(spread.values()), start))
        start = found.mode.effects
        nothing = np.zeros((len(found.few), len(found.few)))
        for factor in ESTIMATED:
            effects = found.many(factor, nothing)  # what is not known of the few adds next to nothing here
            spread[factor] = float(np.sqrt((effects.effect**2 + effects.error**2).mean()))
    return _comparison(found, answers, spread)


class _Found:
    """A mode, factor by factor."""

    def __init__(self, design: Design, found: Mode) -> None:
        self.mode = found
        ends = np.cumsum(design.sizes)
        self.of = dict(zip(Factor, np.split(np.arange(ends[-1]), ends[:-1])[1:], strict=True))
        self.few = np.concatenate([[0], self.of[Factor.CATEGORY], self.of[Factor.MODEL]])

    def many(self, factor: Factor, covariance: Floats) -> Effects:
        """The effects of players, or of images. `covariance`: of the few effects of all other factors."""
        row, other = (1, 2) if factor is Factor.PLAYER else (2, 1)
        variances = self.mode.variances(row, other, self.few, covariance)
        return Effects(self.mode.effects[self.of[factor]], np.sqrt(variances))


def _comparison(found: _Found, answers: Answers, spread: Mapping[Factor, float]) -> Comparison:
    effects = found.mode.effects
    covariance = found.mode.covariance(found.few)
    errors = np.sqrt(np.diag(covariance))
    categories = len(found.of[Factor.CATEGORY])
    of_category, of_model = errors[1 : 1 + categories], errors[1 + categories :]
    model = effects[found.of[Factor.MODEL]]
    others = effects[found.mode.places].sum(axis=0) - model[answers.model]
    return Comparison(
        intercept=float(effects[0]),
        effects={
            Factor.PLAYER: found.many(Factor.PLAYER, covariance),
            Factor.IMAGE: found.many(Factor.IMAGE, covariance),
            Factor.CATEGORY: Effects(effects[found.of[Factor.CATEGORY]], of_category),
            Factor.MODEL: Effects(-model, of_model),
        },
        covariance=covariance[1 + categories :, 1 + categories :],
        flag_rate=np.array([(1 / (1 + np.exp(-others - effect))).mean() for effect in model]),
        spread=dict(spread),
    )
