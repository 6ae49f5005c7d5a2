"""Judges a Russian answer: its words one by one into the English that the judge of English answers reads."""

import re

from gap_server.demo.answerer.russian.forms import CASES, agreeing
from gap_server.demo.answerer.russian.qualities import COLOURS
from gap_server.demo.answerer.russian.words import HEARD
from gap_server.demo.scene.description import Scene
from tests.demo.answerer.oracle import judged

_NUMBERS = {
    "одно": "one", "одна": "one", "один": "one", "два": "two", "две": "two", "три": "three", "четыре": "four",
    "пять": "five", "шесть": "six", "семь": "seven", "восемь": "eight", "девять": "nine", "десять": "ten",
    "одиннадцать": "eleven", "двенадцать": "twelve", "тринадцать": "thirteen", "четырнадцать": "fourteen",
    "пятнадцать": "fifteen", "шестнадцать": "sixteen", "семнадцать": "seventeen", "восемнадцать": "eighteen",
    "девятнадцать": "nineteen", "двадцать": "twenty",
}  # fmt: skip
_REGIONS = {
    "вверху слева": "at the top left",
    "вверху справа": "at the top right",
    "внизу слева": "at the bottom left",
    "внизу справа": "at the bottom right",
    "вверху посередине": "in the middle at the top",
    "внизу посередине": "in the middle at the bottom",
    "слева": "on the left",
    "справа": "on the right",
    "посередине": "in the middle",
}


def _table() -> tuple[dict[str, str], dict[str, str]]:
    nouns = {form: name for name, word in reversed(HEARD) for form in (*word.one, *word.many)}
    genders = ("m", "f", "n", "pl")
    colours = {
        agreeing(word, case, gender): name
        for name, word in COLOURS.items()
        for case in CASES
        for gender in genders
    }
    return nouns, colours


_NOUNS, _COLOURS = _table()
_NOUN = "|".join(sorted(map(re.escape, _NOUNS), key=len, reverse=True))
_TINT = "|".join(_COLOURS)
_SHAPES: tuple[tuple[str, str], ...] = (
    (
        rf"(?:здесь|тут|на картинке|но есть) (?P<n>{'|'.join(_NUMBERS)})(?: (?P<c>{_TINT}))? (?P<k>{_NOUN})",
        "count",
    ),
    (rf"на картинке нет(?: (?P<c>{_TINT}))? (?P<k>{_NOUN})", "none"),
    (rf"(?P<k>{_NOUN}) (?P<list>(?:{_TINT})(?:(?:, | и )(?:{_TINT}))*)", "colours"),
    (rf"(?P<k>{_NOUN}) (?P<list>(?:{'|'.join(_REGIONS)})(?:(?:, | и )(?:{'|'.join(_REGIONS)}))*)", "places"),
    (r"написано (?P<list>«.*»)", "words"),
)
_COMPILED = tuple((re.compile(pattern), shape) for pattern, shape in _SHAPES)


def judged_russian(scene: Scene, answer: str) -> bool | None:
    """False where any sentence is; None where there is no rule for one."""
    plain = re.sub(r"^(?:да|нет), ", "", answer.lower().rstrip("."))
    verdicts = [_judged(scene, part) for part in re.split(r"\. |, (?=но есть)", plain)]
    return False if False in verdicts else (None if None in verdicts else True)


def _judged(scene: Scene, sentence: str) -> bool | None:
    for pattern, shape in _COMPILED:
        said = pattern.fullmatch(sentence)
        if said:
            return judged(scene, _english(said, shape))
    return None


def _english(said: re.Match[str], shape: str) -> str:
    told = said.groupdict()
    noun = " ".join(
        filter(None, (_COLOURS.get(told.get("c") or "", ""), _NOUNS.get(told.get("k") or "", "")))
    )
    if shape == "count":
        return f"There are {_NUMBERS[told['n']]} {noun}."
    if shape == "none":
        return f"There are no {noun}."
    if shape == "words":
        return "They say " + told["list"].replace("«", '"').replace("»", '"') + "."
    parts = re.split(r", | и ", told["list"])
    table = _COLOURS if shape == "colours" else _REGIONS
    return f"The {noun} are {' and '.join(table[part] for part in parts)}."
