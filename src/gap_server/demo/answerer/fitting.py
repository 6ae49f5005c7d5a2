"""What an answer must fit: the number and the kind that were asked for."""

from dataclasses import replace

from gap_server.demo.answerer.claims import (
    Answer,
    Claim,
    Colours,
    Facing,
    Formed,
    Ground,
    Inside,
    Joined,
    Most,
    Nearest,
    Places,
    Posed,
    Related,
    Shown,
    Stated,
)

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
    wide = isinstance(claim, Shown) and claim.wanted is not None and len(claim.wanted.kinds) > 1
    return (
        isinstance(claim, Shown)
        and wide
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
