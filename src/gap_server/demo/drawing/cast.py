"""Everything that can be drawn: who draws it, how large, in which colours."""

from collections.abc import Callable
from dataclasses import dataclass

from gap_server.demo.drawing import animals, outdoors, pantry, toys, traffic
from gap_server.demo.drawing.sketch import Sketch, Tones

_BRIGHT = "red orange yellow green blue purple pink"
_SOLID = f"{_BRIGHT} white black"
_FUR = "brown white black grey orange"


@dataclass(frozen=True, slots=True)
class Look:
    """`wide`: width in hundredths of the height. `tall`: height as a fraction of the picture's shorter side.

    `flips`: whether it may face the other way. `words`: whether something may be written on it.
    """

    draw: Callable[[Sketch, Tones, str], None]
    wide: int
    tall: float
    colours: tuple[str, ...]
    flips: bool = True
    words: bool = False


def _look(draw: Callable[[Sketch, Tones, str], None], wide: int, tall: float, colours: str) -> Look:
    return Look(draw, wide, tall, tuple(colours.split()))


def _worded(draw: Callable[[Sketch, Tones, str], None], wide: int, tall: float, colours: str) -> Look:
    return Look(draw, wide, tall, tuple(colours.split()), flips=False, words=True)


LOOKS: dict[str, Look] = {
    "car": _look(traffic.car, 200, 0.16, _SOLID),
    "bus": _worded(traffic.bus, 220, 0.24, _BRIGHT),
    "truck": _worded(traffic.truck, 200, 0.21, _BRIGHT),
    "bicycle": _look(traffic.bicycle, 160, 0.18, "red orange yellow green blue purple pink"),
    "boat": _look(traffic.boat, 110, 0.25, "red orange yellow green purple pink white brown"),
    "plane": _look(traffic.plane, 200, 0.14, "red orange yellow green blue purple white grey"),
    "tree": _look(outdoors.tree, 76, 0.42, "green green green orange pink"),
    "flower": _look(outdoors.flower, 60, 0.17, "red orange yellow blue purple pink white"),
    "mushroom": _look(outdoors.mushroom, 90, 0.13, "red orange brown purple"),
    "dog": _look(animals.dog, 85, 0.19, _FUR),
    "cat": _look(animals.cat, 80, 0.17, "orange black grey white brown"),
    "rabbit": _look(animals.rabbit, 66, 0.17, "white brown grey pink"),
    "duck": _look(animals.duck, 108, 0.12, "yellow white brown pink"),
    "bird": _look(animals.bird, 122, 0.12, "red blue yellow white black green"),
    "butterfly": _look(animals.butterfly, 120, 0.11, _BRIGHT),
    "penguin": _look(animals.penguin, 70, 0.19, "black grey blue purple"),
    "umbrella": _look(outdoors.umbrella, 110, 0.33, "red orange yellow green blue purple pink"),
    "bench": _look(outdoors.bench, 170, 0.16, "brown red green blue yellow"),
    "lamp": _look(outdoors.street_lamp, 48, 0.42, "black green red blue"),
    "sign": _worded(outdoors.sign, 110, 0.23, _SOLID),
    "bucket": _look(outdoors.bucket, 84, 0.13, _BRIGHT),
    "house": _look(outdoors.house, 112, 0.40, "red yellow blue pink white orange"),
    "snowman": _look(outdoors.snowman, 66, 0.30, "white"),
    "kite": _look(toys.kite, 80, 0.25, _BRIGHT),
    "balloon": _look(toys.balloon, 60, 0.26, _BRIGHT),
    "ball": _look(toys.ball, 100, 0.12, _SOLID),
    "cup": _worded(pantry.cup, 114, 0.15, _SOLID),
    "bottle": _look(pantry.bottle, 40, 0.23, "green blue brown red purple"),
    "book": _worded(pantry.book, 78, 0.20, "red orange yellow green blue purple pink brown black"),
    "apple": _look(pantry.apple, 96, 0.12, "red green yellow"),
    "pear": _look(pantry.pear, 72, 0.145, "green yellow"),
    "banana": _look(pantry.banana, 146, 0.10, "yellow green"),
    "teapot": _look(pantry.teapot, 146, 0.165, "red orange green blue purple white black"),
    "cake": _look(pantry.cake, 140, 0.19, "pink brown white yellow"),
    "candle": _look(pantry.candle, 60, 0.17, "red green blue white purple pink"),
    "clock": Look(pantry.clock, 96, 0.165, tuple(_BRIGHT.split()), flips=False),
    "gift": _look(toys.gift, 100, 0.16, _SOLID),
    "hat": _look(toys.hat, 140, 0.11, _SOLID),
    "teddy bear": _look(toys.teddy_bear, 84, 0.19, "brown white pink grey"),
    "robot": _look(toys.robot, 80, 0.22, "red orange yellow green blue purple white"),
    "chair": _look(toys.chair, 70, 0.28, "red yellow green blue brown white"),
    "pencil": _look(toys.pencil, 178, 0.09, _BRIGHT),
    "guitar": _look(toys.guitar, 41, 0.31, "orange brown red blue white"),
}

TABLE_LAMP = _look(pantry.table_lamp, 70, 0.25, "red orange green blue purple pink")


def look_of(kind: str, *, indoors: bool) -> Look:
    """How a kind looks here: the lamps of a home are not those of a street."""
    return TABLE_LAMP if kind == "lamp" and indoors else LOOKS[kind]
