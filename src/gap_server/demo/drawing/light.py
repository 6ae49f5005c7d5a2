"""Light over a whole picture: its colour, where it falls and where it does not."""

import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from gap_server.demo.drawing.sketch import RGB

_AMBIENT: dict[str, RGB] = {"day": (255, 255, 255), "sunset": (255, 246, 234), "night": (222, 226, 255)}
_LAMPLIT: RGB = (255, 243, 222)
_COARSE = 16  # the map of light is this many times smaller than the picture


def shine(
    picture: Image.Image, light: str, rng: random.Random, *, indoors: bool, uneven: float
) -> Image.Image:
    """Let light fall on a finished picture: bright on one side, dim towards the edges and in a few soft
    patches.

    `uneven` from 0 to 1. Only brightness is uneven, so that every colour keeps its name.
    """
    size = (picture.width // _COARSE, picture.height // _COARSE)
    level = Image.new("L", size, 255)
    draw = ImageDraw.Draw(level)
    side = rng.choice((0, 1))
    for x in range(size[0]):
        away = x / size[0] if side else 1 - x / size[0]
        draw.line((x, 0, x, size[1]), fill=round(255 * (1 - 0.2 * uneven * away)))
    for _ in range(round(uneven * 5)):
        at, down = rng.uniform(0, size[0]), rng.uniform(0, size[1])
        draw.ellipse((at - 9, down - 4, at + 9, down + 4), fill=round(255 * (1 - 0.22 * uneven)))
    level = level.filter(ImageFilter.GaussianBlur(3))
    level = ImageChops.multiply(level, _vignette(size, 0.1 + 0.14 * uneven))
    tint = _LAMPLIT if indoors and light == "night" else _AMBIENT[light]
    tinted = Image.merge("RGB", [level.point(lambda v, c=c: v * c // 255) for c in tint])
    return ImageChops.multiply(picture, tinted.resize(picture.size, Image.Resampling.BICUBIC))


def _vignette(size: tuple[int, int], depth: float) -> Image.Image:
    far = Image.radial_gradient("L").resize(size, Image.Resampling.BILINEAR)
    return far.point(lambda v: round(255 * (1 - depth * (v / 255) ** 2.2)))
