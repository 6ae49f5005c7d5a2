"""A question whose answer everybody knows tells little."""

from hypothesis import given
from hypothesis import strategies as st

from gap_server.quality.questions.commonness import (
    COMMONPLACE,
    answer_form,
    bits,
    form_id,
    question_form,
    repeated,
)


def test_the_same_question_in_other_words_of_grammar_has_one_form() -> None:
    assert question_form("Please tell me, how many dogs?") == question_form("How many dog")
    assert question_form("Сколько собак?") == question_form("Скажи, сколько собаки")
    assert question_form("How many dogs?") != question_form("How many cats?")


def test_answers_that_say_the_same_have_one_form() -> None:
    assert answer_form("There are three dogs.") == answer_form("3")
    assert answer_form("No, there is not.") == answer_form("There is no spaceship", "Is there a spaceship?")
    assert answer_form("A vase.") == answer_form("There is a vase")


def test_what_is_always_answered_alike_tells_little() -> None:
    assert bits([100]) < 0.1
    assert bits([30, 30, 20, 20]) == 1.0
    assert bits([]) == bits([1]) == 1.0, "a new question has the benefit of the doubt"


def test_a_question_is_commonplace_once_23_images_gave_one_answer() -> None:
    assert bits([22]) >= COMMONPLACE > bits([23])
    assert bits([98, 2]) < COMMONPLACE < bits([9, 1])


def test_a_form_is_named_so_that_its_words_cannot_be_read() -> None:
    assert form_id("how many dog") == form_id("how many dog") != form_id("how many cat")


def test_asking_the_same_again_and_again_is_worth_ever_less() -> None:
    over_time = [1 - repeated(n, n) for n in range(40)]
    assert over_time == sorted(over_time, reverse=True)
    assert over_time[0] == 1.0
    assert 0 < over_time[-1] < 0.1


@given(st.lists(st.integers(0, 1000), max_size=6))
def test_a_look_tells_at_most_one_bit_here(images: list[int]) -> None:
    assert 0 <= bits(images) <= 1
