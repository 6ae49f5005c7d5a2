"""The share card: what every card has in common, whatever stands on it."""

import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from gap_server.share_card.drawing import (
    GAP,
    HEIGHT,
    LEFT,
    RIGHT,
    TILE,
    TILES_TOP,
    WIDTH,
    Card,
    can_write,
    draw,
)
from gap_server.share_card.shapes import FILL, SKY_ABOVE, Square

LIMIT_BYTES = 100_000
EDGE = 60
"""Nothing is written nearer than this to the left and right edges."""

letters = st.text(st.sampled_from("abc XYZ Поймай ложь 0123 Ωλ Ёё!?"), max_size=40)
cards = st.builds(
    Card,
    title=letters,
    squares=st.lists(st.sampled_from(Square), min_size=10, max_size=10),
    score=st.sampled_from(range(0, 101, 20)),
    max_score=st.just(100),
    caught=letters,
    streak=st.text(st.sampled_from("5 days in a row дней"), max_size=24),
    invitation=st.text(st.sampled_from("Can you catch it? Поймаете?"), max_size=100),
)


def a_card(squares: list[Square], title: str = "Catch the Lie", streak: str = "") -> Card:
    return Card(title, squares, 80, 100, "4 lies of 5 caught", streak, "Can you catch it?")


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    assert picture.format == "PNG"
    return picture.convert("RGB")


@settings(max_examples=25, deadline=None)
@given(cards)
@example(
    Card("Поймай ложь " * 4, [Square.CAUGHT] * 10, 100, 100, "лжи " * 12, "дней " * 5, "Поймаете? " * 12)
)
def test_every_card_is_a_small_picture_that_keeps_its_margins(card: Card) -> None:
    content = draw(card)
    picture = opened(content)
    assert picture.size == (WIDTH, HEIGHT) == (1200, 630)
    assert len(content) < LIMIT_BYTES
    for box in ((0, 0, EDGE, HEIGHT), (WIDTH - EDGE, 0, WIDTH, HEIGHT)):
        strip = picture.crop(box)
        assert strip.tobytes() == strip.crop((0, 0, 1, HEIGHT)).resize(strip.size).tobytes()


def test_the_same_card_is_the_same_bytes() -> None:
    card = a_card([Square.CAUGHT] * 10)
    assert draw(card) == draw(card)


def test_each_square_has_its_colour_in_its_place() -> None:
    row = [Square.CAUGHT, Square.MISSED, Square.FLAGGED, Square.HONEST, Square.CAUGHT] * 2
    picture = opened(draw(a_card(row)))
    for n, square in enumerate(row):
        x = LEFT + n * (TILE + GAP)
        assert picture.getpixel((x + TILE // 2, TILES_TOP + 6)) == FILL[square][:3]
    assert LEFT + 10 * TILE + 9 * GAP <= RIGHT


def test_squares_are_told_apart_by_more_than_their_colour() -> None:
    played = [s for s in Square if s is not Square.UNPLAYED]
    picture = opened(draw(a_card([*played, *played, Square.HONEST, Square.HONEST])))
    assert len({_sign(picture, n) for n in range(len(played))}) == len(played)


def test_a_streak_is_shown_only_where_there_is_one() -> None:
    without, with_streak = (opened(draw(a_card([Square.HONEST] * 10, streak=s))) for s in ("", "5 days"))
    pill = (RIGHT - 150, 70, RIGHT, 138)
    assert without.crop(pill).getcolors(1000) is not None
    assert {colour for _, colour in without.crop(pill).getcolors(1000) or []} < set(_sky(without))
    assert with_streak.crop(pill).tobytes() != without.crop(pill).tobytes()


def _sign(picture: Image.Image, n: int) -> bytes:
    """Where the n-th square is not of its own colour."""
    x = LEFT + n * (TILE + GAP)
    tile = picture.crop((x + 10, TILES_TOP + 10, x + TILE - 10, TILES_TOP + TILE - 10))
    deps = Image.new("RGB", tile.size, _colours(tile)[0])
    return ImageChops.difference(tile, deps).convert("L").point(lambda v: 255 * (v > 0)).tobytes()


def _colours(picture: Image.Image) -> list[tuple[int, int, int]]:
    content = picture.tobytes()
    return [(content[at], content[at + 1], content[at + 2]) for at in range(0, len(content), 3)]


def _sky(picture: Image.Image) -> list[tuple[int, int, int]]:
    column = picture.crop((0, 0, 1, HEIGHT))
    assert column.getpixel((0, 0)) == SKY_ABOVE
    return _colours(column)


@pytest.mark.parametrize(
    ("text", "can"),
    [
        ("Catch the Lie", True),
        ("Поймай ложь: ёЁ", True),
        ("Złap kłamstwo", True),
        ("中文", False),
        ("🔥", False),
    ],
)
def test_what_cannot_be_written_is_known(text: str, can: bool) -> None:  # noqa: FBT001  # pytest hands it over
    assert can_write(text) is can
