"""Patterns that are compiled once: there are more than `re` itself keeps, and to compile them anew for each
question took nine tenths of its time."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

MOST: Final = 8192
"""Some are made of a scene's words; 8,192 would take some 30 MB."""


@lru_cache(MOST)
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def search(pattern: str, text: str) -> re.Match[str] | None:
    return compiled(pattern).search(text)


def match(pattern: str, text: str) -> re.Match[str] | None:
    return compiled(pattern).match(text)


def fullmatch(pattern: str, text: str) -> re.Match[str] | None:
    return compiled(pattern).fullmatch(text)


def findall(pattern: str, text: str) -> list[str]:
    return compiled(pattern).findall(text)


def sub(pattern: str, by: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
    return compiled(pattern).sub(by, text, count)
