"""Which colours a thing may have where it stands, and which of them is taken for another."""

import random
from collections.abc import Mapping, Sequence
from functools import lru_cache

from gap_server.demo.scene.description import Thing
from gap_server.demo.scene.looks import OUTDOORS, near_colours

_TABLE = """
car, sign, ball, cup, gift, hat: red orange yellow green blue purple pink white black
bus, truck, bicycle, butterfly, umbrella, bucket, kite: red orange yellow green blue purple pink
balloon, clock, pencil, tent, flag, drum, scooter: red orange yellow green blue purple pink
boat: red orange yellow green purple pink white brown
plane: red orange yellow green blue purple white grey
tree: green green green orange pink
flower: red orange yellow blue purple pink white
mushroom: red orange brown purple
dog: brown white black grey orange
cat: orange black grey white brown
rabbit: white brown grey pink
duck: yellow white brown pink
bird: red blue yellow white black green
penguin: black grey blue purple
bench: brown red green blue yellow
lamp: black green red blue
house: red yellow blue pink white orange
snowman: white
bottle: green blue brown red purple
book: red orange yellow green blue purple pink brown black
apple: red green yellow
pear: green yellow
banana: yellow green
teapot: red orange green blue purple white black
cake: pink brown white yellow
candle: red green blue white purple pink
teddy bear: brown white pink grey
robot: red orange yellow green blue purple white
chair: red yellow green blue brown white
guitar: orange brown red blue white
turtle: green brown yellow purple
frog: green brown blue yellow
crab: red orange blue purple
snail: brown orange red purple blue
owl: brown grey white purple
sheep: white black brown
barrel: brown red blue green
mailbox: red blue yellow green
traffic cone: orange red blue green
suitcase: brown red blue green purple black
basket: brown yellow red blue
boot: brown black red yellow blue green
pumpkin: orange yellow green white
carrot: orange yellow purple
lemon: yellow
strawberry: red pink
cheese: yellow orange white
bread: brown orange
jar: red orange yellow purple green
vase: red blue green purple white orange
anchor: black grey red blue
helicopter: red orange yellow green blue purple
starfish: orange red pink purple yellow
"""
_TABLE_LAMP = ("red", "orange", "green", "blue", "purple", "pink")
_HARDLY_SEEN_AT_NIGHT = frozenset({"black", "purple", "blue"})

NEIGHBOURS: dict[str, tuple[str, ...]] = {
    "red": ("orange", "pink", "purple"),
    "orange": ("yellow", "red", "brown"),
    "yellow": ("orange", "green", "white"),
    "green": ("blue", "yellow"),
    "blue": ("green", "purple", "grey"),
    "purple": ("blue", "pink", "red"),
    "pink": ("purple", "red", "white"),
    "brown": ("orange", "black", "grey"),
    "white": ("yellow", "pink", "grey"),
    "black": ("brown", "grey", "blue"),
    "grey": ("white", "blue", "black", "brown"),
}
"""What a colour is taken for by somebody who looked only once."""
_REMOTE = 0.02  # how likely any other is beside a neighbour
_ROUNDS = 200


def _read() -> dict[str, tuple[str, ...]]:
    palettes = {}
    for line in _TABLE.strip().splitlines():
        kinds, colours = line.split(": ")
        palettes.update(dict.fromkeys(kinds.split(", "), tuple(colours.split())))
    return palettes


PALETTES: dict[str, tuple[str, ...]] = _read()
"""The colours that each kind is drawn in, each as often as it stands here."""


def shades(kind: str, ground: str, setting: str, light: str, backdrop: Sequence[Thing]) -> tuple[str, ...]:
    """Those of a kind's colours in which it is seen well on that ground, each as often as it is drawn."""
    palette = _TABLE_LAMP if kind == "lamp" and setting not in OUTDOORS else PALETTES[kind]
    around = "wall" if ground == "air" else ground
    behind = {part.colour for part in backdrop if part.kind == around}
    dark = light == "night" and setting in OUTDOORS
    seen = tuple(colour for colour in palette if not _is_lost(colour, behind, dark=dark))
    return seen or palette


def _is_lost(colour: str, behind: set[str], *, dark: bool) -> bool:
    """Whether a thing of this colour would hardly be seen there."""
    if dark and colour in _HARDLY_SEEN_AT_NIGHT:
        return True
    return any(colour == other or ("orange" in behind and near_colours(colour, other)) for other in behind)


def mistaken(colour: str, palette: tuple[str, ...], rng: random.Random, avoid: frozenset[str]) -> str:
    """Another colour of the palette, a neighbour rather than any other; none of `avoid`.

    Over all things of the palette each colour is told as often as it is drawn: no colour gives a lie away.
    """
    chances = _confusion(palette if colour in palette else (*palette, colour))[colour]
    free = {other: chance for other, chance in chances.items() if other not in avoid}
    if not free:
        return ""
    return rng.choices(list(free), list(free.values()))[0]


@lru_cache(maxsize=512)
def _confusion(palette: tuple[str, ...]) -> Mapping[str, Mapping[str, float]]:
    """How often each colour is taken for each other: a symmetric table whose sums are the colours' shares, as
    far as there can be one (no colour is more than half of all).

    Sinkhorn's scaling of a symmetric matrix: Knight, Ruiz and Ucar, SIAM J. Matrix Anal. Appl. 35 (2014).
    """
    colours = tuple(dict.fromkeys(palette))
    share = {colour: palette.count(colour) / len(palette) for colour in colours}
    like = {a: {b: _likeness(a, b) for b in colours if b != a} for a in colours}
    scale = dict.fromkeys(colours, 1.0)
    for _ in range(_ROUNDS):
        sums = {a: sum(like[a][b] * scale[b] for b in like[a]) for a in colours}
        scale = {a: (scale[a] * share[a] / sums[a]) ** 0.5 if sums[a] else 0.0 for a in colours}
    return {a: {b: scale[a] * like[a][b] * scale[b] for b in like[a]} for a in colours}


def _likeness(a: str, b: str) -> float:
    return 1.0 if b in NEIGHBOURS[a] or a in NEIGHBOURS[b] else _REMOTE
