"""All that is asked of a claim about the lies that are told in its stead: what they must change, what they
must keep.

Only `near_misses_of` has to be answered by every claim; what else most of them say, stands here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Answer, Claim, Formed, Ground, Inside, Joined, Posed, Related
from gap_server.demo.answerer.judging import denies
from gap_server.demo.scene.worlds import World

OfSome = Posed | Formed | Inside | Joined | Ground | Related


@dataclass(frozen=True, slots=True)
class Case:
    """A question put to the true world, what is so, and what is told so far in its stead."""

    asked: Asked
    truth: Answer
    lie: Answer

    @property
    def world(self) -> World:
        return self.asked.world

    @property
    def first(self) -> Claim:
        """The claim that answers the question; what follows it goes with it."""
        return self.truth.claims[0]

    @property
    def told(self) -> Claim:
        return self.lie.claims[0]

    @property
    def is_agreed(self) -> bool:
        """Whether both say yes, or both no."""
        return self.truth.yes is not None and self.truth.yes is self.lie.yes

    def telling(self, claim: Claim) -> "Case":
        """The same, with another lie in answer to the question."""
        return replace(self, lie=replace(self.lie, claims=(claim, *self.lie.claims[1:])))


# What the false world is asked


@singledispatch
def keeps_what_is_named(truth: Claim) -> bool:
    """Whether what the question names is there in the false world, too: not where that is what was asked."""
    del truth
    return True


@singledispatch
def is_told_of_each(truth: Claim) -> bool:
    """Whether `are all red` is denied of some: then no lie can deny it as well."""
    del truth
    return False


# What the false world's answer must keep


@singledispatch
def other_offered(truth: Claim, case: Case) -> Claim | None:
    """Of two that the question offers, the one that is not so; None where it offers none."""
    del truth, case
    return None


@singledispatch
def fitted(truth: Claim, told: Claim, case: Case) -> Claim:
    """`told`, which is of the same kind, in the truth's form: of as many, and of no more than a near miss."""
    del truth, case
    return told


@singledispatch
def yes_told_with(told: Claim, *, yes: bool | None) -> bool | None:
    """What is said before a lie that has no yes or no of its own, where the truth has `yes`."""
    del told
    return yes


def as_of_one(truth: OfSome, told: OfSome, case: Case) -> Claim:
    """Registered where nothing but the number may not fit: of one, where it was asked of one."""
    del case
    return replace(told, n=1) if truth.n == 1 < told.n else told


def false_of_one(told: Sequence[str], truth: Sequence[str]) -> tuple[str, ...]:
    """Of what several are told to be, one that the one asked about is not; else the first."""
    return tuple([one for one in told if one not in truth][:1] or told[:1])


# What it must change


@singledispatch
def suits(truth: Claim, told: Claim) -> bool:
    """Whether it is an answer of the kind that was asked for."""
    return type(told) is type(truth)


@singledispatch
def misses(truth: Claim, told: Claim, case: Case) -> bool:
    """Whether `told`, which suits, is beside the point: what was asked is left as it is."""
    del truth, told, case
    return False


def misses_in_yes_and_no(truth: Claim, told: Claim, case: Case) -> bool:
    """Registered where it was asked whether that is so: whatever else is told, the lie says the other."""
    del truth, told
    return case.is_agreed


# What is told where the false world's answer will not do


@singledispatch
def near_misses_of(truth: Claim, case: Case) -> Iterator[Claim]:
    """What might be told, the likeliest first. Which of it is not so, the judge says."""
    raise TypeError(truth, case)


@singledispatch
def yes_of_contrary(truth: Claim, told: Claim, *, yes: bool) -> bool:
    """What is said before a near miss, where the truth has `yes`: of another colour, that it is not that."""
    del truth, told, yes
    return False


def turned_about(truth: Claim, told: Claim, *, yes: bool) -> bool:
    """Registered where it has two sides, and the lie is the other one."""
    del truth, told
    return not yes


@singledispatch
def claims_of_contrary(truth: Claim, told: Claim, rest: tuple[Claim, ...], case: Case) -> tuple[Claim, ...]:
    """The near miss with what follows it: of what is not there, no more is told."""
    del truth, case
    return (told,) if denies(told) else (told, *rest)


@singledispatch
def beside_contrary(truth: Claim) -> Claim:
    """The truth as it is told where its near miss is: in the same form."""
    return truth
