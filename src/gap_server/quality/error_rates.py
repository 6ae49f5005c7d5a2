"""How surely each kind of answer's error rate is known, by what players of all types did with such answers.

The counts hold less information on an error rate than if everybody's type were known: part of what speaks for
another rate speaks as well for other players. That part is projected out (the efficient score; van der Vaart,
Asymptotic Statistics, 1998, section 25.4), over smooth ways in which the crowd could differ.
"""

from itertools import combinations_with_replacement
from statistics import NormalDist
from typing import Final

import numpy as np

from gap_server.quality.evidence import Bools, Floats, Grouped
from gap_server.quality.player_types import PRIOR, TYPES
from gap_server.quality.posterior import Singles, expected_wrong

DEGREE: Final = 3


def _ways() -> Floats:
    """How a crowd may differ: more of the types with a high product of up to three of their rates."""
    products = [
        TYPES[:, list(chosen)].prod(axis=1)
        for degree in range(1, DEGREE + 1)
        for chosen in combinations_with_replacement(range(4), degree)
    ]
    return np.column_stack(products)


WAYS: Final[Floats] = _ways()
_PRIOR_SPREAD: Final[Floats] = np.cov(WAYS.T, aweights=PRIOR, ddof=0)


def standard_errors(
    rows: Grouped,
    types: Singles,
    of_type: Floats,
    wrong: Floats,
    unknown: Bools,
    *,
    looked_at: float,
    prior: tuple[float, float],
) -> Floats:
    """Of the log odds of each kind's error rate; 0 where the rate is given.

    `types`: P(type | counts) of each row. `of_type`: `wrong` for each type. `looked_at`: the share of the
    players in `rows` whose counts were really used. `prior`: how many players the prior of the types
    counts for, and answers that of a rate.
    """
    prior_players, prior_answers = prior
    if not unknown.any():
        return np.zeros(len(wrong))
    root = np.sqrt(looked_at * rows.players)[:, None]
    scores = root * _scores(rows, types, of_type)[:, unknown]
    ways = types @ WAYS.astype(np.float32)
    others = root * (ways - rows.players @ ways / rows.players.sum())
    as_others = np.linalg.solve(others.T @ others + prior_players * _PRIOR_SPREAD, others.T @ scores)
    information = scores.T @ (scores - others @ as_others)
    information += np.diag(prior_answers * (wrong * (1 - wrong))[unknown])
    found = np.zeros(len(wrong))
    found[unknown] = np.sqrt(np.diag(np.linalg.inv(information)))
    return found


def _scores(rows: Grouped, types: Singles, of_type: Floats) -> Floats:
    """How each row's log likelihood changes with the log odds of each kind's error rate.

    By how many answers are expected to be wrong, more than by the rate alone.
    """
    among = rows.evidence.among
    usual = types @ of_type.astype(np.float32)
    more = expected_wrong(rows.evidence, types, of_type) - rows.evidence.seen * usual[:, among]
    return np.column_stack([more[:, among == column].sum(axis=1) for column in range(len(among))])


def interval(wrong: Floats, errors: Floats, level: float) -> tuple[Floats, Floats]:
    """The ends between which each rate lies with probability `level`: even on the scale of log odds."""
    stretch = np.exp(NormalDist().inv_cdf((1 + level) / 2) * errors)
    return wrong / (wrong + (1 - wrong) * stretch), wrong * stretch / (wrong * stretch + 1 - wrong)
