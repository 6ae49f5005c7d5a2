"""What the server answers. No field tells, before a session is over, which of its rounds are traps."""

from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gap_server.game.rules import CONSENT_VERSION, MAX_SCORE, ROUNDS_TOTAL
from gap_server.game.state import Question, RoundState
from gap_server.play.deps import GameDeps
from gap_server.play.sessions import Debrief
from gap_server.play.sign_in import Ticket
from gap_server.store.game_read import GameSnapshot
from gap_server.store.leaderboard import Entry
from gap_server.store.players import Me
from gap_server.store.sessions import PastRound, PastSession


class ConsentOut(BaseModel):
    required_version: int
    granted_version: int | None


class StatsOut(BaseModel):
    sessions: int
    points: int
    best: int
    streak_days: int
    rank: int | None = Field(description="Place among those who show themselves on the leaderboard")


class MeOut(BaseModel):
    id: UUID
    name: str
    language: str
    time_zone: str
    consent: ConsentOut
    show_on_leaderboard: bool
    referral_code: str
    invite_url: str | None = Field(description="For inviting friends; null where there is no bot")
    stats: StatsOut

    @classmethod
    def of(cls, me: Me, deps: GameDeps) -> Self:
        return cls(
            id=me.id,
            name=me.name,
            language=me.language,
            time_zone=me.time_zone,
            consent=ConsentOut(required_version=CONSENT_VERSION, granted_version=me.consent_version),
            show_on_leaderboard=me.show_on_leaderboard,
            referral_code=me.referral_code,
            invite_url=deps.invite_url(me.referral_code),
            stats=StatsOut(
                sessions=me.sessions,
                points=me.points,
                best=me.best,
                streak_days=me.streak_days,
                rank=me.rank,
            ),
        )


class TicketOut(BaseModel):
    token: str
    expires_at: datetime
    player: MeOut

    @classmethod
    def of(cls, ticket: Ticket, deps: GameDeps) -> Self:
        return cls(token=ticket.token, expires_at=ticket.expires_at, player=MeOut.of(ticket.me, deps))


class QuestionOut(BaseModel):
    id: UUID
    text: str
    state: Literal["pending", "answered", "failed", "refused"]
    answer: str | None
    asked_at: datetime
    answered_at: datetime | None
    judgement: Literal["wrong", "right"] | None

    @classmethod
    def of(cls, question: Question) -> Self:
        return cls(
            id=question.id,
            text=question.text,
            state=question.state.value,
            answer=question.answer,
            asked_at=question.asked_at,
            answered_at=question.answered_at,
            judgement=question.judgement.value if question.judgement else None,
        )


class ImageOut(BaseModel):
    url: str
    width: int
    height: int


class RoundOut(BaseModel):
    id: UUID
    position: int = Field(ge=1, le=ROUNDS_TOTAL)
    state: Literal["open", "flagged", "passed", "expired", "void"]
    opened_at: datetime
    deadline_at: datetime
    server_now: datetime
    image: ImageOut
    questions: list[QuestionOut]

    @classmethod
    def of(cls, snapshot: GameSnapshot) -> Self:
        round_ = snapshot.game.round
        if round_ is None or round_.opened_at is None or round_.deadline_at is None:
            raise ValueError("only a round that was opened is shown")
        if round_.state is RoundState.DEALT:
            raise ValueError("only a round that was opened is shown")
        return cls(
            id=round_.id,
            position=round_.position,
            state=round_.state.value,
            opened_at=round_.opened_at,
            deadline_at=round_.deadline_at,
            server_now=snapshot.now,
            image=ImageOut(
                url=f"/api/v1/rounds/{round_.id}/image",
                width=snapshot.current_round.width,
                height=snapshot.current_round.height,
            ),
            questions=[QuestionOut.of(question) for question in round_.questions],
        )


class SessionOut(BaseModel):
    id: UUID
    state: Literal["open", "finished", "expired"]
    created_at: datetime
    expires_at: datetime
    server_now: datetime
    rounds_total: int
    rounds_done: int
    round: RoundOut | None

    @classmethod
    def of(cls, snapshot: GameSnapshot) -> Self:
        session, round_ = snapshot.game.session, snapshot.game.round
        return cls(
            id=session.id,
            state=session.state.value,
            created_at=session.created_at,
            expires_at=session.expires_at,
            server_now=snapshot.now,
            rounds_total=ROUNDS_TOTAL,
            rounds_done=session.rounds_done,
            round=RoundOut.of(snapshot) if round_ is not None and round_.is_open else None,
        )


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
                "may_correct": corrections_open and past.state == RoundState.FLAGGED,
            }
        )


class ResultOut(BaseModel):
    session_id: UUID
    score: int
    max_score: int
    caught: int
    rounds: list[PastRoundOut]

    @classmethod
    def of(cls, debrief: Debrief) -> Self:
        session = debrief.snapshot.game.session
        return cls(
            session_id=session.id,
            score=session.score,
            max_score=MAX_SCORE,
            caught=debrief.caught,
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


class EntryOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    rank: int
    name: str
    points: int
    sessions: int
    is_me: bool


class MyRankOut(BaseModel):
    """My row, and the rows around it."""

    rank: int
    name: str
    points: int
    sessions: int
    around: list[EntryOut]

    @classmethod
    def of(cls, around: list[Entry]) -> Self | None:
        mine = next((entry for entry in around if entry.is_me), None)
        if mine is None:
            return None
        return cls(
            rank=mine.rank,
            name=mine.name,
            points=mine.points,
            sessions=mine.sessions,
            around=[EntryOut.model_validate(entry) for entry in around],
        )


class LeaderboardOut(BaseModel):
    entries: list[EntryOut]
    me: MyRankOut | None
