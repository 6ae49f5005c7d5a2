"""On which side of a thing each of its parts is drawn, and what is drawn on which place of it."""

from gap_server.demo.scene.description import Thing

# As each is drawn, not mirrored. What hangs on both sides, or anywhere, has no side.
_TABLE = """
car: headlight right, taillight left, roof top
bus: headlight right, door right, roof top
truck: headlight right
bicycle: handlebar right
plane: cockpit right, tail left
tree: trunk bottom
mushroom: cap top, stem bottom
dog: tail right, ear down
cat: tail right, ear up
rabbit: tail right, ear up
owl: ear up
duck: beak right, tail left
bird: beak right, tail left
penguin: leg bottom
umbrella: handle bottom
lamp: shade top, roof top, base bottom
drum: drumstick top, skin top
sign: leg bottom
bucket: handle top
house: chimney right, roof top
snowman: hat top
kite: tail bottom, bow bottom
balloon: string bottom
cup: handle right
bottle: lid top, label middle
apple: leaf right
pear: leaf right
lemon: leaf right
banana: stem left
carrot: leaf right
teapot: spout right, handle left, lid top
cake: dollop top, plate bottom
candle: flame top, wick top, holder bottom
clock: bell top, leg bottom
gift: bow top, lid top
robot: antenna top, screen middle
pencil: tip right, eraser left
guitar: fretboard top
turtle: eye right
snail: antenna right
sheep: face left
flag: pole left
barrel: lid top
mailbox: pole bottom
traffic cone: base bottom
suitcase: handle top
basket: handle top
boot: sole bottom, cuff top
pumpkin: stem top
strawberry: leaf top, stem top
jar: lid top, label middle
scooter: handlebar right
helicopter: tail left, propeller top, skid bottom
"""
_MIRRORED = {"left": "right", "right": "left"}
OTHER_SIDES: dict[str, str] = {
    **_MIRRORED,
    "top": "bottom",
    "bottom": "top",
    "middle": "top",
    "up": "down",
    "down": "up",
}
"""The side that is told for another."""

SIDES: dict[tuple[str, str], str] = {
    (kind, part): side
    for line in _TABLE.strip().splitlines()
    for kind, parts in [line.split(": ")]
    for part, side in (entry.split() for entry in parts.split(", "))
}
_NEVER_MIRRORED = frozenset({"cup", "clock", "sign", "book"})
_LOOKS_LEFT = frozenset({"sheep", "carrot"})  # all others look to the right, where they are not mirrored


def side_of(thing: Thing, part: str) -> str | None:
    """The side of the picture to which the part of it is seen; None where no picture tells."""
    drawn = SIDES.get((thing.kind, part))
    if drawn not in _MIRRORED:
        return drawn
    mirrored = _is_mirrored(thing)
    return None if mirrored is None else (_MIRRORED[drawn] if mirrored else drawn)


def _is_mirrored(thing: Thing) -> bool | None:
    """Older scenes tell it only of what is seen from the side."""
    if thing.mirrored is not None:
        return thing.mirrored
    if thing.facing:
        return thing.facing == ("right" if thing.kind in _LOOKS_LEFT else "left")
    return False if thing.kind in _NEVER_MIRRORED else None


BODY: tuple[str, ...] = ("chest", "head", "neck", "back", "stomach", "tummy", "forehead", "top")
"""Places on a thing that are no parts of their own."""

ON: dict[tuple[str, str], tuple[str, ...]] = {
    ("robot", "chest"): ("screen", "curve"),
    ("robot", "belly"): ("screen", "curve"),
    ("robot", "head"): ("antenna",),
    ("robot", "screen"): ("curve",),
    ("snowman", "chest"): ("button",),
    ("snowman", "belly"): ("button",),
    ("penguin", "chest"): ("belly",),
    ("house", "roof"): ("chimney",),
    ("house", "top"): ("roof", "chimney"),
    ("drum", "top"): ("drumstick",),
    ("cake", "top"): ("dollop",),
    ("candle", "top"): ("flame",),
    ("clock", "top"): ("bell",),
    ("kite", "tail"): ("bow",),
    ("mushroom", "cap"): ("spot",),
    ("mushroom", "top"): ("spot",),
    ("butterfly", "wing"): ("spot",),
    ("turtle", "shell"): ("spot",),
    ("turtle", "back"): ("shell",),
    ("snail", "back"): ("shell",),
    ("cat", "forehead"): ("stripe",),
    ("gift", "top"): ("bow",),
    ("bottle", "top"): ("lid",),
    ("jar", "top"): ("lid",),
    ("teapot", "top"): ("lid",),
    **{(kind, ""): ("label",) for kind in ("bottle", "jar", "mailbox")},
    ("drum", ""): ("drumstick",),
    ("gift", ""): ("bow", "ribbon"),
    ("cake", ""): ("dollop",),
    ("hat", ""): ("ribbon",),
    ("barrel", ""): ("hoop",),
}
"""Which parts are seen on a place of a thing; without a place, on the thing itself."""
