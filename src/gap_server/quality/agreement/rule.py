"""The rule: the first of these that applies to both answers decides, else it is unclear.

Identical; declining to say; yes or no; numbers; colours; places; the words they share.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gap_server.quality.agreement.colours import colours, may_be_the_same
from gap_server.quality.agreement.meaning import meaning
from gap_server.quality.agreement.numbers import Quantities, quantities
from gap_server.quality.agreement.places import contradict, places
from gap_server.quality.agreement.polarity import declined, negated, polarity
from gap_server.quality.words import words

VERSION: Final = "2"
"""Goes up with any change by which some pair is judged otherwise."""

SHARED: Final = 0.6
"""Of all words that carry meaning in either answer, the share that makes them say the same."""

FEW: Final = 3
"""Answers of at most so many words of meaning contradict each other if they share none."""


class Sameness(StrEnum):
    """What can be told of two answers by their words."""

    SAME = "same"
    DIFFERENT = "different"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Agreement:
    """`rule`: the name of what decided, for whoever asks why."""

    sameness: Sameness
    rule: str


def agreement(one: str, other: str, question: str | None = None) -> Agreement:
    """Whether two answers say the same. Symmetric. `question`: what both answer; it decides more."""
    if words(one) == words(other):
        return Agreement(Sameness.SAME, "identical")
    if not words(one) or not words(other) or declined(one) or declined(other):
        return Agreement(Sameness.UNCLEAR, "declined")
    for rule in (_by_yes_or_no, _by_numbers, _by_colours, _by_places):
        found = rule(one, other, question)
        if found is not None:
            return found
    return _by_words(one, other)


def _by_yes_or_no(one: str, other: str, question: str | None) -> Agreement | None:
    first, second = polarity(one, question), polarity(other, question)
    if first is None or second is None:
        return None
    if first != second:
        return Agreement(Sameness.DIFFERENT, "yes_no")
    if not first:
        return _by_what_is_put_in_its_place(one, other, question) or Agreement(Sameness.SAME, "yes_no")
    details = (rule(one, other, question) for rule in (_by_numbers, _by_colours))
    contradictions = (found for found in details if found and found.sameness is Sameness.DIFFERENT)
    return next(contradictions, Agreement(Sameness.SAME, "yes_no"))


def _by_what_is_put_in_its_place(one: str, other: str, question: str | None) -> Agreement | None:
    """Both say no: is it red? No, it is blue; no, it is green. One of them is a lie.

    Of what the question names alone: who says no to a cat may name a white dog, or a black horse.
    """
    asked = question or ""
    if named := colours(asked):
        first, second = colours(one) - named, colours(other) - named
        if first and second and first != second:
            near = may_be_the_same(first, second) or first & second
            return Agreement(Sameness.UNCLEAR if near else Sameness.DIFFERENT, "colour")
    if counted := set(quantities(asked).numbers):
        numbers = [set(quantities(answer).numbers) - counted for answer in (one, other)]
        if all(numbers) and not numbers[0] & numbers[1]:
            return Agreement(Sameness.DIFFERENT, "number")
    return None


def _by_numbers(one: str, other: str, question: str | None) -> Agreement | None:
    first, second = quantities(one), quantities(other)
    if not first.numbers and not second.numbers:
        return None
    sameness = _of_numbers(first, second)
    if sameness is Sameness.SAME and question is None and _other_things(one, other):
        sameness = Sameness.UNCLEAR
    return Agreement(sameness, "number")


def _of_numbers(first: Quantities, second: Quantities) -> Sameness:
    if not first.numbers or not second.numbers:
        return Sameness.UNCLEAR
    if sorted(first.numbers) == sorted(second.numbers):
        return Sameness.SAME
    if first.vague or second.vague:
        return Sameness.UNCLEAR
    heads = [_head(first), _head(second)]
    if None not in heads:
        return Sameness.SAME if heads[0] == heads[1] else Sameness.DIFFERENT
    return Sameness.UNCLEAR if set(first.numbers) & set(second.numbers) else Sameness.DIFFERENT


def _head(said: Quantities) -> int | None:
    """The number that answers: the only one, or the one that sums up the rest."""
    if len(said.numbers) == 1:
        return said.numbers[0]
    most = max(said.numbers)
    return most if said.total or 2 * most == sum(said.numbers) else None


def _other_things(one: str, other: str) -> bool:
    """Whether both name things, and none in common."""
    first, second = (_things(answer) for answer in (one, other))
    return bool(first) and bool(second) and not first & second


def _things(answer: str) -> frozenset[str]:
    return frozenset(word for word in meaning(answer) if not quantities(word).numbers)


def _by_colours(one: str, other: str, _question: str | None) -> Agreement | None:
    first, second = colours(one), colours(other)
    if not first or not second:
        return None
    if first == second:
        return Agreement(Sameness.UNCLEAR if negated(one) != negated(other) else Sameness.SAME, "colour")
    same = may_be_the_same(first, second)
    return Agreement(Sameness.UNCLEAR if same or first & second else Sameness.DIFFERENT, "colour")


def _by_places(one: str, other: str, _question: str | None) -> Agreement | None:
    first, second = places(one), places(other)
    return Agreement(Sameness.DIFFERENT, "place") if contradict(first, second) else None


def _by_words(one: str, other: str) -> Agreement:
    first, second = meaning(one), meaning(other)
    shared, either = first & second, first | second
    if either and (len(shared) / len(either) >= SHARED or (shared and shared in (first, second))):
        return Agreement(Sameness.DIFFERENT if negated(one) != negated(other) else Sameness.SAME, "words")
    if first and second and not shared and max(len(first), len(second)) <= FEW:
        return Agreement(Sameness.DIFFERENT, "words")
    return Agreement(Sameness.UNCLEAR, "words")
