"""A training set as the doctor sees it: records, whichever form they were written in."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class Role(StrEnum):
    USER = "user"
    ASSISTANT = "assistant"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Turn:
    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """One row. `row`: its number in its file, from 1. `images`: paths or links, as they are written there.

    `rejected`: what the model should not say, in sets of preferences. `licence`, `consent`: where told.
    `malformed`: why it is no record at all; then nothing else is known of it.
    """

    file: str
    row: int
    turns: tuple[Turn, ...] = ()
    images: tuple[str, ...] = ()
    split: str | None = None
    rejected: str | None = None
    licence: str | None = None
    consent: bool | None = None
    malformed: str | None = None

    @property
    def place(self) -> str:
        return f"{self.file}:{self.row}"

    @property
    def questions(self) -> list[str]:
        return [turn.text for turn in self.turns if turn.role is Role.USER]

    @property
    def answers(self) -> list[str]:
        return [turn.text for turn in self.turns if turn.role is Role.ASSISTANT]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Each question with the answer that follows it."""
        spoken = [turn for turn in self.turns if turn.role is not Role.SYSTEM]
        return [
            (asked.text, said.text)
            for asked, said in pairwise(spoken)
            if asked.role is Role.USER and said.role is Role.ASSISTANT
        ]
