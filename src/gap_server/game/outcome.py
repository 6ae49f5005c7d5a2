"""What a round came to, as its player is told once the session is over."""

from dataclasses import dataclass
from enum import StrEnum

from gap_server.game.state import Judgement, Pool, RoundState


class RoundOutcome(StrEnum):
    CAUGHT = "caught"
    """A lie, flagged."""
    FOOLED = "fooled"
    """A wrong answer, let go."""
    TRUSTED = "trusted"
    """An honest answer, rightly let go."""
    ACCUSED = "accused"
    """A true answer, flagged."""
    CHECKING = "checking"
    """An honest answer, flagged: perhaps a find, and the jury looks at it."""
    FIND = "find"
    """The jury found that the model was honestly wrong, and the player had flagged it."""
    TIMED_OUT = "timed_out"
    VOID = "void"
    """It counts for nothing: nothing was answered, the lie was none, or the jury cannot agree."""


class Found(StrEnum):
    """What the jury found of an answer."""

    WRONG = "wrong"
    RIGHT = "right"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What is known of a round that is over, by the answer that counts.

    `answered`: there is such; where each question was refused, one may pass on without. `complied`: whether
    the model lied as it was told to, None where nobody has checked. `found`: by the jury, None until then.
    """

    state: RoundState
    tainted: bool
    pool: Pool
    judgement: Judgement | None
    complied: bool | None = None
    found: Found | None = None
    answered: bool = True


def outcome_of(facts: RoundFacts) -> RoundOutcome:
    if facts.state is RoundState.VOID:
        return RoundOutcome.VOID
    if facts.state is RoundState.FLAGGED:
        return RoundOutcome.CAUGHT if facts.tainted else _of_flag(facts)
    if facts.state is RoundState.EXPIRED and facts.judgement is None:
        return RoundOutcome.TIMED_OUT
    if not facts.answered:
        return RoundOutcome.VOID
    return _of_answer_let_go(facts)


def _of_flag(facts: RoundFacts) -> RoundOutcome:
    match facts.found:
        case Found.WRONG:
            return RoundOutcome.FIND
        case Found.RIGHT:
            return RoundOutcome.ACCUSED
        case Found.DISPUTED:
            return RoundOutcome.VOID
    # an honest answer on a simple picture is hardly ever wrong
    return RoundOutcome.ACCUSED if facts.pool is Pool.SIMPLE else RoundOutcome.CHECKING


def _of_answer_let_go(facts: RoundFacts) -> RoundOutcome:
    if facts.tainted:
        return RoundOutcome.VOID if facts.complied is False else RoundOutcome.FOOLED
    return RoundOutcome.FOOLED if facts.found is Found.WRONG else RoundOutcome.TRUSTED
