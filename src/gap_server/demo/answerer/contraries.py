"""What else could be told where the false world tells what is so: near misses of what is so, each clearly not
so.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer import near_things
from gap_server.demo.answerer.claims import Answer, Claim
from gap_server.demo.answerer.finding import OPPOSITES, meant, ranked, standing_on
from gap_server.demo.answerer.fitting import asks_kind
from gap_server.demo.answerer.judging import denies, so
from gap_server.demo.answerer.measures import SHARES, from_side
from gap_server.demo.answerer.near_misses import near_misses_of
from gap_server.demo.answerer.regions import GRID, elsewhere
from gap_server.demo.scene.looks import NATURAL, OUTDOORS
from gap_server.demo.scene.palettes import NEIGHBOURS
from gap_server.demo.scene.worlds import World

_TWO_SIDED = (
    said.Related,
    said.Between,
    said.Sized,
    said.More,
    said.Alike,
    said.Stated,
    said.Missing,
    said.Joined,
    said.Wears,
    said.Turned,
    said.Named,
    said.OnSide,
)
_ORDERED = {"size": "largest", "height": "tallest", "level": "highest", "distance": "closest"}
_TROD = frozenset({"rug", "path", "floor", "grass", "sea", "road", "pavement", "quay", "sand", "snow"})


def contrary(truth: Answer, lie: Answer, world: World) -> tuple[Answer, Answer] | None:
    """Both answers, the lie with the first claim of the truth turned about; None where nothing near it is
    clearly not so of the `world`.
    """
    first = truth.claims[0]
    nearest = near_misses_of(first, world)
    if isinstance(first, said.Count) and (
        (truth.yes and lie.yes) or (first.n == 1 and first.what.phrase.backdrop)
    ):
        nearest = chain((said.Missing(first.what),), nearest)
    if (
        isinstance(first, said.Shown) and first.parts and truth.yes and truth.subject
    ):  # `no, there is nothing pink`
        nearest = chain((said.Missing(truth.subject),), nearest)
    told = next((claim for claim in nearest if so(claim, world) is False), None)
    if told is None:
        return None
    alike = isinstance(told, said.Alike) and told.so  # and of no colours that differ
    rest = lie.claims[1:] if not alike and len(lie.claims) == len(truth.claims) else ()
    if any(map(denies, rest)) or any(isinstance(claim, said.Written) for claim in truth.claims[1:]):
        rest = truth.claims[1:]  # it goes with what is turned about
    if isinstance(told, said.Alike) and told.of == "colour" and not told.so:
        rest = _of_two_colours(rest)
    flipped = isinstance(first, said.Has) and isinstance(told, said.Has) and first.so is not told.so
    turned = (
        isinstance(first, _TWO_SIDED)
        or flipped
        or (isinstance(first, said.Shown) and not first.parts)
        or (isinstance(first, said.Written) and not first.words)
        or denies(told)
        or (truth.yes and not isinstance(told, said.Count))
    )
    yes = None if truth.yes is None else (truth.yes is not bool(turned))
    if isinstance(told, said.Facing) and isinstance(first, said.Facing) and truth.yes is not None:
        yes = truth.yes is (len(told.sides) == len(first.sides)) if len(first.sides) > 1 else yes
    if isinstance(told, said.Posed) and told.asked and truth.yes is not None:
        yes = told.pose == told.asked
    turned_about = replace(truth, claims=(told, *(() if denies(told) else rest)), yes=yes)
    last = truth.claims[-1]
    if (
        truth.yes is None
        and isinstance(first, said.Count)
        and denies(told)
        and isinstance(last, said.Missing)
    ):
        other = said.Count(last.what, 1)  # `one sun, no moon`: the other way round
        turned_about = replace(truth, claims=(other, told))
    return _without_numbers(truth), turned_about


def _of_two_colours(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """What differs in colour is not told to be of one."""
    if len({claim.colours for claim in claims if isinstance(claim, said.Colours)}) != 1 or len(claims) < 2:
        return claims
    last = claims[-1]
    if not isinstance(last, said.Colours):
        return claims
    return (*claims[:-1], replace(last, colours=(NEIGHBOURS[last.colours[0]][0],)))


def _without_numbers(truth: Answer) -> Answer:
    """A comparison as its contrary is told: its numbers would speak against what it says."""
    return replace(
        truth,
        claims=tuple(replace(c, counted=False) if isinstance(c, said.More) else c for c in truth.claims),
    )


@near_misses_of.register
def _(claim: said.Count, world: World) -> Iterator[Claim]:
    del world
    yield from (replace(claim, n=claim.n + more) for more in (1, 2, 3))


@near_misses_of.register
def _(claim: said.Missing, world: World) -> Iterator[Claim]:
    del world
    if claim.rather:
        yield said.Missing(claim.rather)
    yield said.Count(claim.what, 1)


@near_misses_of.register
def _(claim: said.Rather, world: World) -> Iterator[Claim]:
    del world
    yield said.Rather(claim.gone, claim.what)


@near_misses_of.register(said.CountOfBoth)
@near_misses_of.register(said.Sorts)
def _(claim: said.CountOfBoth | said.Sorts, world: World) -> Iterator[Claim]:
    del world
    yield replace(claim, n=claim.n + 1)


@near_misses_of.register(said.Colours)
@near_misses_of.register(said.Palette)
def _(claim: said.Colours | said.Palette, world: World) -> Iterator[Claim]:
    del world
    *others, last = claim.colours
    yield from (replace(claim, colours=(*others, near)) for near in NEIGHBOURS[last] if near not in others)


@near_misses_of.register
def _(claim: said.Mostly, world: World) -> Iterator[Claim]:
    """Another colour that some have; else one close to it."""
    things = meant(world, claim.what).all if claim.what else world.scene.things
    others = dict.fromkeys((*(thing.colour for thing in things), *NEIGHBOURS[claim.colour]))
    yield from (replace(claim, colour=colour) for colour in others)


@near_misses_of.register
def _(claim: said.Places, world: World) -> Iterator[Claim]:
    del world
    yield replace(claim, regions=tuple(dict.fromkeys(map(elsewhere, claim.regions))))
    yield replace(claim, regions=(elsewhere(claim.regions[0]),))
    yield from (replace(claim, regions=(region,)) for region in GRID)


@near_misses_of.register
def _(claim: said.More, world: World) -> Iterator[Claim]:
    """The other way round; of as many, the first are more."""
    del world
    n, m = (claim.n + 1, claim.m) if claim.sign == 0 else (claim.m, claim.n)
    yield replace(claim, n=n, m=m, counted=False)


@near_misses_of.register
def _(claim: said.Sized, world: World) -> Iterator[Claim]:
    del world
    if claim.own:
        yield replace(claim, order="smallest" if claim.order == "largest" else "largest")
    yield replace(claim, first=claim.second, second=claim.first)


@near_misses_of.register
def _(claim: said.Spans, world: World) -> Iterator[Claim]:
    del world
    yield from (replace(claim, share=share) for share in sorted(SHARES, key=lambda s: abs(s - claim.share)))


@near_misses_of.register(said.Most)
@near_misses_of.register(said.Nearest)
def _(claim: said.Most | said.Nearest, world: World) -> Iterator[Claim]:
    """Another of those among which it is the most so; else itself in a neighbouring colour."""
    part = claim.part
    own = claim.to.phrase.kinds if isinstance(claim, said.Nearest) else frozenset()
    others = ranked(world.scene, replace(claim.phrase, colour=None) if claim.phrase else None)[::-1]
    others.sort(key=lambda thing: asks_kind(claim) and thing.kind == part.kind)
    for thing in others:
        if thing.kind not in own:
            yield replace(
                claim, part=replace(part, kind=thing.kind, colour=thing.colour if part.colour else None)
            )
    if claim.phrase and asks_kind(claim):  # who it is, is asked: of another kind, if none is there
        strange = sorted(claim.phrase.kinds - own - {part.kind}, key=lambda kind: (len(kind), kind))
        yield from (
            replace(claim, part=said.Part(kind, near))
            for kind in strange
            if kind in NATURAL
            for near in NATURAL[kind][:1]
        )
    if part.colour:
        yield from (replace(claim, part=replace(part, colour=near)) for near in NEIGHBOURS[part.colour])


@near_misses_of.register
def _(claim: said.Related, world: World) -> Iterator[Claim]:
    del world
    opposite = OPPOSITES.get(claim.relation)
    if opposite and claim.so:
        yield replace(claim, relation=opposite)
    yield replace(claim, so=not claim.so)


@near_misses_of.register
def _(claim: said.Row, world: World) -> Iterator[Claim]:
    """The first two exchanged; of one, its colour."""
    del world
    first, *rest = claim.parts
    if rest:
        yield replace(claim, parts=(rest[0], first, *rest[1:]))
    tints = NEIGHBOURS[first.colour or "white"]
    yield from (replace(claim, parts=(replace(first, colour=near), *rest)) for near in tints)


@near_misses_of.register
def _(claim: said.First, world: World) -> Iterator[Claim]:
    """What comes next; else itself in a neighbouring colour."""
    next_ones = from_side(standing_on(world, claim.ground), claim.side)[1:]
    yield from (replace(claim, part=said.Part(thing.kind, thing.colour)) for thing in next_ones)
    yield from (
        replace(claim, part=replace(claim.part, colour=near))
        for near in NEIGHBOURS[claim.part.colour or "white"]
    )


@near_misses_of.register(said.Between)
@near_misses_of.register(said.Stated)
def _(claim: said.Between | said.Stated, world: World) -> Iterator[Claim]:
    del world
    yield replace(claim, so=not claim.so)


@near_misses_of.register
def _(claim: said.Alike, world: World) -> Iterator[Claim]:
    """Of two of about the same size, one is the larger."""
    del world
    order = _ORDERED.get(claim.of)
    if order and claim.so and len(claim.whats) == 2:
        first, second = claim.whats
        yield from (said.Sized(order, first, second), said.Sized(order, second, first))
    yield replace(claim, so=not claim.so)


@near_misses_of.register
def _(claim: said.Blank, world: World) -> Iterator[Claim]:
    """One on which something is written; else one in a neighbouring colour."""
    things = meant(world, claim.what).all
    parts = [said.Part(thing.kind, thing.colour) for thing in things]
    parts += [replace(part, colour=near) for part in parts for near in NEIGHBOURS[part.colour or "white"]]
    yield from (replace(claim, parts=(part,)) for part in parts)


@near_misses_of.register
def _(claim: said.Ground, world: World) -> Iterator[Claim]:
    """Another part of the place; of what stands at the edge of one, the middle of it."""
    there = [part.kind for part in world.scene.backdrop if part.kind in _TROD]
    within = [claim.ground.replace("edge", "middle")] if claim.ground.startswith("edge") else []
    elsewhere = "road" if world.scene.setting in OUTDOORS else "table"
    yield from (replace(claim, ground=ground) for ground in (*within, *there, elsewhere))


@near_misses_of.register
def _(claim: said.IsPlace, world: World) -> Iterator[Claim]:
    del world
    if claim.wild is not None:
        yield replace(claim, wild=not claim.wild)


@near_misses_of.register
def _(claim: said.IsWeather, world: World) -> Iterator[Claim]:
    del world
    yield from (replace(claim, weather=other) for other in ("rainy", "foggy"))


__all__ = ["contrary", "near_things"]
