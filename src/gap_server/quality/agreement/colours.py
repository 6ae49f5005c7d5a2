"""The colours that an answer names, by their plain name, English and Russian."""

from collections.abc import Mapping
from typing import Final

from gap_server.quality.words import words

_NAMES: Final[Mapping[str, str]] = {
    "red": "red crimson scarlet maroon burgundy ruby reddish",
    "blue": "blue navy azure cobalt bluish cyan",
    "green": "green olive lime emerald greenish",
    "yellow": "yellow golden gold lemon yellowish",
    "orange": "orange amber",
    "purple": "purple violet lilac lavender mauve",
    "pink": "pink magenta fuchsia rose pinkish",
    "brown": "brown chestnut chocolate brownish",
    "black": "black",
    "white": "white ivory whitish",
    "grey": "grey gray silver silvery greyish grayish",
    "beige": "beige tan cream khaki",
    "turquoise": "turquoise teal aqua",
}
_STEMS: Final[Mapping[str, str]] = {
    "красн": "red",
    "алый": "red",
    "бордов": "red",
    "багров": "red",
    "син": "blue",
    "голуб": "blue",
    "лазурн": "blue",
    "зелен": "green",
    "салатов": "green",
    "оливков": "green",
    "желт": "yellow",
    "золотист": "yellow",
    "золот": "yellow",
    "оранжев": "orange",
    "рыж": "orange",
    "фиолетов": "purple",
    "пурпурн": "purple",
    "сиренев": "purple",
    "лилов": "purple",
    "розов": "pink",
    "малинов": "pink",
    "коричнев": "brown",
    "бур": "brown",
    "черн": "black",
    "бел": "white",
    "сер": "grey",
    "серебрист": "grey",
    "бежев": "beige",
    "кремов": "beige",
    "бирюзов": "turquoise",
}
_ENDING_FORMS: Final = "ый ий ой ая яя ое ее ые ие ого его ому ему ым им ом ем ую юю ых их ыми ими о е а"
_ENDINGS: Final = frozenset(_ENDING_FORMS.split())
_PLAIN: Final = {word: colour for colour, forms in _NAMES.items() for word in forms.split()}

_NEAR_PAIRS: Final = (
    "turquoise blue,turquoise green,beige white,beige brown,beige yellow,orange red,orange yellow,"
    "orange brown,pink red,pink purple,purple blue,grey white,grey black,brown red,brown yellow,grey blue"
)
NEAR: Final = frozenset(frozenset(pair.split()) for pair in _NEAR_PAIRS.split(","))
"""Colours that two honest people may call each other's names: no contradiction can be read off them."""


def colour(word: str) -> str | None:
    """The plain name of the colour that a word (folded) names."""
    if word in _PLAIN:
        return _PLAIN[word]
    return next(
        (name for stem, name in _STEMS.items() if word.startswith(stem) and word[len(stem) :] in _ENDINGS),
        None,
    )


def colours(answer: str) -> frozenset[str]:
    return frozenset(name for word in words(answer) if (name := colour(word)))


def may_be_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each colour of the smaller set is in the other, or near one that is."""
    few, more = sorted((one, other), key=len)
    return all(a in more or any(frozenset((a, b)) in NEAR for b in more) for a in few)
