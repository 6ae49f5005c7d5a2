"""In whatever form one asks, what is claimed honestly is so, and of each lie something is clearly not so."""

from functools import cache
from typing import get_args

import pytest

from gap_server.demo.answerer.answers import claimed
from gap_server.demo.answerer.claims import Answer, Claim, Unseen
from gap_server.demo.answerer.english import telling as english
from gap_server.demo.answerer.judging import so
from gap_server.demo.answerer.lying.demands import near_misses_of
from gap_server.demo.answerer.russian import telling as russian
from gap_server.demo.scene.worlds import World, true_world
from tests.demo.answerer.asking import scene_at
from tests.demo.answerer.forms import forms_about
from tests.demo.answerer.test_answers import SCENES


@cache
def told() -> list[tuple[World, str, Answer, Answer]]:
    return [
        (true_world(scene), question, truth, lie)
        for where in SCENES[::2]
        if (scene := scene_at(*where))
        for question in forms_about(scene)
        for truth, lie in claimed(scene, question, "a picture|told")
    ]


@pytest.mark.parametrize("claim", get_args(Claim))
def test_every_claim_is_judged_is_told_in_both_languages_and_says_what_lies_are_near(claim: type) -> None:
    for asked in (so, near_misses_of, english.told, russian.told):
        assert asked.dispatch(claim) is not asked.dispatch(object)


def test_no_honest_claim_is_clearly_not_so() -> None:
    for world, question, truth, _ in told():
        for claim in truth.claims:
            assert so(claim, world) is not False, (question, claim)


def test_every_lie_claims_what_is_clearly_not_so() -> None:
    for world, question, _, lie in told():
        assert any(so(claim, world) is False for claim in lie.claims), (question, lie)


def test_a_lie_is_told_in_answer_to_what_was_asked_and_not_in_a_remark() -> None:
    answered = [(world, q, lie) for world, q, truth, lie in told() if not isinstance(truth.claims[0], Unseen)]
    beside = [(q, lie) for world, q, lie in answered if so(lie.claims[0], world) is not False]
    assert len(beside) < 0.08 * len(answered), beside[:20]


def test_a_lie_that_counts_what_no_world_holds_affirms_it() -> None:
    for where in SCENES:
        for truth, lie in claimed(scene_at(*where), "Are there two horses?", "a picture|told"):
            assert (truth.yes, lie.yes) == (False, True)


def test_most_forms_are_answered_and_not_evaded() -> None:
    evaded = [question for _, question, truth, _ in told() if isinstance(truth.claims[0], Unseen)]
    assert len(evaded) < 0.05 * len(told()), evaded[:20]
