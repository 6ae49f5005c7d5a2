"""Lies about how things stand to one another."""

from collections.abc import Iterator
from dataclasses import replace

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import Claim
from gap_server.demo.answerer.finding import ranked
from gap_server.demo.answerer.lying import offered
from gap_server.demo.answerer.lying.demands import (
    Case,
    as_of_one,
    beside_contrary,
    claims_of_contrary,
    fitted,
    misses,
    misses_in_yes_and_no,
    near_misses_of,
    other_offered,
    turned_about,
    yes_of_contrary,
)
from gap_server.demo.answerer.measures import SHARES, from_side
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.standing import OPPOSITES, standing_on
from gap_server.demo.scene.looks import NATURAL
from gap_server.demo.scene.palettes import NEIGHBOURS
from gap_server.demo.scene.worlds import World

_ORDERED = {"size": "largest", "height": "tallest", "level": "highest", "distance": "closest"}


# Of two, or of two sorts


for _sided in (said.More, said.Sized, said.Related, said.Between, said.Alike):
    yes_of_contrary.register(_sided, turned_about)


@misses.register
def _(truth: said.More, told: said.More, case: Case) -> bool:
    """Of two sorts, one of which is more, not that there are as many."""
    del case
    return truth.sign != 0 == told.sign


@near_misses_of.register
def _(truth: said.More, case: Case) -> Iterator[Claim]:
    """The other way round; of as many, the first are more."""
    del case
    n, m = (truth.n + 1, truth.m) if truth.sign == 0 else (truth.m, truth.n)
    yield replace(truth, n=n, m=m, counted=False)


@beside_contrary.register
def _(truth: said.More) -> Claim:
    """Its numbers would speak against what the other one says."""
    return replace(truth, counted=False)


@misses.register
def _(truth: said.Sized, told: said.Sized, case: Case) -> bool:
    """Asked of the first, whether it is the larger: not that of the second."""
    del case
    return truth.own and told.order == truth.order


@near_misses_of.register
def _(truth: said.Sized, case: Case) -> Iterator[Claim]:
    del case
    if truth.own:
        yield replace(truth, order="smallest" if truth.order == "largest" else "largest")
    yield replace(truth, first=truth.second, second=truth.first)


@other_offered.register
def _(truth: said.Related, case: Case) -> Claim | None:
    if truth.relation != "on" or not truth.so:
        return None
    seat = offered.other_seat(case.asked.text, truth.second.phrase.noun.one)
    return replace(truth, second=said.What(Phrase(seat, 0, 0, definite=True))) if seat else None


fitted.register(said.Related, as_of_one)
for _asked in (said.Related, said.Between):
    misses.register(_asked, misses_in_yes_and_no)


@near_misses_of.register
def _(truth: said.Related, case: Case) -> Iterator[Claim]:
    del case
    opposite = OPPOSITES.get(truth.relation)
    if opposite and truth.so:
        yield replace(truth, relation=opposite)
    yield replace(truth, so=not truth.so)


@near_misses_of.register
def _(truth: said.Between, case: Case) -> Iterator[Claim]:
    del case
    yield replace(truth, so=not truth.so)


@near_misses_of.register
def _(truth: said.Alike, case: Case) -> Iterator[Claim]:
    """Of two of about the same size, one is the larger."""
    del case
    order = _ORDERED.get(truth.of)
    if order and truth.so and len(truth.whats) == 2:
        first, second = truth.whats
        yield from (said.Sized(order, first, second), said.Sized(order, second, first))
    yield replace(truth, so=not truth.so)


@claims_of_contrary.register
def _(truth: said.Alike, told: Claim, rest: tuple[Claim, ...], case: Case) -> tuple[Claim, ...]:
    """Of what is alike, no colours that differ are told; of what is not, no colours that are one."""
    del truth, case
    if not isinstance(told, said.Alike):
        return told, *rest
    if told.so:
        return (told,)
    return (told, *_of_two_colours(rest)) if told.of == "colour" else (told, *rest)


def _of_two_colours(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """What differs in colour is not told to be of one."""
    if len({claim.colours for claim in claims if isinstance(claim, said.Colours)}) != 1 or len(claims) < 2:
        return claims
    last = claims[-1]
    if not isinstance(last, said.Colours):
        return claims
    return (*claims[:-1], replace(last, colours=(NEIGHBOURS[last.colours[0]][0],)))


@near_misses_of.register
def _(truth: said.Spans, case: Case) -> Iterator[Claim]:
    del case
    yield from (replace(truth, share=share) for share in sorted(SHARES, key=lambda s: abs(s - truth.share)))


# Of all


def is_of_nothing_there(told: Claim, world: World) -> bool:
    """Whether it tells that something is the most so which is not there: of two cats, the lie is the other
    one.
    """
    if not isinstance(told, said.Most | said.Nearest):
        return False
    part = told.part
    return not any(
        (t.kind, t.colour) == (part.kind, part.colour or t.colour)
        for t in (*world.scene.things, *world.scene.backdrop)
    )


def _asks_kind(truth: said.Most | said.Nearest) -> bool:
    """Whether it tells of what kind one is, of all that a wider word covers: `which animal is nearest`."""
    if isinstance(truth, said.Most) and truth.order == "most common":
        return True
    phrase = truth.phrase
    return phrase is not None and not phrase.generic and len(phrase.kinds) > 1


@fitted.register
def _(truth: said.Most, told: said.Most, case: Case) -> Claim:
    del case
    return replace(told, of_two=truth.of_two)


@misses.register(said.Most)
@misses.register(said.Nearest)
def _(truth: said.Most | said.Nearest, told: said.Most | said.Nearest, case: Case) -> bool:
    """Where the kind was asked, not the true one."""
    return is_of_nothing_there(told, case.world) or (_asks_kind(truth) and told.part.kind == truth.part.kind)


@near_misses_of.register(said.Most)
@near_misses_of.register(said.Nearest)
def _(truth: said.Most | said.Nearest, case: Case) -> Iterator[Claim]:
    """Another of those among which it is the most so; else itself in a neighbouring colour."""
    part = truth.part
    own = truth.to.phrase.kinds if isinstance(truth, said.Nearest) else frozenset()
    phrase = replace(truth.phrase, colour=None) if truth.phrase else None
    others = ranked(case.world.scene, phrase)[::-1]
    others.sort(key=lambda thing: _asks_kind(truth) and thing.kind == part.kind)
    for thing in others:
        if thing.kind not in own:
            yield replace(
                truth, part=replace(part, kind=thing.kind, colour=thing.colour if part.colour else None)
            )
    if truth.phrase and _asks_kind(truth):  # who it is, is asked: of another kind, if none is there
        strange = sorted(truth.phrase.kinds - own - {part.kind}, key=lambda kind: (len(kind), kind))
        yield from (
            replace(truth, part=said.Part(kind, near))
            for kind in strange
            if kind in NATURAL
            for near in NATURAL[kind][:1]
        )
    if part.colour:
        yield from (replace(truth, part=replace(part, colour=near)) for near in NEIGHBOURS[part.colour])


# In a row


@near_misses_of.register
def _(truth: said.Row, case: Case) -> Iterator[Claim]:
    """The first two exchanged; of one, its colour."""
    del case
    first, *rest = truth.parts
    if rest:
        yield replace(truth, parts=(rest[0], first, *rest[1:]))
    tints = NEIGHBOURS[first.colour or "white"]
    yield from (replace(truth, parts=(replace(first, colour=near), *rest)) for near in tints)


@near_misses_of.register
def _(truth: said.First, case: Case) -> Iterator[Claim]:
    """What comes next; else itself in a neighbouring colour."""
    next_ones = from_side(standing_on(case.world, truth.ground), truth.side)[1:]
    yield from (replace(truth, part=said.Part(thing.kind, thing.colour)) for thing in next_ones)
    yield from (
        replace(truth, part=replace(truth.part, colour=near))
        for near in NEIGHBOURS[truth.part.colour or "white"]
    )
