"""How far flags can be trusted, told from counts."""

import numpy as np
import pytest

from gap_server.quality.crowd.play import World, played
from gap_server.quality.crowd.policies import Behaviour
from gap_server.quality.evidence import (
    CONTROL,
    TRAP_COMPLEX,
    TRAP_SIMPLE,
    Evidence,
    grouped,
    harvest,
    joined,
    judged,
    of_one,
)
from gap_server.quality.measures import calibration_error
from gap_server.quality.player_types import TYPES
from gap_server.quality.reliability import Fit, estimates, fit

WRONG = 0.3
KINDS = (TRAP_SIMPLE, TRAP_COMPLEX, CONTROL, harvest("m@1"))
SEEN = np.array([9.0, 6.0, 6.0, 9.0])


def _crowd(*groups: tuple[int, list[float]]) -> Evidence:
    """Groups of players who flag an answer of each kind with the chance given."""
    random = np.random.default_rng(1)
    flagged = np.vstack([random.binomial(SEEN.astype(int), rates, (players, 4)) for players, rates in groups])
    seen = np.tile(SEEN, (len(flagged), 1))
    return Evidence(KINDS, seen, flagged.astype(np.float64))


CAREFUL = [0.88, 0.88, 0.07, WRONG * 0.9 + (1 - WRONG) * 0.05]
ALWAYS = [1.0, 1.0, 1.0, 1.0]
POISONER = [0.88, 1.0, 0.07, 1.0]


def test_trust_goes_to_who_tells_wrong_from_right() -> None:
    crowd = _crowd((300, CAREFUL), (100, ALWAYS), (100, POISONER))
    found = fit(crowd)
    trust = estimates(found).trust[:, 3]
    assert found.wrong[3] == pytest.approx(WRONG, abs=0.04)
    assert np.median(trust[:300]) > 0.75
    assert np.median(trust[300:400]) < found.wrong[3] + 0.1, "who flags everything says nothing"
    assert np.median(trust[400:]) < found.wrong[3] + 0.1, "nor does who flags every complex picture"


def test_a_poisoner_has_another_false_alarm_rate_where_it_cannot_be_checked() -> None:
    found = estimates(fit(_crowd((300, CAREFUL), (100, POISONER))))
    assert np.median(found.f[300:, 0]) < 0.2
    assert np.median(found.f[300:, 1]) > 0.8


@pytest.mark.slow
def test_intervals_hold_a_models_error_rate() -> None:
    random, players, crowds = np.random.default_rng(4), 150, 40
    held = 0
    for wrong in random.uniform(0.1, 0.5, crowds):
        s, f = random.beta(9, 2, players), random.beta(1.5, 12, players)
        blind = random.random(players) < 0.2
        s, f = np.where(blind, 0.98, s), np.where(blind, 0.98, f)
        rates = [p * s + (1 - p) * f for p in (0.97, 0.97, 0.03, wrong)]
        flagged = random.binomial(SEEN.astype(int), np.column_stack(rates)).astype(np.float64)
        lower, upper = fit(Evidence(KINDS, np.tile(SEEN, (players, 1)), flagged)).wrong_within(0.95)
        held += lower[3] <= wrong <= upper[3]
        assert upper[3] - lower[3] < 0.2
        assert lower[2] == upper[2] == CONTROL.wrong, "what is given is not estimated"
    assert held >= 0.9 * crowds


@pytest.mark.slow
def test_what_the_jury_took_out_of_a_kind_still_counts_in_it() -> None:
    """Flagged answers alone come before it, and those that it closes are mostly wrong."""
    random, players = np.random.default_rng(2), 600
    kind = harvest("m@1")
    kinds = (*KINDS[:3], kind, *(judged(kind, heard) for heard in (-4, -2, 2, 4)))
    seen, flagged = (np.zeros((players, len(kinds))) for _ in range(2))
    seen[:, :3] = SEEN[:3]
    flagged[:, :3] = random.binomial(SEEN[:3].astype(int), CAREFUL[:3], (players, 3))
    wrong = random.random((players, 9)) < WRONG
    says = random.random((players, 9)) < np.where(wrong, 0.9, 0.05)
    said = random.random((players, 9, 3)) < np.where(wrong, 0.85, 0.15)[:, :, None]  # by three jurors
    heard = np.where(says, (2 * said.sum(axis=2) - 3) * np.log(0.85 / 0.15), 0.0)
    for player, answer in np.ndindex(players, 9):
        column = kinds.index(judged(kind, float(heard[player, answer])))
        seen[player, column] += 1
        flagged[player, column] += says[player, answer]
    found = fit(Evidence(kinds, seen, flagged))
    assert found.wrong[3] == pytest.approx(WRONG, abs=0.03)
    assert found.wrong[4:] == pytest.approx(WRONG / (WRONG + (1 - WRONG) * np.exp([4, 2, -2, -4])), abs=0.05)
    lower, upper = found.wrong_within(0.95)
    assert lower[3] < WRONG < upper[3]
    assert upper[3] - lower[3] < 0.06
    trust = estimates(found).trust
    assert (np.diff(trust[:, [4, 5, 3, 6, 7]], axis=1) > 0).all(), "by what was said of such answers"


def test_verdicts_tell_of_players_too() -> None:
    counts = {TRAP_COMPLEX: (4, 4), CONTROL: (4, 0), KINDS[3]: (2, 0)}
    agreed = {**counts, judged(KINDS[3], 4): (4, 4)}
    denied = {**counts, judged(KINDS[3], -4): (4, 4)}
    crowd = fit(_crowd((300, CAREFUL), (100, ALWAYS)))
    trust = []
    for of_player in (agreed, denied):
        rows = grouped(of_one(of_player))
        wrong = np.array(
            [0.97, 0.03, 0.3, *(0.3 / (0.3 + 0.7 * np.exp(-k.heard)) for k in rows.evidence.kinds[3:])]
        )
        trust.append(
            estimates(Fit(rows, crowd.shares, wrong, np.tile(wrong, (len(TYPES), 1)), np.zeros(4))).trust[
                0, 2
            ]
        )
    assert trust[0] > trust[1] + 0.1


def test_of_a_model_that_many_saw_more_is_known() -> None:
    widths = [
        np.subtract(*fit(_crowd((players, CAREFUL))).wrong_within(0.9)[::-1])[3] for players in (50, 500)
    ]
    assert widths[1] < widths[0] / 2


def test_equal_counts_are_one_row() -> None:
    crowd = _crowd((200, CAREFUL))
    doubled = Evidence(KINDS, np.vstack([crowd.seen] * 2), np.vstack([crowd.flagged] * 2))
    rows = grouped(doubled)
    assert len(rows.evidence) == len(grouped(crowd).evidence)
    assert rows.players.sum() == 400
    np.testing.assert_array_equal(rows.evidence.flagged[rows.of_player], doubled.flagged)


def test_the_same_counts_give_the_same_numbers() -> None:
    crowd = _crowd((100, CAREFUL), (50, ALWAYS))
    np.testing.assert_array_equal(estimates(fit(crowd)).trust, estimates(fit(crowd)).trust)


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="nobody flags more"):
        joined([CONTROL], [(np.array([1.0]), np.array([2.0]))])
    with pytest.raises(ValueError, match="a column too"):
        joined([judged(CONTROL, 3)], [(np.array([1.0]), np.array([1.0]))])
    with pytest.raises(ValueError, match="a count for each"):
        Evidence((CONTROL,), np.ones((2, 2)), np.ones((2, 2)))


@pytest.mark.slow
def test_later_answers_are_trusted_by_who_let_the_first_ones_go() -> None:
    """On some pictures the model errs nearly always, on others hardly ever: who looks hears more of these."""
    mix = {Behaviour.CAREFUL: 0.5, Behaviour.SLOPPY: 0.3, Behaviour.COIN: 0.2}
    crowd = played(2000, 5, mix=mix, world=World(images_alike=1.0, asks_on=0.7), seed=8)
    found = fit(crowd.evidence)
    trust = crowd.trust(estimates(found).trust)
    behaviours = np.array([crowd.behaviours.index(behaviour) for behaviour in mix])
    group = np.searchsorted(behaviours, crowd.flag_player, side="right") - 1
    for number, behaviour in enumerate(mix):
        late = crowd.flag_late & (group == number)
        assert trust[late].mean() == pytest.approx(crowd.flag_wrong[late].mean(), abs=0.07), behaviour
    assert calibration_error(trust, crowd.flag_wrong) < 0.02
