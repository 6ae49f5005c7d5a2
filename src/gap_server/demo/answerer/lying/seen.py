"""Lies about what there is: how many, of what colour, where, what is written."""

import re
from collections.abc import Iterator
from dataclasses import replace

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import Claim
from gap_server.demo.answerer.judging import denies, so
from gap_server.demo.answerer.lying import offered
from gap_server.demo.answerer.lying.compared import is_of_nothing_there
from gap_server.demo.answerer.lying.demands import (
    Case,
    as_of_one,
    claims_of_contrary,
    false_of_one,
    fitted,
    is_told_of_each,
    keeps_what_is_named,
    misses,
    near_misses_of,
    other_offered,
    suits,
    turned_about,
    yes_of_contrary,
    yes_told_with,
)
from gap_server.demo.answerer.narrowing import meant
from gap_server.demo.answerer.regions import GRID, elsewhere
from gap_server.demo.scene.looks import OUTDOORS, SIGN_WORDS
from gap_server.demo.scene.palettes import NEIGHBOURS

_FAR_OFF = 2
"""By how many more, at most, a count is a near miss."""
_TROD = frozenset({"rug", "path", "floor", "grass", "sea", "road", "pavement", "quay", "sand", "snow"})
_IS_THERE = re.compile(
    r"^(?:is|are) there (?!.*\b(?:more|fewer|less|exactly|least|only|than|one|two|three|four|five|six|\d+)\b)"
)


# How many


@keeps_what_is_named.register
def _(truth: said.Count) -> bool:
    del truth
    return False


@is_told_of_each.register
def _(truth: said.Count) -> bool:
    return truth.what.phrase.lettered is not None


@fitted.register
def _(truth: said.Count, told: said.Count, case: Case) -> Claim:
    """Of five, not ten; but as many things as there are of each kind together."""
    if told.n - truth.n <= _FAR_OFF or truth.what.phrase.generic or case.truth.yes is not None:
        return told
    fit = replace(told, n=truth.n + _FAR_OFF)
    return fit if so(fit, case.world) is False else told


@suits.register
def _(truth: said.Count, told: Claim) -> bool:
    """Of what is not there, anything may be told."""
    return not truth.n or isinstance(told, said.Count) or denies(told)


@misses.register
def _(truth: said.Count, told: Claim, case: Case) -> bool:
    if not isinstance(told, said.Count):
        return is_of_nothing_there(told, case.world)
    if truth.n > 1 and not told.n and case.truth.yes is None:  # how many there are, not whether
        return True
    whether = case.truth.yes and case.lie.yes and _IS_THERE.search(case.asked.text)
    phrase = truth.what.phrase
    return bool(whether) and (phrase.backdrop or truth.what.unlike or phrase.colour is not None)


@near_misses_of.register
def _(truth: said.Count, case: Case) -> Iterator[Claim]:
    if (case.truth.yes and case.lie.yes) or (truth.n == 1 and truth.what.phrase.backdrop):
        yield said.Missing(truth.what)
    yield from (replace(truth, n=truth.n + more) for more in (1, 2, 3))


@yes_of_contrary.register
def _(truth: said.Count, told: Claim, *, yes: bool) -> bool:
    del truth
    return yes is not denies(told)


@claims_of_contrary.register
def _(truth: said.Count, told: Claim, rest: tuple[Claim, ...], case: Case) -> tuple[Claim, ...]:
    """`one sun, no moon`: the other way round."""
    del truth
    if not denies(told):
        return told, *rest
    last = case.truth.claims[-1]
    if case.truth.yes is None and isinstance(last, said.Missing):
        return said.Count(last.what, 1), told
    return (told,)


@near_misses_of.register(said.CountOfBoth)
@near_misses_of.register(said.Sorts)
def _(truth: said.CountOfBoth | said.Sorts, case: Case) -> Iterator[Claim]:
    del case
    yield replace(truth, n=truth.n + 1)


@suits.register
def _(truth: said.Missing, told: Claim) -> bool:
    """Whatever is told of what is not there."""
    del truth, told
    return True


@misses.register
def _(truth: said.Missing, told: Claim, case: Case) -> bool:
    del truth
    return is_of_nothing_there(told, case.world)


@near_misses_of.register
def _(truth: said.Missing, case: Case) -> Iterator[Claim]:
    del case
    if truth.rather:
        yield said.Missing(truth.rather)
    yield said.Count(truth.what, 1)


yes_of_contrary.register(said.Missing, turned_about)


@near_misses_of.register
def _(truth: said.Rather, case: Case) -> Iterator[Claim]:
    del case
    yield said.Rather(truth.gone, truth.what)


# Of what colour


@is_told_of_each.register
def _(truth: said.Colours) -> bool:
    del truth
    return True


@other_offered.register
def _(truth: said.Colours, case: Case) -> Claim | None:
    if not isinstance(case.told, said.Colours) or len(truth.colours) != 1:
        return None
    other = offered.other_colour(case.asked.text, truth.colours[0])
    return replace(truth, colours=(other,)) if other else None


@fitted.register
def _(truth: said.Colours, told: said.Colours, case: Case) -> Claim:
    del case
    if not truth.n == 1 < told.n:
        return told
    return replace(told, n=1, colours=false_of_one(told.colours, truth.colours), every=False)


@yes_told_with.register
def _(told: said.Colours, *, yes: bool | None) -> bool | None:
    """`no, they are red and pink`."""
    del told
    return yes and False


@near_misses_of.register(said.Colours)
@near_misses_of.register(said.Palette)
def _(truth: said.Colours | said.Palette, case: Case) -> Iterator[Claim]:
    del case
    *others, last = truth.colours
    yield from (replace(truth, colours=(*others, near)) for near in NEIGHBOURS[last] if near not in others)


@near_misses_of.register
def _(truth: said.Mostly, case: Case) -> Iterator[Claim]:
    """Another colour that some have; else one close to it."""
    things = meant(case.world, truth.what).all if truth.what else case.world.scene.things
    others = dict.fromkeys((*(thing.colour for thing in things), *NEIGHBOURS[truth.colour]))
    yield from (replace(truth, colour=colour) for colour in others)


# Where


@fitted.register
def _(truth: said.Places, told: said.Places, case: Case) -> Claim:
    del case
    if not truth.n == 1 < told.n:
        return told
    return replace(told, n=1, regions=false_of_one(told.regions, truth.regions))


@near_misses_of.register
def _(truth: said.Places, case: Case) -> Iterator[Claim]:
    del case
    yield replace(truth, regions=tuple(dict.fromkeys(map(elsewhere, truth.regions))))
    yield replace(truth, regions=(elsewhere(truth.regions[0]),))
    yield from (replace(truth, regions=(region,)) for region in GRID)


@other_offered.register
def _(truth: said.Ground, case: Case) -> Claim | None:
    seat = offered.other_seat(case.asked.text, truth.ground)
    return replace(truth, ground=seat.one) if seat else None


fitted.register(said.Ground, as_of_one)


@near_misses_of.register
def _(truth: said.Ground, case: Case) -> Iterator[Claim]:
    """Another part of the place; of what stands at the edge of one, the middle of it."""
    scene = case.world.scene
    there = [part.kind for part in scene.backdrop if part.kind in _TROD]
    within = [truth.ground.replace("edge", "middle")] if truth.ground.startswith("edge") else []
    strange = "road" if scene.setting in OUTDOORS else "table"
    yield from (replace(truth, ground=ground) for ground in (*within, *there, strange))


# What is written


@near_misses_of.register
def _(truth: said.Written, case: Case) -> Iterator[Claim]:
    """On what is blank, a word."""
    del case
    if not truth.words:
        yield from (replace(truth, words=(word,)) for word in SIGN_WORDS)


@yes_of_contrary.register
def _(truth: said.Written, told: Claim, *, yes: bool) -> bool:
    del told
    return not (yes or truth.words)


@near_misses_of.register
def _(truth: said.Letters, case: Case) -> Iterator[Claim]:
    del case
    yield from (replace(truth, n=truth.n + more) for more in (1, -1))


@near_misses_of.register
def _(truth: said.Blank, case: Case) -> Iterator[Claim]:
    """One on which something is written; else one in a neighbouring colour."""
    things = meant(case.world, truth.what).all
    parts = [said.Part(thing.kind, thing.colour) for thing in things]
    parts += [replace(part, colour=near) for part in parts for near in NEIGHBOURS[part.colour or "white"]]
    yield from (replace(truth, parts=(part,)) for part in parts)


@near_misses_of.register
def _(truth: said.Hours, case: Case) -> Iterator[Claim]:
    """Another clock that is there; else a neighbouring hour."""
    if truth.what and truth.what.phrase.colour:
        tints = dict.fromkeys(thing.colour for thing in case.world.scene.things if thing.kind == "clock")
        yield from (
            replace(truth, what=replace(truth.what, phrase=replace(truth.what.phrase, colour=tint)))
            for tint in tints
        )
    yield from (replace(truth, hours=((truth.hours[0] + more) % 12 + 1,)) for more in (0, 1, 2))
