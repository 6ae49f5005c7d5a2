"""A game's state as immutable values: a move takes one and gives the next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID


class Pool(StrEnum):
    SIMPLE = "simple"
    COMPLEX = "complex"


class SessionKind(StrEnum):
    FREE = "free"
    DAILY = "daily"
    """Today's ten: the same pictures for everybody, once a day."""
    CHALLENGE = "challenge"
    """The ten pictures of somebody else's session."""


class SessionState(StrEnum):
    OPEN = "open"
    FINISHED = "finished"
    EXPIRED = "expired"


class RoundState(StrEnum):
    DEALT = "dealt"
    """Not opened yet: its image is nobody's business."""
    OPEN = "open"
    FLAGGED = "flagged"
    PASSED = "passed"
    EXPIRED = "expired"
    VOID = "void"
    """Questions were asked, and the model answered none of them."""


class QuestionState(StrEnum):
    PENDING = "pending"
    ANSWERED = "answered"
    FAILED = "failed"
    REFUSED = "refused"


class Judgement(StrEnum):
    WRONG = "wrong"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Question:
    id: UUID
    text: str
    state: QuestionState
    asked_at: datetime
    answer: str | None = None
    answered_at: datetime | None = None
    judgement: Judgement | None = None
    judged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Round:
    id: UUID
    position: int
    state: RoundState
    tainted: bool
    opened_at: datetime | None = None
    """When the picture was asked for."""
    served_at: datetime | None = None
    """When it first left for the player."""
    deadline_at: datetime | None = None
    ended_at: datetime | None = None
    given_back: timedelta = timedelta()
    turned_away_until: datetime | None = None
    """When the player was last told to come again: time until then was given back already."""
    correction: str | None = None
    corrected_at: datetime | None = None
    questions: tuple[Question, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state is RoundState.OPEN

    @property
    def pending(self) -> Question | None:
        return next((q for q in self.questions if q.state is QuestionState.PENDING), None)

    @property
    def settled(self) -> bool:
        """The model has had its say on a question at least, be it that it failed."""
        return any(q.state is not QuestionState.PENDING for q in self.questions)

    @property
    def unanswered(self) -> bool:
        """The model was asked, failed, and never answered anything."""
        states = {q.state for q in self.questions}
        return QuestionState.FAILED in states and states <= {QuestionState.FAILED, QuestionState.PENDING}

    def question(self, question_id: UUID) -> Question | None:
        return next((q for q in self.questions if q.id == question_id), None)


@dataclass(frozen=True, slots=True)
class Session:
    """`score` is a secret until the session is over."""

    id: UUID
    state: SessionState
    created_at: datetime
    expires_at: datetime
    rounds_done: int = 0
    score: int = 0
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state is SessionState.OPEN


@dataclass(frozen=True, slots=True)
class Game:
    """A session and the one round that a move is about: the current round.

    `round` is None where no round has been opened, or none was asked for.
    """

    session: Session
    round: Round | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a move is not allowed now. `code` is stable and reaches clients.

    `wait`: where this is a limit, the time after which the player may go on.
    """

    code: str
    detail: str
    wait: timedelta | None = None
