"""Whether things stand to one another as is told."""

from collections import Counter
from collections.abc import Callable, Sequence

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.finding import find, ranked
from gap_server.demo.answerer.judging.verdicts import alike, negated, so
from gap_server.demo.answerer.measures import (
    ORDERS,
    every,
    extreme,
    from_side,
    nearer,
    odd_among,
    some,
    together,
)
from gap_server.demo.answerer.narrowing import meant
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.standing import between, holds, neighbours, on, standing_on
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Scene, Thing
from gap_server.demo.scene.relations import Verdict
from gap_server.demo.scene.worlds import World

SIZES = {"largest": "area", "smallest": "area", "tallest": "height", "shortest": "height"}
_MEASURES = {
    "size": relations.larger,
    "height": relations.taller,
    "level": relations.higher,
    "distance": relations.closer,
}


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
    one, other = extreme(first, claim.order)[0], extreme(second, claim.order)[0]
    if claim.order in SIZES and relations.as_large(one, other, SIZES[claim.order]):
        return False
    if claim.order in {"highest", "lowest"} and relations.as_high(one, other):
        return False
    return ORDERS[claim.order](one, other)


@so.register
def _(claim: said.Spans, world: World) -> Verdict:
    off = [
        max(claim.share, t.box.height) / min(claim.share, t.box.height) for t in meant(world, claim.what).all
    ]
    return (
        every(True if ratio < 1.35 else (False if ratio > 1.8 else None) for ratio in off) if off else False
    )


@so.register
def _(claim: said.Most, world: World) -> Verdict:
    phrase = claim.phrase
    if claim.order == "most common":
        counts = Counter(t.kind for t in world.scene.things if phrase is None or t.kind in phrase.kinds)
        return claim.part.count == counts[claim.part.kind] == max(counts.values(), default=0)
    things = ranked(world.scene, phrase)
    if claim.order == "odd":
        odd = odd_among(things)
        return odd is not None and _is_part(odd, claim.part)
    return _goes_first(claim.part, things, ORDERS[claim.order])


@so.register
def _(claim: said.Nearest, world: World) -> Verdict:
    anchors = meant(world, claim.to).all
    things = [t for t in neighbours(world.scene, anchors) if _named_by(t, claim.phrase)]
    own = claim.phrase.kinds - claim.to.phrase.kinds if claim.phrase else frozenset()
    things = things or [t for t in world.scene.things if t.kind in own]

    def before(thing: Thing, other: Thing) -> Verdict:
        first, second = (other, thing) if claim.far else (thing, other)
        return nearer(world.scene, first, second, anchors)

    return bool(anchors) and _goes_first(claim.part, things, before)


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
    if claim.first == claim.second:
        return len(things) > 1 and together(world.scene, things) is claim.so
    verdicts = [_related(world.scene, claim, thing, others) for thing in things]
    if claim.wholly:
        verdicts = [verdict is True for verdict in verdicts]
    verdict = every(verdicts) if claim.every and verdicts else alike(verdicts)
    return verdict if claim.so or not things else negated(verdict)


def _related(scene: Scene, claim: said.Related, thing: Thing, others: Sequence[Thing]) -> Verdict:
    if claim.relation == "on":
        return on(scene, thing, claim.second.phrase)
    return some(holds(scene, claim.relation, thing, other) for other in others)


@so.register
def _(claim: said.Row, world: World) -> Verdict:
    things = meant(world, claim.what).all if claim.what else world.scene.things
    return [(part.kind, part.colour) for part in claim.parts] == [
        (thing.kind, thing.colour) for thing in from_side(things, claim.side)
    ]


@so.register
def _(claim: said.First, world: World) -> Verdict:
    things = standing_on(world, claim.ground)
    return bool(things) and _is_part(from_side(things, claim.side)[0], claim.part)


@so.register
def _(claim: said.Between, world: World) -> Verdict:
    ends = [meant(world, what).all for what in claim.outer]
    things = meant(world, claim.first).all
    verdict = some(between(thing, ends[0], ends[-1] if len(ends) > 1 else ()) for thing in things)
    return verdict if claim.so or not things else negated(verdict)


@so.register
def _(claim: said.Alike, world: World) -> Verdict:
    things = [thing for what in claim.whats for thing in meant(world, what).all]
    if claim.of in _MEASURES and len(claim.whats) == 2:
        things = [extreme(found, "largest")[0] for what in claim.whats if (found := meant(world, what).all)]
    if claim.of in _MEASURES:
        return (_MEASURES[claim.of](things[0], things[-1]) is None) is claim.so if len(things) > 1 else None
    return (len({thing.colour for thing in things}) == 1) is claim.so
