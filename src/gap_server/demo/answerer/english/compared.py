"""How things stand to one another, as English tells it."""

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.english.nouns import (
    listed,
    noun_of,
    part,
    related,
    the,
)
from gap_server.demo.answerer.english.telling import is_or_are, many_of, told

_SIZED = {
    "largest": "larger than",
    "tallest": "taller than",
    "widest": "wider than",
    "closest": "closer than",
    "highest": "higher up than",
    "smallest": "smaller than",
    "shortest": "shorter than",
    "furthest": "further away than",
    "lowest": "lower than",
    "leftmost": "further left than",
    "rightmost": "further right than",
}


_SHARES = {
    0.1: "a tenth",
    0.2: "a fifth",
    0.25: "a quarter",
    0.33: "a third",
    0.5: "half",
    0.75: "three quarters",
}
_OF_TWO = {
    "largest": "larger",
    "smallest": "smaller",
    "tallest": "taller",
    "shortest": "shorter",
    "widest": "wider",
    "closest": "closer",
    "highest": "higher",
    "lowest": "lower",
}


@told.register
def _(claim: said.More) -> str:
    a, b = noun_of(claim.first, 2), noun_of(claim.second, 2)
    counts = (
        f": {many_of(claim.first, claim.n)} and {many_of(claim.second, claim.m)}" if claim.counted else ""
    )
    if claim.sign == 0:
        return f"there are as many {a} as {b}{counts}"
    return f"there are more {a if claim.sign > 0 else b} than {b if claim.sign > 0 else a}{counts}"


@told.register
def _(claim: said.Sized) -> str:
    n = 2 if claim.first.phrase.noun.plural else 1
    be = is_or_are(n)
    if claim.to is not None:
        return f"{the(claim.first)} {be} nearer to {the(claim.to)} than {the(claim.second)}"
    return f"{the(claim.first, n)} {be} {_SIZED[claim.order]} {the(claim.second)}"


@told.register
def _(claim: said.Spans) -> str:
    return f"{the(claim.what, claim.n)} {is_or_are(claim.n)} about {_SHARES[claim.share]} of the picture high"


@told.register
def _(claim: said.Most) -> str:
    if claim.order == "most common":
        return f"most often I see {part(claim.part).removeprefix('a ')}"
    if claim.order == "odd":
        return f"the odd one out is the {_tinted(claim.part)}"
    noun = claim.phrase.noun.one if claim.phrase else "thing"
    order = _OF_TWO.get(claim.order, claim.order) if claim.of_two else claim.order
    if claim.phrase and claim.phrase.kinds == {claim.part.kind}:
        return f"the {order} {noun} is {claim.part.colour}"
    return f"the {order} {noun} is the {_tinted(claim.part)}"


def _tinted(part: said.Part) -> str:
    return f"{part.colour} {part.kind}" if part.colour else part.kind


@told.register
def _(claim: said.Nearest) -> str:
    if claim.far:
        return f"the {_tinted(claim.part)} is furthest from {the(claim.to)}"
    return f"the {_tinted(claim.part)} is nearest to {the(claim.to)}"


@told.register
def _(claim: said.Related) -> str:
    fully = "fully " if claim.wholly else ""
    first, where = the(claim.first, claim.n), f"{fully}{related(claim.relation, (claim.second,))}"
    where = "next to each other" if claim.first == claim.second else where
    if claim.every and claim.n > 1:
        return f"{('both ' if claim.n == 2 else 'all ') if claim.so else 'not all of '}{first} are {where}"
    return f"{first} {is_or_are(claim.n)}{'' if claim.so else ' not'} {where}"


_WAYS = {"left": "from left to right", "right": "from right to left"}


@told.register
def _(claim: said.Row) -> str:
    if claim.what and len({one.kind for one in claim.parts}) == 1:
        tints = listed([str(one.colour) for one in claim.parts])
        return (
            f"{_WAYS[claim.side]}, {the(claim.what, len(claim.parts))} {is_or_are(len(claim.parts))} {tints}"
        )
    return f"{_WAYS[claim.side]}, I see {listed([part(one) for one in claim.parts])}"


@told.register
def _(claim: said.First) -> str:
    on = f" {related('on', (claim.ground,))}" if claim.ground else ""
    return f"{_WAYS[claim.side]}, the first thing{on} is {part(claim.part)}"


@told.register
def _(claim: said.Between) -> str:
    return f"{the(claim.first)} is{'' if claim.so else ' not'} {related('between', claim.outer)}"


@told.register
def _(claim: said.Alike) -> str:
    if claim.of in {"level", "distance"}:
        at = "height" if claim.of == "level" else "distance"
        return f"they are at about the same {at}" if claim.so else f"they are at different {at}s"
    if claim.of != "colour":
        return f"they are of about the same {claim.of}" if claim.so else f"they are of different {claim.of}s"
    return "they have the same colour" if claim.so else "they have different colours"
