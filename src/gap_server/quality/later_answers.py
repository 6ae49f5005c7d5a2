"""How often the later answers of a round are wrong, for each type of player.

On some pictures a model errs more than on others. Who hears a second answer let the first one go, which tells
of the picture: the more, the better the player tells wrong from right. One rate for everybody would be too
high for careful players, whose few flags among later answers would pass for fewer false alarms than they
give, and too low for blind ones, who hear as many wrong answers later as before.
"""

import numpy as np

from gap_server.quality.evidence import Floats, Grouped
from gap_server.quality.player_types import TYPES
from gap_server.quality.posterior import Singles

_LEAST_LET_GO = 0.01
"""Who lets go less than this hears no later answers to speak of."""


def by_type(rows: Grouped, types: Singles, wrong: Floats) -> Floats:
    """P(answer wrong) of each kind, a row a type: `wrong`, and of later answers what each type hears.

    With p a picture's error rate, of mean w and variance v over pictures, an answer is let go with chance
    1 - f - (s - f) p, so that what is heard next is wrong with chance E[p | let go] = w - v g, where
    g = (s - f) / (1 - f - (s - f) w). v follows from how much seldomer later answers are wrong on the whole;
    where they are not, all types have the same. `types`: P(type | counts of each row).
    """
    found = np.tile(wrong, (len(TYPES), 1))
    for column, kind in enumerate(rows.evidence.kinds):
        if kind.after is None or kind.after not in rows.evidence.kinds:
            continue
        first = wrong[rows.evidence.kinds.index(kind.after)]
        gaps = _gaps(kind.pool, first)
        heard = rows.players * rows.evidence.seen[:, column]
        usual = heard @ (types @ gaps) / max(heard.sum(), 1.0)
        if usual > 0:
            variance = np.clip((first - wrong[column]) / usual, 0.0, first * (1 - first))
            found[:, column] = np.clip(wrong[column] - variance * (gaps - usual), 0.0, 1.0)
    return found


def _gaps(pool: int, wrong: float) -> Floats:
    """g of each type: how much what it lets go tells of a picture."""
    s, f = TYPES[:, pool], TYPES[:, 2 + pool]
    return np.asarray((s - f) / np.maximum(1 - f - (s - f) * wrong, _LEAST_LET_GO))
