"""The jury: what verdicts say of a case, when it closes, and which sort of case a juror is shown next.

A verdict is evidence, weighed by the juror's own error rates on cases whose truth is known; it is not a vote.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log
from typing import Final

import numpy as np

from gap_server.quality.evidence import Evidence, Floats, Pool
from gap_server.quality.player_types import PRIOR, TYPES
from gap_server.quality.posterior import log_likelihood, posterior
from gap_server.quality.trust import chance_of, log_odds

CONFIRMED: Final = 0.95
REFUTED: Final = 0.05
ENOUGH_VERDICTS: Final = 5
"""A case that leans to neither side by then is disputed."""

MOST_VERDICTS: Final = 8
"""One that leans goes on for so long: five strangers who agree come to 0.946, and are no dispute."""

LEANS: Final = 0.85
"""P(wrong) above this, or below what is left of 1, leans."""

LEAST_RATE: Final = 0.03
"""No juror's rate is taken to be nearer to 0 or 1: one careless tap must not settle a case by itself."""


class Verdict(StrEnum):
    """What a juror says of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Juror:
    """`s`: P(says wrong | answer wrong). `f`: P(says wrong | answer right). Both of those who say either."""

    s: float
    f: float


def rates(known: Evidence) -> Floats:
    """Of each juror, by the cases whose truth was known: s simple, s complex, f simple, f complex.

    Beforehand the same is believed as of players: some are blind, so a stranger's word is little evidence. It
    depends on the juror's own counts alone.
    """
    wrong = np.array([kind.wrong for kind in known.kinds], np.float64)
    return np.asarray(posterior(log_likelihood(known, wrong), PRIOR) @ TYPES)


class Outcome(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    WRONG = "wrong"
    """Closed: the answer is wrong. If it was flagged and not a trap, that is a find."""
    RIGHT = "right"
    DISPUTED = "disputed"
    """Closed without a result: the verdicts do not settle it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`chance`: P(answer wrong) by all that is known."""

    chance: float
    outcome: Outcome


def standing(before: float, verdicts: Iterable[tuple[Verdict, Juror]]) -> Standing:
    """`before`: P(answer wrong) without a jury: the flag's trust, or a revision's w where nobody flagged."""
    heard = list(verdicts)
    chance = chance_of(log_odds(before) + sum(weight(verdict, juror) for verdict, juror in heard))
    return Standing(chance, outcome_of(chance, len(heard)))


def weight(verdict: Verdict, juror: Juror) -> float:
    """The log likelihood ratio of a verdict. Who cannot tell says nothing either way."""
    if verdict is Verdict.CANNOT_TELL:
        return 0.0
    s, f = (min(max(rate, LEAST_RATE), 1 - LEAST_RATE) for rate in (juror.s, juror.f))
    return log(s / f) if verdict is Verdict.WRONG else log((1 - s) / (1 - f))


def outcome_of(chance: float, verdicts: int) -> Outcome:
    """However sure one was before: a case that nobody has looked at stays open."""
    if not verdicts:
        return Outcome.OPEN
    if chance > CONFIRMED:
        return Outcome.WRONG
    if chance < REFUTED:
        return Outcome.RIGHT
    enough = MOST_VERDICTS if chance > LEANS or chance < 1 - LEANS else ENOUGH_VERDICTS
    return Outcome.DISPUTED if verdicts >= enough else Outcome.OPEN


def settles(chance: float, outcome: Outcome, pool: Pool) -> bool:
    """Whether a case that closed with this outcome is one that later jurors are measured by.

    On complex pictures alone: of simple ones enough is known without a jury. `chance`: P(wrong) by all its
    verdicts, as its jurors are known by now; where that does not bear the outcome out, it measures nobody.
    """
    return (
        pool is Pool.COMPLEX
        and outcome in {Outcome.WRONG, Outcome.RIGHT}
        and outcome_of(chance, 1) is outcome
    )


class Stratum(StrEnum):
    """Why an answer stands before the jury. Jurors are never told."""

    LIE = "lie"
    """Known to be wrong: a trap that the compliance check confirmed."""
    HELD = "held"
    """Known to be right."""
    FLAGGED = "flagged"
    """An untainted answer that a player flagged: perhaps a find."""
    LET_GO = "let_go"
    """An untainted answer that nobody flagged: what players miss."""
    SETTLED_WRONG = "settled_wrong"
    """Of the two before, on a complex picture, closed as wrong: by it later jurors are measured."""
    SETTLED_RIGHT = "settled_right"
    """The same, closed as right. What else is known to be right is about simple pictures."""


MIX: Final[Sequence[Mapping[Stratum, float]]] = (
    {Stratum.LIE: 0.125, Stratum.SETTLED_WRONG: 0.125},
    {Stratum.HELD: 0.125, Stratum.SETTLED_RIGHT: 0.125},
    {Stratum.FLAGGED: 0.4, Stratum.LET_GO: 0.1},
)
"""Half known, half not; of the known half wrong, half right, so that neither verdict is the better guess."""


def next_stratum(waiting: Mapping[Stratum, int], draw: float) -> Stratum | None:
    """Where the next case comes from. `waiting`: cases there are for this juror; `draw`: even in 0 to 1.

    None only where no case is left at all. In a stratum the case of fewest verdicts goes first, by lot. Where
    one stratum is empty, the others of its group take its place.
    """
    there = [part for group in MIX for part in _shares(group, waiting)]
    rest = draw * sum(share for _, share in there)
    for stratum, share in there:
        rest -= share
        if rest < 0:
            return stratum
    return there[-1][0] if there else None


def _shares(group: Mapping[Stratum, float], waiting: Mapping[Stratum, int]) -> list[tuple[Stratum, float]]:
    """The group's whole share, over those of its strata that have a case."""
    there = {stratum: share for stratum, share in group.items() if waiting.get(stratum, 0)}
    scale = sum(group.values()) / sum(there.values()) if there else 0.0
    return [(stratum, share * scale) for stratum, share in there.items()]
