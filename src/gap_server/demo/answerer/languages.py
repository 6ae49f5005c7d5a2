"""The languages that the demo answerer speaks: each is read into plain English words, and says answers.

Another language is one more folder: a table of words, a gloss, and sentences.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from gap_server.demo.answerer.claims import Answer
from gap_server.demo.answerer.dice import Dice
from gap_server.demo.answerer.english import sentences as english
from gap_server.demo.answerer.russian import gloss
from gap_server.demo.answerer.russian import sentences as russian


@dataclass(frozen=True, slots=True)
class Language:
    """`letters`: what is written in it has one of these. `words`: a question in plain English words."""

    letters: re.Pattern[str]
    words: Callable[[str], str]
    say: Callable[[Answer, Dice], str]


ENGLISH = Language(re.compile(""), str, english.say)
RUSSIAN = Language(re.compile("[а-яё]", re.IGNORECASE), gloss.english, russian.say)


def language_of(question: str) -> Language:
    """The language in which a question is asked, and so answered."""
    return RUSSIAN if RUSSIAN.letters.search(question) else ENGLISH
