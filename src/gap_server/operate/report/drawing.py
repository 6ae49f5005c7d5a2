"""A figure as a picture: bars that stand, bars that lie, and what is written around them.

Pillow draws them, as it draws the share card: it is in the server's image anyway, so that operators get
pictures where the server runs, and bars are all that the figures need.
"""

import io
from collections.abc import Sequence
from textwrap import wrap
from typing import Final

from PIL import Image, ImageDraw
from PIL.ImageDraw import ImageDraw as Pen

from gap_server.operate.report.axis import Axis
from gap_server.operate.report.figure import Figure, Value
from gap_server.share_card.lettering import BOLD, MEDIUM, fitting, letters

WIDTH, HEIGHT = 1200, 675
MARGIN = 48
TOP = 176
"""Where the bars' field begins, below the title, what it means and the legend."""
FOOT = 78
FIELD = (MARGIN + 62, WIDTH - MARGIN)
"""The left and right edges of the field of standing bars."""

LABELS_WIDTH: Final = 640
"""What lying bars leave on their left for their names, at most."""
ROW, BAR = 44, 30
MOST_ROWS: Final = 24
"""Of more, the first are drawn, and the picture says so; the table has all."""
NUMBERED: Final = 16
"""As many standing bars have their number written above them; of more, it would not be legible."""

GROUND, INK, GREY, GRID = (255, 255, 255), (24, 34, 56), (98, 108, 128), (226, 231, 240)
COLOURS = ((40, 104, 210), (242, 166, 40), (36, 160, 110), (170, 178, 194))
TITLE, TEXT, SMALL = 34, 20, 18


def draw(figure: Figure) -> bytes:
    """A PNG, 1200 pixels wide; the same figure is always the same bytes."""
    rows = min(len(figure.rows), MOST_ROWS)
    height = HEIGHT if figure.bars.upright else max(HEIGHT // 2, TOP + rows * _row_height(figure) + FOOT)
    picture = Image.new("RGB", (WIDTH, height), GROUND)
    pen = ImageDraw.Draw(picture)
    _head(pen, figure)
    if not figure.rows:
        middle = ((WIDTH / 2), (TOP + height) / 2)
        pen.text(middle, "Nothing yet", fill=GREY, font=letters(MEDIUM, TITLE), anchor="mm")
    elif figure.bars.upright:
        _stand(pen, figure)
    else:
        _lie(pen, figure)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _head(pen: Pen, figure: Figure) -> None:
    width = WIDTH - 2 * MARGIN
    title = fitting(figure.title, BOLD, TITLE, width)
    pen.text((MARGIN, 56), figure.title, fill=INK, font=title, anchor="ls")
    for n, line in enumerate(wrap(figure.meaning, 130)[:3]):
        pen.text((MARGIN, 86 + 24 * n), line, fill=GREY, font=letters(MEDIUM, SMALL), anchor="ls")
    if len(figure.bars.values) > 1 and figure.rows:
        _legend(pen, figure.bars.values)


def _legend(pen: Pen, names: Sequence[str]) -> None:
    right: float = WIDTH - MARGIN
    for name, colour in reversed(list(zip(names, COLOURS, strict=False))):
        word = name.replace("_", " ")
        right -= letters(MEDIUM, SMALL).getlength(word)
        pen.text((right, TOP - 14), word, fill=INK, font=letters(MEDIUM, SMALL), anchor="ls")
        pen.rectangle((right - 24, TOP - 28, right - 10, TOP - 14), fill=colour)
        right -= 48


def _stand(pen: Pen, figure: Figure) -> None:
    """Bars on the ground, their values beside an axis on the left, their names below."""
    bars, (left, right), bottom = figure.bars, FIELD, HEIGHT - FOOT
    piles = [[_length(value) for value in pile] for pile in _piles(figure)]
    axis = Axis.up_to(max((sum(pile) for pile in piles), default=0), share=bars.share)
    scale = (bottom - TOP - 24) / axis.end
    for mark in axis.marks:
        y = bottom - mark * scale
        pen.line((left, y, right, y), fill=GRID, width=2)
        pen.text((left - 10, y), axis.text(mark), fill=GREY, font=letters(MEDIUM, SMALL), anchor="rm")
    pen.text((left - 62, TOP - 20), bars.unit, fill=GREY, font=letters(MEDIUM, SMALL), anchor="ls")
    step = (right - left) / len(piles)
    for n, pile in enumerate(piles):
        middle, y = left + (n + 0.5) * step, float(bottom)
        half = max(1.0, min(step * 0.4, 60))
        for length, colour in zip(pile, COLOURS, strict=False):
            if length:
                top = min(y - length * scale, y - 1)  # the least there is can be seen
                pen.rectangle((middle - half, top, middle + half, y - 1), fill=colour)
            y -= length * scale
        if len(piles) <= NUMBERED:
            font = letters(MEDIUM, SMALL)
            pen.text((middle, y - 6), axis.text(sum(pile)), fill=INK, font=font, anchor="ms")
    _names_below(pen, figure, step)


def _names_below(pen: Pen, figure: Figure, step: float) -> None:
    """As many of the names as have room."""
    labels, font = figure.labels(), letters(MEDIUM, SMALL)
    every = 1 + int(max(font.getlength(label) for label in labels) + 12) // max(1, int(step))
    for n, label in list(enumerate(labels))[::every]:
        middle = FIELD[0] + (n + 0.5) * step
        pen.text((middle, HEIGHT - FOOT + 12), label, fill=INK, font=font, anchor="mt")
    pen.text((sum(FIELD) / 2, HEIGHT - 16), figure.bars.names, fill=GREY, font=font, anchor="ms")


def _lie(pen: Pen, figure: Figure) -> None:
    """Bars from a line on the left, a row of the table each, its name before and its value behind it."""
    bars, font = figure.bars, letters(MEDIUM, TEXT)
    names = [_cut(label, LABELS_WIDTH) for label in figure.labels()[:MOST_ROWS]]
    left, right = MARGIN + 20 + max(font.getlength(name) for name in names), WIDTH - MARGIN - 110
    rows = [[figure.column(name)[n] for name in bars.values] for n in range(len(figure.rows))][:MOST_ROWS]
    axis = Axis.up_to(max((_length(value) for row in rows for value in row), default=0), share=bars.share)
    scale, height = (right - left) / axis.end, _row_height(figure)
    for n, (name, row) in enumerate(zip(names, rows, strict=True)):
        top = TOP + n * height
        pen.text((left - 14, top + (height - ROW + BAR) / 2), name, fill=INK, font=font, anchor="rm")
        for value, colour in zip(row, COLOURS, strict=False):
            end = left + _length(value) * scale
            pen.rectangle((left, top, max(left + 1, end), top + BAR - 4), fill=colour)
            text = "not known" if value is None else axis.text(_length(value))
            pen.text((end + 10, top + BAR / 2 - 2), text, fill=INK, font=font, anchor="lm")
            top += BAR
    foot = TOP + len(rows) * height + 24
    pen.line((left, TOP - 8, left, foot - 24), fill=GREY, width=2)
    more = len(figure.rows) - len(rows)
    note = f"{bars.unit}; and {more} more, in the table" if more else bars.unit
    pen.text((left, foot + 8), note, fill=GREY, font=letters(MEDIUM, SMALL), anchor="ls")


def _row_height(figure: Figure) -> int:
    return ROW + BAR * (len(figure.bars.values) - 1)


def _piles(figure: Figure) -> list[list[Value]]:
    """What stands on each other, bar by bar."""
    columns = [figure.column(name) for name in figure.bars.values]
    return [list(pile) for pile in zip(*columns, strict=True)]


def _length(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _cut(text: str, width: float) -> str:
    """No wider than `width` pixels; what was cut away is dots."""
    font = letters(MEDIUM, TEXT)
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "...") > width:
        text = text[:-1]
    return text + "..."
