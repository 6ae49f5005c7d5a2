"""A picture without its things: washes, smooth edges and glows, each part written down as it is painted."""

import random
from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, ImageDraw

from gap_server.demo.drawing.sketch import RGB, Point
from gap_server.demo.scene.description import Box, Thing

_SMOOTH = 2


@lru_cache(maxsize=1)
def _spot() -> Image.Image:
    """A soft round spot: full in the middle, nothing at the edge."""
    return Image.radial_gradient("L").point(lambda v: round(max(1 - v / 181, 0) ** 1.6 * 255))


class Stage:
    """Places are fractions of the picture, sizes in pixels where named so."""

    def __init__(self, size: tuple[int, int], light: str, rng: random.Random) -> None:
        self.image = Image.new("RGB", size)
        self.light = light
        self.rng = rng
        self.backdrop: list[Thing] = []

    @property
    def width(self) -> int:
        return self.image.width

    @property
    def height(self) -> int:
        return self.image.height

    def note(self, kind: str, colour: str, box: tuple[float, float, float, float]) -> None:
        """Write down what was painted."""
        self.backdrop.append(Thing(kind, colour, Box(*box)))

    def wash(self, top: float, bottom: float, stops: Sequence[RGB]) -> None:
        """A band over the whole width, from one colour to the next, downwards."""
        strip = Image.new("RGB", (1, len(stops)))
        strip.putdata(list(stops))
        begin, end = round(top * self.height), round(bottom * self.height)
        inner = (0, 0.5, 1, len(stops) - 0.5)  # from the middle of the first stop to that of the last
        self.image.paste(
            strip.resize((self.width, end - begin), Image.Resampling.BILINEAR, box=inner), (0, begin)
        )

    def patch(self, points: Sequence[Point], fill: RGB, opacity: float = 1.0) -> None:
        """A filled outline with smooth edges."""
        left, top = min(x for x, _ in points), min(y for _, y in points)
        right, bottom = max(x for x, _ in points), max(y for _, y in points)
        x0, y0 = int(left * self.width), int(top * self.height)
        x1, y1 = int(right * self.width) + 1, int(bottom * self.height) + 1
        mask = Image.new("L", ((x1 - x0) * _SMOOTH, (y1 - y0) * _SMOOTH), 0)
        outline = [((x * self.width - x0) * _SMOOTH, (y * self.height - y0) * _SMOOTH) for x, y in points]
        ImageDraw.Draw(mask).polygon(outline, fill=round(255 * opacity))
        self.image.paste(fill, (x0, y0), mask.reduce(_SMOOTH))

    def disc(  # noqa: PLR0917  # as one draws: where, how large, in what
        self, x: float, y: float, radius: float, fill: RGB, opacity: float = 1.0, flat: float = 1.0
    ) -> None:
        """A disc of `radius` pixels around a place, squeezed in height by `flat`."""
        wide, high = round(radius), max(round(radius * flat), 1)
        mask = Image.new("L", (wide * 4, high * 4), 0)
        ImageDraw.Draw(mask).ellipse((0, 0, wide * 4 - 1, high * 4 - 1), fill=round(255 * opacity))
        self.image.paste(fill, (round(x * self.width) - wide, round(y * self.height) - high), mask.reduce(2))

    def slab(
        self, box: tuple[float, float, float, float], fill: RGB, r: int = 0, opacity: float = 1.0
    ) -> None:
        """A rectangle with corners rounded by `r` pixels."""
        x0, y0 = round(box[0] * self.width), round(box[1] * self.height)
        x1, y1 = round(box[2] * self.width), round(box[3] * self.height)
        mask = Image.new("L", (max((x1 - x0) * 2, 2), max((y1 - y0) * 2, 2)), 0)
        edge = (0, 0, mask.width - 1, mask.height - 1)
        ImageDraw.Draw(mask).rounded_rectangle(edge, radius=r * 2, fill=round(255 * opacity))
        self.image.paste(fill, (x0, y0), mask.reduce(2))

    def glow(self, x: float, y: float, reach: float, colour: RGB, strength: float) -> None:
        """Light around a place, fading over `reach` picture heights."""
        radius = round(reach * self.height)
        mask = _spot().resize((radius * 2, radius * 2), Image.Resampling.BILINEAR)
        mask = mask.point(lambda v: round(v * strength))
        self.image.paste(colour, (round(x * self.width) - radius, round(y * self.height) - radius), mask)

    def shadow(self, left: float, right: float, at: float, opacity: float) -> None:
        """What a standing thing throws on its ground: pixels from left to right, on the line `at`."""
        wide = round((right - left) * 1.16)
        high = max(round(wide * 0.2), 6)
        mask = (
            _spot()
            .resize((wide, high), Image.Resampling.BILINEAR)
            .point(lambda v: min(round(v * opacity * 1.5), 150))
        )
        self.image.paste(
            (22, 18, 44),
            (round(left - (wide - (right - left)) / 2) + wide // 30, round(at - high * 0.56)),
            mask,
        )
