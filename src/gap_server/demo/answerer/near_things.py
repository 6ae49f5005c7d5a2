"""Near misses of what is told to be seen somewhere: of the kind that was asked for, and fit to be there."""

from collections.abc import Iterator
from dataclasses import replace

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import Claim
from gap_server.demo.answerer.fitting import asks_kind, asks_kinds
from gap_server.demo.answerer.near_misses import near_misses_of
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.scene.kinds import IN_THE_AIR, KINDS
from gap_server.demo.scene.looks import COLOURS, NATURAL
from gap_server.demo.scene.palettes import NEIGHBOURS, PALETTES
from gap_server.demo.scene.worlds import World


@near_misses_of.register
def _(claim: said.Shown, world: World) -> Iterator[Claim]:
    """Another thing of the scene in its stead, or the same in a neighbouring colour, or one more."""
    if not claim.parts:
        kinds = _fitting(claim.where, claim.wanted, world)
        own = {kind for what in claim.where.others for kind in what.phrase.kinds}
        there = [thing for thing in world.scene.things if thing.kind in kinds and thing.kind not in own]
        yield from (replace(claim, parts=(said.Part(thing.kind, thing.colour),)) for thing in there)
        stray = ["hat"] if claim.wanted is None and kinds <= own else sorted(kinds)
        yield from (replace(claim, parts=(said.Part(kind, "black"),)) for kind in stray)
        return
    first, *rest = claim.parts
    if asks_kinds(claim):
        told = {part.kind for part in claim.parts}
        yield from (
            replace(claim, parts=(replace(first, kind=part.kind), *rest))
            for part in _of_other_kinds(claim, world)
            if part.kind not in told
        )
    if asks_kind(claim):
        yield from (replace(claim, parts=(part,)) for part in _of_other_kinds(claim, world))
    if first.colour is None:
        yield replace(
            claim, parts=(replace(first, count=max(first.count, 1) + 1, only=True), *rest), counted=True
        )
        return
    alike = _fitting(claim.where, claim.wanted, world) if claim.wanted else frozenset({first.kind})
    others = [said.Part(thing.kind, thing.colour) for thing in world.scene.things if thing.kind in alike]
    yield from (replace(claim, parts=(part,)) for part in others if not _is_anchor(part, claim.where))
    recoloured = [replace(first, colour=near) for near in NEIGHBOURS[first.colour]]
    yield from (
        replace(claim, parts=(part, *rest)) for part in recoloured if not _is_anchor(part, claim.where)
    )


def _of_other_kinds(claim: said.Shown, world: World) -> Iterator[said.Part]:
    """Where the kind is what was asked: another that is there; else one that might be."""
    own, colour = claim.parts[0].kind, claim.parts[0].colour
    kinds = claim.wanted.kinds - {own} if claim.wanted else frozenset[str]()
    groups = set(KINDS[own].groups)
    near = sorted(kinds, key=lambda kind: (-len(groups & set(KINDS[kind].groups)), kind))
    near = [kind for kind in near if (kind in IN_THE_AIR) is (own in IN_THE_AIR)]
    if KINDS[own].pose == "parked":  # no boat stands on the road
        near = [kind for kind in near if KINDS[kind].pose == "parked"]
    there = dict.fromkeys(thing.kind for thing in world.scene.things if thing.kind in near)
    for kind in (*there, *near):
        drawn = PALETTES.get(kind, COLOURS)
        tints = drawn if len(drawn) == 1 else NATURAL.get(kind, drawn)  # a snowman is white
        kept = colour in {None, *tints} or (kind in there and len(tints) > 1)
        yield said.Part(kind, colour if kept else tints[0])


_LARGE = frozenset({"tree", "house", "tent", "lamp", "umbrella", "car", "bus", "truck", "bench", "boat"})


def _fitting(where: said.Where, wanted: Phrase | None, world: World) -> frozenset[str]:
    """Which kinds of things may be told of there: in the sky what flies, on a bench nothing large."""
    kinds = wanted.kinds if wanted else frozenset(thing.kind for thing in world.scene.things)
    if where.pose in {"flying", "floating"}:
        return kinds & IN_THE_AIR or frozenset({"bird"})
    if where.relation != "on" or not where.others:
        return kinds
    phrase = where.others[0].phrase
    flying = phrase.kinds <= {"sky", "wall"}
    odd = _LARGE if not phrase.backdrop else frozenset[str]()
    fit = frozenset(kind for kind in kinds if (kind in IN_THE_AIR) is flying and kind not in odd)
    return fit or (frozenset({"bird"}) if flying and not wanted else kinds)


def _is_anchor(part: said.Part, where: said.Where) -> bool:
    """Whether it sounds like what it is told to stand by: nothing is to the right of itself."""
    phrases = [what.phrase for what in where.others]
    return any(p.kinds == {part.kind} and p.colour in {None, part.colour} for p in phrases)
