"""Which of the languages that we can read a text is in, if it is one of them."""

from enum import StrEnum
from typing import Final

from gap_server.quality.words import words


class Language(StrEnum):
    """What the rules of this room are written for. Everything else is None, and is not guessed at."""

    ENGLISH = "en"
    RUSSIAN = "ru"


_RUSSIAN_ALPHABET: Final = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюя")
_NOT_RUSSIAN: Final = frozenset("іїєґўјљњћџђѓќѕәғқңөұүһ")
"""Letters by which other languages in Cyrillic give themselves away."""

_ENGLISH_WORDS: Final = (
    "the a an is are was were how many much what what's who whose where when which why does do did can "
    "could there any this that of on in at to from with and or it its they he she his her you number "
    "colour color image picture visible written tell me describe many name which's has have not no yes "
    "behind under people person man woman"
)
_ENGLISH: Final = frozenset(_ENGLISH_WORDS.split())
_OTHER_WORDS: Final = (
    "el la los las un una unos que qué cuántos cuantos cuántas cuantas hay donde dónde está esta color de "
    "del en y le les une des combien est sont quelle quel quels où il y-a sur dans et der die das ein "
    "eine wie viele ist sind welche wo wer auf im und il lo gli quanti quante è sono che di della nel "
    "quantos quantas onde há tem o os são é bu bir kaç var mı mi nerede ne renk berapa ada apa yang di"
)
_OTHERS: Final = frozenset(_OTHER_WORDS.split())
"""Commonest words of other languages in the Latin alphabet (Spanish, French, German, Italian, ...)."""


def language(text: str) -> Language | None:
    """By the alphabet, then by the commonest words; a lone word in Latin letters is taken for English."""
    heard = [word for word in words(text) if not word[0].isdigit()]
    letters = [letter for word in heard for letter in word if letter.isalpha()]
    if not letters:
        return None
    cyrillic = sum(letter in _RUSSIAN_ALPHABET for letter in letters)
    if any(letter in _NOT_RUSSIAN for letter in letters):
        return None
    if cyrillic * 2 > len(letters):
        return Language.RUSSIAN
    plain = sum(letter.isascii() for letter in letters)
    return _latin(heard, plain=plain == len(letters)) if plain * 2 > len(letters) else None


def _latin(heard: list[str], *, plain: bool) -> Language | None:
    english = sum(word in _ENGLISH for word in heard)
    others = sum(word in _OTHERS and word not in _ENGLISH for word in heard)
    return Language.ENGLISH if english > others or (plain and english == others) else None
