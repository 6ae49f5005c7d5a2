"""Verdicts are evidence, weighed by who gave them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gap_server.quality.crowd.jurors import OUTCOMES, outcomes_of
from gap_server.quality.evidence import Pool, known, of_one, settled
from gap_server.quality.jury import (
    CONFIRMED,
    ENOUGH_VERDICTS,
    LEANS,
    MIX,
    MOST_VERDICTS,
    Juror,
    Outcome,
    Stratum,
    Verdict,
    next_stratum,
    outcome_of,
    rates,
    settles,
    standing,
    weight,
)
from gap_server.quality.trust import Told, of_several

WRONG_ONE, RIGHT_ONE = (known(Pool.COMPLEX, wrong=wrong) for wrong in (True, False))
SHARP = Juror(s=0.9, f=0.05)
CHANCES = st.floats(0.01, 0.99)
HEARD = st.lists(st.tuples(st.sampled_from(Verdict), st.builds(Juror, s=CHANCES, f=CHANCES)), max_size=4)


def test_two_sharp_jurors_who_agree_settle_a_case() -> None:
    assert standing(0.5, [(Verdict.WRONG, SHARP)] * 2).outcome is Outcome.WRONG
    assert standing(0.5, [(Verdict.RIGHT, SHARP)] * 2).outcome is Outcome.RIGHT


def test_no_single_juror_settles_an_even_case() -> None:
    perfect = Juror(s=1.0, f=0.0)
    assert standing(0.3, [(Verdict.WRONG, perfect)]).outcome is Outcome.OPEN
    assert standing(0.5, [(Verdict.WRONG, _juror(0, 0))]).outcome is Outcome.OPEN


def _juror(right: int, wrong: int) -> Juror:
    """Somebody who judged so many cases of either truth rightly, and so many wrongly."""
    seen = right + wrong
    found = rates(of_one({WRONG_ONE: (seen, right), RIGHT_ONE: (seen, wrong)}))[0]
    return Juror(s=float(found[Pool.COMPLEX]), f=float(found[2 + Pool.COMPLEX]))


def test_a_stranger_says_little_and_who_judged_well_says_much() -> None:
    of_strangers = standing(0.5, [(Verdict.WRONG, _juror(0, 0))] * 2)
    of_the_proven = standing(0.5, [(Verdict.WRONG, _juror(6, 0))] * 2)
    assert of_strangers.outcome is Outcome.OPEN
    assert of_the_proven.outcome is Outcome.WRONG
    of_the_blind = standing(0.5, [(Verdict.WRONG, _juror(5, 5))] * 2)
    assert of_the_blind.chance == pytest.approx(0.5, abs=0.05)


def test_blind_verdicts_say_nothing() -> None:
    for blind in (Juror(1.0, 1.0), Juror(0.5, 0.5), Juror(0.0, 0.0)):
        after = standing(0.4, [(Verdict.WRONG, blind)] * MOST_VERDICTS)
        assert after.chance == pytest.approx(0.4)
        assert after.outcome is Outcome.DISPUTED


def test_strangers_who_agree_are_no_dispute() -> None:
    stranger = (Verdict.WRONG, _juror(0, 0))
    of_five = standing(0.5, [stranger] * ENOUGH_VERDICTS)
    assert LEANS < of_five.chance < CONFIRMED
    assert of_five.outcome is Outcome.OPEN
    assert standing(0.5, [stranger] * (ENOUGH_VERDICTS + 1)).outcome is Outcome.WRONG
    split = [*[stranger] * 4, *[(Verdict.RIGHT, _juror(0, 0))] * 3]
    assert standing(0.5, split).outcome is Outcome.DISPUTED


@given(CHANCES, st.integers(0, MOST_VERDICTS))
def test_the_crowd_in_memory_closes_cases_as_play_does(chance: float, verdicts: int) -> None:
    (of_crowd,) = outcomes_of(np.array([chance]), np.array([verdicts]))
    assert OUTCOMES[of_crowd] is outcome_of(chance, verdicts)


def test_five_jurors_who_cannot_tell_close_a_case_without_a_result() -> None:
    cannot = [(Verdict.CANNOT_TELL, SHARP)]
    assert standing(0.6, cannot * (ENOUGH_VERDICTS - 1)).outcome is Outcome.OPEN
    after = standing(0.6, cannot * ENOUGH_VERDICTS)
    assert after.outcome is Outcome.DISPUTED
    assert after.chance == pytest.approx(0.6)


def test_a_case_that_nobody_has_judged_stays_open() -> None:
    assert standing(0.99, []).outcome is Outcome.OPEN


@given(CHANCES, HEARD)
def test_the_order_of_verdicts_does_not_matter(before: float, heard: list[tuple[Verdict, Juror]]) -> None:
    assert standing(before, heard).chance == pytest.approx(standing(before, heard[::-1]).chance)


@given(CHANCES, HEARD)
def test_a_sharp_verdict_moves_the_chance_its_way(before: float, heard: list[tuple[Verdict, Juror]]) -> None:
    now = standing(before, heard).chance
    assert standing(before, [*heard, (Verdict.WRONG, SHARP)]).chance >= now
    assert standing(before, [*heard, (Verdict.RIGHT, SHARP)]).chance <= now


def test_two_who_flagged_the_same_answer_make_it_surer() -> None:
    flagged, let_go = Told(0.3, 0.3, 0.8), Told(0.3, 0.3, 0.1)
    assert of_several([flagged]) == pytest.approx(0.8)
    assert of_several([flagged] * 2) == pytest.approx(0.8 * 0.8 / 0.3 / (0.8 * 0.8 / 0.3 + 0.2 * 0.2 / 0.7))
    assert of_several([flagged, let_go]) < 0.8


def test_who_heard_an_answer_late_says_as_much_of_it_as_who_heard_it_first() -> None:
    """Later answers are right more often, so P(wrong | flagged) is lower; the flag is no weaker for it."""
    first, late = Told(0.3, 0.3, 0.3 * 9 / (0.3 * 9 + 0.7)), Told(0.2, 0.2, 0.2 * 9 / (0.2 * 9 + 0.8))
    assert of_several([first, late]) == pytest.approx(of_several([late, first]))
    assert of_several([late]) < of_several([first, late]) < of_several([first, first])


def test_what_verdicts_said_is_not_counted_in_what_the_flag_says() -> None:
    """With verdicts the answer was likelier to be wrong beforehand; the flag's own evidence is the same."""
    judged = Told(0.3, 0.9, 0.9 * 9 / (0.9 * 9 + 0.1))
    assert of_several([judged]) == pytest.approx(of_several([Told(0.3, 0.3, 0.3 * 9 / (0.3 * 9 + 0.7))]))


def test_the_mix_is_half_known() -> None:
    waiting = dict.fromkeys(Stratum, 10)
    dealt = [next_stratum(waiting, (n + 0.5) / 1000) for n in range(1000)]
    for stratum, share in (part for group in MIX for part in group.items()):
        assert dealt.count(stratum) == pytest.approx(1000 * share, abs=1)
    assert [sum(group.values()) for group in MIX] == pytest.approx([0.25, 0.25, 0.5])


def test_before_anything_is_settled_the_mix_is_half_known_too() -> None:
    waiting = dict.fromkeys((Stratum.LIE, Stratum.HELD, Stratum.FLAGGED), 10)
    dealt = [next_stratum(waiting, (n + 0.5) / 1000) for n in range(1000)]
    assert {stratum: dealt.count(stratum) for stratum in waiting} == pytest.approx(
        {Stratum.LIE: 250, Stratum.HELD: 250, Stratum.FLAGGED: 500}, abs=1
    )


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("chance", [0.02, 0.5, 0.98])
def test_a_case_measures_jurors_where_its_outcome_is_borne_out(outcome: Outcome, chance: float) -> None:
    firm = (outcome, chance) in {(Outcome.WRONG, 0.98), (Outcome.RIGHT, 0.02)}
    assert settles(chance, outcome, Pool.COMPLEX) is firm
    assert not settles(chance, outcome, Pool.SIMPLE)


def test_who_calls_all_that_is_complex_wrong_says_nothing_there_once_it_was_seen() -> None:
    honest, accuser = (
        rates(
            of_one(
                {
                    known(Pool.SIMPLE, wrong=True): (4, 4),
                    known(Pool.SIMPLE, wrong=False): (4, 0),
                    known(Pool.COMPLEX, wrong=True): (2, 2),
                    settled(Pool.COMPLEX, wrong=False): (3, called_wrong),
                }
            )
        )[0]
        for called_wrong in (0, 3)
    )
    of_honest, of_accuser = (
        weight(Verdict.WRONG, Juror(s=float(found[Pool.COMPLEX]), f=float(found[2 + Pool.COMPLEX])))
        for found in (honest, accuser)
    )
    assert of_honest > 1.5
    assert abs(of_accuser) < 0.25


@given(st.dictionaries(st.sampled_from(Stratum), st.integers(0, 3)), st.floats(0, 1, exclude_max=True))
def test_while_there_is_a_case_a_juror_gets_one(waiting: dict[Stratum, int], draw: float) -> None:
    stratum = next_stratum(waiting, draw)
    if any(waiting.values()):
        assert stratum is not None
        assert waiting[stratum] > 0
    else:
        assert stratum is None
