"""What an answer must fit: the number and the kind that were asked for."""

from dataclasses import replace

from gap_server.demo.answerer.claims import (
    Answer,
    Claim,
    Colours,
    Count,
    Facing,
    Formed,
    Ground,
    Has,
    Inside,
    Joined,
    Most,
    Nearest,
    Part,
    Places,
    Posed,
    Related,
    Shown,
    Stated,
)
from gap_server.demo.answerer.judging import so
from gap_server.demo.scene.worlds import World

_OF_ONE = (Posed, Stated, Formed, Ground, Related, Inside, Joined)


def asks_kind(claim: Claim) -> bool:
    """Whether it tells what one thing is, of all that a wider word covers: `which animal is white`."""
    if isinstance(claim, Shown):
        wanted = claim.wanted
        wide = (
            wanted is not None and len(wanted.kinds) > 1 and (not wanted.generic or wanted.colour is not None)
        )
        return _is_one(claim) and wide
    if isinstance(claim, Most) and claim.order == "most common":
        return True
    if isinstance(claim, Most | Nearest):
        phrase = claim.phrase
        return phrase is not None and not phrase.generic and len(phrase.kinds) > 1
    return False


def asks_kinds(claim: Claim) -> bool:
    """Whether it tells of what kinds several are, and no numbers or colours."""
    return (
        isinstance(claim, Shown)
        and claim.wanted is not None
        and len(claim.wanted.kinds) > 1
        and all(p.colour is None and not p.only and p.count < 2 for p in claim.parts)
    )


def _is_one(shown: Shown) -> bool:
    return len(shown.parts) == 1 and shown.parts[0].count == 1


def misses_kind(truth: Claim, told: Claim) -> bool:
    """Whether the kind was asked, and the lie tells the true one."""
    return asks_kind(truth) and bool(kinds_told(truth) & kinds_told(told))


def kinds_told(claim: Claim) -> set[str]:
    if isinstance(claim, Shown):
        return {part.kind for part in claim.parts}
    return {claim.part.kind} if isinstance(claim, Most | Nearest) else set()


def agreeing(truth: Answer, lie: Answer, *, of_one: bool) -> Answer:
    """The lie about as many as the truth is about, where that is one; `of_one`: whether one was asked for."""
    first, told = truth.claims[0], lie.claims[0]
    fit = _fitted(first, told) if type(first) is type(told) else told
    if of_one and isinstance(first, Shown) and isinstance(told, Shown) and _is_one(first):
        fit = replace(told, parts=tuple(replace(part, count=1, only=False) for part in told.parts[:1]))
    return lie if fit is told else replace(lie, claims=(fit, *lie.claims[1:]))


_FAR_OFF = 2
"""By how many more, at most, a count is a near miss."""


def as_many(truth: Answer, lie: Answer, world: World) -> Answer:
    """The lie with no more things told of than the truth tells, but one where that tells none; of five, not
    ten; of the eyes that were asked about, not how many, only their colour is told otherwise.
    """
    first, told = truth.claims[0], lie.claims[0]
    fit = told
    if isinstance(first, Shown) and isinstance(told, Shown) and truth.yes is None:
        likely = [part for part in told.parts if not _is_absurd(part)] or _in_stead(told, world)
        most = max(len(first.parts), 1)
        if len(likely) > most:
            likely = sorted(likely, key=lambda part: part in first.parts)[:most]
        fit = replace(told, parts=tuple(likely))
    if isinstance(first, Count) and isinstance(told, Count) and told.n - first.n > _FAR_OFF:
        whole = first.what.phrase.generic  # as many as there are of each kind together
        fit = told if whole or truth.yes is not None else replace(told, n=first.n + _FAR_OFF)
    if isinstance(first, Has) and isinstance(told, Has) and _is_recoloured(first, told):
        fit = replace(told, count=first.count)
    return replace(lie, claims=(fit, *lie.claims[1:])) if so(fit, world) is False else lie


def _in_stead(told: Shown, world: World) -> list[Part]:
    """Whatever else of the scene might be told of, where all that is told is absurd; else what is told."""
    kinds = told.wanted.kinds if told.wanted else {thing.kind for thing in world.scene.things}
    own = {part.kind for part in told.parts}
    others = [Part(t.kind, t.colour) for t in world.scene.things if t.kind in kinds - own]
    return others[:1] if told.parts and others else list(told.parts)


def _is_recoloured(first: Has, told: Has) -> bool:
    """Whether both tell of eyes, of other colours, and it was not asked how many."""
    paired = first.part == told.part == "eye" and first.so and told.so
    return paired and told.colour != first.colour and not (first.counted or told.counted)


def _is_absurd(part: Part) -> bool:
    """Whether nobody would take one for that: a snowman is white."""
    return part.kind == "snowman" and part.colour not in {None, "white"}


def _fitted(first: Claim, told: Claim) -> Claim:
    if isinstance(told, Most) and isinstance(first, Most):
        return replace(told, of_two=first.of_two)
    if isinstance(told, _OF_ONE) and isinstance(first, _OF_ONE):
        alike = first.n == 1 < told.n or (isinstance(told, Stated) and told.n == 1)
        return replace(told, n=first.n) if alike else told
    if isinstance(told, Colours) and isinstance(first, Colours) and first.n == 1 < told.n:
        false = [colour for colour in told.colours if colour not in first.colours] or told.colours[:1]
        return replace(told, n=1, colours=tuple(false[:1]), every=False)
    if isinstance(told, Places) and isinstance(first, Places) and first.n == 1 < told.n:
        false = [region for region in told.regions if region not in first.regions] or told.regions[:1]
        return replace(told, n=1, regions=tuple(false[:1]))
    if isinstance(told, Facing) and isinstance(first, Facing) and first.n == 1 < told.n:
        return replace(told, n=1, sides=told.sides[:1])
    return told
