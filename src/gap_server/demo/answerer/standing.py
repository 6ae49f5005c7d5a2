"""How things stand to one another and to the parts of the place: on, between, left of, next to."""

from collections.abc import Callable, Sequence
from itertools import combinations, product

from gap_server.demo.answerer.claims import What
from gap_server.demo.answerer.finding import AIRY, PLACE_WORDS, find, is_thing
from gap_server.demo.answerer.grounds import stands_on
from gap_server.demo.answerer.measures import some
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Scene, Thing
from gap_server.demo.scene.kinds import KINDS
from gap_server.demo.scene.relations import Verdict
from gap_server.demo.scene.worlds import World

OPPOSITES = {
    "left of": "right of",
    "right of": "left of",
    "above": "below",
    "below": "above",
    "in front of": "behind",
    "behind": "in front of",
}


_CLEAR: dict[str, Callable[[Thing, Thing], Verdict]] = {
    "left of": relations.left_of,
    "right of": relations.right_of,
    "above": relations.above,
    "below": relations.below,
    "in front of": relations.in_front_of,
    "behind": lambda a, b: relations.in_front_of(b, a),
}
TO_ONE = frozenset(_CLEAR) | {"beside"}
"""What a single thing is to another: of several that are, the nearest is meant."""


_HIDES = 0.15


_FLAT_ON = frozenset({"window", "sun", "moon", "cloud"})  # what something is before, it hides


def holds(scene: Scene, relation: str, a: Thing, b: Thing) -> Verdict:
    """Whether `a` stands in a relation to `b`."""
    if a is b:
        return False
    if relation == "beside":
        return relations.beside(scene, a, b)
    if b.kind == "path" and relation in {"left of", "right of"}:  # it winds: where it passes
        middle, half = relations.path_at(a.box.bottom)
        aside = (middle - a.box.x if relation == "left of" else a.box.x - middle) - half
        return True if aside > 0 else (False if aside < -half else None)
    if (relation == "in front of" and b.kind in _FLAT_ON) or (relation == "behind" and a.kind in _FLAT_ON):
        shared = a.box.overlap(b.box) / min(a.box.width * a.box.height, b.box.width * b.box.height)
        return True if shared > _HIDES else (None if shared > 0 else False)
    if relation == "in front of" and relations.ahead(
        scene, a, b
    ):  # whoever looks to a side has it before him
        return True
    clear = _CLEAR.get(relation)
    return clear(a, b) if clear else stands_on(scene, a, frozenset({b.kind}))


def between(thing: Thing, others: Sequence[Thing], lasts: Sequence[Thing] = ()) -> Verdict:
    """Whether it stands between one of `others` and one of `lasts`, or between two of `others`: lamps."""
    if not lasts and len(others) > 2:  # `between the other two boats`
        others = [one for one in others if one is not thing]
    pairs = product(others, lasts) if lasts else combinations(others, 2)
    ends = {*others, *lasts}
    return False if thing in ends else some(relations.between(thing, one, other) for one, other in pairs)


def on(scene: Scene, thing: Thing, other: Phrase) -> Verdict:
    """Whether a thing is on what a phrase names; on another thing, where it is seen to rest on it."""
    if not other.kinds and other.noun.one in PLACE_WORDS:
        return True  # `flowers in the park`: no part of the backdrop, so no narrowing
    if not other.backdrop:
        return some(relations.rests_on(thing, one) for one in find(scene, other).all) or False
    if other.kinds == {"window"}:  # where a butterfly sits, as it is seen
        panes = [part for part in scene.backdrop if part.kind == "window"]
        return thing.ground in AIRY and any(thing.box.overlap(pane.box) > 0 for pane in panes)
    if other.kinds == {"wall"}:
        return _before_wall(scene, thing)
    if other.noun.one == "ground":
        return thing.ground not in AIRY | {"sea"}
    return stands_on(scene, thing, grounds_of(other))


def _before_wall(scene: Scene, thing: Thing) -> Verdict:
    """Whether it is seen against the wall: what flies or hangs there; before the window, people differ."""
    if KINDS[thing.kind].backdrop:
        return thing.kind in _WITHIN["wall"]
    walls = [part for part in scene.backdrop if part.kind == "wall"]
    if thing.ground not in AIRY or not any(thing.box.y < wall.box.bottom for wall in walls):
        return False
    panes = [part for part in scene.backdrop if part.kind == "window"]
    return None if any(thing.box.overlap(pane.box) > 0 for pane in panes) else True


def off(scene: Scene, thing: Thing, other: Phrase) -> Verdict:
    """Whether it is not on that."""
    there = on(scene, thing, other)
    return None if there is None else not there


SHINING = frozenset({"sun", "moon", "cloud"})
"""Parts of the sky that are spoken of as things."""


_WITHIN = {"sky": SHINING, "wall": frozenset({"window"})}


def parts_on(scene: Scene, other: Phrase) -> tuple[Thing, ...]:
    """The parts of the place that are seen on another: what shines in the sky, the window in a wall."""
    kinds = frozenset(kind for whole in other.kinds for kind in _WITHIN.get(whole, ()))
    return tuple(part for part in scene.backdrop if part.kind in kinds)


def neighbours(scene: Scene, anchors: Sequence[Thing]) -> list[Thing]:
    """What may be next to something: things; to what hangs or flies also the window, the sun, and nothing
    that stands, where anything else is up there.
    """
    airy = any(anchor.ground in AIRY for anchor in anchors)
    around = [thing for thing in scene.things if thing not in anchors]
    if not airy:
        return around
    parts = [part for part in scene.backdrop if part.kind in SHINING | {"window"}]
    return [thing for thing in around if thing.ground in AIRY] + parts or around


def grounds_of(phrase: Phrase) -> frozenset[str]:
    """The parts of the place that a phrase names, by whatever name."""
    kinds = phrase.kinds | ({"counter"} if "table" in phrase.kinds else set())
    kinds |= {"table"} if "counter" in kinds else set()
    return kinds | ({"air"} if "sky" in kinds else set())


def standing_on(world: World, ground: What | None) -> list[Thing]:
    """All things that are on a ground; all that do not fly, where that is None."""
    there = [t for t in world.scene.things if is_thing(t) and t.ground not in AIRY]
    return there if ground is None else [t for t in there if on(world.scene, t, ground.phrase)]
