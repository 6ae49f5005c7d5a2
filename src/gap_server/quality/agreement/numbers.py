"""The quantities that an answer names, in digits and words, English and Russian in all cases."""

import re
from dataclasses import dataclass
from typing import Final

from gap_server.quality.words import folded, words

_ENGLISH: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_RUSSIAN: Final[dict[int, str]] = {
    0: "ноль нуль нуля нулю",
    1: "один одна одно одного одной одному одну одним",
    2: "два две двух двум двумя двое двоих оба обе",
    3: "три трех трем тремя трое троих",
    4: "четыре четырех четырем четырьмя четверо четверых",
    5: "пять пяти пятью пятеро пятерых",
    6: "шесть шести шестью шестеро",
    7: "семь семи семью семеро",
    8: "восемь восьми восемью",
    9: "девять девяти девятью",
    10: "десять десяти десятью",
    11: "одиннадцать одиннадцати",
    12: "двенадцать двенадцати дюжина",
    13: "тринадцать тринадцати",
    14: "четырнадцать четырнадцати",
    15: "пятнадцать пятнадцати",
    16: "шестнадцать шестнадцати",
    17: "семнадцать семнадцати",
    18: "восемнадцать восемнадцати",
    19: "девятнадцать девятнадцати",
}
_RUSSIAN_TENS: Final[dict[int, str]] = {
    20: "двадцать двадцати",
    30: "тридцать тридцати",
    40: "сорок сорока",
    50: "пятьдесят пятидесяти",
    60: "шестьдесят шестидесяти",
    70: "семьдесят семидесяти",
    80: "восемьдесят восьмидесяти",
    90: "девяносто",
}
_UNITS: Final = (
    {word: number for number, word in enumerate(_ENGLISH.split())}
    | {"dozen": 12, "both": 2, "single": 1}
    | {form: number for number, forms in _RUSSIAN.items() for form in forms.split()}
)
_ROUND: Final = {word: 10 * (n + 2) for n, word in enumerate(_TENS.split())} | {
    form: number for number, forms in _RUSSIAN_TENS.items() for form in forms.split()
}
_HUNDREDS: Final = {"hundred": 100, "сто": 100, "ста": 100, "thousand": 1000, "тысяча": 1000, "тысячи": 1000}

_NOT_ONE: Final = re.compile(r"\b(?:not a single|not one|no one|ни одн\w+)\b")
_NONE: Final = re.compile(
    r"^(?:no|none|nothing|nobody|нет|никого|ничего|нисколько)\b"
    r"|\b(?:there (?:is|are) (?:no|none)|(?:is|are) not any|aren't any)\b"
)

_VAGUE: Final = re.compile(
    r"\b(?:about|around|approximately|roughly|nearly|almost|at least|at most|more than|over|less than"
    r"|fewer|up to"
    r"|several|many|some|few|multiple|numerous|various|lots?"
    r"|около|примерно|приблизительно|почти|более|больше|менее|меньше|несколько|много|немного|минимум"
    r"|десятк\w+)\b"
    r"|\d\s?(?:-|–|to|or|до|или)\s?\d|\d\+"
)
_TOTAL: Final = re.compile(r"\b(?:total of|in total|altogether|in all|всего|в сумме|итого)\b")
_DIGITS: Final = re.compile(r"\d+(?:,\d{3})*")


@dataclass(frozen=True, slots=True)
class Quantities:
    """`numbers` in the order they are named. `vague`: about, at least, several. `total`: it sums up."""

    numbers: tuple[int, ...]
    vague: bool
    total: bool


def quantities(answer: str) -> Quantities:
    plain = folded(answer)
    found = (0,) if _NOT_ONE.search(plain) else _numbers(words(answer))
    if not found and _NONE.search(plain):
        found = (0,)
    return Quantities(found, bool(_VAGUE.search(plain)), bool(_TOTAL.search(plain)))


def _numbers(heard: list[str]) -> tuple[int, ...]:
    """`room`: what is said next is part of the last number if it is below this ("twenty" "one")."""
    found: list[int] = []
    room = 0
    for word in heard:
        value = _value(word)
        if value is None:
            room = room if word == "and" and room >= 100 else 0
        elif word in _HUNDREDS:
            found.append((found.pop() if found and found[-1] < value else 1) * value)
            room = value
        elif value < room and word in (_UNITS | _ROUND):
            found[-1] += value
            room = 10 if word in _ROUND else 0
        else:
            found.append(value)
            room = 10 if word in _ROUND else 0
    return tuple(found)


def _value(word: str) -> int | None:
    if _DIGITS.fullmatch(word):
        return int(word.replace(",", "")[:9])
    for table in (_UNITS, _ROUND, _HUNDREDS):
        if word in table:
            return table[word]
    return None
