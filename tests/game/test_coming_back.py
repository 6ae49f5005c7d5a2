"""Today's ten and challenges: the same pictures, other traps. Quests: what brings them further."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gap_server.game.daily import net_points
from gap_server.game.deal import deal, deal_onto
from gap_server.game.outcome import RoundOutcome
from gap_server.game.quests import Quest, advanced, monday_of, of_week
from gap_server.game.rules import MAX_SCORE, TAINTED_ROUNDS, Rules
from gap_server.game.state import Pool

FIVE_AND_FIVE = [dealt.pool for dealt in deal(Rules(), Random(1))]
OUTCOMES = st.lists(st.sampled_from(RoundOutcome), max_size=10)


@given(st.lists(st.sampled_from(Pool), min_size=10, max_size=10), st.integers(0, 2**32))
def test_pictures_keep_their_order_and_five_are_tainted(pools: list[Pool], seed: int) -> None:
    dealt_rounds = deal_onto(pools, Random(seed))
    assert [dealt.pool for dealt in dealt_rounds] == pools
    assert [dealt.position for dealt in dealt_rounds] == list(range(1, 11))
    assert sum(dealt.tainted for dealt in dealt_rounds) == TAINTED_ROUNDS


@given(st.permutations(FIVE_AND_FIVE), st.integers(0, 2**32))
def test_five_of_either_pool_are_dealt_as_in_a_free_session(pools: list[Pool], seed: int) -> None:
    kinds = Counter((dealt.tainted, dealt.pool) for dealt in deal_onto(pools, Random(seed)))
    assert kinds == Counter((dealt.tainted, dealt.pool) for dealt in deal(Rules(), Random(seed)))


def test_who_is_told_all_of_anothers_traps_gains_nothing() -> None:
    """200 pairs: flagging where the other's traps were catches as many as flagging as many at random."""
    random = Random(7)
    told = by_pool_alone = 0
    for _ in range(200):
        pools = random.sample(FIVE_AND_FIVE, 10)
        first, second = deal_onto(pools, random), deal_onto(pools, random)
        told += sum(a.tainted and b.tainted for a, b in zip(first, second, strict=True))
        stranger = deal_onto(pools, random)
        by_pool_alone += sum(a.tainted and b.tainted for a, b in zip(stranger, second, strict=True))
    # of a pool's five pictures 3 are flagged of which 3 are traps, and 2 of 2: 3 * 3/5 + 2 * 2/5 a session
    assert told / 200 == pytest.approx(2.6, abs=0.25)
    assert by_pool_alone / 200 == pytest.approx(2.6, abs=0.25)


@given(OUTCOMES)
def test_net_points_stay_within_the_scale_and_never_reward_an_accusation(
    outcomes: list[RoundOutcome],
) -> None:
    assert 0 <= net_points(outcomes) <= MAX_SCORE or outcomes.count(RoundOutcome.CAUGHT) > TAINTED_ROUNDS
    assert net_points([*outcomes, RoundOutcome.ACCUSED]) <= net_points(outcomes)


def test_who_flags_everything_comes_out_at_nothing() -> None:
    caught, accused, checking = RoundOutcome.CAUGHT, RoundOutcome.ACCUSED, RoundOutcome.CHECKING
    assert net_points([caught] * 5 + [accused] * 2 + [checking] * 3) == 0
    assert net_points([caught] * 5 + [RoundOutcome.TRUSTED] * 5) == MAX_SCORE


@given(st.dates(date(2026, 1, 1), date(2040, 1, 1)))
def test_a_week_has_the_same_three_quests_of_three_categories_on_each_day(day: date) -> None:
    monday = monday_of(day)
    assert monday.weekday() == 0
    assert timedelta() <= day - monday < timedelta(7)
    quests = of_week(monday)
    assert quests == of_week(monday_of(monday + timedelta(6)))
    assert len({quest.category for quest in quests}) == 3
    assert "counting" not in {quest.category for quest in quests}


def test_weeks_differ() -> None:
    weeks = {of_week(date(2026, 1, 5) + timedelta(weeks=n)) for n in range(20)}
    assert len(weeks) > 10


def test_a_quest_goes_on_by_its_own_category_and_outcome_alone() -> None:
    quests = (Quest("catch", "colour"), Quest("find", "text"))
    played = [
        (RoundOutcome.CAUGHT, "colour"),
        (RoundOutcome.CAUGHT, "colour"),
        (RoundOutcome.CAUGHT, "text"),
        (RoundOutcome.FOOLED, "colour"),
        (RoundOutcome.CHECKING, "text"),
        (RoundOutcome.CAUGHT, None),
    ]
    assert advanced(quests, played) == {"catch_colour": 2}
    assert advanced(quests, [(RoundOutcome.FIND, "text")]) == {"find_text": 1}
