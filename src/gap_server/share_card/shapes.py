"""What the share card is made of, drawn once a process: the ground, the squares, the logo, the flame."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cache

from PIL import Image, ImageDraw
from PIL.ImageDraw import ImageDraw as Pen

SHARP = 4
"""Shapes are drawn this many times larger and scaled down, which makes their edges smooth."""

Colour = tuple[int, int, int]
Point = tuple[float, float]

WHITE, DEEP, RED, SUN = (255, 255, 255), (20, 62, 146), (214, 55, 55), (255, 208, 84)
SKY_ABOVE, SKY_BELOW, FOOT = (54, 128, 238), (28, 78, 178), (18, 54, 130)


class Square(StrEnum):
    CAUGHT = "caught"
    MISSED = "missed"
    FLAGGED = "flagged"
    """An honest picture that the player flagged."""
    HONEST = "honest"
    UNPLAYED = "unplayed"


FILL: dict[Square, tuple[int, int, int, int]] = {
    Square.CAUGHT: (36, 190, 106, 255),
    Square.MISSED: (232, 78, 78, 255),
    Square.FLAGGED: (255, 208, 84, 255),
    Square.HONEST: (238, 244, 255, 255),
    Square.UNPLAYED: (255, 255, 255, 36),
}


@cache
def backdrop(width: int, height: int, foot: int) -> Image.Image:
    """Blue from light to deep, with a darker band of `foot` pixels at the bottom."""
    shade = Image.linear_gradient("L").resize((1, height)).resize((width, height))
    below, above = Image.new("RGB", (width, height), SKY_BELOW), Image.new("RGB", (width, height), SKY_ABOVE)
    ground = Image.composite(below, above, shade)
    ground.paste(FOOT, (0, height - foot, width, height))
    return ground


@cache
def tile(square: Square, side: int) -> Image.Image:
    """A square with a sign of its own, so that colour is not all that tells them apart."""

    def paint(pen: Pen, scale: float) -> None:
        pen.rounded_rectangle((0, 0, 100 * scale - 1, 100 * scale - 1), 22 * scale, fill=FILL[square])
        if square in SIGNS:
            SIGNS[square](pen, scale)

    return _drawn(side, paint)


@cache
def logo(side: int) -> Image.Image:
    def paint(pen: Pen, scale: float) -> None:
        _bubble(pen, scale, (*WHITE, 255))
        _flag(pen, scale * 0.62, RED, (22, 12))

    return _drawn(side, paint)


@cache
def flame(side: int) -> Image.Image:
    def paint(pen: Pen, scale: float) -> None:
        pen.polygon(_scaled(_curve(OUTER_FLAME), scale), fill=(255, 132, 48, 255))
        pen.polygon(_scaled(_curve(INNER_FLAME), scale), fill=(*SUN, 255))

    return _drawn(side, paint)


@cache
def pill(width: int, height: int) -> Image.Image:
    """A dark, half transparent capsule to write on. Sizes in pixels."""
    shape = Image.new("RGBA", (width * SHARP, height * SHARP))
    ImageDraw.Draw(shape).rounded_rectangle(
        (0, 0, width * SHARP - 1, height * SHARP - 1), height * SHARP // 2, fill=(10, 36, 96, 120)
    )
    return shape.resize((width, height), Image.Resampling.BOX)


def _tick(pen: Pen, scale: float) -> None:
    _stroke(pen, [(27, 52), (44, 69), (74, 35)], WHITE, scale)


def _cross(pen: Pen, scale: float) -> None:
    _stroke(pen, [(33, 33), (67, 67)], WHITE, scale)
    _stroke(pen, [(67, 33), (33, 67)], WHITE, scale)


def _small_flag(pen: Pen, scale: float) -> None:
    _flag(pen, scale, DEEP, (0, 0))


def _dot(pen: Pen, scale: float) -> None:
    pen.ellipse(_box(43, 43, 57, 57, scale), fill=(150, 172, 214, 255))


SIGNS: dict[Square, Callable[[Pen, float], None]] = {
    Square.CAUGHT: _tick,
    Square.MISSED: _cross,
    Square.FLAGGED: _small_flag,
    Square.HONEST: _dot,
}

OUTER_FLAME = [
    (50, 4),
    (84, 40),
    (86, 66),
    (74, 96),
    (50, 96),
    (26, 96),
    (12, 66),
    (26, 38),
    (38, 44),
    (52, 30),
]
INNER_FLAME = [(52, 46), (70, 66), (66, 90), (50, 92), (34, 90), (30, 70), (42, 60)]


def _bubble(pen: Pen, scale: float, fill: tuple[int, int, int, int]) -> None:
    pen.rounded_rectangle(_box(4, 10, 96, 78, scale), 14 * scale, fill=fill)
    pen.polygon(_scaled([(24, 76), (24, 98), (48, 76)], scale), fill=fill)


def _flag(pen: Pen, scale: float, colour: Colour, at: Point) -> None:
    dx, dy = (100 / 62 * at[0], 100 / 62 * at[1]) if at != (0, 0) else at
    cloth = [(36, 28), (72, 28), (62, 41), (72, 54), (36, 54)]
    pole = [(36, 28), (36, 76)]
    pen.polygon(_scaled([(x + dx, y + dy) for x, y in cloth], scale), fill=colour)
    _stroke(pen, [(x + dx, y + dy) for x, y in [*cloth, cloth[0]]], colour, scale, 6)
    _stroke(pen, [(x + dx, y + dy) for x, y in pole], colour, scale, 8)


def _stroke(pen: Pen, points: Sequence[Point], colour: Colour, scale: float, width: float = 11) -> None:
    """A line with round ends and corners."""
    pen.line(_scaled(points, scale), fill=colour, width=round(width * scale), joint="curve")
    for x, y in points:
        pen.ellipse(_box(x - width / 2, y - width / 2, x + width / 2, y + width / 2, scale), fill=colour)


def _curve(corners: Sequence[Point], rounds: int = 4) -> list[Point]:
    """A closed line through `corners`, its corners cut again and again until it is smooth (Chaikin)."""
    points = list(corners)
    for _ in range(rounds):
        pairs = list(zip(points, [*points[1:], points[0]], strict=True))
        points = [
            (a[0] * t + b[0] * (1 - t), a[1] * t + b[1] * (1 - t)) for a, b in pairs for t in (0.75, 0.25)
        ]
    return points


def _drawn(side: int, paint: Callable[[Pen, float], None]) -> Image.Image:
    """What `paint` draws on a field of 100 x 100, as a picture of `side` pixels."""
    shape = Image.new("RGBA", (side * SHARP, side * SHARP))
    paint(ImageDraw.Draw(shape), side * SHARP / 100)
    return shape.resize((side, side), Image.Resampling.BOX)


def _scaled(points: Sequence[Point], scale: float) -> list[Point]:
    return [(x * scale, y * scale) for x, y in points]


def _box(
    left: float, top: float, right: float, bottom: float, scale: float
) -> tuple[float, float, float, float]:
    return left * scale, top * scale, right * scale, bottom * scale
