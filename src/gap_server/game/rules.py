"""The numbers of the game. Change them here, or by the settings that `app` hands down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

RULES_VERSION = "4"
"""Goes up whenever a number or a move changes its meaning; every session records it."""

ROUNDS_TOTAL = 10
TAINTED_ROUNDS = 5
BALANCED_TAINTED_SIMPLE = 3
BALANCED_CONTROLS = 2
POINTS_PER_LIE = 20
MAX_SCORE = TAINTED_ROUNDS * POINTS_PER_LIE
NUMBERS: Mapping[str, int] = {
    "rounds": ROUNDS_TOTAL,
    "lies": TAINTED_ROUNDS,
    "points": POINTS_PER_LIE,
    "max": MAX_SCORE,
}
"""As texts name them."""
QUESTION_MAX_CHARS = 500
CORRECTION_MAX_CHARS = 500
GIVEN_BACK_LIMIT = timedelta(seconds=60)
QUESTIONS_PER_ROUND = 60
"""More than anybody types in a round: a program is asking, and each question costs the model."""
CONSENT_VERSION = 1
"""Goes up when the privacy text says more than in a release that players agreed to."""

# How long one question may take. The limits strike in this order, and a test holds them to it.
MODEL_LIMIT = timedelta(seconds=18)
"""The model, our queue and asking again included; then the question fails."""
SAVING_LIMIT = timedelta(seconds=6)
"""A database that restarts while the model thinks is waited for this long, to save what it said."""
ANSWER_LIMIT = timedelta(seconds=25)
"""A question pending for longer has lost the process that was to answer it, and fails."""
WAITING_LIMIT = timedelta(seconds=25)
"""How long a repeated request waits for the first one's answer before it is told `pending`."""

Deal = Literal["balanced", "paper"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What an operator may set.

    `deal`: how arms and pools are put together (see `deal`). `paper_control_rounds`: of the five untainted
    rounds of a paper deal, how many are on a simple image; none in the paper itself.
    """

    deal: Deal = "balanced"
    paper_control_rounds: int = 1
    round_time: timedelta = timedelta(seconds=120)
    session_time: timedelta = timedelta(hours=24)

    serving_limit: timedelta = timedelta(seconds=10)
    """The clock waits for the picture so long at most after it was asked for."""

    judging_grace: timedelta = timedelta(seconds=2)
    """A judgement on its way when the time ran out still counts."""

    given_back_limit: timedelta = GIVEN_BACK_LIMIT
    """Time given back in one round for a model that failed or made the player wait, at most."""

    noticeable_wait: timedelta = timedelta(milliseconds=50)
    """A shorter wait in our queue is no wait."""

    answer_limit: timedelta = ANSWER_LIMIT

    correction_time: timedelta = timedelta(hours=24)
    """How long after the session's end a correction is taken."""

    def __post_init__(self) -> None:
        if not 0 <= self.paper_control_rounds <= ROUNDS_TOTAL - TAINTED_ROUNDS:
            raise ValueError("paper_control_rounds must be 0 to 5")

    @property
    def tainted_simple_rounds(self) -> int:
        """Of the five tainted rounds, how many are on a simple image."""
        return BALANCED_TAINTED_SIMPLE if self.deal == "balanced" else TAINTED_ROUNDS

    @property
    def control_rounds(self) -> int:
        """Of the five untainted rounds, how many are on a simple image."""
        return BALANCED_CONTROLS if self.deal == "balanced" else self.paper_control_rounds
