"""Everything that can be drawn: who draws it, and how large (in which colours: `scene.palettes`)."""

from collections.abc import Callable
from dataclasses import dataclass

from gap_server.demo.drawing import animals, camp, creatures, goods, outdoors, pantry, toys, traffic
from gap_server.demo.drawing.sketch import Sketch, Tones


@dataclass(frozen=True, slots=True)
class Look:
    """`wide`: width in hundredths of the height. `tall`: height as a fraction of the picture's shorter side.

    `flips`: whether it may face the other way. `words`: whether something may be written on it. `faces`: the
    side to which it looks unless it is flipped; empty where it looks at us, or at nothing.
    """

    draw: Callable[[Sketch, Tones, str], None]
    wide: int
    tall: float
    flips: bool = True
    words: bool = False
    faces: str = ""

    def facing(self, *, flipped: bool) -> str:
        return {"left": "right", "right": "left"}.get(self.faces, "") if flipped else self.faces


def _sideways(
    draw: Callable[[Sketch, Tones, str], None], wide: int, tall: float, faces: str = "right"
) -> Look:
    return Look(draw, wide, tall, faces=faces)


def _worded(draw: Callable[[Sketch, Tones, str], None], wide: int, tall: float, faces: str = "") -> Look:
    return Look(draw, wide, tall, flips=False, words=True, faces=faces)


LOOKS: dict[str, Look] = {
    "car": _sideways(traffic.car, 200, 0.20),
    "bus": _worded(traffic.bus, 220, 0.30, "right"),
    "truck": _worded(traffic.truck, 200, 0.26, "right"),
    "bicycle": _sideways(traffic.bicycle, 160, 0.18),
    "boat": Look(traffic.boat, 110, 0.26),
    "plane": _sideways(traffic.plane, 200, 0.14),
    "tree": Look(outdoors.tree, 76, 0.42),
    "flower": Look(outdoors.flower, 60, 0.13),
    "mushroom": Look(outdoors.mushroom, 90, 0.10),
    "dog": Look(animals.dog, 85, 0.145),
    "cat": Look(animals.cat, 80, 0.12),
    "rabbit": Look(animals.rabbit, 66, 0.115),
    "duck": _sideways(animals.duck, 108, 0.095),
    "bird": _sideways(animals.bird, 122, 0.09),
    "butterfly": Look(animals.butterfly, 120, 0.085),
    "penguin": Look(animals.penguin, 70, 0.15),
    "umbrella": Look(outdoors.umbrella, 110, 0.33),
    "bench": Look(outdoors.bench, 170, 0.17),
    "lamp": Look(outdoors.street_lamp, 48, 0.42),
    "sign": _worded(outdoors.sign, 110, 0.21),
    "bucket": Look(outdoors.bucket, 84, 0.11),
    "house": Look(outdoors.house, 112, 0.46),
    "snowman": Look(outdoors.snowman, 66, 0.29),
    "kite": Look(toys.kite, 80, 0.20),
    "balloon": Look(toys.balloon, 60, 0.20),
    "ball": Look(toys.ball, 100, 0.095),
    "cup": _worded(pantry.cup, 114, 0.15),
    "bottle": Look(pantry.bottle, 40, 0.23),
    "book": _worded(pantry.book, 78, 0.20),
    "apple": Look(pantry.apple, 96, 0.12),
    "pear": Look(pantry.pear, 72, 0.145),
    "banana": Look(pantry.banana, 146, 0.10),
    "teapot": _sideways(pantry.teapot, 146, 0.165),
    "cake": Look(pantry.cake, 140, 0.19),
    "candle": Look(pantry.candle, 60, 0.17),
    "clock": Look(pantry.clock, 96, 0.165, flips=False),
    "gift": Look(toys.gift, 100, 0.12),
    "hat": Look(toys.hat, 140, 0.085),
    "teddy bear": Look(toys.teddy_bear, 84, 0.16),
    "robot": Look(toys.robot, 80, 0.20),
    "chair": Look(toys.chair, 70, 0.26),
    "pencil": _sideways(toys.pencil, 178, 0.09),
    "guitar": Look(toys.guitar, 41, 0.26),
    "turtle": _sideways(creatures.turtle, 166, 0.10),
    "frog": Look(creatures.frog, 120, 0.10),
    "crab": Look(creatures.crab, 160, 0.09),
    "snail": _sideways(creatures.snail, 136, 0.085),
    "owl": Look(creatures.owl, 80, 0.14),
    "sheep": _sideways(creatures.sheep, 134, 0.18, "left"),
    "tent": Look(camp.tent, 144, 0.32),
    "flag": _sideways(camp.flag, 74, 0.32),
    "barrel": Look(goods.barrel, 80, 0.17),
    "mailbox": Look(camp.mailbox, 64, 0.22),
    "traffic cone": Look(camp.cone, 88, 0.14),
    "suitcase": Look(goods.suitcase, 124, 0.16),
    "basket": Look(goods.basket, 116, 0.14),
    "boot": _sideways(goods.boot, 94, 0.10),
    "pumpkin": Look(goods.pumpkin, 120, 0.13),
    "carrot": _sideways(goods.carrot, 160, 0.11, "left"),
    "lemon": Look(goods.lemon, 132, 0.10),
    "strawberry": Look(goods.strawberry, 84, 0.11),
    "cheese": Look(goods.cheese, 140, 0.12),
    "bread": Look(goods.bread, 160, 0.12),
    "jar": Look(goods.jar, 70, 0.17),
    "vase": Look(goods.vase, 72, 0.22),
    "drum": Look(goods.drum, 124, 0.15),
    "anchor": Look(goods.anchor, 84, 0.22),
    "scooter": _sideways(camp.scooter, 122, 0.17),
    "helicopter": _sideways(camp.helicopter, 180, 0.16),
    "starfish": Look(camp.starfish, 104, 0.085),
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


TABLE_LAMP = Look(pantry.table_lamp, 70, 0.25)


def look_of(kind: str, *, indoors: bool) -> Look:
    """How a kind looks here: the lamps of a home are not those of a street."""
    return TABLE_LAMP if kind == "lamp" and indoors else LOOKS[kind]
