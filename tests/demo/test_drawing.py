"""The demo scenes: the same each time, exactly described, alike in all but how much they show."""

from collections import Counter
from functools import cache, lru_cache
from typing import get_args

import pytest
from PIL import Image

from gap_server.demo.drawing import Pool, generate
from gap_server.demo.drawing.cast import LOOKS, look_of, tallness
from gap_server.demo.drawing.sketch import PAINT, Sketch, Tones
from gap_server.demo.scene.description import Scene
from gap_server.demo.scene.kinds import BACKDROP, THINGS
from gap_server.demo.scene.looks import COLOURS, LIGHTS, SETTINGS
from gap_server.demo.scene.palettes import PALETTES

POOLS: tuple[Pool, ...] = get_args(Pool)
SEEN = range(400, 416)


@lru_cache(maxsize=64)
def drawn(pool: Pool, index: int) -> tuple[Image.Image, Scene]:
    return generate(pool, index)


@pytest.mark.parametrize("pool", POOLS)
def test_a_scene_is_the_same_each_time(pool: Pool) -> None:
    (first, told), (second, told_again) = generate(pool, 7), generate(pool, 7)
    assert first.tobytes() == second.tobytes()
    assert told == told_again
    assert drawn(pool, 400)[0].tobytes() != first.tobytes()


def test_simple_scenes_show_few_things_and_complex_ones_many() -> None:
    for index in SEEN:
        assert 1 <= len(drawn("simple", index)[1].things) <= 3
        assert 5 <= len(drawn("complex", index)[1].things) <= 22
        assert drawn("complex", index)[1].crowded
        assert not drawn("simple", index)[1].crowded


def test_both_pools_come_in_the_same_sizes_places_and_lights() -> None:
    for told in (lambda s: (s.width, s.height), lambda s: s.setting, lambda s: s.light):
        seen = [{told(drawn(pool, index)[1]) for index in SEEN} for pool in POOLS]
        assert len(seen[0] & seen[1]) >= min(2, len(seen[0]))
    sizes = {drawn(pool, index)[0].size for pool in POOLS for index in SEEN}
    assert sizes == {(1024, 768), (768, 1024)}


@pytest.mark.parametrize("pool", POOLS)
def test_the_description_fits_the_picture(pool: Pool) -> None:
    for index in SEEN:
        picture, scene = drawn(pool, index)
        assert (scene.width, scene.height) == picture.size
        assert picture.mode == "RGB"
        assert scene.setting in SETTINGS
        assert scene.light in LIGHTS
        assert all(
            thing.kind in THINGS and thing.colour in COLOURS and thing.ground for thing in scene.things
        )
        assert all(part.kind in BACKDROP and part.colour in COLOURS for part in scene.backdrop)
        for thing in scene.things:
            assert 0 <= thing.box.left < thing.box.right <= 1.001
            assert 0 <= thing.box.top < thing.box.bottom <= 1.001


def test_every_thing_can_be_seen() -> None:
    """Nothing hides more than a small part of another."""
    for index in SEEN:
        things = drawn("complex", index)[1].things
        for i, behind in enumerate(things):
            hidden = max((behind.box.overlap(front.box) for front in things[i + 1 :]), default=0)
            assert hidden <= 0.2 * behind.box.width * behind.box.height


@pytest.mark.parametrize("kind", sorted(LOOKS))
def test_every_kind_is_mostly_of_its_colour(kind: str) -> None:
    """Whoever looks names the colour that the description names."""
    look = look_of(kind, indoors=False)
    for colour in dict.fromkeys(PALETTES[kind]):
        sketch = Sketch(round(0.5 * look.wide), 50)
        look.draw(sketch, Tones(colour), "5" if kind == "clock" else "")
        votes = Counter(_nearest(pixel) for pixel in _opaque(sketch.done()))
        del votes["black" if colour != "black" else ""], votes["white" if colour != "white" else ""]
        leading = [name for name, _ in votes.most_common(2)]
        assert colour in leading, (kind, colour, votes)


def _opaque(figure: Image.Image) -> list[tuple[int, int, int]]:
    pixels = zip(*(band.tobytes() for band in figure.split()), strict=True)
    return [(r, g, b) for r, g, b, alpha in pixels if alpha > 200]


@cache
def _nearest(pixel: tuple[int, int, int]) -> str:
    return min(PAINT, key=lambda name: sum((a - b) ** 2 for a, b in zip(PAINT[name], pixel, strict=True)))


def test_every_kind_can_be_drawn_and_there_are_sixty_at_least() -> None:
    assert set(LOOKS) == set(PALETTES) == set(THINGS)
    assert len(THINGS) >= 60


def test_large_things_are_drawn_larger_than_small_ones_beside_them() -> None:
    for large, small in (
        ("snowman", "bucket"),
        ("car", "dog"),
        ("house", "car"),
        ("tree", "bench"),
        ("dog", "bottle"),
    ):
        sizes = [tallness(kind, LOOKS[kind], "grass") for kind in (large, small)]
        assert sizes[0] > 1.2 * sizes[1], (large, small)


def test_pools_meet_in_the_middle() -> None:
    """Many complex scenes show hardly more than a simple one."""
    counts = [len(generate("complex", index)[1].things) for index in range(40)]
    assert sum(count <= 8 for count in counts) >= 10


def test_words_are_different_in_one_picture() -> None:
    for index in SEEN:
        words = [
            thing.word for thing in drawn("complex", index)[1].things if thing.word and thing.kind != "clock"
        ]
        assert len(set(words)) == len(words)


def test_signs_always_say_something() -> None:
    signs = [t for index in SEEN for pool in POOLS for t in drawn(pool, index)[1].things if t.kind == "sign"]
    assert signs
    assert all(sign.word for sign in signs)
