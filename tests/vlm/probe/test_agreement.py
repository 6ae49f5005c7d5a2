"""Whether two answers say the same, as far as words alone can tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gap_server.vlm.probe.agreement import says_the_same

SAME = [
    ("There are three dogs.", "I can see 3 dogs in the picture."),
    ("Yes, there is a person.", "Yes."),
    ("No, there is not.", "No."),
    ("The car is red.", "It is a red car."),
    ("Two.", "There are two birds on the wire."),
    ("Three men and 2 dogs.", "2 dogs, 3 men"),
    ("Да, есть.", "Да"),
]
DIFFERENT = [
    ("There are three dogs.", "There are four dogs."),
    ("Yes, there is a person.", "No, there is no person."),
    ("The car is red.", "The car is blue."),
    ("A cat is on the left.", "A wooden table is on the left."),
    ("There are two dogs.", "There are dogs."),
    ("Да, есть.", "Нет"),
    ("Три собаки.", "Две собаки."),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same(one: str, other: str) -> None:
    assert says_the_same(one, other)
    assert says_the_same(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different(one: str, other: str) -> None:
    assert not says_the_same(one, other)
    assert not says_the_same(other, one)


@given(st.text())
def test_an_answer_agrees_with_itself(answer: str) -> None:
    assert says_the_same(answer, answer)
