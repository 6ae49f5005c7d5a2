"""What is to be seen on each kind of thing: its parts, each as it is drawn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Detail:
    """`count` is 0 where nobody would count them (the leaves of a tree); `colour` is None where a part has
    the colour of the whole; `pale`: it is lighter than that.
    """

    name: str
    count: int
    colour: str | None = None
    pale: bool = False


_TABLE = """
car: wheel 2 black, window 2 blue, door 1, headlight 1 yellow, taillight 1 red, roof 1, hubcap 2 grey
bus: wheel 2 black, window 5 blue, door 1 blue, headlight 1 yellow, roof 1, hubcap 2 grey
truck: wheel 2 black, window 1 blue, headlight 1 yellow, hubcap 2 grey
bicycle: wheel 2 black, handlebar 1 black, saddle 1 black, pedal 1 black, frame 1
boat: sail 2, mast 1 brown
plane: wing 2, tail 1, window 4 blue, cockpit 1 blue
tree: trunk 1 brown, leaf 0
flower: petal 7, stem 1 green, leaf 2 green, core 1 yellow
mushroom: spot 4 white, stem 1 white, cap 1
dog: eye 2 black, ear 2, nose 1 black, tail 1, collar 1 red, tongue 1 pink, mouth 1 black, paw 2
cat: eye 2 black, ear 2, nose 1 pink, tail 1, whisker 4 grey, stripe 3, paw 2
rabbit: eye 2 black, ear 2, inner+ear 2 pink, nose 1 pink, tail 1, paw 2, tooth 1 white
duck: eye 1 black, beak 1 orange, wing 1, tail 1
bird: eye 1 black, beak 1 orange, wing 2, tail 1
butterfly: wing 4, antenna 2 black, spot 4
penguin: eye 2 black, beak 1 orange, wing 2, leg 2 orange, belly 1 white, face 1 white
umbrella: handle 1 brown, stripe 5, pole 1 brown
bench: leg 4 black, slat 3, backrest 1, seat 1
lamp: roof 1, pole 1, shade 1, base 1
ball: stripe 3
drum: drumstick 2 brown, zigzag 3 white, skin 1 white
vase: zigzag 1 white
sign: leg 2 brown
bucket: handle 1 grey
house: roof 1 grey, door 1 brown, window 2 blue, chimney 1 grey
snowman: hat 1 black, nose 1 orange, eye 2 black, button 3 black, arm 2 brown
kite: tail 1, bow 3
balloon: string 1 black
cup: handle 1
bottle: label 1 white, lid 1 brown
book: page 0 white, spine 1
apple: leaf 1 green, stem 1 brown
pear: leaf 1 green, stem 1 brown
banana: stem 1 brown
teapot: handle 1, spout 1, lid 1, knob 1, stripe 1
cake: plate 1 white, layer 2, dollop 7 white
candle: flame 1 orange, wick 1 black, holder 1 grey
clock: bell 2, leg 2, hand 2, hour+hand 1 red, minute+hand 1 black, face 1 white
gift: bow 1 white, ribbon 1 white, lid 1
hat: brim 1, ribbon 1
teddy bear: eye 2 black, ear 2, nose 1 black, arm 2, leg 2, mouth 1 black, belly 1 pale
robot: eye 2 black, arm 2 grey, leg 2 grey, antenna 1 grey, mouth 1 black, face 1 white
robot: screen 1 black, curve 1 green
chair: leg 4, slat 3, backrest 1, seat 1
pencil: tip 1 black, eraser 1 pink
guitar: string 3 white, hole 1 black, fretboard 1 brown
turtle: shell 1, leg 2 pale, eye 1 black, spot 4
frog: eye 2 black, mouth 1 black, belly 1 pale, leg 2
crab: claw 2, eye 2 black, leg 6, mouth 1 black
snail: shell 1, antenna 2 brown, eye 2 black
owl: eye 2 black, ear 2, beak 1 orange, wing 2, leg 2 orange, belly 1 pale
sheep: leg 4 black, eye 1 black, face 1 black, ear 1 black
tent: door 1, pole 2 brown
flag: pole 1 brown, stripe 1
barrel: hoop 2 grey, plank 4, lid 1
mailbox: pole 1 brown, slot 1, label 1 white
traffic cone: stripe 2 white, base 1
suitcase: handle 1, lock 2 yellow, strap 2
basket: handle 1
boot: sole 1, cuff 1
pumpkin: stem 1 green
carrot: leaf 3 green
lemon: leaf 1 green
strawberry: leaf 0 green, seed 6 yellow, stem 1 green
cheese: hole 4
bread: slash 3 white, stripe 3 white
jar: lid 1, label 1 white
scooter: wheel 2 black, handlebar 1, deck 1
helicopter: window 2 blue, tail 1, propeller 1 grey, skid 1 grey
starfish: ray 5, spot 10
building: window 0
sea: wave 0 white
window: pane 4 blue, frame 1 white
road: marking 0 white
floor: plank 0
quay: plank 0
rug: border 1
moon: crater 3 grey
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
    "armrest",
    "lace",
    "engine",
    "oar",
    "tile",
)
# Seen from the side: more of these there may be, which nobody sees.
SIDEWAYS: frozenset[str] = frozenset({"car", "bus", "truck", "turtle", "duck", "bird", "sheep", "snail"})


# Parts in another colour on a whole of one: a white gift has a pink bow, an orange dog brown ears.
ELSE_COLOURED: dict[tuple[str, str, str], str] = {
    **{("gift", part, whole): "pink" for part in ("bow", "ribbon") for whole in ("white", "yellow")},
    **{("dog", part, "white"): "grey" for part in ("ear", "tail")},
    ("dog", "collar", "red"): "blue",
    ("car", "taillight", "red"): "yellow",
    **{("flower", "core", whole): "brown" for whole in ("yellow", "orange")},
    **{("dog", part, "orange"): "brown" for part in ("ear", "tail")},
}


def _read() -> dict[str, dict[str, Detail]]:
    details: dict[str, dict[str, Detail]] = {}
    for line in _TABLE.strip().splitlines():
        kind, parts = line.split(": ")
        for part in parts.split(", "):
            named, count, *colour = part.split()
            name = named.replace("+", " ")
            pale = colour == ["pale"]
            own = colour[0] if colour and not pale else None
            details.setdefault(kind, {})[name] = Detail(name, int(count), own, pale)
    return details


DETAILS: dict[str, dict[str, Detail]] = _read()
PARTS: frozenset[str] = frozenset({name for parts in DETAILS.values() for name in parts} | set(_NEVER))

OF_PLACE: dict[str, dict[tuple[str, str], Detail]] = {
    "living room": {("wall", "stripe"): Detail("stripe", 0)},
    "kitchen": {("wall", "tile"): Detail("tile", 0)},
}
"""What is on the walls of a room, in tones of their own colour."""

PATTERNS = ("stripe", "spot", "zigzag")
"""The parts that make a pattern."""

FRONTAL: frozenset[str] = frozenset(
    {"dog", "cat", "rabbit", "penguin", "owl", "frog", "crab", "robot", "teddy bear", "snowman"}
)
"""Who looks at us from the picture."""

WORN: dict[str, str] = {"snowman": "hat", "dog": "collar"}
"""What each who wears something wears: one of its parts."""
