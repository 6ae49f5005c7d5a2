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

VERSION: Final = "1"
"""Goes up with any change by which some pair is judged otherwise."""

SHARED: Final = 0.6
"""Of all words that carry meaning in either answer, the share that makes them say the same."""

FEW: Final = 3
"""Answers of at most so many words of meaning contradict each other if they share none."""


class Verdict(StrEnum):
    """What can be told of two answers by their words."""

    SAME = "same"
    DIFFERENT = "different"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Agreement:
    """`rule`: the name of what decided, for whoever asks why."""

    verdict: Verdict
    rule: str


def agreement(one: str, other: str, question: str | None = None) -> Agreement:
    """Whether two answers say the same. Symmetric. `question`: what both answer; it decides more."""
    if words(one) == words(other):
        return Agreement(Verdict.SAME, "identical")
    if not words(one) or not words(other) or declined(one) or declined(other):
        return Agreement(Verdict.UNCLEAR, "declined")
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
        return Agreement(Verdict.DIFFERENT, "yes_no")
    details = (rule(one, other, question) for rule in (_by_numbers, _by_colours)) if first else ()
    contradictions = (found for found in details if found and found.verdict is Verdict.DIFFERENT)
    return next(contradictions, Agreement(Verdict.SAME, "yes_no"))


def _by_numbers(one: str, other: str, question: str | None) -> Agreement | None:
    first, second = quantities(one), quantities(other)
    if not first.numbers and not second.numbers:
        return None
    verdict = _numbers_verdict(first, second)
    if verdict is Verdict.SAME and question is None and _other_things(one, other):
        verdict = Verdict.UNCLEAR
    return Agreement(verdict, "number")


def _numbers_verdict(first: Quantities, second: Quantities) -> Verdict:
    if not first.numbers or not second.numbers:
        return Verdict.UNCLEAR
    if sorted(first.numbers) == sorted(second.numbers):
        return Verdict.SAME
    if first.vague or second.vague:
        return Verdict.UNCLEAR
    heads = [_head(first), _head(second)]
    if None not in heads:
        return Verdict.SAME if heads[0] == heads[1] else Verdict.DIFFERENT
    return Verdict.UNCLEAR if set(first.numbers) & set(second.numbers) else Verdict.DIFFERENT


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
        return Agreement(Verdict.UNCLEAR if negated(one) != negated(other) else Verdict.SAME, "colour")
    same = may_be_the_same(first, second)
    return Agreement(Verdict.UNCLEAR if same or first & second else Verdict.DIFFERENT, "colour")


def _by_places(one: str, other: str, _question: str | None) -> Agreement | None:
    first, second = places(one), places(other)
    return Agreement(Verdict.DIFFERENT, "place") if contradict(first, second) else None


def _by_words(one: str, other: str) -> Agreement:
    first, second = meaning(one), meaning(other)
    shared, either = first & second, first | second
    if either and (len(shared) / len(either) >= SHARED or (shared and shared in (first, second))):
        return Agreement(Verdict.DIFFERENT if negated(one) != negated(other) else Verdict.SAME, "words")
    if first and second and not shared and max(len(first), len(second)) <= FEW:
        return Agreement(Verdict.DIFFERENT, "words")
    return Agreement(Verdict.UNCLEAR, "words")
