"""Levels: how far a player has come, by sharpness and games; never by points, which blind flags earn."""

from typing import Final

NEEDED: Final = (
    (1, 5),
    (3, 15),
    (5, 25),
    (8, 35),
    (12, 45),
    (20, 55),
    (30, 65),
    (50, 75),
    (80, 85),
)
"""Games finished, and sharpness (0 to 100), for each level beyond the first."""

HIGHEST: Final = len(NEEDED) + 1


def level(sessions: int, sharpness: int) -> int:
    """1 for who begins, 10 at most; it falls again where sharpness does."""
    reached = [sessions >= games and sharpness >= least for games, least in NEEDED]
    return 1 + (reached.index(False) if False in reached else len(reached))
