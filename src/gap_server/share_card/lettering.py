"""The letters that come with us: two weights of one face, Latin, Greek and Cyrillic."""

from functools import cache
from pathlib import Path

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

FONTS = Path(__file__).parent / "fonts"
BOLD, MEDIUM = "card-bold.otf", "card-medium.otf"


def fitting(text: str, face: str, size: int, width: float) -> FreeTypeFont:
    """The largest font, `size` pixels at most, in which the text is no wider than `width`."""
    while size > 16 and letters(face, size).getlength(text) > width:
        size -= 2
    return letters(face, size)


@cache
def letters(face: str, size: int) -> FreeTypeFont:
    return ImageFont.truetype(FONTS / face, size)
