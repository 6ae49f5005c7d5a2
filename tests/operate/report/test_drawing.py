"""The report's pictures: whatever the numbers are, there is one, and it is the same each time."""

import io
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from gap_server.operate.report.axis import MARKS, Axis
from gap_server.operate.report.drawing import COLOURS, GROUND, WIDTH, draw
from gap_server.operate.report.figure import Bars, Figure

counts = st.integers(0, 10**9)
names = st.text(st.characters(codec="utf-8"), max_size=60)
shares = st.none() | st.floats(0, 1)

KINDS = ({"upright": True}, {"upright": False})


def figure(rows: list[tuple[Any, ...]], **bars: Any) -> Figure:
    kind = Bars(("name",), ("one", "two"), "things", **bars)
    return Figure("name", "Title", "What it means, at some length. " * 5, ("name", "one", "two"), rows, kind)


def opened(drawn: bytes) -> Image.Image:
    return Image.open(io.BytesIO(drawn)).convert("RGB")


@given(st.lists(st.tuples(st.none() | names, counts, counts), max_size=40), st.sampled_from(KINDS))
@example([("a", 0, 0)], KINDS[0])
@example([("a", 10**9, 1), ("b", 1, 0)], KINDS[0])
@settings(max_examples=25, deadline=None)
def test_every_table_has_its_picture(rows: list[tuple[Any, ...]], kind: dict[str, bool]) -> None:
    drawn = draw(figure(rows, **kind))
    assert opened(drawn).width == WIDTH
    assert drawn == draw(figure(rows, **kind))


@given(st.lists(st.tuples(names, shares, shares), min_size=1, max_size=9))
@settings(max_examples=10, deadline=None)
def test_what_is_not_known_is_drawn_too(rows: list[tuple[Any, ...]]) -> None:
    assert opened(draw(figure(rows, upright=False, share=True))).width == WIDTH


def test_a_bar_is_as_long_as_its_number() -> None:
    picture = opened(draw(figure([("a", 100, 0), ("b", 50, 0), ("c", 0, 0)])))
    data = [picture.getpixel((x, y)) == COLOURS[0] for y in range(200, 600) for x in range(150, WIDTH)]
    columns = [sum(data[x :: WIDTH - 150]) for x in range(WIDTH - 150)]
    heights = sorted({height for height in columns if height})
    assert len(heights) == 2
    assert abs(heights[1] - 2 * heights[0]) <= 2


def test_a_small_count_beside_a_large_one_is_seen() -> None:
    picture = opened(draw(figure([("a", 10**9, 0), ("b", 1, 0)])))
    right = [picture.getpixel((x, y)) for x in range(700, WIDTH) for y in range(500, 600)]
    assert GROUND in right
    assert COLOURS[0] in right


@given(counts | st.floats(0, 1e9, allow_subnormal=False))
def test_an_axis_reaches_just_over_the_largest_number(largest: float) -> None:
    axis = Axis.up_to(largest, share=False)
    assert largest <= axis.end * (1 + 1e-6)
    assert axis.end - axis.step <= largest
    assert 2 <= len(axis.marks) <= MARKS + 2
    if float(largest).is_integer():
        assert all(mark == round(mark) for mark in axis.marks)


def test_numbers_are_written_as_people_read_them() -> None:
    assert [Axis.up_to(1, share=False).text(n) for n in (0, 3, 0.0663, 1234567)] == [
        *("0", "3", "0.0663", "1,234,567")
    ]
    assert [Axis.up_to(1, share=True).text(n) for n in (0, 0.2, 0.0731, 1)] == ["0%", "20%", "7.31%", "100%"]
