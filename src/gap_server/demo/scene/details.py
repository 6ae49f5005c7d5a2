"""What is to be seen on each kind of thing: its parts, what it is made of, its shape, and how it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Detail:
    """`count` is 0 where nobody would count them (the leaves of a tree); `colour` is None where a part has
    the colour of the whole.
    """

    name: str
    count: int
    colour: str | None = None


_TABLE = """
car: wheel 2 black, window 2 blue, door 1, headlight 1 yellow
bus: wheel 2 black, window 5 blue, door 1 blue, headlight 1 yellow
truck: wheel 2 black, window 1 blue, headlight 1 yellow
bicycle: wheel 2 black, handlebar 1 black, saddle 1 black, pedal 1 black
boat: sail 2, mast 1 brown
plane: wing 2, tail 1, window 0 blue
tree: trunk 1 brown, leaf 0
flower: petal 7, stem 1 green, leaf 2 green
mushroom: spot 4 white, stem 1 white, cap 1
dog: eye 2 black, ear 2, nose 1 black, tail 1, collar 1 red, tongue 1 pink, mouth 1 black, paw 2
cat: eye 2 black, ear 2, nose 1 pink, tail 1, whisker 4 grey, stripe 3, paw 2
rabbit: eye 2 black, ear 2, nose 1 pink, tail 1, paw 2
duck: eye 1 black, beak 1 orange, wing 1, tail 1
bird: eye 1 black, beak 1 orange, wing 2, tail 1
butterfly: wing 0, antenna 2 black, spot 4
penguin: eye 2 black, beak 1 orange, wing 2, leg 2 orange, belly 1 white
umbrella: handle 1 brown, stripe 0
bench: leg 4 black
lamp: roof 1, pole 1
ball: stripe 0
drum: drumstick 2 brown, zigzag 0 white
vase: zigzag 1 white
sign: leg 2 brown
bucket: handle 1 grey
house: roof 1 grey, door 1 brown, window 2 blue, chimney 1 grey
snowman: hat 1 black, nose 1 orange, eye 2 black, button 3 black, arm 2 brown
kite: tail 1
balloon: string 1 black
cup: handle 1
bottle: label 1 white
apple: leaf 1 green, stem 1 brown
pear: leaf 1 green, stem 1 brown
teapot: handle 1, spout 1, lid 1
cake: plate 1 white
candle: flame 1 orange
clock: bell 2, leg 2, hand 2, face 1 white
gift: bow 1 white, ribbon 1 white
hat: brim 1
teddy bear: eye 2 black, ear 2, nose 1 black, arm 2, leg 2, mouth 1 black
robot: eye 2 black, arm 2 grey, leg 2 grey, antenna 1 grey, mouth 1 black
chair: leg 4
pencil: tip 1 black, eraser 1 pink
turtle: shell 1, leg 2, eye 1 black, spot 4
frog: eye 2 black, mouth 1 black
crab: claw 2, eye 2 black, leg 6
snail: shell 1, antenna 2
owl: eye 2 black, ear 2, beak 1 orange, wing 2, leg 2 orange
sheep: leg 4 black, eye 1 black, face 1 black
flag: pole 1 brown
mailbox: pole 1 brown
traffic cone: stripe 2 white
suitcase: handle 1, lock 2 yellow
basket: handle 1
pumpkin: stem 1 green
carrot: leaf 3 green
lemon: leaf 1 green
strawberry: leaf 0 green
cheese: hole 4
jar: lid 1, label 1 white
scooter: wheel 2 black, handlebar 1
helicopter: window 2 blue, tail 1, propeller 1 grey
starfish: ray 5
building: window 0
sea: wave 0 white
window: pane 4 blue, frame 1 white
"""
# Parts that people ask for and that nothing here has.
_NEVER = (
    "scarf",
    "tooth",
    "horn",
    "mane",
    "hair",
    "beard",
    "glove",
    "fin",
    "balcony",
    "necklace",
    "bell",
    "pattern",
)
# Seen from the side: more of these there may be, which nobody sees.
SIDEWAYS: frozenset[str] = frozenset({"car", "bus", "truck", "turtle", "duck", "bird", "sheep", "snail"})


# Parts in another colour on a whole of one: a white gift has a pink bow, an orange dog brown ears.
ELSE_COLOURED: dict[tuple[str, str, str], str] = {
    **{("gift", part, whole): "pink" for part in ("bow", "ribbon") for whole in ("white", "yellow")},
    **{("dog", part, "white"): "grey" for part in ("ear", "tail")},
    **{("dog", part, "orange"): "brown" for part in ("ear", "tail")},
}


def _read() -> dict[str, dict[str, Detail]]:
    details: dict[str, dict[str, Detail]] = {}
    for line in _TABLE.strip().splitlines():
        kind, parts = line.split(": ")
        for part in parts.split(", "):
            name, count, *colour = part.split()
            details.setdefault(kind, {})[name] = Detail(name, int(count), colour[0] if colour else None)
    return details


DETAILS: dict[str, dict[str, Detail]] = _read()
PARTS: frozenset[str] = frozenset({name for parts in DETAILS.values() for name in parts} | set(_NEVER))

PATTERNS = ("stripe", "spot", "zigzag")
"""The parts that make a pattern."""

FRONTAL: frozenset[str] = frozenset(
    {"dog", "cat", "rabbit", "penguin", "owl", "frog", "crab", "robot", "teddy bear", "snowman"}
)
"""Who looks at us from the picture."""

WORN: dict[str, str] = {"snowman": "hat", "dog": "collar"}
"""What each who wears something wears: one of its parts."""

MATERIALS: dict[str, str] = {
    **dict.fromkeys(("bench", "barrel", "chair", "quay", "table", "counter", "floor", "guitar"), "wood"),
    **dict.fromkeys(("boat", "drum", "pencil", "sign"), "wood"),
    **dict.fromkeys(("anchor", "bicycle", "car", "robot", "bucket"), "metal"),
    **dict.fromkeys(("bus", "truck", "plane", "helicopter", "scooter", "clock"), "metal"),
    **dict.fromkeys(("hat", "umbrella"), "cloth"),
    "ball": "rubber",
    **dict.fromkeys(("bottle", "jar", "window"), "glass"),
    **dict.fromkeys(("flag", "tent"), "cloth"),
    "book": "paper",
    "kite": "paper",
    "basket": "wicker",
    "snowman": "snow",
    "vase": "ceramic",
    "cup": "ceramic",
    "teapot": "ceramic",
    "candle": "wax",
    "balloon": "rubber",
}
OTHER_MATERIALS: dict[str, str] = {
    "wood": "metal",
    "metal": "wood",
    "glass": "ceramic",
    "cloth": "paper",
    "paper": "cloth",
    "wicker": "metal",
    "snow": "ceramic",
    "ceramic": "glass",
    "wax": "ceramic",
    "rubber": "paper",
}
SHAPES: dict[str, str] = {
    **dict.fromkeys(("ball", "clock", "sun", "pumpkin"), "round"),
    **dict.fromkeys(("rug", "balloon", "lemon"), "oval"),
    **dict.fromkeys(("gift", "window"), "square"),
    **dict.fromkeys(("sign", "book", "suitcase", "bread"), "rectangular"),
    **dict.fromkeys(("tent", "cheese", "traffic cone"), "triangular"),
    "kite": "diamond-shaped",
    "path": "winding",
}
OTHER_SHAPES: dict[str, str] = {
    "round": "square",
    "oval": "rectangular",
    "square": "round",
    "rectangular": "round",
    "triangular": "rectangular",
    "diamond-shaped": "triangular",
    "winding": "straight",
}

STATES: dict[str, dict[str, bool]] = {
    **{kind: {"smiling": True} for kind in ("dog", "frog", "crab", "robot", "teddy bear")},
    **{kind: {"smiling": False} for kind in ("snowman", "owl", "penguin", "duck", "bird", "turtle", "sheep")},
    **{kind: {"open": True} for kind in ("umbrella", "bucket", "tent", "cup", "basket", "vase")},
    **{
        kind: {"open": False}
        for kind in (
            "jar",
            "suitcase",
            "book",
            "window",
            "gift",
            "mailbox",
            "door",
            "bottle",
            "barrel",
            "teapot",
        )
    },
    **{kind: {"lit": True} for kind in ("candle", "lamp")},
    "house": {"lit": False},
    "sea": {"calm": True},
    "sky": {"clear": True},
    **{kind: {"shining": True} for kind in ("sun", "moon")},
    "flag": {"waving": True},
    "moon": {"full": True},
}
"""How each kind always is drawn: whether it smiles, is open, is lit. What is missing here is told by no
picture."""
