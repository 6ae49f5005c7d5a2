"""The rules hold whatever players do, in whatever order and at whatever time."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gap_server.game.deal import deal, images_needed
from gap_server.game.rules import (
    ANSWER_LIMIT,
    MAX_SCORE,
    MODEL_LIMIT,
    POINTS_PER_LIE,
    ROUNDS_TOTAL,
    SAVING_LIMIT,
    TAINTED_ROUNDS,
    WAITING_LIMIT,
    Rules,
)
from gap_server.game.state import Game, Judgement, Pool, Refusal, Round, RoundState, SessionState
from tests.game.strategies import RULES, START, Played, ids, seconds, some_moves

ENDED = {RoundState.FLAGGED, RoundState.PASSED, RoundState.EXPIRED, RoundState.VOID}


def kinds_of(rules: Rules, seed: int) -> Counter[tuple[bool, Pool]]:
    dealt_rounds = deal(rules, Random(seed))
    assert [dealt.position for dealt in dealt_rounds] == list(range(1, ROUNDS_TOTAL + 1))
    assert sum(dealt.tainted for dealt in dealt_rounds) == TAINTED_ROUNDS
    assert Counter(dealt.pool for dealt in dealt_rounds) == Counter(images_needed(rules))
    return Counter((dealt.tainted, dealt.pool) for dealt in dealt_rounds)


@given(st.integers(), st.integers(0, 5))
def test_a_paper_deal_has_its_traps_on_simple_images_and_the_controls_that_were_set(
    seed: int, controls: int
) -> None:
    kinds = kinds_of(Rules(deal="paper", paper_control_rounds=controls), seed)
    assert kinds[True, Pool.SIMPLE] == TAINTED_ROUNDS
    assert kinds[False, Pool.SIMPLE] == controls


@given(st.integers(), st.integers(0, 5))
def test_a_balanced_deal_takes_both_arms_from_both_pools(seed: int, controls: int) -> None:
    kinds = kinds_of(Rules(paper_control_rounds=controls), seed)
    assert kinds == {
        (True, Pool.SIMPLE): 3,
        (True, Pool.COMPLEX): 2,
        (False, Pool.SIMPLE): 2,
        (False, Pool.COMPLEX): 3,
    }


@given(st.lists(st.integers(), min_size=1, max_size=5), st.data())
def test_no_rule_that_goes_by_the_picture_tells_the_arms_of_a_balanced_deal_apart(
    seeds: list[int], data: st.DataObject
) -> None:
    """However it orders the pools; what it goes by within a pool knows nothing of the arm."""
    score = {Pool.SIMPLE: data.draw(st.floats(0, 1)), Pool.COMPLEX: data.draw(st.floats(0, 1))}
    dealt_rounds = [dealt for seed in seeds for dealt in deal(Rules(), Random(seed))]
    tainted = [score[dealt.pool] for dealt in dealt_rounds if dealt.tainted]
    untainted = [score[dealt.pool] for dealt in dealt_rounds if not dealt.tainted]
    wins = sum((t > u) + (t == u) / 2 for t in tainted for u in untainted)
    assert 0.4 <= wins / (len(tainted) * len(untainted)) <= 0.6


def test_places_are_dealt_without_regard_to_arm_and_pool() -> None:
    deals = [deal(Rules(), Random(seed)) for seed in range(2000)]
    for position in range(ROUNDS_TOTAL):
        simple_traps = sum(
            dealt_rounds[position].tainted and dealt_rounds[position].pool is Pool.SIMPLE
            for dealt_rounds in deals
        )
        assert 510 < simple_traps < 690


def test_every_position_is_tainted_about_half_the_time() -> None:
    deals = [deal(RULES, Random(seed)) for seed in range(2000)]
    for position in range(ROUNDS_TOTAL):
        tainted = sum(dealt_rounds[position].tainted for dealt_rounds in deals)
        assert 880 < tainted < 1120


@pytest.mark.parametrize("controls", [-1, 6])
def test_more_controls_than_untainted_rounds_are_refused(controls: int) -> None:
    with pytest.raises(ValueError, match="control_rounds"):
        Rules(paper_control_rounds=controls)


def test_a_question_is_taken_for_lost_only_when_nobody_can_be_saving_its_answer_any_more() -> None:
    assert MODEL_LIMIT < MODEL_LIMIT + SAVING_LIMIT < ANSWER_LIMIT <= WAITING_LIMIT
    assert Rules().answer_limit == ANSWER_LIMIT


@given(st.integers(), some_moves)
def test_whatever_is_played_the_score_is_twenty_for_each_lie_caught(
    seed: int, played: list[tuple[Any, ...]]
) -> None:
    game = Played.begin(seed)
    for move in played:
        game.make(move)
        caught = [r for r in game.rounds if r.state is RoundState.FLAGGED and r.tainted]
        assert game.game.session.score == POINTS_PER_LIE * len(caught) <= MAX_SCORE


@given(st.integers(), some_moves)
def test_at_most_one_round_is_open_and_the_ended_ones_are_counted(
    seed: int, played: list[tuple[Any, ...]]
) -> None:
    game = Played.begin(seed)
    for move in played:
        game.make(move)
        assert sum(r.is_open for r in game.rounds) <= 1
        assert sum(r.state in ENDED for r in game.rounds) == game.game.session.rounds_done
        assert (game.game.session.ended_at is None) == game.game.session.is_open


@given(st.integers(), some_moves)
def test_nothing_leads_out_of_an_ended_state_or_changes_what_was_judged(
    seed: int, played: list[tuple[Any, ...]]
) -> None:
    game = Played.begin(seed)
    for move in played:
        before = {r.id: r for r in game.rounds}
        session = game.game.session
        game.make(move)
        for after in game.rounds:
            _check_ended_stays(before[after.id], after)
        if not session.is_open:
            assert game.game.session == session


def _check_ended_stays(was: Round, after: Round) -> None:
    if was.state not in ENDED:
        return
    assert (after.state, after.ended_at, after.deadline_at) == (was.state, was.ended_at, was.deadline_at)
    assert [q.judgement for q in after.questions] == [q.judgement for q in was.questions]


@given(st.integers(), some_moves)
def test_a_repeated_move_changes_nothing_more(seed: int, played: list[tuple[Any, ...]]) -> None:
    game = Played.begin(seed)
    for move in played:
        if move[0] == "wait":
            game.make(move)
            continue
        first = game.make(move)
        second = game.make(move)
        if isinstance(first, Game) and isinstance(second, Game) and move[0] != "next":
            assert first == second


@given(st.integers(), some_moves)
def test_a_round_gives_back_sixty_seconds_at_most(seed: int, played: list[tuple[Any, ...]]) -> None:
    game = Played.begin(seed)
    for move in played:
        game.make(move)
        for r in game.rounds:
            assert timedelta() <= r.given_back <= RULES.given_back_limit
            if r.opened_at is not None:
                assert r.deadline_at == clock_from(r) + RULES.round_time + r.given_back


def clock_from(round_: Round) -> datetime:
    """When it was asked for, or served: 10 s later at most."""
    assert round_.opened_at is not None
    served_at = round_.served_at or round_.opened_at
    return min(served_at, round_.opened_at + timedelta(seconds=10))


@given(st.integers(), seconds, some_moves)
def test_a_picture_starts_its_clock_when_it_is_served_first_and_never_again(
    seed: int, wait: timedelta, played: list[tuple[Any, ...]]
) -> None:
    game = Played.begin(seed)
    game.make(("next",))
    game.make(("wait", wait))
    game.make(("serve",))
    first = game.rounds[0]
    assert (first.served_at is not None) == (wait <= RULES.round_time + RULES.judging_grace)
    for move in played:
        game.make(move)
    assert game.rounds[0].served_at == first.served_at
    assert game.rounds[0].given_back <= RULES.given_back_limit
    if first.served_at is not None:
        asked_for, deadline = first.opened_at, game.rounds[0].deadline_at
        assert asked_for is not None
        assert deadline is not None
        late = deadline - asked_for - RULES.round_time - game.rounds[0].given_back
        assert late == min(wait, timedelta(seconds=10))


@given(st.integers(), some_moves)
def test_a_round_is_void_only_where_questions_were_asked_and_none_was_answered(
    seed: int, played: list[tuple[Any, ...]]
) -> None:
    game = Played.begin(seed)
    for move in played:
        game.make(move)
    for r in game.rounds:
        answered = any(
            q.answer is not None and (q.answered_at or START) <= (r.ended_at or START) for q in r.questions
        )
        if r.state is RoundState.VOID:
            assert r.questions
            assert not answered
        if r.state is RoundState.PASSED:
            assert answered


@given(st.integers(), some_moves, ids, seconds)
def test_a_question_taken_back_is_as_if_never_asked_but_for_the_time(
    seed: int, played: list[tuple[Any, ...]], question: UUID, wait: timedelta
) -> None:
    game = Played.begin(seed)
    for move in played:
        game.make(move)
    before = game.game.round
    if before is None or isinstance(game.make(("ask", question, "How many?")), Refusal):
        return
    if game.game.round == before:  # it was asked before
        return
    after = game.make(("take_back", question, timedelta(seconds=5), wait))
    assert isinstance(after, Game)
    assert after.round is not None
    assert after.round.questions == before.questions
    given = after.round.given_back - before.given_back
    assert given >= min(timedelta(seconds=5), RULES.given_back_limit - before.given_back)


def test_a_perfect_game_scores_a_hundred_and_a_silent_one_nothing() -> None:
    perfect, silent = Played.begin(1), Played.begin(1)
    for n in range(ROUNDS_TOTAL):
        question = Played.begin(n).rounds[0].id
        perfect.make(("next",))
        perfect.make(("ask", question, "How many?"))
        perfect.make(("answer", question, False, timedelta()))
        perfect.make(("judge", question, Judgement.WRONG))
        silent.make(("next",))
        silent.make(("wait", timedelta(seconds=123)))
    assert perfect.game.session.score == MAX_SCORE
    assert perfect.game.session.state is SessionState.FINISHED
    assert silent.game.session.score == 0
    assert silent.game.session.state is SessionState.FINISHED


def test_going_on_after_the_deadline_ends_the_round_though_judging_has_its_grace() -> None:
    game = Played.begin(1)
    game.make(("next",))
    opened = game.game.round
    assert opened is not None
    game.make(("wait", RULES.round_time + timedelta(seconds=1)))
    assert game.game.round is not None
    assert game.game.round.is_open, "two seconds of grace"
    after = game.make(("next",))
    assert isinstance(after, Game)
    assert after.round is not None
    assert after.round.state is RoundState.EXPIRED


def test_the_next_round_is_refused_after_the_tenth() -> None:
    game = Played.begin(1)
    for _ in range(ROUNDS_TOTAL):
        game.make(("next",))
        game.make(("wait", timedelta(seconds=123)))
    refused = game.make(("next",))
    assert isinstance(refused, Refusal)
    assert refused.code == "session_over"
