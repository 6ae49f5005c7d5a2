"""Lies about what things are, have and do."""

from collections.abc import Iterator
from dataclasses import replace

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import Claim
from gap_server.demo.answerer.claims.qualities import TURNS
from gap_server.demo.answerer.finding import of_kind
from gap_server.demo.answerer.judging import so
from gap_server.demo.answerer.lexicon import LIVING
from gap_server.demo.answerer.lying import offered
from gap_server.demo.answerer.lying.demands import (
    Case,
    as_of_one,
    fitted,
    misses,
    misses_in_yes_and_no,
    near_misses_of,
    other_offered,
    turned_about,
    yes_of_contrary,
)
from gap_server.demo.answerer.narrowing import meant
from gap_server.demo.answerer.regions import MIRRORED
from gap_server.demo.scene.kinds import IN_THE_AIR
from gap_server.demo.scene.palettes import NEIGHBOURS
from gap_server.demo.scene.relations import touches_path
from gap_server.demo.scene.sides import OTHER_SIDES

for _asked in (said.Has, said.Wears, said.Posed, said.Stated, said.Inside, said.Turned, said.Named):
    misses.register(_asked, misses_in_yes_and_no)

for _sided in (said.OnSide, said.Wears, said.Stated, said.Joined, said.Turned, said.Named):
    yes_of_contrary.register(_sided, turned_about)

for _of_some in (said.Posed, said.Formed, said.Inside, said.Joined):
    fitted.register(_of_some, as_of_one)


@near_misses_of.register(said.Formed)
@near_misses_of.register(said.Named)
@near_misses_of.register(said.Inside)
def _(truth: Claim, case: Case) -> Iterator[Claim]:
    """In the false world, each has another."""
    del truth, case
    yield from ()


# What is seen on it


@other_offered.register
def _(truth: said.Has, case: Case) -> Claim | None:
    if not (truth.so and isinstance(case.told, said.Has)):
        return None
    other = offered.other_colour(case.asked.text, truth.colour)
    return replace(truth, colour=other) if other else None


@fitted.register
def _(truth: said.Has, told: said.Has, case: Case) -> Claim:
    """Of eyes whose number was not asked, only the colour is told otherwise."""
    paired = truth.part == told.part == "eye" and truth.so and told.so
    if not paired or told.colour == truth.colour or truth.counted or told.counted:
        return told
    fit = replace(told, count=truth.count)
    return fit if so(fit, case.world) is False else told


@near_misses_of.register
def _(truth: said.Has, case: Case) -> Iterator[Claim]:
    del case
    if not truth.so:
        striped = replace(truth, so=True, part="stripe", count=0)
        yield striped if truth.part == "pattern" else replace(truth, so=True)
        return
    if truth.whether:  # `No, it has five holes` would deny and affirm in one breath
        yield replace(truth, so=False)
    for near in NEIGHBOURS.get(truth.colour or "", ()):
        yield replace(truth, colour=near)
    if truth.count > 1 or truth.counted:
        yield replace(truth, count=truth.count + 1 if truth.count else 3)
    yield replace(truth, so=False)


@yes_of_contrary.register
def _(truth: said.Has, told: said.Has, *, yes: bool) -> bool:
    return not yes and truth.so is not told.so


@near_misses_of.register
def _(truth: said.OnSide, case: Case) -> Iterator[Claim]:
    del case
    yield replace(truth, side=OTHER_SIDES[truth.side])


@near_misses_of.register
def _(truth: said.Together, case: Case) -> Iterator[Claim]:
    """Of windows a row more, or one less."""
    del case
    steps = (3, -3, 6) if truth.part == "window" else (1, 2)
    yield from (replace(truth, count=truth.count + more) for more in steps if truth.count + more > 0)


@near_misses_of.register
def _(truth: said.Wears, case: Case) -> Iterator[Claim]:
    """Nobody wears a hat: somebody does; he wears one: he does not."""
    if truth.what is None or truth.colour is None:
        what = truth.what or next(
            (of_kind(t.kind, many=False) for t in case.world.scene.things if t.kind in LIVING), None
        )
        worn = truth.worn or "hat"
        yield from (said.Wears(what, worn, tint, truth.n) for tint in ("red", "blue") if what)
    else:
        yield replace(truth, colour=None)


# What it does, and how it is


@near_misses_of.register
def _(truth: said.Posed, case: Case) -> Iterator[Claim]:
    """What was asked; else what it might do as well: what flies may have come down."""
    del case
    others = ["standing", "sitting"] if truth.pose in {"flying", "floating"} else ["standing", "lying"]
    if truth.what.phrase.kinds & {"balloon", "kite"}:
        others = ["lying"]
    yield from (replace(truth, pose=pose) for pose in (truth.asked, *others) if pose)


@yes_of_contrary.register
def _(truth: said.Posed, told: said.Posed, *, yes: bool) -> bool:
    del truth, yes
    return bool(told.asked) and told.pose == told.asked


@fitted.register
def _(truth: said.Stated, told: said.Stated, case: Case) -> Claim:
    del case
    return replace(told, n=truth.n) if told.n == 1 or truth.n == 1 < told.n else told


@near_misses_of.register
def _(truth: said.Stated, case: Case) -> Iterator[Claim]:
    del case
    yield replace(truth, so=not truth.so)


@near_misses_of.register
def _(truth: said.Joined, case: Case) -> Iterator[Claim]:
    """To what was asked; else to whatever stands there."""
    things = case.world.scene.things
    passed = {t.kind for t in things if touches_path(t)} if truth.by == "leading to" else set()
    own = truth.what.phrase.kinds | passed
    kinds = dict.fromkeys(t.kind for t in things if t.kind not in own)
    fast = [kind for kind in kinds if kind not in IN_THE_AIR] or ["bench"]
    if truth.by == "reading":
        fast = ["book"]
    others = (truth.asked, *(of_kind(kind, many=False) for kind in fast))
    yield from (replace(truth, to=to) for to in others if to)


# Which way it looks


@near_misses_of.register
def _(truth: said.Turned, case: Case) -> Iterator[Claim]:
    """What was asked, or the contrary of what is so."""
    del case
    turns = (truth.asked, TURNS[truth.turn], "together")
    yield from (replace(truth, turn=turn) for turn in turns if turn not in {"", truth.turn})


@near_misses_of.register
def _(truth: said.FacingOnes, case: Case) -> Iterator[Claim]:
    """Another of them; else in a neighbouring colour."""
    others = dict.fromkeys(thing.colour for thing in meant(case.world, truth.what).all)
    others |= dict.fromkeys(NEIGHBOURS[truth.colours[0]])
    yield from (replace(truth, colours=(colour,), n=1) for colour in others)


@near_misses_of.register
def _(truth: said.Facing, case: Case) -> Iterator[Claim]:
    del case
    yield replace(truth, sides=tuple(MIRRORED.get(side, "left") for side in truth.sides))
    yield replace(truth, sides=("left",))
    yield replace(truth, sides=("right",))


@fitted.register
def _(truth: said.Facing, told: said.Facing, case: Case) -> Claim:
    del case
    return replace(told, n=1, sides=told.sides[:1]) if truth.n == 1 < told.n else told


@yes_of_contrary.register
def _(truth: said.Facing, told: said.Facing, *, yes: bool) -> bool:
    """Of several that look to several sides, whether it is told of as many."""
    return len(truth.sides) > 1 and yes is (len(told.sides) == len(truth.sides))
