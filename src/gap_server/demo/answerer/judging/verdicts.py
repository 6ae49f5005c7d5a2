"""The one question that is put to every claim, and how verdicts go together."""

from collections.abc import Iterable
from functools import singledispatch

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import Claim
from gap_server.demo.scene.relations import Verdict
from gap_server.demo.scene.worlds import World


def denies(claim: Claim) -> bool:
    """Whether it says that something is not there."""
    return isinstance(claim, said.Missing) or (isinstance(claim, said.Count) and claim.n == 0)


@singledispatch
def so(claim: Claim, world: World) -> Verdict:
    """Whether the claim is so of the world."""
    raise TypeError(claim, world)


def alike(verdicts: Iterable[Verdict]) -> Verdict:
    """What all of them are; None where they differ, False where there are none: of what is not there, nothing
    is so.
    """
    seen = set(verdicts)
    return seen.pop() if len(seen) == 1 else (None if seen else False)


def negated(verdict: Verdict) -> Verdict:
    return None if verdict is None else not verdict


def within(told: Iterable[object], there: Iterable[object]) -> Verdict:
    """Whether what is told is what is there: not so where some is not there, doubtful where some is left
    out.
    """
    told, there = set(told), set(there)
    return True if told == there else (None if told and told < there else False)
