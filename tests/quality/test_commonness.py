"""A question whose answer everybody knows is worth little."""

from hypothesis import given
from hypothesis import strategies as st

from gap_server.quality.questions.commonness import answer_form, bits, question_form, worth

COUNTS = st.dictionaries(st.text(min_size=1), st.integers(0, 1000), max_size=6)


def test_the_same_question_in_other_words_of_grammar_has_one_form() -> None:
    assert question_form("Please tell me, how many dogs?") == question_form("How many dog")
    assert question_form("Сколько собак?") == question_form("Скажи, сколько собаки")
    assert question_form("How many dogs?") != question_form("How many cats?")


def test_answers_that_say_the_same_have_one_form() -> None:
    assert answer_form("There are three dogs.") == answer_form("3")
    assert answer_form("No, there is not.") == answer_form("There is no spaceship", "Is there a spaceship?")
    assert answer_form("A vase.") == answer_form("There is a vase")


def test_what_is_always_answered_alike_is_worth_little() -> None:
    spaceship, people = {"no": 100}, {"1": 30, "2": 30, "3": 20, "0": 20}
    assert worth(spaceship) < 0.1
    assert worth(people) == 1.0
    assert worth({}) == 1.0, "a new question has the benefit of the doubt"


def test_asking_the_same_again_and_again_is_worth_ever_less() -> None:
    answers = {"1": 3, "2": 3}
    over_time = [worth(answers, asked_before=n, rounds_before=n) for n in range(40)]
    assert over_time == sorted(over_time, reverse=True)
    assert over_time[0] == 1.0
    assert over_time[-1] < 0.1


@given(COUNTS)
def test_a_look_tells_at_most_one_bit_here(answers: dict[str, int]) -> None:
    assert 0 <= bits(answers) <= 1
