"""The pictures of the miniature: a few of the demo's things on a board of three by three, on a plain ground.

One cell is one token of a Qwen2-VL that sees the picture at SEEN pixels (two patches of 14 each way, merged),
which is why so small a model learns to see at all.
"""

from collections import Counter
from functools import cache
from random import Random
from typing import Final

from PIL import Image

from gap_server.demo.drawing.cast import LOOKS
from gap_server.demo.drawing.sketch import PAINT, Sketch, Tones
from gap_server.demo.scene.description import Box, Scene, Thing
from gap_server.game.state import Pool

STYLE: Final = 1
"""Goes up when the same number draws another picture."""

BOARD: Final = 3
CELL: Final = 112
SIDE: Final = BOARD * CELL
"""Pixels of a picture's side as it is drawn: the catalogue refuses smaller ones."""

SEEN: Final = BOARD * 28
"""Pixels of a side as the model sees it."""

THINGS: Final = ("ball", "cup", "hat", "robot")
COLOURS: Final = ("red", "yellow", "green", "blue")
"""None so near another that two honest people could differ."""
GROUNDS: Final = ("white", "black", "brown")

SETTING: Final = "living room"

FEW: Final = (1, 3)
MANY: Final = (5, 7)
"""Things on a simple and on a complex picture."""

MOST_ALIKE: Final = {Pool.SIMPLE: 2, Pool.COMPLEX: 4}
"""Things of one kind, or of one colour, on a picture."""

_HEIGHTS: Final = (84, 92, 100, 108)


def generate(pool: Pool, number: int, world: str = "") -> tuple[Image.Image, Scene]:
    """Picture `number` of a pool of a world, and what it shows: the same each time, another in each world."""
    random = Random(f"miniature:{STYLE}:{world}:{pool}:{number}")  # noqa: S311  # it draws, and guards nothing
    ground = random.choice(GROUNDS)
    image = Image.new("RGB", (SIDE, SIDE), PAINT[ground])
    placed = []
    for (kind, colour), cell in zip(_cast(pool, random), _cells(random), strict=False):
        figure = _figure(kind, colour, random.choice(_HEIGHTS))
        left = cell % BOARD * CELL + random.randint(0, CELL - figure.width)
        top = cell // BOARD * CELL + random.randint(0, CELL - figure.height)
        image.paste(figure, (left, top), figure)
        edges = (left, top, left + figure.width, top + figure.height)
        placed.append((cell, Thing(kind, colour, Box(*(edge / SIDE for edge in edges)), "board")))
    things = tuple(thing for _, thing in sorted(placed, key=lambda one: one[0]))
    backdrop = (Thing("floor", ground, Box(0, 0, 1, 1)),)
    return image, Scene(SETTING, "day", SIDE, SIDE, things, backdrop)


def cell_of(thing: Thing) -> int:
    """The cell that a thing is in, from the top left one on, line by line."""
    return int(thing.box.y * BOARD) * BOARD + int(thing.box.x * BOARD)


def _cast(pool: Pool, random: Random) -> list[tuple[str, str]]:
    """Kinds and colours: on a complex picture there is something to count."""
    count, most = random.randint(*(FEW if pool is Pool.SIMPLE else MANY)), MOST_ALIKE[pool]
    kinds, colours = (_dealt(words, count, most, random) for words in (THINGS, COLOURS))
    return list(zip(kinds, colours, strict=True))


def _dealt(words: tuple[str, ...], count: int, most: int, random: Random) -> list[str]:
    """So many words, none more than `most` times; often one of them as many times as it may."""
    main = random.choice(words)
    dealt = [main] * min(random.choice((1, most - 1, most)), count)
    while len(dealt) < count:
        word = random.choice(words)
        if Counter(dealt)[word] < most:
            dealt.append(word)
    random.shuffle(dealt)
    return dealt


def _cells(random: Random) -> list[int]:
    return random.sample(range(BOARD**2), BOARD**2)


@cache
def _figure(kind: str, colour: str, most: int) -> Image.Image:
    """Drawn as high, or as wide, as `most` pixels."""
    look = LOOKS[kind]
    tall = most if look.wide <= 100 else most * 100 // look.wide
    sketch = Sketch(tall * look.wide // 100, tall)
    look.draw(sketch, Tones(colour), "")
    return sketch.done()
