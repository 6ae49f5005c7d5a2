"""The second answer, where two things are asked in one breath: it goes with the first, and adds to it."""

from dataclasses import replace

from gap_server.demo.answerer.claims import (
    Answer,
    Claim,
    Colours,
    Count,
    Facing,
    Has,
    Missing,
    Most,
    Named,
    Nearest,
    Part,
    Places,
    Posed,
    Shown,
    Stated,
    Unseen,
    What,
)
from gap_server.demo.answerer.dice import Dice
from gap_server.demo.answerer.judging import denies
from gap_server.demo.answerer.languages import ENGLISH
from gap_server.demo.answerer.lexicon import NOUNS

Both = tuple[Answer, Answer]
"""What is told truly and what is told falsely."""


def added(answer: Both, before: Both) -> Both | None:
    """What is left to say after the first answer; None where nothing is. Of what a lie denies, no more is
    told.
    """
    if _told_with_its_colour(answer, before):
        return None
    truth, lie = (own.claims[0] for own in before)
    second = answer[1].claims[0]
    if _refuses(lie, second) and not _refuses(truth, second) and _speaks_of(second, lie):
        more = _sentences(answer[0]) - _sentences(before[0])
        return (answer[0], replace(answer[1], claims=())) if more else None
    answer = _agreeing(_unsaid(answer, before), before)
    true, false = (_sentences(own) - _sentences(first) for own, first in zip(answer, before, strict=True))
    if true and false:
        return answer
    if false and isinstance(answer[1].claims[0], Places):  # who is honest said at once where it is
        return replace(answer[0], claims=()), answer[1]
    return None


def _refuses(claim: Claim, second: Claim) -> bool:
    """Whether it says that something is not there, or has no such part, of whose colour `second` tells."""
    if not isinstance(claim, Has) or claim.so:
        return denies(claim)
    return isinstance(second, Colours) or (isinstance(second, Has) and second.part == claim.part)


def _speaks_of(claim: Claim, denied: Claim) -> bool:
    """Whether it is of what is denied; of what is seen on it or written, too."""
    what = getattr(claim, "what", None)
    own = denied.what if isinstance(denied, Missing | Count) else None
    return not isinstance(what, What) or own is None or bool(what.phrase.kinds & own.phrase.kinds)


def _agreeing(answer: Both, before: Both) -> Both:
    """The lie of what was lied before: of as many as were counted (`two crabs. The crabs are ...`), and of
    the kind that it was said to be.
    """
    true, false = answer
    first, claim = before[1].claims[0], false.claims[0]
    if isinstance(claim, Unseen) and len(false.claims) > 1:  # what no picture tells is told with a remark
        unseen, *told = false.claims
        rest = _agreeing((true, replace(false, claims=tuple(told))), before)[1]
        return true, replace(rest, claims=(unseen, *rest.claims))
    counted = first if isinstance(first, Count) and first.n else None
    if counted and isinstance(claim, Colours | Facing | Places | Posed | Stated):
        alike = counted.what.phrase.kinds == claim.what.phrase.kinds
        if counted.n == 1 or (alike and claim.n == 1):
            false = replace(false, claims=(replace(claim, n=min(counted.n, 2)), *false.claims[1:]))
    kinds = [part.kind for part in _parts(first)]
    if isinstance(claim, Named) and kinds and claim.noun.kinds.isdisjoint(kinds):
        named = replace(claim, noun=NOUNS[tuple(kinds[0].split())])
        false = replace(false, claims=(named,), yes=None if false.yes is None else False)
    own = claim.what.phrase.kinds if isinstance(claim, Has) else frozenset()
    if isinstance(claim, Has) and kinds and own and own.isdisjoint(kinds):
        false = replace(false, claims=(_had_by(kinds[0], claim, true.claims[0]), *false.claims[1:]))
    return true, false


def _had_by(kind: str, lie: Has, truth: Claim) -> Has:
    """`here is a cat. The cat has two ears`: of whoever was lied of, and as many as are asked of."""
    phrase = replace(lie.what.phrase, noun=NOUNS[tuple(kind.split())], colour=None)
    several = isinstance(truth, Has) and truth.count > 1 and lie.count == 1
    count = truth.count if isinstance(truth, Has) and several else lie.count
    return replace(lie, what=replace(lie.what, phrase=phrase), count=count)


def _told_with_its_colour(answer: Both, before: Both) -> bool:
    """Whether it asks the colour of the one thing that was told with its colour: `there is a blue guitar`."""
    own, part = answer[0].claims[0], _only_part(before[0].claims[0])
    told = _only_part(before[1].claims[0])
    return (
        isinstance(own, Colours)
        and part is not None
        and told is not None
        and part.kind in own.what.phrase.kinds
        and own.what.phrase.colour is None
        and own.what.phrase.size is None  # `which is higher, and what colour is the other one`
    )


def _only_part(claim: Claim) -> Part | None:
    parts = _parts(claim)
    return parts[0] if len(parts) == 1 and parts[0].colour else None


def _parts(claim: Claim) -> tuple[Part, ...]:
    """What it tells to be there, or to be the most so."""
    if isinstance(claim, Shown):
        return claim.parts
    return (claim.part,) if isinstance(claim, Most | Nearest) else ()


def _sentences(answer: Answer) -> set[str]:
    return {ENGLISH.say(Answer((claim,)), Dice("")) for claim in answer.claims}


def _unsaid(answer: Both, before: Both) -> Both:
    """Without a remark that repeats what was said before it."""
    true, false = answer
    if len(true.claims) < 2 or not _sentences(replace(true, claims=true.claims[-1:])) <= _sentences(
        before[0]
    ):
        return answer
    return replace(true, claims=true.claims[:-1], aside=False), replace(
        false, claims=false.claims[:-1], aside=False
    )
