"""A small drawing board: smooth shapes in units of a hundredth of the thing's height, scaled down without
jags.
"""

from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

RGB = tuple[int, int, int]
Point = tuple[float, float]

FINER = 3  # drawn this many times larger, then reduced

PAINT: dict[str, RGB] = {
    "red": (218, 46, 50),
    "orange": (245, 130, 30),
    "yellow": (252, 208, 44),
    "green": (62, 160, 78),
    "blue": (44, 108, 216),
    "purple": (134, 74, 180),
    "pink": (246, 138, 182),
    "brown": (134, 86, 50),
    "white": (246, 246, 242),
    "black": (44, 44, 50),
    "grey": (146, 151, 158),
}
INK: RGB = (46, 44, 52)
CREAM: RGB = (255, 248, 232)
GLASS: RGB = (190, 224, 240)
WOOD: RGB = (150, 104, 66)
STEEL: RGB = (120, 126, 136)
LEAF: RGB = (74, 150, 76)


def mix(a: RGB, b: RGB, part: float) -> RGB:
    """`part` of `b` in `a`, from 0 to 1."""
    return (
        round(a[0] + (b[0] - a[0]) * part),
        round(a[1] + (b[1] - a[1]) * part),
        round(a[2] + (b[2] - a[2]) * part),
    )


class Tones:
    """One colour in four strengths: a thing has a lit and a shaded side and is still of one colour."""

    def __init__(self, colour: str) -> None:
        self.name = colour
        self.base = PAINT[colour]
        dim = (40, 36, 70)
        self.light = mix(self.base, (255, 255, 255), 0.14 if colour == "black" else 0.32)
        self.dark = mix(self.base, dim, 0.12 if colour == "white" else 0.24)
        self.deep = mix(self.base, dim, 0.26 if colour == "white" else 0.45)

    @property
    def writing(self) -> RGB:
        """What can be read on this colour."""
        return INK if sum(self.base) > 480 else CREAM


@lru_cache(maxsize=64)
def font(size: int) -> ImageFont.FreeTypeFont:
    """Pillow's own face: nothing is needed from the machine."""
    face = ImageFont.load_default(size)
    if not isinstance(face, ImageFont.FreeTypeFont):
        raise TypeError("Pillow was built without FreeType")
    return face


class Sketch:
    """A transparent board, 100 units high and as wide as the thing is."""

    def __init__(self, width: int, height: int) -> None:
        self._unit = height * FINER / 100
        self._image = Image.new("RGBA", (width * FINER, height * FINER), (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self._image)

    def _at(self, *points: Point) -> list[Point]:
        return [(x * self._unit, y * self._unit) for x, y in points]

    def oval(self, x: float, y: float, rx: float, ry: float, fill: RGB) -> None:
        self._draw.ellipse(self._at((x - rx, y - ry), (x + rx, y + ry)), fill=fill)

    def slab(self, left: float, top: float, right: float, bottom: float, fill: RGB, r: float = 0) -> None:  # noqa: PLR0917  # as one draws: where, how large, in what
        self._draw.rounded_rectangle(self._at((left, top), (right, bottom)), radius=r * self._unit, fill=fill)

    def shape(self, points: Sequence[Point], fill: RGB) -> None:
        self._draw.polygon(self._at(*points), fill=fill)

    def blob(self, points: Sequence[Point], fill: RGB) -> None:
        """A closed smooth curve through the points."""
        self.shape(_through(points), fill)

    def stroke(self, points: Sequence[Point], fill: RGB, width: float) -> None:
        thick = max(round(width * self._unit), 1)
        self._draw.line(self._at(*points), fill=fill, width=thick, joint="curve")
        for x, y in (points[0], points[-1]):
            self.oval(x, y, width / 2, width / 2, fill)

    def ring(self, x: float, y: float, r: float, fill: RGB, width: float) -> None:
        box = self._at((x - r, y - r), (x + r, y + r))
        self._draw.ellipse(box, outline=fill, width=max(round(width * self._unit), 1))

    def arc(  # noqa: PLR0917  # as one draws: where, how large, in what
        self, x: float, y: float, rx: float, ry: float, turn: tuple[float, float], fill: RGB, width: float
    ) -> None:
        """Part of an oval's edge, in degrees clockwise from three o'clock."""
        box = self._at((x - rx, y - ry), (x + rx, y + ry))
        self._draw.arc(box, *turn, fill=fill, width=max(round(width * self._unit), 1))

    def pie(self, at: Point, rx: float, ry: float, turn: tuple[float, float], fill: RGB) -> None:
        x, y = at
        self._draw.pieslice(self._at((x - rx, y - ry), (x + rx, y + ry)), *turn, fill=fill)

    def write(self, word: str, x: float, y: float, room: tuple[float, float], fill: RGB) -> None:
        """A word, centred, as large as the room (width, height) allows."""
        width, height = room[0] * self._unit, room[1] * self._unit
        size = round(height)
        span = font(size).getlength(word)
        if span > width:
            size = max(int(size * width / span), 6)
        face, bold = font(size), max(size // 22, 1)
        centre = (x * self._unit, y * self._unit)
        self._draw.text(centre, word, fill=fill, font=face, anchor="mm", stroke_width=bold, stroke_fill=fill)

    def done(self) -> Image.Image:
        """The thing at its true size, with a soft roundness: lit from the upper left."""
        return _rounded(self._image.reduce(FINER))


def _through(points: Sequence[Point], steps: int = 8) -> list[Point]:
    """A closed Catmull-Rom curve."""
    curve: list[Point] = []
    count = len(points)
    for i in range(count):
        a, b, c, d = points[i - 1], points[i], points[(i + 1) % count], points[(i + 2) % count]
        curve += [
            (_spline(a[0], b[0], c[0], d[0], k / steps), _spline(a[1], b[1], c[1], d[1], k / steps))
            for k in range(steps)
        ]
    return curve


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def _rounded(thing: Image.Image) -> Image.Image:
    """Darken what lies inside the lower right edge and lighten the upper left one."""
    alpha = thing.getchannel("A")
    reach = max(thing.height // 16, 2)
    soft = alpha.filter(ImageFilter.BoxBlur(reach))
    shaded = ImageChops.subtract(alpha, _moved(soft, -reach, -reach)).point(lambda v: v * 0.38)
    lit = ImageChops.subtract(alpha, _moved(soft, reach, reach)).point(lambda v: v * 0.22)
    body = thing.convert("RGB")
    body.paste((24, 18, 52), (0, 0), shaded)
    body.paste((255, 255, 255), (0, 0), lit)
    body.putalpha(alpha)
    return body


def _moved(mask: Image.Image, right: int, down: int) -> Image.Image:
    """A mask moved over, with nothing coming in from outside."""
    moved = Image.new("L", mask.size, 0)
    moved.paste(mask, (right, down))
    return moved
