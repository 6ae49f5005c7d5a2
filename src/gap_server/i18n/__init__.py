"""What the game says outside of the mini-app: the bot's messages, the share card and the line of who is not
answered, one file a language.

A new language is one new file here, named by its code, with `WORDS` in it; the type of `Words` says what it
needs.
"""

import pkgutil
import re
from collections.abc import Mapping
from importlib import import_module

from gap_server.i18n.words import ORIGINAL_NAME, Words

FALLBACK = "en"


def _read() -> dict[str, Words]:
    names = [module.name for module in pkgutil.iter_modules(__path__) if module.name != "words"]
    return {name: import_module(f"{__name__}.{name}").WORDS for name in sorted(names)}


LANGUAGES: Mapping[str, Words] = _read()


def spoken(language: str | None) -> str:
    """The code of the language that we speak to somebody whose language this is (BCP 47)."""
    primary = (language or FALLBACK).replace("_", "-").partition("-")[0].lower()
    return primary if primary in LANGUAGES else FALLBACK


def words_in(language: str | None) -> Words:
    """The words for a BCP 47 language, whatever its region; English where we do not speak it."""
    return LANGUAGES[spoken(language)]


def words_for(text: str) -> Words:
    """The words of the language in which somebody wrote; English where its letters do not tell."""
    for name, words in LANGUAGES.items():
        if name != FALLBACK and re.search(f"[{words.letters}]", text, re.IGNORECASE):
            return words
    return LANGUAGES[FALLBACK]


def game_name(words: Words, app_name: str) -> str:
    """What the operator calls the game, or, where that was left alone, its name in the language."""
    return words.name if app_name == ORIGINAL_NAME else app_name
