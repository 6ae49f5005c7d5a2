"""Today's ten: what players are ranked by, where all have the same pictures and none the same traps."""

from collections.abc import Iterable
from typing import Final

from gap_server.game.outcome import RoundOutcome
from gap_server.game.rules import BALANCED_CONTROLS, MAX_SCORE, POINTS_PER_LIE

PER_FALSE_ALARM: Final = MAX_SCORE // BALANCED_CONTROLS
"""So that who flags everything, or flips a coin, comes out at nothing."""


def net_points(outcomes: Iterable[RoundOutcome]) -> int:
    """Points for lies caught, less those for true answers accused; from 0 to MAX_SCORE.

    It is Youden's index in points: the share of lies caught, less the share of controls flagged.
    """
    seen = list(outcomes)
    caught, accused = seen.count(RoundOutcome.CAUGHT), seen.count(RoundOutcome.ACCUSED)
    return max(0, POINTS_PER_LIE * caught - PER_FALSE_ALARM * accused)
