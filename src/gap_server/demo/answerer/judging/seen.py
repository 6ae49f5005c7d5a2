"""Whether there is what is told to be there: how many, of what colour, where."""

from collections import Counter
from collections.abc import Sequence

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.finding import is_lettered
from gap_server.demo.answerer.grounds import EDGE, LAID, stands_on
from gap_server.demo.answerer.judging.qualities import is_doing
from gap_server.demo.answerer.judging.verdicts import alike, negated, so, within
from gap_server.demo.answerer.measures import every, some
from gap_server.demo.answerer.narrowing import meant
from gap_server.demo.answerer.standing import SHINING, between, holds, off, on
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Scene, Thing
from gap_server.demo.scene.kinds import KINDS
from gap_server.demo.scene.looks import NEAR_SETTINGS, OUTDOORS
from gap_server.demo.scene.relations import Verdict
from gap_server.demo.scene.worlds import World


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
def _(claim: said.Mostly, world: World) -> Verdict:
    things = meant(world, claim.what).all if claim.what else world.scene.things
    counts = Counter(thing.colour for thing in things)
    most = max(counts.values(), default=0)
    if counts[claim.colour] < most or not most:
        return False
    return True if list(counts.values()).count(most) == 1 else None


@so.register
def _(claim: said.Palette, world: World) -> Verdict:
    return within(claim.colours, (thing.colour for thing in world.scene.things))


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
    return alike(_grounded(world.scene, thing, claim.ground) for thing in things)


def _grounded(scene: Scene, thing: Thing, ground: str) -> Verdict:
    above = LAID.get(ground)
    covered = stands_on(scene, thing, frozenset({above})) if above else False
    bare = stands_on(scene, thing, frozenset({ground}))
    return bare and negated(covered)


@so.register
def _(claim: said.Shown, world: World) -> Verdict:
    scene, where = world.scene, claim.where
    there = {thing: _at(world, thing, where) for thing in (*scene.things, *scene.backdrop)}
    if claim.parts:
        return every(_shown(part, there, counted=claim.counted) for part in claim.parts)
    kinds = claim.wanted.kinds if claim.wanted else {thing.kind for thing in scene.things}
    return negated(some(verdict for thing, verdict in there.items() if thing.kind in kinds))


def _at(world: World, thing: Thing, where: said.Where) -> Verdict:
    if where.region == "middle" and where.others:
        return _amid(world, thing, where.others[0])
    verdicts: list[Verdict] = []
    if where.pose:
        verdicts.append(is_doing(world, thing, where.pose))
    if where.region and where.region != "background":
        verdicts.append(relations.lies(thing, where.region))
    if where.relation:
        verdicts.append(_stands(world, thing, where.relation, where.others))
    return every(verdicts)


def _amid(world: World, thing: Thing, whole: said.What) -> Verdict:
    """Whether it is in the middle of a ground: clearly, clearly not, or neither."""
    if not on(world.scene, thing, whole.phrase):
        return False
    away = [relations.off_centre(thing, part) for part in meant(world, whole).all]
    return None if away and 0.3 < min(away) < 0.7 else bool(away) and min(away) <= 0.3


def _stands(world: World, thing: Thing, relation: str, others: Sequence[said.What]) -> Verdict:
    ends = [meant(world, other).all for other in others]
    if relation == "between":
        return between(thing, ends[0], ends[-1] if len(ends) > 1 else ())
    if relation in {"on", "off"}:
        return (on if relation == "on" else off)(world.scene, thing, others[0].phrase)
    aloft = thing.kind in SHINING | {"window"} and relation in {"above", "below", "beside"}
    if KINDS[thing.kind].backdrop and not aloft:
        return None  # the road behind the dogs
    if aloft and relation != "beside" and not any(relations.upright(thing, one) for one in ends[0]):
        return False
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
def _(claim: said.Rather, world: World) -> Verdict:
    there, gone = (meant(world, what) for what in (claim.what, claim.gone))
    return bool(there.all) and not gone.sure


@so.register
def _(claim: said.Written, world: World) -> Verdict:
    things = meant(world, claim.what).all if claim.what else world.scene.things
    return within(claim.words, (thing.word for thing in things if is_lettered(thing)))


@so.register
def _(claim: said.Letters, world: World) -> Verdict:
    words = [str(thing.word) for thing in meant(world, claim.what).all if is_lettered(thing)]
    return within((claim.n,), map(len, words))


@so.register
def _(claim: said.Blank, world: World) -> Verdict:
    things = [t for t in meant(world, claim.what).all if is_lettered(t) is claim.lettered]
    return within({(part.kind, part.colour) for part in claim.parts}, {(t.kind, t.colour) for t in things})


@so.register
def _(claim: said.Hours, world: World) -> Verdict:
    clocks = meant(world, claim.what).all if claim.what else world.scene.things
    shown = {int(str(thing.word)) for thing in clocks if thing.kind == "clock" and thing.word}
    return shown == set(claim.hours) if claim.n > 1 else within(claim.hours, shown)


@so.register
def _(claim: said.IsPlace, world: World) -> Verdict:
    there = world.scene.setting
    if claim.wild is not None:
        return claim.wild is (there != "street")
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
