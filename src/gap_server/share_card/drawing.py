"""The share card: ten squares, the score, the streak. It spoils nothing and names nobody."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw
from PIL.ImageDraw import ImageDraw as Pen

from gap_server.share_card.lettering import BOLD, MEDIUM, fitting, letters
from gap_server.share_card.shapes import WHITE, Square, backdrop, flame, logo, pill, tile

WIDTH, HEIGHT = 1200, 630
"""Telegram shows this shape uncropped, in a chat and as a link's preview."""

NO_LETTER = "\uffff"
JPEG_QUALITY = 92
COMPRESSION = 4

MIST = (214, 228, 253)
LEFT, RIGHT = 72, WIDTH - 72
HEAD = 104
"""The middle of the line with the logo, the title and the streak."""
LOGO, PILL = 84, 68
TILES_TOP, TILE, GAP = 194, 92, 15
SCORE_BASE, FOOT = 462, 104


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on the card, in the player's words. `streak` is empty where there is none to show."""

    title: str
    squares: Sequence[Square]
    score: int
    max_score: int
    caught: str
    streak: str
    invitation: str


def can_write(text: str) -> bool:
    """Whether the card's letters suffice: they are Latin, Greek and Cyrillic, and no emoji."""
    face = letters(BOLD, 40)
    missing = bytes(face.getmask(NO_LETTER))
    return all(letter == " " or bytes(face.getmask(letter)) != missing for letter in text)


def draw(card: Card) -> bytes:
    """A PNG of 1200 x 630 pixels; the same card is always the same bytes."""
    picture = backdrop(WIDTH, HEIGHT, FOOT).copy()
    pen = ImageDraw.Draw(picture)
    _head(picture, pen, card)
    for n, square in enumerate(card.squares):
        _stamp(picture, tile(square, TILE), (LEFT + n * (TILE + GAP), TILES_TOP))
    _score(pen, card)
    font = fitting(card.invitation, MEDIUM, 38, RIGHT - LEFT)
    pen.text((WIDTH / 2, HEIGHT - FOOT / 2), card.invitation, fill=MIST, font=font, anchor="mm")
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=COMPRESSION)
    return file.getvalue()


def as_jpeg(card: bytes) -> bytes:
    """A drawn card for those who take no PNG."""
    file = io.BytesIO()
    Image.open(io.BytesIO(card)).convert("RGB").save(file, "JPEG", quality=JPEG_QUALITY)
    return file.getvalue()


def _head(picture: Image.Image, pen: Pen, card: Card) -> None:
    _stamp(picture, logo(LOGO), (LEFT, HEAD - LOGO // 2))
    right = _streak(picture, pen, card.streak) if card.streak else RIGHT
    left = LEFT + LOGO + 24
    font = fitting(card.title, BOLD, 58, right - left - 24)
    pen.text((left, HEAD), card.title, fill=WHITE, font=font, anchor="lm")


def _streak(picture: Image.Image, pen: Pen, text: str) -> int:
    """Give the left edge of it."""
    font = letters(BOLD, 32)
    width = round(font.getlength(text)) + 104
    left = RIGHT - width
    _stamp(picture, pill(width, PILL), (left, HEAD - PILL // 2))
    _stamp(picture, flame(44), (left + 24, HEAD - 24))
    pen.text((left + 76, HEAD), text, fill=WHITE, font=font, anchor="lm")
    return left


def _score(pen: Pen, card: Card) -> None:
    big, small = letters(BOLD, 168), letters(MEDIUM, 64)
    score = str(card.score)
    pen.text((LEFT - 6, SCORE_BASE), score, fill=WHITE, font=big, anchor="ls")
    after = LEFT + round(big.getlength(score)) + 12
    pen.text((after, SCORE_BASE), f"/ {card.max_score}", fill=MIST, font=small, anchor="ls")
    font = fitting(card.caught, BOLD, 48, RIGHT - after - 220)
    pen.text((RIGHT, SCORE_BASE), card.caught, fill=WHITE, font=font, anchor="rs")


def _stamp(picture: Image.Image, shape: Image.Image, at: tuple[int, int]) -> None:
    picture.paste(shape, at, shape)
