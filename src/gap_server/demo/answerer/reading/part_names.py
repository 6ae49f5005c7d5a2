"""Which part a word names, as it is drawn, and on what it is."""

from collections.abc import Sequence

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import What
from gap_server.demo.answerer.finding import of_kind
from gap_server.demo.scene.details import DETAILS, PARTS
from gap_server.demo.scene.kinds import BACKDROP, KINDS, plural_of

_FORMS: dict[str, str] = {form: name for name in PARTS for form in (name, plural_of(name))}
_OTHER_NAMES = {
    "headlight": "sidelight",
    "leg": "feet foot",
    "propeller": "rotor blades",
    "tooth": "teeth",
    "trunk": "trunks",
    "leaf": "leaves",
    "pane": "windowpanes",
    "window": "porthole portholes",
    "shade": "lampshade",
    "lid": "cork stopper cover",
    "hoop": "band bands",
    "slash": "cuts slits scores notches",
    "screen": "display monitor",
    "curve": "heartbeat graph ecg",
    "slat": "bars rungs",
    "armrest": "armrests",
    "lace": "laces shoelaces",
    "bow": "bowtie bowties",
    "skin": "drumhead membrane",
    "engine": "motor",
    "oar": "paddle paddles",
    "layer": "tiers",
    "dollop": "rosettes",
    "plank": "staves boards floorboards planks",
    "marking": "markings",
    "whisker": "bristles",
    "antenna": "antennas aerial feeler feelers",
    "spot": "dot dots",
    "mouth": "lips",
    "pole": "post",
    "claw": "pincers",
}
_CALLED = {word: part for part, words in _OTHER_NAMES.items() for word in words.split()}
_IN_STEAD = {
    "seat": ("saddle",),
    "saddle": ("seat",),
    **dict.fromkeys(("lid", "hat"), ("cap",)),
    "hoop": ("stripe", "ribbon"),
    "leg": ("paw",),
    "hand": ("arm", "paw", "wing"),
    "arm": ("paw", "wing", "ray"),
    "shoe": ("leg",),
    "tail": ("stem", "leaf"),  # what Russian calls so on a fruit
}


def part_named(word: str) -> str:
    return _FORMS.get(word) or _CALLED.get(word, "")


def as_drawn(part: str, kind: str) -> str:
    """A robot's hands are its arms, a dog's legs its paws."""
    there = DETAILS.get(kind, {})
    return (
        part if part in there else next((other for other in _IN_STEAD.get(part, ()) if other in there), part)
    )


def where_named(words: Sequence[str]) -> list[int]:
    """Where parts are named; a hat whose ribbon is named is the whole."""
    named = {i: part for i, word in enumerate(words) if (part := part_named(word))}
    wholes = {part for part in named.values() if DETAILS.get(part, {}).keys() & set(named.values())}
    return [i for i, part in named.items() if part not in wholes]


def holder_of(asked: Asked, part: str, at: int) -> What | None:
    """On what the part is: what is named beside it, else whatever there has one."""
    named = [p for p in asked.phrases if not p.start <= at < p.end and not p.generic]
    if any(not phrase.kinds for phrase in named):
        return None  # smoke from the chimney
    whole = {kind for phrase in named for kind in phrase.kinds}
    drawn = part in KINDS and not any(as_drawn(part, kind) in DETAILS.get(kind, {}) for kind in whole)
    if drawn or (named and named[0].backdrop and asked.world.detail(min(named[0].kinds), part) is None):
        return None  # `are there hats on the bench`
    if named:
        return What(named[-1] if asked.says(r"\b(of|on) (the|a|an|each|every) ") else named[0])
    kinds = dict.fromkeys(thing.kind for thing in (*asked.scene.things, *asked.scene.backdrop))
    asks = {part_named(word) for word in asked.words} - {""}
    having = [kind for kind in kinds if asked.world.detail(kind, part)]
    having.sort(key=lambda kind: not asks <= DETAILS.get(kind, {}).keys())  # `the spots on the shell`
    if part in KINDS and (part in {thing.kind for thing in asked.scene.backdrop} or part == "hat"):
        return None
    return (
        of_kind(having[0], many=False)
        if having and not (set(having) <= set(BACKDROP) and part == "window")
        else None
    )
