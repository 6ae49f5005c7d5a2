"""What the demo answerer says: right when honest, wrong when not, and in one voice."""

import re
from collections import Counter
from functools import cache
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gap_server.demo.answerer.answers import Pair, answers_to
from gap_server.demo.answerer.lexicon import NUMBERS
from gap_server.demo.drawing import Pool
from gap_server.demo.scene.kinds import KINDS
from gap_server.demo.scene.looks import READ_WORDS
from tests.demo.answerer.asking import Typed, asked_questions, scene_at, typed
from tests.demo.answerer.oracle import judged, words_of
from tests.repeats import repeats

SCENES: tuple[tuple[Pool, int], ...] = tuple(
    chain((("simple", index) for index in range(300, 309)), (("complex", index) for index in range(300, 309)))
)


@cache
def pairs_over_scenes() -> list[tuple[Pool, int, str, Pair]]:
    """Every question put to scenes that it was not written for, a third of them to each scene."""
    found = []
    for turn, (pool, index) in enumerate(SCENES):
        for question in asked_questions()[turn % 3 :: 3]:
            pair = answers_to(scene_at(pool, index), question, f"{pool}{index}", "told")
            if pair is not None:
                found.append((pool, index, question, pair))
    return found


SHOWN = {word.lower() for word in READ_WORDS} | {"day", "sunny", "raining"} | set(NUMBERS)
SHOWN |= {word for kind in KINDS.values() for word in (*kind.name.split(), *kind.plural.split())}

_WORDS = st.sampled_from(
    """is are there how many what which where colour the a of on in left right top middle red blue big biggest
    and or not than more closer larger does do you see say written car dog cats bird trees boat sky grass road
    table sign book clock lamp man people thing things one two three ten flying sitting between next to above
    below kitchen park day night outdoors all both any same o'clock OPEN 5 doing picture window oragne
    """.split()  # noqa: SIM905  # easier to read
)


@given(st.lists(_WORDS, max_size=9).map(" ".join), st.sampled_from(SCENES))
@settings(max_examples=repeats(600, full=6000), deadline=None, derandomize=True)
def test_whatever_is_asked_there_is_an_answer_or_a_refusal(question: str, where: tuple[Pool, int]) -> None:
    scene = scene_at(*where)
    pair = answers_to(scene, question, "a picture", "told")
    assert pair is None or (pair.truth != pair.lie and judged(scene, pair.lie) is not True), (question, pair)


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_no_text_breaks_it(question: str) -> None:
    answers_to(scene_at("complex", 22), question, "a picture", "told")


def right(question: Typed) -> bool:
    pair = answers_to(scene_at(question.pool, question.number), question.ask, "the picture", "told")
    return pair is not None and re.search(question.accept, pair.truth.lower()) is not None


@pytest.mark.parametrize("batch", sorted(typed()))
def test_nine_of_ten_typed_questions_are_answered_right(batch: str) -> None:
    questions = typed()[batch]
    wrong = [question for question in questions if not right(question)]
    assert len(wrong) <= len(questions) / 10, wrong


def test_there_are_two_hundred_of_them_all_different() -> None:
    assert len(set(asked_questions())) > 250


def test_no_lie_is_ever_true() -> None:
    for pool, index, question, pair in pairs_over_scenes():
        assert pair.lie != pair.truth, question
        assert judged(scene_at(pool, index), pair.lie) is not True, (pool, index, question, pair)


def test_what_is_said_to_those_who_look_is_so_or_is_not() -> None:
    for question in chain(*typed().values()):
        scene = scene_at(question.pool, question.number)
        pair = answers_to(scene, question.ask, "the picture", "told")
        assert pair is None or judged(scene, pair.truth) is not False, (question, pair)
        assert pair is None or judged(scene, pair.lie) is not True, (question, pair)


def test_no_truth_is_ever_false() -> None:
    for pool, index, question, pair in pairs_over_scenes():
        assert judged(scene_at(pool, index), pair.truth) is not False, (pool, index, question, pair)


def test_the_judge_of_these_tests_can_judge_most_answers() -> None:
    verdicts = [
        judged(scene_at(pool, index), said)
        for pool, index, _, pair in pairs_over_scenes()
        for said in (pair.truth, pair.lie)
    ]
    assert verdicts.count(None) < len(verdicts) * 0.26


def test_a_lie_about_a_number_is_off_by_little_and_never_negative() -> None:
    for pool, index, question, pair in pairs_over_scenes():
        if not question.lower().startswith("how many"):
            continue
        assert "-" not in pair.lie.replace("twenty-", ""), (pool, index, question)
        if re.search(r"\bno\b", pair.lie) and not re.search(r"\bno\b", pair.truth):
            assert re.search(r"\b(one|two)\b", pair.truth), pair


def test_lies_and_truths_sound_alike() -> None:
    """No word but such as the picture shows stands in one arm only, and neither arm is longer."""
    truths, lies = Counter[str](), Counter[str]()
    lengths: list[tuple[int, int]] = []
    for question in chain(*typed().values()):
        for turn in range(4):
            pair = answers_to(scene_at(question.pool, question.number), question.ask, str(turn), "told")
            if pair is None:
                continue
            truths.update(words_of([pair.truth]))
            lies.update(words_of([pair.lie]))
            lengths.append((len(pair.truth), len(pair.lie)))
    one_sided = {
        word
        for word in truths | lies
        if min(truths[word], lies[word]) == 0 and max(truths[word], lies[word]) > 12 and word not in SHOWN
    }
    assert not one_sided
    mean_truth, mean_lie = (sum(column) / len(lengths) for column in zip(*lengths, strict=True))
    assert abs(mean_truth - mean_lie) < 2


def test_answers_are_short_sentences_without_hedging() -> None:
    for _, _, question, pair in pairs_over_scenes():
        for said in (pair.truth, pair.lie):
            assert len(said.split()) < 60, question
            assert re.fullmatch(r"[A-Z].*\.", said), said
            assert not re.search(r"\b(maybe|perhaps|might|probably|not sure|actually)\b", said.lower()), said
            assert "  " not in said


def test_a_lie_told_and_an_honest_mistake_need_not_be_the_same() -> None:
    scene = scene_at("complex", 22)
    told, slipped = (
        answers_to(scene, "What colour is the cat?", "a picture", role) for role in ("told", "slipped")
    )
    assert told
    assert slipped
    assert told.truth == slipped.truth
    other = [
        answers_to(scene, question, f"picture {n}", role)
        for n in range(5)
        for question in asked_questions()[:30]
        for role in ("told", "slipped")
    ]
    assert any(a and b and a.lie != b.lie for a, b in zip(other[::2], other[1::2], strict=True))


@pytest.mark.parametrize(
    ("typed_so", "meant"),
    [
        ("how many rabits are there", "rabbits"),
        ("how mnay benches are there", "benches"),
        ("what color is the palne", "plane"),
        ("is there a hosue", "house"),
    ],
)
def test_a_slip_of_one_letter_is_understood(typed_so: str, meant: str) -> None:
    pair = answers_to(scene_at("complex", 22), typed_so, "a picture", "told")
    assert pair is not None
    assert meant.rstrip("s") in pair.truth
