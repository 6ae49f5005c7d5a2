"""Sharpness, 0 to 100: how much better than a coin a player tells wrong answers from right ones.

The lower end of what is believed of s - f, over both pools alike, so that neither blind flagging nor flagging
by the look of a picture gains anything. It depends on the player's own counts only: nobody's sharpness moves
because somebody else played.
"""

from typing import Final

import numpy as np

from gap_server.quality.evidence import Evidence, Ints
from gap_server.quality.player_types import PRIOR, TYPES
from gap_server.quality.posterior import levels_of, log_likelihood, posterior, quantile

VERSION: Final = "1"
"""Goes up with any change that gives other numbers for the same counts."""

LOWER_END: Final = 0.25
"""How much of the posterior lies below the sharpness that is shown."""

DAYS: Final = 30
"""Answers seen in the last so many days count."""

UNKNOWN_WRONG: Final = 0.3
"""How often an answer of a kind is taken to be wrong where the evidence does not say."""

_MEAN: Final = TYPES @ np.array([0.5, 0.5, -0.5, -0.5])
_HALF: Final = 0.025
_DIFFERENCE: Final = levels_of(_MEAN - _HALF, _MEAN + _HALF, np.arange(-1.05, 1.06, _HALF))
"""s - f, the mean over both pools; each type stands for about as much as the grid's steps are wide."""


def sharpness(evidence: Evidence) -> Ints:
    """One number a player. Evidence whose truth is known: traps, controls, verdicts, known cases judged."""
    wrong = np.array([UNKNOWN_WRONG if kind.wrong is None else kind.wrong for kind in evidence.kinds])
    types = posterior(log_likelihood(evidence, wrong), PRIOR)
    lower = quantile(types @ _DIFFERENCE.shares, _DIFFERENCE.edges, LOWER_END)
    return np.rint(100 * np.clip(lower, 0, 1)).astype(np.intp)
