"""What a round came to: one of eight things, and the right one."""

from itertools import product

import pytest

from gap_server.game.levels import HIGHEST, level
from gap_server.game.outcome import Found, RoundFacts, RoundOutcome, outcome_of
from gap_server.game.state import Judgement, Pool, RoundState

FLAGGED, PASSED, EXPIRED, VOID = (
    RoundState.FLAGGED,
    RoundState.PASSED,
    RoundState.EXPIRED,
    RoundState.VOID,
)
WRONG, RIGHT = Judgement.WRONG, Judgement.RIGHT


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        (RoundFacts(FLAGGED, pool=Pool.SIMPLE, tainted=True, judgement=WRONG), RoundOutcome.CAUGHT),
        (
            RoundFacts(FLAGGED, pool=Pool.COMPLEX, tainted=True, judgement=WRONG, complied=False),
            RoundOutcome.CAUGHT,
        ),
        (RoundFacts(PASSED, pool=Pool.SIMPLE, tainted=True, judgement=None), RoundOutcome.FOOLED),
        (
            RoundFacts(PASSED, pool=Pool.SIMPLE, tainted=True, judgement=RIGHT, complied=True),
            RoundOutcome.FOOLED,
        ),
        (
            RoundFacts(PASSED, pool=Pool.SIMPLE, tainted=True, judgement=RIGHT, complied=False),
            RoundOutcome.VOID,
        ),
        (RoundFacts(EXPIRED, pool=Pool.SIMPLE, tainted=True, judgement=RIGHT), RoundOutcome.FOOLED),
        (RoundFacts(EXPIRED, pool=Pool.SIMPLE, tainted=True, judgement=None), RoundOutcome.TIMED_OUT),
        (RoundFacts(PASSED, pool=Pool.COMPLEX, tainted=False, judgement=RIGHT), RoundOutcome.TRUSTED),
        (
            RoundFacts(PASSED, pool=Pool.COMPLEX, tainted=False, judgement=RIGHT, found=Found.RIGHT),
            RoundOutcome.TRUSTED,
        ),
        (
            RoundFacts(PASSED, pool=Pool.COMPLEX, tainted=False, judgement=RIGHT, found=Found.WRONG),
            RoundOutcome.FOOLED,
        ),
        (RoundFacts(FLAGGED, pool=Pool.SIMPLE, tainted=False, judgement=WRONG), RoundOutcome.ACCUSED),
        (RoundFacts(FLAGGED, pool=Pool.COMPLEX, tainted=False, judgement=WRONG), RoundOutcome.CHECKING),
        (
            RoundFacts(FLAGGED, pool=Pool.COMPLEX, tainted=False, judgement=WRONG, found=Found.RIGHT),
            RoundOutcome.ACCUSED,
        ),
        (
            RoundFacts(FLAGGED, pool=Pool.COMPLEX, tainted=False, judgement=WRONG, found=Found.DISPUTED),
            RoundOutcome.VOID,
        ),
        (
            RoundFacts(FLAGGED, pool=Pool.COMPLEX, tainted=False, judgement=WRONG, found=Found.WRONG),
            RoundOutcome.FIND,
        ),
        (
            RoundFacts(FLAGGED, pool=Pool.SIMPLE, tainted=False, judgement=WRONG, found=Found.WRONG),
            RoundOutcome.FIND,
        ),
        (RoundFacts(VOID, pool=Pool.SIMPLE, tainted=False, judgement=None), RoundOutcome.VOID),
        *(
            (
                RoundFacts(PASSED, pool=Pool.SIMPLE, tainted=tainted, judgement=None, answered=False),
                RoundOutcome.VOID,
            )
            for tainted in (True, False)
        ),
    ],
)
def test_a_round_came_to(facts: RoundFacts, outcome: RoundOutcome) -> None:
    assert outcome_of(facts) is outcome


def test_a_level_falls_with_neither_more_games_nor_more_sharpness() -> None:
    for games, sharpness in product(range(0, 120, 3), range(0, 101, 4)):
        here = level(games, sharpness)
        assert 1 <= here <= HIGHEST
        assert level(games + 3, sharpness) >= here
        assert level(games, min(100, sharpness + 4)) >= here


def test_no_number_of_games_makes_up_for_blind_flags() -> None:
    assert level(10_000, 0) == 1
    assert level(0, 100) == 1
    assert level(80, 85) == HIGHEST
