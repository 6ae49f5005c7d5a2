"""Sharpness rewards telling wrong from right, and nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gap_server.quality.evidence import CONTROL, TRAP_COMPLEX, TRAP_SIMPLE, Pool, joined, known, of_one
from gap_server.quality.sharpness import sharpness

SESSIONS = 8
DEALT = {"balanced": {TRAP_SIMPLE: 3, TRAP_COMPLEX: 2, CONTROL: 2}, "paper": {TRAP_SIMPLE: 5, CONTROL: 1}}
COUNT = st.integers(0, 60)


def _mean(deal: str, flagged: dict[str, float], *, sessions: int = SESSIONS, players: int = 400) -> float:
    """The mean over players who flag an answer of each kind with the chance that is given."""
    random = np.random.default_rng(0)
    kinds = DEALT[deal]
    seen = [np.full(players, rounds * sessions, np.float64) for rounds in kinds.values()]
    counts = [
        (column, random.binomial(column.astype(int), flagged[kind.name]).astype(np.float64))
        for kind, column in zip(kinds, seen, strict=True)
    ]
    return float(sharpness(joined(list(kinds), counts)).mean())


BLIND = {
    "always": {"trap_simple": 1.0, "trap_complex": 1.0, "control": 1.0},
    "never": {"trap_simple": 0.0, "trap_complex": 0.0, "control": 0.0},
    "coin": {"trap_simple": 0.5, "trap_complex": 0.5, "control": 0.5},
    "small files": {"trap_simple": 0.55, "trap_complex": 0.45, "control": 0.55},
    "every simple picture": {"trap_simple": 1.0, "trap_complex": 0.0, "control": 1.0},
    "every complex picture": {"trap_simple": 0.0, "trap_complex": 1.0, "control": 0.0},
}


@pytest.mark.parametrize("deal", DEALT)
@pytest.mark.parametrize("strategy", BLIND)
def test_who_does_not_look_at_the_answers_has_none(strategy: str, deal: str) -> None:
    assert _mean(deal, BLIND[strategy]) <= 10


def test_a_careful_player_has_seventy_after_eight_sessions() -> None:
    caught, alarmed = 0.9, 0.05
    trap = 0.97 * caught + 0.03 * alarmed
    control = 0.03 * caught + 0.97 * alarmed
    careful = {"trap_simple": trap, "trap_complex": trap, "control": control}
    assert _mean("balanced", careful) >= 70
    assert _mean("balanced", careful, sessions=1) < 60, "one session shows little"


def test_nothing_is_known_of_a_newcomer() -> None:
    assert sharpness(of_one({TRAP_SIMPLE: (0, 0), CONTROL: (0, 0)})).tolist() == [0]


@given(COUNT, COUNT)
@pytest.mark.slow
def test_who_leaves_true_answers_alone_gains_by_each_lie_caught(caught: int, missed: int) -> None:
    lie, truth = known(Pool.SIMPLE, wrong=True), known(Pool.SIMPLE, wrong=False)
    before = of_one({lie: (caught + missed + 1, caught), truth: (20, 0)})
    after = of_one({lie: (caught + missed + 1, caught + 1), truth: (20, 0)})
    assert sharpness(after) >= sharpness(before)


def test_catching_every_lie_shows_nothing_until_true_answers_were_seen() -> None:
    lie, truth = known(Pool.SIMPLE, wrong=True), known(Pool.SIMPLE, wrong=False)
    assert sharpness(of_one({lie: (40, 40)})) <= 10
    assert sharpness(of_one({lie: (40, 40), truth: (20, 1)})) >= 50


@given(COUNT, COUNT, COUNT, COUNT)
def test_a_false_alarm_never_pays(caught: int, missed: int, alarms: int, calm: int) -> None:
    lie, truth = known(Pool.SIMPLE, wrong=True), known(Pool.SIMPLE, wrong=False)
    before = of_one({lie: (caught + missed, caught), truth: (alarms + calm + 1, alarms)})
    after = of_one({lie: (caught + missed, caught), truth: (alarms + calm + 1, alarms + 1)})
    assert sharpness(after) <= sharpness(before)


def test_finds_raise_it_and_refuted_flags_lower_it() -> None:
    traps = {TRAP_SIMPLE: (24.0, 22.0), TRAP_COMPLEX: (16.0, 15.0), CONTROL: (16.0, 1.0)}
    find, refuted = known(Pool.COMPLEX, wrong=True), known(Pool.COMPLEX, wrong=False)
    plain = sharpness(of_one(traps))
    assert sharpness(of_one(traps | {find: (6.0, 6.0), refuted: (8.0, 0.0)})) > plain
    assert sharpness(of_one(traps | {refuted: (14.0, 14.0)})) < plain
