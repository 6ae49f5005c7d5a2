"""What the doctor says: findings with their counts and rows, and what they mean for the set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

EXAMPLES: Final = 5
EXAMPLE_CHARS: Final = 240


class Weight(StrEnum):
    UNUSABLE = "unusable"
    """Training on it fails, or must not be done: no export of ours leaves with it."""
    REPORTED = "reported"
    """Worth knowing before training; goes into the data card."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`name` is stable. `count` rows (or groups of rows) have it; `examples`: the first few."""

    name: str
    weight: Weight
    sentence: str
    count: int
    examples: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`rows` records were read, `pairs` of question and answer in them. Shares are of pairs, 0 to 1.

    `unchecked`: what could not be examined here, and why.
    """

    rows: int
    pairs: int
    images: int
    findings: list[Finding]
    categories: Mapping[str, float]
    commonest: tuple[str, float] | None
    unchecked: list[str]

    @property
    def is_usable(self) -> bool:
        return self.rows > 0 and not any(f.weight is Weight.UNUSABLE for f in self.findings)

    def as_json(self) -> dict[str, Any]:
        return {
            "usable": self.is_usable,
            "rows": self.rows,
            "pairs": self.pairs,
            "images": self.images,
            "findings": [
                {
                    "name": f.name,
                    "weight": f.weight.value,
                    "count": f.count,
                    "sentence": f.sentence,
                    "examples": f.examples,
                }
                for f in self.findings
            ],
            "categories": dict(self.categories),
            "commonest_question": (
                {"question": self.commonest[0], "share": self.commonest[1]} if self.commonest else None
            ),
            "unchecked": self.unchecked,
        }


@dataclass(slots=True)
class Tally:
    """A finding while the set goes by: how often it was met, and where first."""

    name: str
    weight: Weight
    sentence: str
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def note(self, example: str) -> None:
        self.count += 1
        self.show(example)

    def show(self, example: str) -> None:
        """One more example of what was counted already."""
        if len(self.examples) < EXAMPLES:
            self.examples.append(example[:EXAMPLE_CHARS])

    def findings(self) -> list[Finding]:
        """The finding; none where it was never met."""
        if not self.count:
            return []
        return [Finding(self.name, self.weight, self.sentence, self.count, self.examples)]
