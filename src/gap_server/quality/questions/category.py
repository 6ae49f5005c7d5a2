"""What a question is about: the first rule of its language that fits. Measured on hand-made labels."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from gap_server.quality.questions.english import ENGLISH
from gap_server.quality.questions.language import Language, language
from gap_server.quality.questions.russian import RUSSIAN
from gap_server.quality.words import folded

VERSION: Final = "1"
"""Goes up with any change that gives some question another category or language."""


class Category(StrEnum):
    """What one must look for in the picture to answer."""

    EXISTENCE = "existence"
    COUNTING = "counting"
    COLOUR = "colour"
    ATTRIBUTE = "attribute"
    """What something is like: size, shape, material, age, clothes, open or closed."""
    POSITION = "position"
    """Where something is, on which side, which way it faces."""
    TEXT = "text"
    """What is written, on which clock, by which brand."""
    ACTION = "action"
    """What somebody does or holds."""
    KIND = "kind"
    """What something is, of which kind."""
    SCENE = "scene"
    """The picture as a whole: a description, the weather, the time of day."""
    REASONING = "reasoning"
    """Comparing, explaining, foretelling."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Categorised:
    """`category` is None in a language that we have no rules for: unknown is not the same as other."""

    language: Language | None
    category: Category | None


_RULES: Final[Mapping[Language, Sequence[tuple[Category, re.Pattern[str]]]]] = {
    spoken: tuple((Category(name), re.compile(pattern)) for name, pattern in rules)
    for spoken, rules in ((Language.ENGLISH, ENGLISH), (Language.RUSSIAN, RUSSIAN))
}


@lru_cache(maxsize=1024)
def categorised(question: str) -> Categorised:
    """A question of the game is read twice: before it is asked, and for what its row tells of it."""
    spoken = language(question)
    if spoken is None:
        return Categorised(None, None)
    plain = folded(question)
    fits = (category for category, pattern in _RULES[spoken] if pattern.search(plain))
    return Categorised(spoken, next(fits, Category.OTHER))
