"""Near misses of what things are, have and do, the likeliest first."""

from collections.abc import Iterator
from dataclasses import replace
from functools import singledispatch

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import Claim
from gap_server.demo.answerer.claims.qualities import TURNS
from gap_server.demo.answerer.finding import meant, of_kind
from gap_server.demo.answerer.lexicon import LIVING
from gap_server.demo.answerer.regions import MIRRORED
from gap_server.demo.scene.kinds import IN_THE_AIR
from gap_server.demo.scene.looks import SIGN_WORDS
from gap_server.demo.scene.palettes import NEIGHBOURS
from gap_server.demo.scene.relations import touches_path
from gap_server.demo.scene.sides import OTHER_SIDES
from gap_server.demo.scene.worlds import World


@singledispatch
def near_misses_of(claim: Claim, world: World) -> Iterator[Claim]:
    """Near misses of a claim, the likeliest first."""
    del claim, world
    return iter(())


@near_misses_of.register
def _(claim: said.Has, world: World) -> Iterator[Claim]:
    del world
    if not claim.so:
        striped = replace(claim, so=True, part="stripe", count=0)
        yield striped if claim.part == "pattern" else replace(claim, so=True)
        return
    if claim.whether:  # `No, it has five holes` would deny and affirm in one breath
        yield replace(claim, so=False)
    for near in NEIGHBOURS.get(claim.colour or "", ()):
        yield replace(claim, colour=near)
    if claim.count > 1 or claim.counted:
        yield replace(claim, count=claim.count + 1 if claim.count else 3)
    yield replace(claim, so=False)


@near_misses_of.register
def _(claim: said.Hours, world: World) -> Iterator[Claim]:
    """Another clock that is there; else a neighbouring hour."""
    if claim.what and claim.what.phrase.colour:
        tints = dict.fromkeys(thing.colour for thing in world.scene.things if thing.kind == "clock")
        yield from (
            replace(claim, what=replace(claim.what, phrase=replace(claim.what.phrase, colour=tint)))
            for tint in tints
        )
    yield from (replace(claim, hours=((claim.hours[0] + more) % 12 + 1,)) for more in (0, 1, 2))


@near_misses_of.register
def _(claim: said.Written, world: World) -> Iterator[Claim]:
    """On what is blank, a word."""
    del world
    if not claim.words:
        yield from (replace(claim, words=(word,)) for word in SIGN_WORDS)


@near_misses_of.register
def _(claim: said.Letters, world: World) -> Iterator[Claim]:
    del world
    yield from (replace(claim, n=claim.n + more) for more in (1, -1))


@near_misses_of.register
def _(claim: said.OnSide, world: World) -> Iterator[Claim]:
    del world
    yield replace(claim, side=OTHER_SIDES[claim.side])


@near_misses_of.register
def _(claim: said.Together, world: World) -> Iterator[Claim]:
    """Of windows a row more, or one less."""
    del world
    steps = (3, -3, 6) if claim.part == "window" else (1, 2)
    yield from (replace(claim, count=claim.count + more) for more in steps if claim.count + more > 0)


@near_misses_of.register
def _(claim: said.Posed, world: World) -> Iterator[Claim]:
    """What was asked; else what it might do as well: what flies may have come down."""
    del world
    others = ["standing", "sitting"] if claim.pose in {"flying", "floating"} else ["standing", "lying"]
    if claim.what.phrase.kinds & {"balloon", "kite"}:
        others = ["lying"]
    yield from (replace(claim, pose=pose) for pose in (claim.asked, *others) if pose)


@near_misses_of.register
def _(claim: said.Wears, world: World) -> Iterator[Claim]:
    """Nobody wears a hat: somebody does; he wears one: he does not."""
    if claim.what is None or claim.colour is None:
        what = claim.what or next(
            (of_kind(t.kind, many=False) for t in world.scene.things if t.kind in LIVING), None
        )
        worn = claim.worn or "hat"
        yield from (said.Wears(what, worn, tint, claim.n) for tint in ("red", "blue") if what)
    else:
        yield replace(claim, colour=None)


@near_misses_of.register
def _(claim: said.Joined, world: World) -> Iterator[Claim]:
    """To what was asked; else to whatever stands there."""
    passed = {t.kind for t in world.scene.things if touches_path(t)} if claim.by == "leading to" else set()
    own = claim.what.phrase.kinds | passed
    kinds = dict.fromkeys(t.kind for t in world.scene.things if t.kind not in own)
    fast = [kind for kind in kinds if kind not in IN_THE_AIR] or ["bench"]
    if claim.by == "reading":
        fast = ["book"]
    others = (claim.asked, *(of_kind(kind, many=False) for kind in fast))
    yield from (replace(claim, to=to) for to in others if to)


@near_misses_of.register
def _(claim: said.Turned, world: World) -> Iterator[Claim]:
    """What was asked, or the contrary of what is so."""
    del world
    turns = (claim.asked, TURNS[claim.turn], "together")
    yield from (replace(claim, turn=turn) for turn in turns if turn not in {"", claim.turn})


@near_misses_of.register
def _(claim: said.FacingOnes, world: World) -> Iterator[Claim]:
    """Another of them; else in a neighbouring colour."""
    others = dict.fromkeys(thing.colour for thing in meant(world, claim.what).all)
    others |= dict.fromkeys(NEIGHBOURS[claim.colours[0]])
    yield from (replace(claim, colours=(colour,), n=1) for colour in others)


@near_misses_of.register
def _(claim: said.Facing, world: World) -> Iterator[Claim]:
    del world
    yield replace(claim, sides=tuple(MIRRORED.get(side, "left") for side in claim.sides))
    yield replace(claim, sides=("left",))
    yield replace(claim, sides=("right",))
