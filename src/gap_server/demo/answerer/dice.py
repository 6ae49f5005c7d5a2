"""Chance that falls the same way each time: drawn from the picture and the question, never from a clock or a
seed.
"""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """`shape` is drawn from the key alone, so that a sentence has the same form whatever it claims.

    `value` is drawn from the key and the role: a lie told on purpose and an honest mistake need not be the
    same one.
    """

    def __init__(self, key: str, role: str = "") -> None:
        self._key = key
        self._role = role

    def shape(self, label: str, options: Sequence[T]) -> T:
        return options[_number(f"{self._key}|{label}") % len(options)]

    def value(self, label: str, options: Sequence[T]) -> T:
        return options[_number(f"{self._key}|{self._role}|{label}") % len(options)]

    def fraction(self, label: str) -> float:
        """Evenly spread over [0, 1)."""
        return _number(f"{self._key}|{label}") / 2**64


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
