"""What a question is worth: little where everybody knows the answer, or where it is asked again and again."""

from collections.abc import Mapping
from math import log2
from typing import Final

from gap_server.quality.agreement.meaning import meaning
from gap_server.quality.agreement.numbers import quantities
from gap_server.quality.agreement.polarity import polarity
from gap_server.quality.words import folded, stem, words

VERSION: Final = "1"
"""Goes up with any change that gives some question another form or worth."""

_POLITENESS: Final = "please tell me can you the a an so and ok well пожалуйста скажи а и ну"
_POLITE: Final = frozenset(_POLITENESS.split())
_ONCE: Final = 4
"""Rounds that a player starts with, as if other questions had been asked in them."""

Seen = Mapping[str, int]
"""Of one normal form of question: how many images each normal form of honest answer was given for."""


def question_form(question: str) -> str:
    """The same for questions that differ only in politeness and the endings of words."""
    kept = [stem(word) for word in words(question) if word not in _POLITE]
    return " ".join(kept) or folded(question)


def answer_form(answer: str, question: str | None = None) -> str:
    """The same for answers that say the same, roughly: yes, no, a number, or the words of meaning."""
    said = polarity(answer, question)
    if said is not None:
        return "yes" if said else "no"
    numbers = quantities(answer).numbers
    if numbers:
        return " ".join(str(number) for number in sorted(numbers))
    return " ".join(sorted(meaning(answer)))


def bits(answers: Seen) -> float:
    """How much a look at the picture tells of what is asked: the entropy of the honest answers, at most 1.

    As if one more image had been seen with an answer unlike the others: 1 where nothing is known of the
    question, .41 after ten images that were all answered alike, .08 after a hundred. Shannon (1948).
    """
    counts = [count for count in answers.values() if count > 0]
    if not counts:
        return 1.0
    total = sum(counts) + 1
    return min(1.0, -sum(count / total * log2(count / total) for count in [*counts, 1]))


def worth(answers: Seen, *, asked_before: int = 0, rounds_before: int = 0) -> float:
    """0 to 1: how much a question counts, in exports, quests and evidence. Never in points.

    `asked_before`: in how many of the player's own `rounds_before` the same form was asked.
    """
    return bits(answers) * (1 - asked_before / (rounds_before + _ONCE))
