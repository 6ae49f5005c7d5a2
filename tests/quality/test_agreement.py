"""Whether two answers say the same, measured on pairs that people labelled."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gap_server.quality.agreement.numbers import quantities
from gap_server.quality.agreement.rule import Sameness, agreement

PAIRS = [line.split("\t") for line in (Path(__file__).parent / "pairs.tsv").read_text("utf-8").splitlines()]
"""What it should be, the question ("-": not known), one answer, the other."""


def _sameness(question: str, one: str, other: str) -> Sameness:
    return agreement(one, other, None if question == "-" else question).sameness


def test_it_agrees_with_people() -> None:
    said = Counter((Sameness(label), _sameness(*texts)) for label, *texts in PAIRS)
    contradicted = said[Sameness.SAME, Sameness.DIFFERENT] + said[Sameness.DIFFERENT, Sameness.SAME]
    assert len(PAIRS) >= 120
    assert contradicted <= 0.01 * len(PAIRS)
    assert sum(said[label, label] for label in Sameness) >= 0.95 * len(PAIRS)


@pytest.mark.parametrize(
    ("one", "other", "question", "rule"),
    [
        ("Three", "3 dogs", "How many dogs?", "number"),
        ("Yes", "No", "Is there a dog?", "yes_no"),
        ("red", "blue", "What color is it?", "colour"),
        ("on the left", "on the right", "Where is it?", "place"),
        ("a dog", "a horse", "What is it?", "words"),
        ("a dog", "a dog.", "What is it?", "identical"),
        ("I can't tell", "a dog", "What is it?", "declined"),
    ],
)
def test_it_says_by_which_rule(one: str, other: str, question: str, rule: str) -> None:
    assert agreement(one, other, question).rule == rule


def test_the_question_decides_what_an_answer_without_yes_or_no_means() -> None:
    assert agreement("There is a dog", "No", "Is there a dog?").sameness is Sameness.DIFFERENT
    assert agreement("There is a dog", "No").sameness is not Sameness.SAME


@given(st.text(), st.text(), st.none() | st.text())
def test_it_does_not_matter_who_speaks_first(one: str, other: str, question: str | None) -> None:
    assert agreement(one, other, question) == agreement(other, one, question)


@given(st.text(), st.none() | st.text())
def test_an_answer_agrees_with_itself(answer: str, question: str | None) -> None:
    assert agreement(answer, answer, question).sameness is Sameness.SAME


ENGLISH = "zero one two three four five six seven eight nine ten eleven twelve"
RUSSIAN = "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать"


@given(st.integers(0, 12), st.integers(0, 12))
def test_numbers_are_the_same_in_digits_and_words_and_only_then(one: int, other: int) -> None:
    expected = Sameness.SAME if one == other else Sameness.DIFFERENT
    assert agreement(f"There are {ENGLISH.split()[one]}.", str(other), "How many dogs?").sameness is expected
    assert agreement(f"Там {RUSSIAN.split()[one]}", str(other), "Сколько собак?").sameness is expected


@pytest.mark.parametrize(
    ("answer", "numbers"),
    [
        ("one hundred and five", (105,)),
        ("two hundred", (200,)),
        ("twenty-one", (21,)),
        ("сорок два", (42,)),
        ("1,200 people", (1200,)),
        ("ни одной", (0,)),
        ("two cats and three dogs", (2, 3)),
    ],
)
def test_numbers_are_read(answer: str, numbers: tuple[int, ...]) -> None:
    assert quantities(answer).numbers == numbers
