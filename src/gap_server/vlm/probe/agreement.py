"""Do two answers to one question say the same?

By what can be compared without understanding: yes or no, then numbers, else the words they share.
"""

import re
from typing import Final

from gap_server.vlm.screen.disguises import folded

SHARED: Final = 0.6
"""Of all words that carry meaning in either answer, the share that both must have."""

_NUMBERS: Final = {
    word: str(number)
    for words in (
        "zero one two three four five six seven eight nine ten eleven twelve",
        "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    )
    for number, word in enumerate(words.split())
} | {"no": "no", "none": "0", "single": "1", "одна": "1", "одно": "1", "две": "2"}
_SAYING_YES_OR_NO: Final = {"yes": True, "no": False, "да": True, "нет": False}
_EMPTY: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "is",
        "are",
        "was",
        "were",
        "be",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "there",
        "here",
        "in",
        "on",
        "at",
        "of",
        "to",
        "and",
        "or",
        "with",
        "has",
        "have",
        "i",
        "you",
        "he",
        "she",
        "they",
        "can",
        "see",
        "seen",
        "visible",
        "shown",
        "picture",
        "image",
        "photo",
        "appears",
        "seems",
    ]
)


def says_the_same(one: str, other: str) -> bool:
    first, second = _words(one), _words(other)
    yes_or_no = _yes_or_no(first), _yes_or_no(second)
    if None not in yes_or_no:
        return yes_or_no[0] == yes_or_no[1]
    numbers = _numbers(first), _numbers(second)
    if any(numbers):
        return numbers[0] == numbers[1]
    meaning = set(first) - _EMPTY, set(second) - _EMPTY
    either = meaning[0] | meaning[1]
    return not either or len(meaning[0] & meaning[1]) / len(either) >= SHARED


def _words(answer: str) -> list[str]:
    return [_NUMBERS.get(word, word) for word in re.findall(r"\w+", folded(answer))]


def _yes_or_no(words: list[str]) -> bool | None:
    return _SAYING_YES_OR_NO.get(words[0]) if words else None


def _numbers(words: list[str]) -> set[str]:
    return {word for word in words if word.isdigit()}
