"""What the doctor says: findings with their counts and rows, and what they mean for the set."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from gap_server.research.doctor.records import Record

EXAMPLES: Final = 5


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


def of_rows(name: str, weight: Weight, sentence: str, rows: Iterable[tuple[Record, str]]) -> list[Finding]:
    """A finding about single rows, each with what stands in it; none where there is no such row."""
    found = list(rows)
    if not found:
        return []
    examples = [f"{record.file}:{record.row} {shown}"[:200] for record, shown in found[:EXAMPLES]]
    return [Finding(name, weight, sentence, len({id(record) for record, _ in found}), examples)]


def of_groups(
    name: str, weight: Weight, sentence: str, groups: Iterable[tuple[list[Record], str]]
) -> list[Finding]:
    """A finding about rows that do not go together; `count` is of the groups."""
    found = list(groups)
    if not found:
        return []
    examples = [
        f"{', '.join(f'{record.file}:{record.row}' for record in group[:4])} {shown}"[:240]
        for group, shown in found[:EXAMPLES]
    ]
    return [Finding(name, weight, sentence, len(found), examples)]
