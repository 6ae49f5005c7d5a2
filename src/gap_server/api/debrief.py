"""What the server tells of sessions that are over."""

from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gap_server.game.outcome import RoundOutcome
from gap_server.game.rules import MAX_SCORE
from gap_server.game.state import RoundState, SessionKind, SessionState
from gap_server.play.sessions import Debrief
from gap_server.store.sessions import PastRound, PastSession


class PastRoundOut(BaseModel):
    """`question` and `answer`: the flagged ones, or else the last of the round.

    `may_correct`: the right answer is still taken, or another in its place.
    """

    round_id: UUID
    position: int
    state: Literal["flagged", "passed", "expired", "void"]
    points: int
    was_trap: bool
    judgement: Literal["wrong", "right"] | None
    question: str | None
    answer: str | None
    correction: str | None
    may_correct: bool
    outcome: RoundOutcome
    truth: str | None = Field(description="The right answer, where it is known")

    @classmethod
    def of(cls, past: PastRound, *, corrections_open: bool) -> Self:
        return cls.model_validate(
            {
                "round_id": past.id,
                "position": past.position,
                "state": past.state,
                "points": past.points,
                "was_trap": past.tainted,
                "judgement": past.judgement,
                "question": past.question,
                "answer": past.answer,
                "correction": past.correction,
                "outcome": past.outcome,
                "truth": past.truth,
                "may_correct": corrections_open and past.state == RoundState.FLAGGED,
            }
        )


class SharpnessOut(BaseModel):
    """0 to 100, before and after this session; null for one that was played before sharpness was measured."""

    model_config = ConfigDict(from_attributes=True)

    before: int | None
    after: int | None


class OpponentOut(BaseModel):
    """What somebody else made of the same ten pictures, with other traps."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    score: int
    outcomes: list[RoundOutcome] = Field(description="In the order of the pictures")


class ResultOut(BaseModel):
    session_id: UUID
    state: Literal["finished", "expired"] = Field(
        description="`expired`: it was left, and its pictures that were not opened are not among the rounds"
    )
    score: int
    max_score: int
    caught: int
    sharpness: SharpnessOut
    kind: SessionKind
    number: int | None = Field(description="Of today's ten, where it was one")
    challenge_code: str | None = Field(description="For playing against it; null for a daily")
    opponents: list[OpponentOut] = Field(description="Whom it was played against, and who played against it")
    rounds: list[PastRoundOut]

    @classmethod
    def of(cls, debrief: Debrief) -> Self:
        session = debrief.snapshot.game.session
        return cls(
            session_id=session.id,
            state="expired" if session.state is SessionState.EXPIRED else "finished",
            score=session.score,
            max_score=MAX_SCORE,
            caught=debrief.caught,
            sharpness=SharpnessOut.model_validate(debrief.sharpness),
            kind=debrief.snapshot.about.kind,
            number=debrief.snapshot.about.daily_number,
            challenge_code=debrief.snapshot.about.challenge_code,
            opponents=[OpponentOut.model_validate(opponent) for opponent in debrief.opponents],
            rounds=[
                PastRoundOut.of(past, corrections_open=debrief.corrections_open) for past in debrief.rounds
            ],
        )


class PastSessionOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    state: Literal["finished", "expired"]
    score: int
    caught: int
    created_at: datetime
    ended_at: datetime


class HistoryOut(BaseModel):
    sessions: list[PastSessionOut]
    next_cursor: UUID | None

    @classmethod
    def of(cls, past: list[PastSession], limit: int) -> Self:
        """`past` holds one session more than `limit` where there is a next page."""
        shown = past[:limit]
        return cls(
            sessions=[PastSessionOut.model_validate(session) for session in shown],
            next_cursor=shown[-1].id if len(past) > limit else None,
        )
