"""Whether things are, have and do what is told of them."""

from collections.abc import Sequence

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.judging.verdicts import alike, so
from gap_server.demo.answerer.lexicon import CERAMIC
from gap_server.demo.answerer.narrowing import is_like, meant
from gap_server.demo.scene.description import Thing
from gap_server.demo.scene.details import WORN
from gap_server.demo.scene.looks import OUTDOORS
from gap_server.demo.scene.panes import all_panes, seen_panes
from gap_server.demo.scene.relations import Verdict
from gap_server.demo.scene.worlds import World

UNRIPE = {"banana": "green", "lemon": "green", "pumpkin": "green", "strawberry": "white"}


@so.register
def _(claim: said.Posed, world: World) -> Verdict:
    return alike(is_doing(world, thing, claim.pose) for thing in meant(world, claim.what).all)


def is_doing(world: World, thing: Thing, told: str) -> bool:
    """Whether that is told of it in this world."""
    return is_like(thing, told, world.pose(thing))


@so.register
def _(claim: said.Has, world: World) -> Verdict:
    return alike(_having(claim, world, thing) for thing in meant(world, claim.what).all)


def _having(claim: said.Has, world: World, thing: Thing) -> Verdict:
    part, kind = claim.part, thing.kind
    seen = world.pattern(kind) if part == "pattern" else world.detail(kind, part, thing.colour)
    if seen is None or not claim.so:
        return (seen is None) is not claim.so
    if claim.colour and claim.colour != (seen.colour or thing.colour):
        return False
    if claim.count and (seen.count or claim.counted):
        return claim.count == seen.count
    return None if claim.counted else True


@so.register
def _(claim: said.OnSide, world: World) -> Verdict:
    sides = [world.side(thing, claim.part) for thing in meant(world, claim.what).all]
    return alike(None if side is None else side == claim.side for side in sides)


@so.register
def _(claim: said.Together, world: World) -> Verdict:
    """Of windows that are half hidden, people might count some."""
    things = meant(world, claim.what).all if claim.what else world.scene.things
    buildings = tuple(thing for thing in things if thing.kind == "building")
    own = sum(world.how_many(thing.kind, claim.part) for thing in things if thing not in buildings)
    seen, there = own + seen_panes(world.scene, buildings), own + all_panes(buildings)
    return True if claim.count == seen else (None if seen < claim.count <= there else False)


@so.register
def _(claim: said.Wears, world: World) -> Verdict:
    things = meant(world, claim.what).all if claim.what else world.scene.things
    wearing = [thing for thing in things if _is_worn(claim.worn, thing)]
    if claim.what is None or claim.colour is None:
        return not wearing
    tints = [detail.colour for t in wearing if claim.worn and (detail := world.detail(t.kind, claim.worn))]
    return alike(tint == claim.colour for tint in tints)


def _is_worn(worn: str | None, thing: Thing) -> bool:
    return thing.kind in WORN and worn in {None, WORN[thing.kind]}


@so.register
def _(claim: said.Stated, world: World) -> Verdict:
    if not claim.what.phrase.kinds:  # a part of a thing: a door
        return world.state(claim.what.phrase.noun.one, claim.state) is claim.so
    return alike(is_in(world, thing, claim.state) is claim.so for thing in meant(world, claim.what).all)


def is_in(world: World, thing: Thing, state: str) -> Verdict:
    """Whether it is open, lit, smiling, ripe (by its colour); None where no picture tells."""
    outside = thing.kind == "building" or (thing.kind == "lamp" and world.scene.setting in OUTDOORS)
    if state == "lit" and outside:  # from sunset on windows and street lamps shine
        return (world.scene.light == "day") is world.false
    if state == "lit" and thing.kind == "lamp":  # in a room it is drawn without a glow
        return world.false
    if state == "ripe":
        return thing.colour != UNRIPE[thing.kind] if thing.kind in UNRIPE else None
    return world.state(thing.kind, state)


@so.register
def _(claim: said.Formed, world: World) -> Verdict:
    of = world.material if claim.of == "material" else world.shape
    value = "ceramic" if claim.value in CERAMIC else claim.value
    return alike(of(thing.kind) == value for thing in meant(world, claim.what).all)


@so.register
def _(claim: said.Facing, world: World) -> Verdict:
    things = meant(world, claim.what).all
    return set(claim.sides) == {side for thing in things if (side := world.facing(thing))}


@so.register
def _(claim: said.FacingOnes, world: World) -> Verdict:
    things = [t for t in meant(world, claim.what).all if t.facing == claim.side]
    return set(claim.colours) == {thing.colour for thing in things}


@so.register
def _(claim: said.Turned, world: World) -> Verdict:
    turn = turn_of(world, [thing for what in claim.whats for thing in meant(world, what).all])
    if claim.turn in {"same", "different"} and turn in {"together", "apart"}:
        turn = "different"
    return bool(turn) and turn == claim.turn


def turn_of(world: World, things: Sequence[Thing]) -> str:
    """One of TURNS: whether they look to the same side; if two do not, at each other or away. Empty where
    some look to no side.
    """
    sides = {world.facing(thing) for thing in things}
    if len(things) < 2 or "" in sides:
        return ""
    if len(sides) == 1:
        return "same"
    row = sorted(things, key=lambda thing: thing.box.x)
    if len(row) != 2 or "us" in sides:
        return "different"
    return "together" if world.facing(row[0]) == "right" else "apart"


@so.register
def _(claim: said.Named, world: World) -> Verdict:
    return alike(thing.kind in claim.noun.kinds for thing in meant(world, claim.what).all)


@so.register
def _(claim: said.Inside, world: World) -> Verdict:
    return alike(world.inside(thing.kind) == claim.contents for thing in meant(world, claim.what).all)


@so.register
def _(claim: said.Joined, world: World) -> Verdict:
    """Nothing here is tied to anything or holds anything; but a path leads to the hill."""
    true = joined_to(world, claim)
    return (claim.to.phrase.kinds if claim.to else frozenset()) == true


def joined_to(world: World, claim: said.Joined) -> frozenset[str]:
    """What is so of that."""
    there = {part.kind for part in world.scene.backdrop}
    leads = claim.by == "leading to" and "path" in claim.what.phrase.kinds and "hill" in there
    return frozenset({"hill"} if leads else ())
