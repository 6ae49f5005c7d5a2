"""Words of a short text, English or Russian, folded so that the same words compare equal."""

import re
import unicodedata
from typing import Final

_APOSTROPHES: Final = str.maketrans("’ʼ`‘´", "'''''")
_WORD: Final = re.compile(r"\d+(?:[:.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")
_ENDINGS: Final = (
    *("ами", "ями", "ого", "его", "ому", "ему", "ыми", "ими", "ая", "яя", "ое", "ее", "ые", "ие", "ый", "ий"),
    *("ой", "ей", "ую", "юю", "ых", "их", "ым", "им", "ом", "ем", "ах", "ях", "ов", "ев", "ам", "ям"),
    *("а", "я", "о", "е", "ы", "и", "у", "ю", "ь", "й"),
)
_LEAST_STEM: Final = 3


def folded(text: str) -> str:
    """Lower case, one form of each letter and apostrophe (ё is е), a space between words."""
    plain = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).casefold().replace("ё", "е")
    return " ".join(plain.split())


def words(text: str) -> list[str]:
    """Numbers as they are written ("10:30", "3.5"), words with their apostrophes, in order."""
    return _WORD.findall(folded(text))


def stem(word: str) -> str:
    """A word without what it carries for grammar. Rough, and the same for the same word in other forms."""
    if not word.isascii():
        return _russian_stem(word)
    if len(word) > _LEAST_STEM and word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ("sses", "shes", "ches", "xes", "zes"):
        if word.endswith(ending):
            return word[:-2]
    if len(word) > _LEAST_STEM and word.endswith("s") and word[-2:] not in ("ss", "us", "is"):
        return word[:-1]
    return word


def _russian_stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word[: -len(ending)]
    return word
