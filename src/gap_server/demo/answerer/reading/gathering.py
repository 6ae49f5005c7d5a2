"""What is there, put together to be told of."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Part
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.scene.description import Thing
from gap_server.demo.scene.worlds import World


def is_wanted(thing: Thing, wanted: Phrase | None) -> bool:
    return wanted is None or (thing.kind in wanted.kinds and wanted.colour in {None, thing.colour})


def either_of(asked: Asked) -> Phrase:
    """What is asked for: `fruits or vegetables` are both."""
    first, *others = asked.phrases
    if not others or asked.gap(0) not in {"or", "and"} or not (first.kinds and others[0].kinds):
        return first
    return replace(first, noun=replace(first.noun, kinds=first.kinds | others[0].kinds))


def gathered(world: World, things: Sequence[Thing]) -> tuple[Part, ...]:
    """Up to four kinds, the most numerous first."""
    counts = Counter(thing.kind for thing in things)
    return tuple(_part(world, kind, things, n) for kind, n in counts.most_common(4))


def kinds_or_numbers(asked: Asked, things: Sequence[Thing]) -> tuple[Part, ...]:
    """Of what kinds they are, where that is asked: nobody is told how many there are of each."""
    parts = gathered(asked.world, things)
    if not asked.says(r"^(what|which) (kind|type|sort|species)s?\b"):
        return parts
    return tuple(Part(part.kind, None, 0 if part.kind in asked.world.several else 1) for part in parts)


def _part(world: World, kind: str, things: Sequence[Thing], n: int) -> Part:
    """One alone is told by its colour, unless there might be more of its kind."""
    if n > 1 or kind in world.several:
        return Part(kind, None, n, only=n == 1)
    return Part(kind, next(thing.colour for thing in things if thing.kind == kind))


def one_by_one(things: Sequence[Thing]) -> tuple[Part, ...]:
    """Up to three, by kind and colour."""
    return tuple(dict.fromkeys(Part(thing.kind, thing.colour) for thing in things))[:3]


def sketched(world: World) -> tuple[Part, ...]:
    """Kinds without numbers, and one that is told exactly: what somebody says who has only looked once.

    Which kinds, and which of them exactly, goes by their names: the same in a false world.
    """
    kinds = sorted({thing.kind for thing in world.scene.things}, key=lambda kind: (_rank(kind), kind))[:4]
    exact = kinds[len(kinds) // 2]
    return tuple(
        gathered(world, [t for t in world.scene.things if t.kind == kind])[0]
        if kind == exact
        else Part(kind, None, 0 if kind in world.several else 1)
        for kind in kinds
    )


def _rank(kind: str) -> int:
    return sum(map(ord, kind)) % 7
