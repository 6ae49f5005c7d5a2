"""Everything that can be drawn: who draws it, how large, in which colours."""

from collections.abc import Callable
from dataclasses import dataclass

from gap_server.demo.drawing import animals, camp, creatures, goods, outdoors, pantry, toys, traffic
from gap_server.demo.drawing.sketch import Sketch, Tones

_BRIGHT = "red orange yellow green blue purple pink"
_SOLID = f"{_BRIGHT} white black"
_FUR = "brown white black grey orange"


@dataclass(frozen=True, slots=True)
class Look:
    """`wide`: width in hundredths of the height. `tall`: height as a fraction of the picture's shorter side.

    `flips`: whether it may face the other way. `words`: whether something may be written on it. `faces`: the
    side to which it looks unless it is flipped; empty where it looks at us, or at nothing.
    """

    draw: Callable[[Sketch, Tones, str], None]
    wide: int
    tall: float
    colours: tuple[str, ...]
    flips: bool = True
    words: bool = False
    faces: str = ""

    def facing(self, *, flipped: bool) -> str:
        return {"left": "right", "right": "left"}.get(self.faces, "") if flipped else self.faces


def _look(draw: Callable[[Sketch, Tones, str], None], wide: int, tall: float, colours: str) -> Look:
    return Look(draw, wide, tall, tuple(colours.split()))


def _sideways(
    draw: Callable[[Sketch, Tones, str], None], wide: int, tall: float, colours: str, faces: str = "right"
) -> Look:
    return Look(draw, wide, tall, tuple(colours.split()), faces=faces)


def _worded(
    draw: Callable[[Sketch, Tones, str], None], wide: int, tall: float, colours: str, faces: str = ""
) -> Look:
    return Look(draw, wide, tall, tuple(colours.split()), flips=False, words=True, faces=faces)


LOOKS: dict[str, Look] = {
    "car": _sideways(traffic.car, 200, 0.20, _SOLID),
    "bus": _worded(traffic.bus, 220, 0.30, _BRIGHT, "right"),
    "truck": _worded(traffic.truck, 200, 0.26, _BRIGHT, "right"),
    "bicycle": _sideways(traffic.bicycle, 160, 0.18, "red orange yellow green blue purple pink"),
    "boat": _look(traffic.boat, 110, 0.26, "red orange yellow green purple pink white brown"),
    "plane": _sideways(traffic.plane, 200, 0.14, "red orange yellow green blue purple white grey"),
    "tree": _look(outdoors.tree, 76, 0.42, "green green green orange pink"),
    "flower": _look(outdoors.flower, 60, 0.13, "red orange yellow blue purple pink white"),
    "mushroom": _look(outdoors.mushroom, 90, 0.10, "red orange brown purple"),
    "dog": _look(animals.dog, 85, 0.145, _FUR),
    "cat": _look(animals.cat, 80, 0.12, "orange black grey white brown"),
    "rabbit": _look(animals.rabbit, 66, 0.115, "white brown grey pink"),
    "duck": _sideways(animals.duck, 108, 0.095, "yellow white brown pink"),
    "bird": _sideways(animals.bird, 122, 0.09, "red blue yellow white black green"),
    "butterfly": _look(animals.butterfly, 120, 0.085, _BRIGHT),
    "penguin": _look(animals.penguin, 70, 0.15, "black grey blue purple"),
    "umbrella": _look(outdoors.umbrella, 110, 0.33, "red orange yellow green blue purple pink"),
    "bench": _look(outdoors.bench, 170, 0.17, "brown red green blue yellow"),
    "lamp": _look(outdoors.street_lamp, 48, 0.42, "black green red blue"),
    "sign": _worded(outdoors.sign, 110, 0.21, _SOLID),
    "bucket": _look(outdoors.bucket, 84, 0.11, _BRIGHT),
    "house": _look(outdoors.house, 112, 0.46, "red yellow blue pink white orange"),
    "snowman": _look(outdoors.snowman, 66, 0.29, "white"),
    "kite": _look(toys.kite, 80, 0.20, _BRIGHT),
    "balloon": _look(toys.balloon, 60, 0.20, _BRIGHT),
    "ball": _look(toys.ball, 100, 0.095, _SOLID),
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
    "gift": _look(toys.gift, 100, 0.12, _SOLID),
    "hat": _look(toys.hat, 140, 0.085, _SOLID),
    "teddy bear": _look(toys.teddy_bear, 84, 0.16, "brown white pink grey"),
    "robot": _look(toys.robot, 80, 0.20, "red orange yellow green blue purple white"),
    "chair": _look(toys.chair, 70, 0.26, "red yellow green blue brown white"),
    "pencil": _look(toys.pencil, 178, 0.09, _BRIGHT),
    "guitar": _look(toys.guitar, 41, 0.26, "orange brown red blue white"),
    "turtle": _sideways(creatures.turtle, 166, 0.10, "green brown yellow purple"),
    "frog": _look(creatures.frog, 120, 0.10, "green brown blue yellow"),
    "crab": _look(creatures.crab, 160, 0.09, "red orange blue purple"),
    "snail": _sideways(creatures.snail, 136, 0.085, "brown orange red purple blue"),
    "owl": _look(creatures.owl, 80, 0.14, "brown grey white purple"),
    "sheep": _sideways(creatures.sheep, 134, 0.18, "white black brown", "left"),
    "tent": _look(camp.tent, 144, 0.32, _BRIGHT),
    "flag": _look(camp.flag, 74, 0.32, _BRIGHT),
    "barrel": _look(goods.barrel, 80, 0.17, "brown red blue green"),
    "mailbox": _look(camp.mailbox, 64, 0.22, "red blue yellow green"),
    "traffic cone": _look(camp.cone, 88, 0.14, "orange red blue green"),
    "suitcase": _look(goods.suitcase, 124, 0.16, "brown red blue green purple black"),
    "basket": _look(goods.basket, 116, 0.14, "brown yellow red blue"),
    "boot": _look(goods.boot, 94, 0.10, "brown black red yellow blue green"),
    "pumpkin": _look(goods.pumpkin, 120, 0.13, "orange yellow green white"),
    "carrot": _look(goods.carrot, 160, 0.11, "orange yellow purple"),
    "lemon": _look(goods.lemon, 132, 0.10, "yellow"),
    "strawberry": _look(goods.strawberry, 84, 0.11, "red pink"),
    "cheese": _look(goods.cheese, 140, 0.12, "yellow orange white"),
    "bread": _look(goods.bread, 160, 0.12, "brown orange"),
    "jar": _look(goods.jar, 70, 0.17, "red orange yellow purple green"),
    "vase": _look(goods.vase, 72, 0.22, "red blue green purple white orange"),
    "drum": _look(goods.drum, 124, 0.15, _BRIGHT),
    "anchor": _look(goods.anchor, 84, 0.22, "black grey red blue"),
    "scooter": _sideways(camp.scooter, 122, 0.17, _BRIGHT),
    "helicopter": _sideways(camp.helicopter, 180, 0.16, "red orange yellow green blue purple"),
    "starfish": _look(camp.starfish, 104, 0.085, "orange red pink purple yellow"),
}
_HOMELY = frozenset(
    """cup bottle book apple pear banana teapot cake candle clock pencil lemon strawberry cheese bread jar
    vase carrot""".split()  # noqa: SIM905  # a hundred quotation marks say nothing
)
_TABLES = frozenset({"table", "counter"})
_AFAR, _CLOSE = 0.5, 1.45  # what is at home on a table, elsewhere; what is not, on one


def tallness(kind: str, look: Look, ground: str) -> float:
    """How high a thing is where it stands, as a fraction of the picture's shorter side: a table is seen from
    near, so a cat on it is larger than on the grass, and a cup on the grass smaller than on it.
    """
    if kind in _HOMELY:
        return look.tall if ground in _TABLES else look.tall * _AFAR
    close = ground in _TABLES and kind in {"cat", "owl", "snail", "frog", "turtle", "boot", "basket"}
    return look.tall * (_CLOSE if close else 1)


TABLE_LAMP = _look(pantry.table_lamp, 70, 0.25, "red orange green blue purple pink")


def look_of(kind: str, *, indoors: bool) -> Look:
    """How a kind looks here: the lamps of a home are not those of a street."""
    return TABLE_LAMP if kind == "lamp" and indoors else LOOKS[kind]
