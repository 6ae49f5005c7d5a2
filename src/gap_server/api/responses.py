"""What the server answers. No field tells, before a session is over, which of its rounds are traps."""

from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field

from gap_server.game.levels import HIGHEST, level
from gap_server.game.quests import of_week
from gap_server.game.rules import CONSENT_VERSION, ROUNDS_TOTAL
from gap_server.game.state import Question, RoundState, SessionKind
from gap_server.play.deps import GameDeps
from gap_server.play.sign_in import Ticket
from gap_server.store.game_read import GameSnapshot
from gap_server.store.players import Me


class ConsentOut(BaseModel):
    required_version: int
    granted_version: int | None


class QuestOut(BaseModel):
    """What to look for this week, and how far I am with it. `id`: `catch_` or `find_`, and a category."""

    id: str
    progress: int
    goal: int

    @classmethod
    def of(cls, me: Me) -> list[Self]:
        return [
            cls(id=quest.id, progress=min(me.quest_progress.get(quest.id, 0), quest.goal), goal=quest.goal)
            for quest in of_week(me.monday)
        ]


class StatsOut(BaseModel):
    sessions: int
    points: int
    best: int
    streak_days: int
    rank: int | None = Field(description="Place among those who show themselves on the leaderboard")
    sharpness: int = Field(
        ge=0, le=100, description="How much better than a coin: moves with a session's end"
    )
    level: int = Field(ge=1, le=HIGHEST, description="By sharpness and games played")
    finds: int = Field(description="Mistakes of the model that I flagged and other players confirmed")
    quests: list[QuestOut] = Field(description="Of this week in UTC: the same three for everybody")
    week: list[bool] = Field(
        min_length=7, max_length=7, description="This week from Monday on: the days with a finished game"
    )


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
                sharpness=me.sharpness,
                level=level(me.sessions, me.sharpness),
                finds=me.finds,
                quests=QuestOut.of(me),
                week=[day in me.days_of_week for day in range(1, 8)],
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
    kind: SessionKind
    number: int | None = Field(description="Of today's ten, where it is one")
    quests: list[str] = Field(description="What to look for in it, by id; empty where it is played without")
    challenge_code: str | None = Field(description="For playing against it, once it is over")
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
            kind=snapshot.about.kind,
            number=snapshot.about.daily_number,
            quests=list(snapshot.about.quests),
            challenge_code=snapshot.about.challenge_code,
            round=RoundOut.of(snapshot) if round_ is not None and round_.is_open else None,
        )
