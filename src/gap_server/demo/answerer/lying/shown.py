"""Lies about what is seen somewhere: another thing, of the kind that was asked for, and fit to be there."""

from collections.abc import Iterator
from dataclasses import replace

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import Claim
from gap_server.demo.answerer.judging import denies, so
from gap_server.demo.answerer.lying.demands import (
    Case,
    fitted,
    misses,
    near_misses_of,
    suits,
    yes_of_contrary,
)
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.scene.kinds import IN_THE_AIR, KINDS
from gap_server.demo.scene.looks import COLOURS, NATURAL
from gap_server.demo.scene.palettes import NEIGHBOURS, PALETTES
from gap_server.demo.scene.worlds import World

_OF_ONE = (
    r"\bonly (thing|object|item|one)\b|^what is (this|that|the)\b.*\b(thing|object|item)\b"
    r"|^(which|what) \w+ is\b"
)


# What the false world's answer must keep


@fitted.register
def _(truth: said.Shown, told: said.Shown, case: Case) -> Claim:
    """No more things than the truth tells, but one where that tells none."""
    if _is_one(truth) and case.asked.says(_OF_ONE):
        told = replace(told, parts=tuple(replace(part, count=1, only=False) for part in told.parts[:1]))
    if case.truth.yes is not None:
        return told
    likely = [part for part in told.parts if not _is_absurd(part)] or _in_stead(told, case.world)
    most = max(len(truth.parts), 1)
    if len(likely) > most:
        likely = sorted(likely, key=lambda part: part in truth.parts)[:most]
    fit = replace(told, parts=tuple(likely))
    return fit if so(fit, case.world) is False else told


def _is_one(shown: said.Shown) -> bool:
    return len(shown.parts) == 1 and shown.parts[0].count == 1


def _is_absurd(part: said.Part) -> bool:
    """Whether nobody would take one for that: a snowman is white."""
    return part.kind == "snowman" and part.colour not in {None, "white"}


def _in_stead(told: said.Shown, world: World) -> list[said.Part]:
    """Whatever else of the scene might be told of, where all that is told is absurd; else what is told."""
    kinds = told.wanted.kinds if told.wanted else {thing.kind for thing in world.scene.things}
    own = {part.kind for part in told.parts}
    others = [said.Part(t.kind, t.colour) for t in world.scene.things if t.kind in kinds - own]
    return others[:1] if told.parts and others else list(told.parts)


# What it must change


@suits.register
def _(truth: said.Shown, told: Claim) -> bool:
    del truth
    return isinstance(told, said.Shown) or denies(told)


@misses.register
def _(truth: said.Shown, told: Claim, case: Case) -> bool:
    if truth.parts and case.truth.yes and case.lie.yes and case.truth.subject:  # both, that something is
        return True
    if not isinstance(told, said.Shown):
        return False
    if truth.parts and not told.parts and case.truth.yes is None:  # what it is, not whether
        return True
    kinds = {part.kind for part in told.parts}
    return _asks_kind(truth) and any(part.kind in kinds for part in truth.parts)


def _asks_kind(truth: said.Shown) -> bool:
    """Whether it tells what one thing is, of all that a wider word covers: `which animal is white`."""
    wanted = truth.wanted
    if wanted is None or not _is_one(truth):
        return False
    return len(wanted.kinds) > 1 and (not wanted.generic or wanted.colour is not None)


def _asks_kinds(truth: said.Shown) -> bool:
    """Whether it tells of what kinds several are, and no numbers or colours."""
    return (
        truth.wanted is not None
        and len(truth.wanted.kinds) > 1
        and all(part.colour is None and not part.only and part.count < 2 for part in truth.parts)
    )


# What is told where the false world's answer will not do


@yes_of_contrary.register
def _(truth: said.Shown, told: Claim, *, yes: bool) -> bool:
    del told
    return not (yes or truth.parts)


@near_misses_of.register
def _(truth: said.Shown, case: Case) -> Iterator[Claim]:
    """Another thing of the scene in its stead, or the same in a neighbouring colour, or one more."""
    if not truth.parts:
        yield from _where_nothing_is(truth, case.world)
        return
    if case.truth.yes and case.truth.subject:  # `no, there is nothing pink`
        yield said.Missing(case.truth.subject)
    first, *rest = truth.parts
    if _asks_kinds(truth):
        told = {part.kind for part in truth.parts}
        yield from (
            replace(truth, parts=(replace(first, kind=part.kind), *rest))
            for part in _of_other_kinds(truth, case.world)
            if part.kind not in told
        )
    if _asks_kind(truth):
        yield from (replace(truth, parts=(part,)) for part in _of_other_kinds(truth, case.world))
    if first.colour is None:
        more = replace(first, count=max(first.count, 1) + 1, only=True)
        yield replace(truth, parts=(more, *rest), counted=True)
        return
    alike = _fitting(truth.where, truth.wanted, case.world) if truth.wanted else frozenset({first.kind})
    others = [said.Part(thing.kind, thing.colour) for thing in case.world.scene.things if thing.kind in alike]
    yield from (replace(truth, parts=(part,)) for part in others if not _is_anchor(part, truth.where))
    recoloured = [replace(first, colour=near) for near in NEIGHBOURS[first.colour]]
    yield from (
        replace(truth, parts=(part, *rest)) for part in recoloured if not _is_anchor(part, truth.where)
    )


def _where_nothing_is(truth: said.Shown, world: World) -> Iterator[Claim]:
    kinds = _fitting(truth.where, truth.wanted, world)
    own = {kind for what in truth.where.others for kind in what.phrase.kinds}
    there = [thing for thing in world.scene.things if thing.kind in kinds and thing.kind not in own]
    yield from (replace(truth, parts=(said.Part(thing.kind, thing.colour),)) for thing in there)
    stray = ["hat"] if truth.wanted is None and kinds <= own else sorted(kinds)
    yield from (replace(truth, parts=(said.Part(kind, "black"),)) for kind in stray)


def _of_other_kinds(truth: said.Shown, world: World) -> Iterator[said.Part]:
    """Where the kind is what was asked: another that is there; else one that might be."""
    own, colour = truth.parts[0].kind, truth.parts[0].colour
    kinds = truth.wanted.kinds - {own} if truth.wanted else frozenset[str]()
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
