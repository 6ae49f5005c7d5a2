"""Whether what an answer claims is so of a world: clearly so, clearly not so, or None where people looking
might disagree.

The one judge of both arms: what is told as so is never clearly not so, and of a lie something always is.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import singledispatch

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import Claim
from gap_server.demo.answerer.finding import (
    LAID,
    between,
    find,
    holds,
    is_lettered,
    is_like,
    meant,
    on,
    stands_on,
)
from gap_server.demo.answerer.lexicon import CERAMIC
from gap_server.demo.answerer.measures import ORDERS, every, extreme, nearer, some
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Scene, Thing
from gap_server.demo.scene.details import WORN
from gap_server.demo.scene.kinds import KINDS
from gap_server.demo.scene.looks import NEAR_SETTINGS, OUTDOORS
from gap_server.demo.scene.relations import Verdict
from gap_server.demo.scene.worlds import World

_MEASURES = {"size": relations.larger, "height": relations.taller}
EDGE = "edge of the "
UNRIPE = {"banana": "green", "lemon": "green", "pumpkin": "green", "strawberry": "white"}


def denies(claim: Claim) -> bool:
    """Whether it says that something is not there."""
    return isinstance(claim, said.Missing) or (isinstance(claim, said.Count) and claim.n == 0)


@singledispatch
def so(claim: Claim, world: World) -> Verdict:
    """Whether the claim is so of the world."""
    raise TypeError(claim, world)


def _alike(verdicts: Iterable[Verdict]) -> Verdict:
    """What all of them are; None where they differ, False where there are none: of what is not there, nothing
    is so.
    """
    seen = set(verdicts)
    return seen.pop() if len(seen) == 1 else (None if seen else False)


def _not(verdict: Verdict) -> Verdict:
    return None if verdict is None else not verdict


def _within(told: Iterable[object], there: Iterable[object]) -> Verdict:
    """Whether what is told is what is there: not so where some is not there, doubtful where some is left
    out.
    """
    told, there = set(told), set(there)
    return True if told == there else (None if told and told < there else False)


@so.register
def _(claim: said.Count, world: World) -> Verdict:
    found = meant(world, claim.what)
    if not len(found.sure) <= claim.n <= len(found.all):
        return False
    return None if found.maybe else True


@so.register
def _(claim: said.CountOfBoth, world: World) -> Verdict:
    both = {thing for what in (claim.first, claim.second) for thing in meant(world, what).sure}
    return len(both) == claim.n


@so.register
def _(claim: said.Sorts, world: World) -> Verdict:
    things = meant(world, claim.what).all if claim.what else world.scene.things
    return len({thing.colour if claim.of == "colour" else thing.kind for thing in things}) == claim.n


@so.register
def _(claim: said.Colours, world: World) -> Verdict:
    found = meant(world, claim.what)
    told, seen = set(claim.colours), {thing.colour for thing in found.all}
    if claim.n == 1:
        return told <= seen and (len(seen) == 1 or None)
    return told <= seen and {thing.colour for thing in found.sure} <= told and (told == seen or None)


@so.register
def _(claim: said.Palette, world: World) -> Verdict:
    return _within(claim.colours, (thing.colour for thing in world.scene.things))


@so.register
def _(claim: said.Places, world: World) -> Verdict:
    things = meant(world, claim.what).all
    return every(some(relations.lies(thing, region) for thing in things) for region in claim.regions)


@so.register
def _(claim: said.Ground, world: World) -> Verdict:
    things = meant(world, claim.what).all
    if claim.ground.startswith(EDGE):  # half on it
        laid = frozenset({claim.ground.removeprefix(EDGE)})
        verdicts = {stands_on(world.scene, thing, laid) for thing in things}
        return None if None in verdicts else False
    return _alike(_grounded(world.scene, thing, claim.ground) for thing in things)


def _grounded(scene: Scene, thing: Thing, ground: str) -> Verdict:
    above = LAID.get(ground)
    covered = stands_on(scene, thing, frozenset({above})) if above else False
    bare = stands_on(scene, thing, frozenset({ground}))
    return bare and _not(covered)


@so.register
def _(claim: said.Shown, world: World) -> Verdict:
    scene, where = world.scene, claim.where
    there = {thing: _at(world, thing, where) for thing in (*scene.things, *scene.backdrop)}
    if claim.parts:
        return every(_shown(part, there, counted=claim.counted) for part in claim.parts)
    kinds = claim.wanted.kinds if claim.wanted else {thing.kind for thing in scene.things}
    return _not(some(verdict for thing, verdict in there.items() if thing.kind in kinds))


def _at(world: World, thing: Thing, where: said.Where) -> Verdict:
    if where.pose:
        return is_doing(world, thing, where.pose)
    if where.region and where.region != "background":
        return relations.lies(thing, where.region)
    return True if where.relation is None else _stands(world, thing, where.relation, where.others)


def _stands(world: World, thing: Thing, relation: str, others: Sequence[said.What]) -> Verdict:
    ends = [meant(world, other).all for other in others]
    if relation == "between":
        return between(thing, ends[0], ends[-1] if len(ends) > 1 else ())
    if relation == "on":
        return on(world.scene, thing, others[0].phrase)
    if KINDS[thing.kind].backdrop:
        return None  # the road behind the dogs
    return thing not in ends[0] and some(holds(world.scene, relation, thing, one) for one in ends[0])


def _shown(part: said.Part, there: dict[Thing, Verdict], *, counted: bool) -> Verdict:
    verdicts = [
        verdict
        for thing, verdict in there.items()
        if thing.kind == part.kind and part.colour in {None, thing.colour}
    ]
    if part.count < 1 or not (counted or part.only) or KINDS[part.kind].mass or part.colour:
        return some(verdicts)
    sure, possible = verdicts.count(True), len(verdicts) - verdicts.count(False)
    if not sure <= part.count <= possible:
        return False
    return True if sure == possible else None


@so.register
def _(claim: said.Missing, world: World) -> Verdict:
    found = meant(world, claim.what)
    return False if found.sure else (None if found.maybe else True)


@so.register
def _(claim: said.Written, world: World) -> Verdict:
    things = meant(world, claim.what).all if claim.what else world.scene.things
    return _within(claim.words, (thing.word for thing in things if is_lettered(thing)))


@so.register
def _(claim: said.Hours, world: World) -> Verdict:
    clocks = (thing for thing in world.scene.things if thing.kind == "clock" and thing.word)
    return _within(claim.hours, (int(str(thing.word)) for thing in clocks))


@so.register
def _(claim: said.More, world: World) -> Verdict:
    """By which are more: the numbers are told beside it."""
    n, m = (len(meant(world, what).sure) for what in (claim.first, claim.second))
    return claim.sign == (n > m) - (n < m)


@so.register
def _(claim: said.Sized, world: World) -> Verdict:
    first, second = (meant(world, what).all for what in (claim.first, claim.second))
    if not first or not second:
        return False
    if claim.to is not None:
        anchors = meant(world, claim.to).all
        return bool(anchors) and some(
            every(nearer(world.scene, one, other, anchors) for other in second) for one in first
        )
    return ORDERS[claim.order](extreme(first, claim.order)[0], extreme(second, claim.order)[0])


@so.register
def _(claim: said.Most, world: World) -> Verdict:
    phrase = claim.phrase
    if claim.order == "most common":
        counts = Counter(t.kind for t in world.scene.things if phrase is None or t.kind in phrase.kinds)
        return claim.part.count == counts[claim.part.kind] == max(counts.values(), default=0)
    things = [thing for thing in world.scene.things if _named_by(thing, phrase)]
    return _goes_first(claim.part, things, ORDERS[claim.order])


@so.register
def _(claim: said.Nearest, world: World) -> Verdict:
    anchors = meant(world, claim.to).all
    things = [t for t in world.scene.things if _named_by(t, claim.phrase) and t not in anchors]
    return bool(anchors) and _goes_first(
        claim.part, things, lambda thing, other: nearer(world.scene, thing, other, anchors)
    )


def _goes_first(
    part: said.Part, things: Sequence[Thing], before: Callable[[Thing, Thing], Verdict]
) -> Verdict:
    """Whether one that `part` names goes before all that it does not name."""
    others = [thing for thing in things if not _is_part(thing, part)]
    return some(every(before(one, other) for other in others) for one in things if _is_part(one, part))


def _named_by(thing: Thing, phrase: Phrase | None) -> bool:
    return phrase is None or (thing.kind in phrase.kinds and phrase.colour in {None, thing.colour})


def _is_part(thing: Thing, part: said.Part) -> bool:
    return thing.kind == part.kind and part.colour in {None, thing.colour}


@so.register
def _(claim: said.Related, world: World) -> Verdict:
    things, others = meant(world, claim.first).all, find(world.scene, claim.second.phrase).all
    verdict = _alike(_related(world.scene, claim, thing, others) for thing in things)
    return verdict if claim.so or not things else _not(verdict)


def _related(scene: Scene, claim: said.Related, thing: Thing, others: Sequence[Thing]) -> Verdict:
    if claim.relation == "on":
        return on(scene, thing, claim.second.phrase)
    return some(holds(scene, claim.relation, thing, other) for other in others)


@so.register
def _(claim: said.Between, world: World) -> Verdict:
    ends = [meant(world, what).all for what in claim.outer]
    things = meant(world, claim.first).all
    verdict = some(between(thing, ends[0], ends[-1] if len(ends) > 1 else ()) for thing in things)
    return verdict if claim.so or not things else _not(verdict)


@so.register
def _(claim: said.Posed, world: World) -> Verdict:
    return _alike(is_doing(world, thing, claim.pose) for thing in meant(world, claim.what).all)


def is_doing(world: World, thing: Thing, told: str) -> bool:
    """Whether that is told of it in this world."""
    return is_like(thing, told, world.pose(thing))


@so.register
def _(claim: said.Has, world: World) -> Verdict:
    return _alike(_having(claim, world, thing) for thing in meant(world, claim.what).all)


def _having(claim: said.Has, world: World, thing: Thing) -> Verdict:
    seen = world.pattern(thing.kind) if claim.part == "pattern" else world.detail(thing.kind, claim.part)
    if seen is None or not claim.so:
        return (seen is None) is not claim.so
    if claim.colour and claim.colour != (seen.colour or thing.colour):
        return False
    if claim.count and seen.count:
        return claim.count == seen.count
    return None if claim.counted else True


@so.register
def _(claim: said.Wears, world: World) -> Verdict:
    things = meant(world, claim.what).all if claim.what else world.scene.things
    wearing = [thing for thing in things if _is_worn(claim.worn, thing)]
    if claim.what is None or claim.colour is None:
        return not wearing
    tints = [detail.colour for t in wearing if claim.worn and (detail := world.detail(t.kind, claim.worn))]
    return _alike(tint == claim.colour for tint in tints)


def _is_worn(worn: str | None, thing: Thing) -> bool:
    return thing.kind in WORN and worn in {None, WORN[thing.kind]}


@so.register
def _(claim: said.Stated, world: World) -> Verdict:
    if not claim.what.phrase.kinds:  # a part of a thing: a door
        return world.state(claim.what.phrase.noun.one, claim.state) is claim.so
    return _alike(is_in(world, thing, claim.state) is claim.so for thing in meant(world, claim.what).all)


def is_in(world: World, thing: Thing, state: str) -> Verdict:
    """Whether it is open, lit, smiling, ripe (by its colour); None where no picture tells."""
    if state == "lit" and thing.kind == "building":  # from sunset on its windows shine
        return (world.scene.light == "day") is world.false
    if state == "ripe":
        return thing.colour != UNRIPE[thing.kind] if thing.kind in UNRIPE else None
    return world.state(thing.kind, state)


@so.register
def _(claim: said.Formed, world: World) -> Verdict:
    of = world.material if claim.of == "material" else world.shape
    value = "ceramic" if claim.value in CERAMIC else claim.value
    return _alike(of(thing.kind) == value for thing in meant(world, claim.what).all)


@so.register
def _(claim: said.Facing, world: World) -> Verdict:
    things = meant(world, claim.what).all
    return set(claim.sides) == {side for thing in things if (side := world.facing(thing))}


@so.register
def _(claim: said.Inside, world: World) -> Verdict:
    return _alike(world.inside(thing.kind) == claim.contents for thing in meant(world, claim.what).all)


@so.register
def _(claim: said.Tied, world: World) -> Verdict:
    """No picture here shows anything tied to anything."""
    del world
    return claim.to is None


@so.register
def _(claim: said.Alike, world: World) -> Verdict:
    things = [thing for what in claim.whats for thing in meant(world, what).all]
    if claim.of in _MEASURES and len(claim.whats) == 2:
        things = [extreme(found, "largest")[0] for what in claim.whats if (found := meant(world, what).all)]
    if claim.of in _MEASURES:
        return (_MEASURES[claim.of](things[0], things[-1]) is None) is claim.so if len(things) > 1 else None
    return (len({thing.colour for thing in things}) == 1) is claim.so


@so.register
def _(claim: said.IsPlace, world: World) -> Verdict:
    there = world.scene.setting
    if claim.doors and (claim.place in OUTDOORS) is not (there in OUTDOORS):
        return False
    if claim.place == there:
        return True
    return None if frozenset({claim.place, there}) in NEAR_SETTINGS else False


@so.register
def _(claim: said.IsLight, world: World) -> Verdict:
    return claim.light == world.scene.light


@so.register
def _(claim: said.IsWeather, world: World) -> Verdict:
    if claim.weather == world.weather:
        return True
    clouds = any(part.kind == "cloud" for part in world.scene.backdrop)
    return None if clouds and claim.weather == "cloudy" else False


@so.register
def _(claim: said.IsSeason, world: World) -> Verdict:
    return claim.season == world.season


@so.register
def _(claim: said.Unseen, world: World) -> Verdict:
    del claim, world
    return None
