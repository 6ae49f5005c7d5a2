"""How common a question is: little to learn where everybody knows the answer, or asks it again and again.

A question's *worth*, 0 to 1, is `bits(...) * (1 - repeated(...))`: how much it counts in exports and quests,
never in points.
"""

from collections.abc import Iterable
from hashlib import sha256
from math import log2
from typing import Final

from gap_server.quality.agreement.meaning import meaning
from gap_server.quality.agreement.numbers import quantities
from gap_server.quality.agreement.polarity import polarity
from gap_server.quality.words import folded, stem, words

VERSION: Final = "1"
"""Goes up with any change that gives some question another form."""

_POLITENESS: Final = "please tell me can you the a an so and ok well пожалуйста скажи а и ну"
_POLITE: Final = frozenset(_POLITENESS.split())
_ONCE: Final = 4
"""Rounds that a player starts with, as if other questions had been asked in them."""

COMMONPLACE: Final = 0.25
"""Bits. A question that tells less can be answered without a look at the picture: what a player makes of its
answers shows nothing. So it is once it was answered on 23 images, and always alike."""


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


def form_id(form: str) -> bytes:
    """A name for a normal form from which its words cannot be read; another one in each version."""
    return sha256(f"{VERSION}:{form}".encode()).digest()[:16]


def bits(images: Iterable[int]) -> float:
    """How much a look at the picture tells of what is asked: the entropy of the honest answers, at most 1.

    `images`: for how many images each normal form of answer was given.
    As if one more image had been seen with an answer unlike the others: 1 where nothing is known of the
    question, .41 after ten images that were all answered alike, .08 after a hundred. Shannon (1948).
    """
    counts = [count for count in images if count > 0]
    if not counts:
        return 1.0
    total = sum(counts) + 1
    return min(1.0, -sum(count / total * log2(count / total) for count in [*counts, 1]))


def repeated(asked_before: int, rounds_before: int) -> float:
    """0 to 1: in what share of the player's own rounds before this one the same was asked."""
    return asked_before / (rounds_before + _ONCE)
