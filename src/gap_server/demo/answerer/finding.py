"""Which things of a scene a phrase means."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from gap_server.demo.answerer.claims import What
from gap_server.demo.answerer.grounds import stands_on
from gap_server.demo.answerer.lexicon import NOUNS
from gap_server.demo.answerer.measures import EXTREMES, away, extreme, middle_of, some
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Scene, Thing
from gap_server.demo.scene.kinds import KINDS
from gap_server.demo.scene.looks import SETTINGS
from gap_server.demo.scene.relations import Verdict
from gap_server.demo.scene.worlds import World, usual_pose

AIRY = frozenset({"sky", "air"})
PLACE_WORDS = frozenset(word for name, others in SETTINGS.items() for word in (name, *others))


@dataclass(frozen=True, slots=True)
class Found:
    """`sure` are meant; of `maybe`, people might disagree."""

    sure: tuple[Thing, ...]
    maybe: tuple[Thing, ...] = ()

    @property
    def all(self) -> tuple[Thing, ...]:
        return self.sure + self.maybe


def named(scene: Scene, phrase: Phrase) -> list[Thing]:
    """Things of the phrase's kinds, colour and word, wherever they are."""
    pool = [*scene.things, *scene.backdrop]
    things = [thing for thing in pool if thing.kind in phrase.kinds]
    if phrase.colour:
        things = [thing for thing in things if thing.colour == phrase.colour]
    if phrase.word:
        things = [thing for thing in things if thing.word and thing.word.lower() == phrase.word]
    if phrase.lettered is not None:
        things = [thing for thing in things if is_lettered(thing) is phrase.lettered]
    return things


def ranked(scene: Scene, phrase: Phrase | None) -> list[Thing]:
    """Among which the most so is sought: all things, or those that a phrase names, of whatever side or size;
    parts of the place where it names no thing that is there.
    """
    own = [
        thing
        for thing in (*scene.things, *scene.backdrop)
        if phrase is None or (thing.kind in phrase.kinds and phrase.colour in {None, thing.colour})
    ]
    things = [thing for thing in own if is_thing(thing)]
    return things if things or phrase is None else own


def find(scene: Scene, phrase: Phrase) -> Found:
    """All that the phrase means. A superlative, or a side where there is one thing, means one."""
    things = named(scene, phrase)
    if phrase.region == "middle" and not phrase.noun.plural and (between := middle_of(things)):
        return Found((between,))
    if phrase.region:
        found = _in_region(things, phrase.region)
        if not phrase.noun.plural and not found.sure:
            pool = found.maybe or (things if phrase.definite and len(things) > 1 else ())
            return Found(tuple(extreme(pool, EXTREMES.get(phrase.region.split()[-1], ""))[:1]))
        if not phrase.noun.plural and phrase.definite and len(found.all) > 1:
            return Found(tuple(extreme(found.all, EXTREMES.get(phrase.region.split()[-1], ""))[:1]))
        things, maybe = list(found.sure), found.maybe
    else:
        maybe = ()
    if phrase.size and things:
        return Found(tuple(extreme(things, phrase.size)[:1]))
    return Found(tuple(things), maybe)


def _in_region(things: Sequence[Thing], region: str) -> Found:
    verdicts = [(thing, relations.lies(thing, region)) for thing in things]
    if region == "middle" and not any(verdict for _, verdict in verdicts):
        verdicts = [(thing, relations.lies(thing, "centre")) for thing in things]
    return split(verdicts)


def split(verdicts: Sequence[tuple[Thing, Verdict]]) -> Found:
    sure = tuple(thing for thing, verdict in verdicts if verdict)
    return Found(sure, tuple(thing for thing, verdict in verdicts if verdict is None))


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


def meant(world: World, what: What) -> Found:
    """What is meant, narrowed: `the car left of the tree`, `ducks in the water`."""
    scene = world.scene
    found = find(scene, what.phrase)
    if what.pose:  # whom one speaks of is known by what is drawn, whatever is told of what they do
        found = Found(
            *(tuple(t for t in part if is_like(t, what.pose)) for part in (found.sure, found.maybe))
        )
    if what.facing:
        found = Found(
            *(tuple(t for t in part if world.facing(t) == what.facing) for part in (found.sure, found.maybe))
        )
    if what.colour:
        found = Found(*(_of_colour(part, what) for part in (found.sure, found.maybe)))
    if what.relation is None or what.other is None:
        return found
    narrowed = _narrowed(scene, found, what.relation, what.other, what.last)
    one = what.phrase.definite and not what.phrase.noun.plural and what.relation in _CLEAR | {"beside": None}
    return _the_nearest(scene, narrowed, find(scene, what.other).all) if one else narrowed


def _the_nearest(scene: Scene, found: Found, others: Sequence[Thing]) -> Found:
    """`the sign next to the cat` is one: of several, the nearest."""
    pool = found.sure or found.maybe
    return Found(tuple(sorted(pool, key=lambda thing: away(scene, thing, others))[:1]))


LIKE_POSES = {"floating": {"swimming", "flying"}, "swimming": {"floating"}, "flying": {"floating"}}


def is_like(thing: Thing, told: str, pose: str = "") -> bool:
    """Whether it does that (usually, or in `pose`): a balloon floats or flies, a boat floats or swims."""
    pose = pose or usual_pose(thing)
    like = LIKE_POSES.get(pose, set()) - ({"swimming"} if thing.ground in AIRY else {"flying"})
    return told == pose or told in like


def _of_colour(things: tuple[Thing, ...], what: What) -> tuple[Thing, ...]:
    return tuple(thing for thing in things if (thing.colour == what.colour) is not what.unlike)


def _narrowed(scene: Scene, found: Found, relation: str, other: Phrase, last: Phrase | None) -> Found:
    others, lasts = find(scene, other).all, () if last is None else find(scene, last).all
    if relation == "on":
        verdicts = [(thing, on(scene, thing, other)) for thing in found.all]
    elif relation == "off":
        verdicts = [(thing, off(scene, thing, other)) for thing in found.all]
    elif relation == "between":
        verdicts = [(thing, between(thing, others, lasts)) for thing in found.all]
    else:
        verdicts = [
            (thing, some(holds(scene, relation, thing, one) for one in others)) for thing in found.all
        ]
    doubtful = [(thing, None if verdict and thing in found.maybe else verdict) for thing, verdict in verdicts]
    return split(doubtful)


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


def off(scene: Scene, thing: Thing, other: Phrase) -> Verdict:
    """Whether it is not on that."""
    there = on(scene, thing, other)
    return None if there is None else not there


def grounds_of(phrase: Phrase) -> frozenset[str]:
    """The parts of the place that a phrase names, by whatever name."""
    kinds = phrase.kinds | ({"counter"} if "table" in phrase.kinds else set())
    kinds |= {"table"} if "counter" in kinds else set()
    return kinds | ({"air"} if "sky" in kinds else set())


def standing_on(world: World, ground: What | None) -> list[Thing]:
    """All things that are on a ground; all that do not fly, where that is None."""
    there = [t for t in world.scene.things if is_thing(t) and t.ground not in AIRY]
    return there if ground is None else [t for t in there if on(world.scene, t, ground.phrase)]


def is_lettered(thing: Thing) -> bool:
    return thing.word is not None and thing.kind != "clock"


def is_thing(thing: Thing) -> bool:
    return not KINDS[thing.kind].backdrop


def nominal(thing: Thing) -> str:
    """The region of GRID in which a thing is seen, rather than any other."""
    low, high = relations.MIDDLE
    across = "left" if thing.box.x < low else ("right" if thing.box.x > high else "centre")
    down = "top" if thing.box.y < 0.3 else ("bottom" if thing.box.y > 0.75 else "")
    return f"{down} {across}".strip()


def of_kind(kind: str, *, many: bool = True) -> What:
    """A kind by its own name."""
    return What(Phrase(NOUNS[tuple((KINDS[kind].plural if many else kind).split())], 0, 0))
