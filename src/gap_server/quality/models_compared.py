"""Players x images x models: which model is more truthful, whoever asks it about whichever pictures.

One logistic model of every untainted answer, with crossed random effects,

    logit P(answer flagged) = intercept + player + image + category - model

fitted by its mode under Gaussian priors, with the intervals of Laplace's approximation. Each prior's width is
estimated too, by EM (Breslow and Clayton, 1993, Approximate Inference in Generalized Linear Mixed Models). A
player who flags everything is a large effect of the player, and says little of the models. Who flags wrongly
now and then makes models look more alike than they are: their order holds, their distance is a lower bound.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist
from typing import Final

import numpy as np

from gap_server.quality.crossed_effects import Design, Mode, mode
from gap_server.quality.evidence import Floats, Ints

VERSION: Final = "3"
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
    """Untainted answers, counted: one row for those of a model to a player about an image and a category.

    Each of the first four columns numbers its levels from 0 without gaps. `seen`, `flagged`: how many.
    """

    player: Ints
    image: Ints
    category: Ints
    model: Ints
    seen: Ints
    flagged: Ints

    def __post_init__(self) -> None:
        columns = (self.player, self.image, self.category, self.model, self.seen, self.flagged)
        if len({len(column) for column in columns}) != 1 or not len(self.seen):
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
    """What was found. `spread`: of each factor's effects. `flag_rates`: see below.

    `covariance`, `rate_covariance`: of the models' effects, and of their flag rates, for what is between two.
    """

    intercept: float
    effects: Mapping[Factor, Effects]
    covariance: Floats
    flag_rates: Effects
    """The share of all these answers that would be flagged, had each model given all of them."""
    rate_covariance: Floats
    spread: Mapping[Factor, float]
    version: str = VERSION

    @property
    def truthfulness(self) -> Effects:
        """By how much less readily each model's answers are flagged than the mean model's, in log odds."""
        models = self.effects[Factor.MODEL].effect
        centred = np.eye(len(models)) - 1 / len(models)
        variances = np.diag(centred @ self.covariance @ centred).clip(0)
        return Effects(centred @ models, np.sqrt(variances))

    def difference(self, one: int, other: int) -> Effects:
        """By how much `one` is more truthful than `other`, in log odds."""
        return _between(self.effects[Factor.MODEL].effect, self.covariance, one, other)

    def rate_difference(self, one: int, other: int) -> Effects:
        """The flag rate of `one` less that of `other`: below 0 where it is more truthful."""
        return _between(self.flag_rates.effect, self.rate_covariance, one, other)

    def more_truthful(self, one: int, other: int) -> float:
        """P(model `one` is more truthful than model `other`)."""
        difference = self.difference(one, other)
        return NormalDist().cdf(float(difference.effect[0] / difference.error[0]))


def _between(of_models: Floats, covariance: Floats, one: int, other: int) -> Effects:
    variance = covariance[one, one] + covariance[other, other] - 2 * covariance[one, other]
    return Effects(np.array([of_models[one] - of_models[other]]), np.sqrt(np.array([variance])))


def compared(answers: Answers) -> Comparison:
    """Fit all of it. Raises ValueError where there is no answer; deterministic."""
    factors = (answers.player, answers.image, answers.category, answers.model)
    design = Design(factors, answers.seen.astype(np.float64), answers.flagged.astype(np.float64))
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

    def flag_rates(self, answers: Answers) -> tuple[Floats, Iterator[Floats]]:
        """Had each model given all of the answers; and what of every effect is in each rate, nearly."""
        places = self.mode.places
        others = self.mode.effects[places[:-1]].sum(axis=0)
        share = answers.seen / answers.seen.sum()
        models = self.of[Factor.MODEL]
        chances = [1 / (1 + np.exp(-others - self.mode.effects[model])) for model in models]
        rates = np.array([(share * chance).sum() for chance in chances])
        return rates, (
            self._slopes(share * chance * (1 - chance), model)
            for chance, model in zip(chances, models, strict=True)
        )

    def _slopes(self, of_answers: Floats, model: int) -> Floats:
        """How fast a sum over the answers grows with each effect, had this model given all of them."""
        size = len(self.mode.effects)
        slopes = np.sum([np.bincount(at, of_answers, size) for at in self.mode.places[:-1]], axis=0)
        slopes[model] += of_answers.sum()
        return np.asarray(slopes)


def _comparison(found: _Found, answers: Answers, spread: Mapping[Factor, float]) -> Comparison:
    effects = found.mode.effects
    covariance = found.mode.covariance(found.mode.alone(effect) for effect in found.few)
    errors = np.sqrt(np.diag(covariance))
    categories = len(found.of[Factor.CATEGORY])
    of_category, of_model = errors[1 : 1 + categories], errors[1 + categories :]
    rates, slopes = found.flag_rates(answers)
    rate_covariance = found.mode.covariance(slopes)
    return Comparison(
        intercept=float(effects[0]),
        effects={
            Factor.PLAYER: found.many(Factor.PLAYER, covariance),
            Factor.IMAGE: found.many(Factor.IMAGE, covariance),
            Factor.CATEGORY: Effects(effects[found.of[Factor.CATEGORY]], of_category),
            Factor.MODEL: Effects(-effects[found.of[Factor.MODEL]], of_model),
        },
        covariance=covariance[1 + categories :, 1 + categories :],
        flag_rates=Effects(rates, np.sqrt(np.diag(rate_covariance))),
        rate_covariance=rate_covariance,
        spread=dict(spread),
    )
