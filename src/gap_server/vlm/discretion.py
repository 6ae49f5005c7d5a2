"""Whether a model keeps what it was told to itself, as far as its last answers show."""

from dataclasses import dataclass
from typing import Final

ENOUGH: Final = 100
"""Plain questions in a row, asked in both arms and given away in neither, until one arm is asked alone again.

Whatever a model does, in whatever order: between two answers that gave their arm away by a second try or a
refusal lie so many that could not. Beside the first of a process that is one question in 101 at most; were
each of them tainted, one tainted question in 50, and an AUC of 0.51. With a chance of its own for each answer
it is at most 0.503. (Questions that are under way together may slip together.)
"""


@dataclass(slots=True)
class Discretion:
    """Of one model, in this process. `kept`: plain questions in a row; trusted until it slips.

    It is the same for every player and both arms at any moment: which way a question is asked tells nothing.
    """

    kept: int = ENOUGH

    @property
    def is_trusted(self) -> bool:
        return self.kept >= ENOUGH

    def note(self, *, gave_away: bool) -> None:
        self.kept = 0 if gave_away else self.kept + 1
