"""The jury: what verdicts say of a case, when it closes, and which sort of case a juror is shown next.

A verdict is evidence, weighed by the juror's own error rates on cases whose truth is known; it is not a vote.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log
from typing import Final

import numpy as np

from gap_server.quality.evidence import Evidence, Floats
from gap_server.quality.player_types import PRIOR, TYPES
from gap_server.quality.posterior import log_likelihood, posterior
from gap_server.quality.trust import chance_of, log_odds

CONFIRMED: Final = 0.95
REFUTED: Final = 0.05
MOST_VERDICTS: Final = 5

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
    return Standing(chance, _outcome(chance, len(heard)))


def weight(verdict: Verdict, juror: Juror) -> float:
    """The log likelihood ratio of a verdict. Who cannot tell says nothing either way."""
    if verdict is Verdict.CANNOT_TELL:
        return 0.0
    s, f = (min(max(rate, LEAST_RATE), 1 - LEAST_RATE) for rate in (juror.s, juror.f))
    return log(s / f) if verdict is Verdict.WRONG else log((1 - s) / (1 - f))


def _outcome(chance: float, verdicts: int) -> Outcome:
    """However sure one was before: a case that nobody has looked at stays open."""
    if not verdicts:
        return Outcome.OPEN
    if chance > CONFIRMED:
        return Outcome.WRONG
    if chance < REFUTED:
        return Outcome.RIGHT
    return Outcome.DISPUTED if verdicts >= MOST_VERDICTS else Outcome.OPEN


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


MIX: Final[Mapping[Stratum, float]] = {
    Stratum.LIE: 0.25,
    Stratum.HELD: 0.25,
    Stratum.FLAGGED: 0.4,
    Stratum.LET_GO: 0.1,
}
"""Half known, half not; of the known half wrong, half right, so that neither verdict is the better guess."""


def next_stratum(waiting: Mapping[Stratum, int], draw: float) -> Stratum | None:
    """Where the next case comes from. `waiting`: cases there are for this juror; `draw`: even in 0 to 1.

    None only where no case is left at all. In a stratum the case of fewest verdicts goes first, by lot.
    """
    there = [(stratum, share) for stratum, share in MIX.items() if waiting.get(stratum, 0)]
    rest = draw * sum(share for _, share in there)
    for stratum, share in there:
        rest -= share
        if rest < 0:
            return stratum
    return there[-1][0] if there else None
