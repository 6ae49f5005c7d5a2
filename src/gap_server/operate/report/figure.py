"""A figure: a table with a title, and which of its columns make the picture."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

Value: TypeAlias = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Bars:
    """`label`: the columns that name a bar; `values`: the columns that are its length.

    Several values of one row are piled up where bars stand, else drawn beside each other. `share`: the
    values are between 0 and 1. `unit` stands at the axis, `names` below standing bars.
    """

    label: tuple[str, ...]
    values: tuple[str, ...]
    unit: str
    upright: bool = True
    share: bool = False
    names: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """`name` is the file's and the address's; `meaning` says what is counted. Each row has all `columns`."""

    name: str
    title: str
    meaning: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]
    bars: Bars

    def column(self, name: str) -> list[Value]:
        place = self.columns.index(name)
        return [row[place] for row in self.rows]

    def labels(self) -> list[str]:
        """What each row is called in the picture, on one line."""
        named = zip(*(self.column(name) for name in self.bars.label), strict=True)
        return [_on_one_line(parts) or "not known" for parts in named]

    def plain_rows(self) -> list[list[str | int | float | None]]:
        """The table for JSON, which has no dates."""
        return [[str(value) if isinstance(value, date) else value for value in row] for row in self.rows]

    def csv(self) -> str:
        """The table (RFC 4180). What is not known is empty."""
        text = io.StringIO(newline="")
        lines = csv.writer(text)
        lines.writerow(self.columns)
        lines.writerows(self.rows)
        return text.getvalue()


def share(part: int, whole: int) -> float | None:
    """To four places, which is more than any of them is sure of. None where there is nothing to share."""
    return round(part / whole, 4) if whole else None


def _on_one_line(parts: Sequence[Value]) -> str:
    text = ", ".join(str(part) for part in parts if part not in {None, ""})
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()
