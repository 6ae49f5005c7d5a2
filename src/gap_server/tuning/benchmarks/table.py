"""The before/after table over models and benchmarks: what was lost stands as plainly as what was gained."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw
from PIL.ImageDraw import ImageDraw as Pen

from gap_server.errors import EvaluationRefused
from gap_server.share_card.lettering import BOLD, MEDIUM, fitting, letters
from gap_server.tuning.benchmarks.results import Change

COLUMNS: Final = ("model", "benchmark", "before", "after")
SURE: Final = 0.0005
"""Below it a change is told as none: half of a thousandth of what was before."""

GROUND, INK, GREY, RULE = (255, 255, 255), (24, 34, 56), (98, 108, 128), (226, 231, 240)
GAIN, LOSS, NEITHER = (208, 236, 220), (250, 214, 208), (240, 242, 246)
WIDTH, MARGIN, ROW, HEAD = 1200, 48, 40, 132
NAMES: Final = 260
"""Pixels for the benchmarks' names."""


@dataclass(frozen=True, slots=True)
class ModelChanges:
    model: str
    changes: Sequence[Change]


def from_csv(file: Path) -> list[ModelChanges]:
    """A table written by `as_csv`. Raises EvaluationRefused."""
    found: dict[str, list[Change]] = {}
    try:
        with file.open(newline="", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                change = Change(row["benchmark"], float(row["before"]), float(row["after"]))
                found.setdefault(row["model"], []).append(change)
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise EvaluationRefused(f"{file} is no table of {', '.join(COLUMNS)}: {error}") from error
    return [ModelChanges(model, changes) for model, changes in found.items()]


def as_csv(models: Iterable[ModelChanges]) -> str:
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow([*COLUMNS, "change", "relative"])
    for one in models:
        for c in one.changes:
            lines.writerow(
                [one.model, c.name, c.before, c.after, f"{c.after - c.before:.6g}", f"{c.relative:.4f}"]
            )
    return text.getvalue()


def as_markdown(models: Sequence[ModelChanges]) -> str:
    """A row a benchmark; of each model before, after, and the change with its direction in a word."""
    heads = [
        "benchmark",
        *(f"{one.model}: {what}" for one in models for what in ("before", "after", "change")),
    ]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for name in _names(models):
        cells = [cell for one in models for cell in _cells(_of(one, name))]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join([*lines, "", _summary(models)]) + "\n"


def as_picture(models: Sequence[ModelChanges], title: str) -> bytes:
    """A PNG: green where a score rose, red where it fell, by the same measure."""
    names = _names(models)
    picture = Image.new("RGB", (WIDTH, HEAD + ROW * len(names) + MARGIN), GROUND)
    pen = ImageDraw.Draw(picture)
    pen.text((MARGIN, 56), title, fill=INK, font=fitting(title, BOLD, 32, WIDTH - 2 * MARGIN), anchor="ls")
    width = (WIDTH - 2 * MARGIN - NAMES) / max(1, len(models))
    for place, one in enumerate(models):
        left = MARGIN + NAMES + place * width
        font = fitting(one.model, MEDIUM, 20, int(width) - 12)
        pen.text((left + 6, HEAD - 14), one.model, fill=INK, font=font, anchor="ls")
    for row, name in enumerate(names):
        _draw_row(pen, HEAD + row * ROW, name, [_of(one, name) for one in models], width)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def write_table(models: Sequence[ModelChanges], title: str, out: Path) -> None:
    """table.md, table.csv and table.png. Raises EvaluationRefused."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "table.md").write_text(f"# {title}\n\n{as_markdown(models)}", encoding="utf-8")
        (out / "table.csv").write_text(as_csv(models), encoding="utf-8", newline="")
        (out / "table.png").write_bytes(as_picture(models, title))
    except OSError as error:
        raise EvaluationRefused(f"{out} cannot be written: {error.strerror}.") from error


def _draw_row(pen: Pen, top: float, name: str, changes: Sequence[Change | None], width: float) -> None:
    pen.line((MARGIN, top, WIDTH - MARGIN, top), fill=RULE)
    font = fitting(name, MEDIUM, 18, NAMES - 12)
    pen.text((MARGIN, top + ROW / 2), name, fill=INK, font=font, anchor="lm")
    for place, change in enumerate(changes):
        left = MARGIN + NAMES + place * width
        if change is not None:
            colour = {1: GAIN, -1: LOSS, 0: NEITHER}[_direction(change)]
            pen.rectangle((left, top + 3, left + width - 6, top + ROW - 3), fill=colour)
        told = " ".join(_cells(change)[:2]).replace(" ", " to ", 1) if change else "not run"
        step = f"{change.relative:+.1%}" if change else ""
        font = fitting(told, MEDIUM, 18, int(width * 0.62))
        pen.text((left + 8, top + ROW / 2), told, fill=INK if change else GREY, font=font, anchor="lm")
        pen.text((left + width - 14, top + ROW / 2), step, fill=INK, font=letters(MEDIUM, 16), anchor="rm")


def _names(models: Iterable[ModelChanges]) -> list[str]:
    return list(dict.fromkeys(change.name for one in models for change in one.changes))


def _of(one: ModelChanges, name: str) -> Change | None:
    return next((change for change in one.changes if change.name == name), None)


def _cells(change: Change | None) -> list[str]:
    if change is None:
        return ["-", "-", "not run"]
    word = {1: "gain", -1: "loss", 0: "same"}[_direction(change)]
    return [_number(change.before), _number(change.after), f"{change.relative:+.1%} {word}"]


def _direction(change: Change) -> int:
    return (change.relative > SURE) - (change.relative < -SURE)


def _number(value: float) -> str:
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.2f}"


def _summary(models: Iterable[ModelChanges]) -> str:
    return "\n".join(_told(one) for one in models)


def _told(one: ModelChanges) -> str:
    directions = [_direction(change) for change in one.changes]
    gained, lost = directions.count(1), directions.count(-1)
    return f"- {one.model}: {gained} rose, {lost} fell, {directions.count(0)} stayed."


def published() -> Iterator[ModelChanges]:
    """What the paper's authors published (arXiv 2410.04038, and their repository's Readme)."""
    yield from from_csv(Path(__file__).with_name("published.csv"))
