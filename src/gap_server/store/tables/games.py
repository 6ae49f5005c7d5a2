"""What was played: the line from the session to the honest check.

Numbers of the game in a CHECK come from the rules: changing one there takes a migration, and a test says so.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.game.rules import GIVEN_BACK_LIMIT, QUESTION_MAX_CHARS, ROUNDS_TOTAL
from gap_server.game.state import SessionKind
from gap_server.quality.questions.category import Category
from gap_server.store.tables.base import NOW, Table, new_key, of_player, player_key
from gap_server.store.tables.images import Image


def provenance(comment: str, kind: type[BigInteger] | None = None) -> Mapped[Any]:
    """A column of how an answer came about: `store.provenance` names the same ones, and a test ties them."""
    return mapped_column(kind, nullable=True, comment=comment, info={"provenance": True})


class Session(Table):
    __tablename__ = "session"
    __table_args__ = (
        of_player(),
        CheckConstraint("state in ('open', 'finished', 'expired')", name="state"),
        CheckConstraint("(state = 'open') = (ended_at is null)", name="ended"),
        CheckConstraint(f"state <> 'finished' or rounds_done = {ROUNDS_TOTAL}", name="finished_is_ten"),
        CheckConstraint(f"rounds_done between 0 and {ROUNDS_TOTAL}", name="rounds_done"),
        CheckConstraint("score >= 0", name="score"),
        CheckConstraint("deal in ('balanced', 'paper')", name="deal"),
        CheckConstraint(f"kind in {tuple(map(str, SessionKind))}", name="kind"),
        CheckConstraint("(kind = 'daily') = (daily_number is not null)", name="daily_has_number"),
        Index("ix_session_one_open", "player_id", unique=True, postgresql_where=text("state = 'open'")),
        Index(
            "ix_session_daily_once",
            "player_id",
            "daily_number",
            unique=True,
            postgresql_where=text("daily_number is not null"),
        ),
        Index("ix_session_to_expire", "expires_at", postgresql_where=text("state = 'open'")),
        Index(None, "player_id", "ended_at"),
    )
    player_id: Mapped[UUID] = player_key()
    id: Mapped[UUID] = new_key()
    state: Mapped[str] = mapped_column(server_default="open")
    version: Mapped[int] = mapped_column(
        BigInteger,
        server_default="0",
        comment="Goes up with every move; a move that read an older one is void",
    )
    kind: Mapped[str] = mapped_column(
        server_default="free",
        comment="free; daily, the same ten pictures for all; challenge, those of somebody else's session",
    )
    daily_number: Mapped[int | None] = mapped_column(comment="Which daily ten: app.daily")
    quests: Mapped[list[str] | None] = mapped_column(
        ARRAY(Text),
        comment="What the player was asked to look for; empty for the share of sessions without, null before",
    )
    rules_version: Mapped[str]
    consent_version: Mapped[int]
    deal: Mapped[str] = mapped_column(comment="How arms and pools were put together: balanced or paper")
    control_rounds: Mapped[int] = mapped_column(comment="Untainted rounds on an image of the simple pool")
    model: Mapped[str | None] = mapped_column(comment="The one model that answers in this session, by name")
    model_revision: Mapped[str | None] = mapped_column(comment="The revision of its weights")
    round_seconds: Mapped[int]
    rounds_done: Mapped[int] = mapped_column(server_default="0")
    score: Mapped[int] = mapped_column(server_default="0", comment="Secret until the session is over")
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Round(Table):
    __tablename__ = "round"
    __table_args__ = (
        of_player("session_id", to="session"),
        UniqueConstraint("player_id", "session_id", "position"),
        CheckConstraint(f"position between 1 and {ROUNDS_TOTAL}", name="position"),
        CheckConstraint("pool in ('simple', 'complex')", name="pool"),
        CheckConstraint("state in ('dealt', 'open', 'flagged', 'passed', 'expired', 'void')", name="state"),
        CheckConstraint(
            "(state = 'dealt') = (opened_at is null) and (opened_at is null) = (deadline_at is null)",
            name="opened",
        ),
        CheckConstraint("served_at >= opened_at", name="served"),
        CheckConstraint("(state in ('dealt', 'open')) = (ended_at is null)", name="ended"),
        CheckConstraint(
            f"given_back_ms between 0 and {GIVEN_BACK_LIMIT // timedelta(milliseconds=1)}", name="given_back"
        ),
        CheckConstraint("correction is null or state = 'flagged'", name="correction_of_flag"),
        Index(
            "ix_round_one_open",
            "player_id",
            "session_id",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
        Index(
            "ix_round_image_once",
            "player_id",
            "image_id",
            unique=True,
            postgresql_where=text("opened_at is not null"),
        ),
        Index("ix_round_to_end", "deadline_at", postgresql_where=text("state = 'open'")),
        Index(None, "image_id"),
        Index("ix_round_corrected", "corrected_at", postgresql_where=text("correction is not null")),
    )
    player_id: Mapped[UUID] = player_key()
    id: Mapped[UUID] = new_key()
    session_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(comment="1 to 10, the order that the player saw")
    image_id: Mapped[UUID] = mapped_column(ForeignKey(Image.id))
    pool: Mapped[str] = mapped_column(comment="The image's pool when it was dealt")
    tainted: Mapped[bool] = mapped_column(comment="The model was told to answer wrongly")
    state: Mapped[str] = mapped_column(server_default="dealt")
    opened_at: Mapped[datetime | None] = mapped_column(comment="When the picture was asked for")
    served_at: Mapped[datetime | None] = mapped_column(
        comment="When it first left for the player; null before rules version 4"
    )
    deadline_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    given_back_ms: Mapped[int] = mapped_column(BigInteger, server_default="0")
    turned_away_until: Mapped[datetime | None] = mapped_column(
        comment="When the player was last asked to come again, the model being busy"
    )
    correction: Mapped[str | None] = mapped_column(
        comment="The right answer, as the player typed it last; `correction` has all"
    )
    corrected_at: Mapped[datetime | None]


class Question(Table):
    __tablename__ = "question"
    __table_args__ = (
        of_player("round_id", to="round"),
        UniqueConstraint("player_id", "round_id", "number"),
        CheckConstraint("state in ('pending', 'answered', 'failed', 'refused')", name="state"),
        CheckConstraint("(state = 'pending') = (answered_at is null)", name="settled"),
        CheckConstraint("(state in ('answered', 'refused')) = (answer is not null)", name="answer"),
        CheckConstraint("(state = 'refused') = (refusal is not null)", name="refusal"),
        CheckConstraint("failure is null or state = 'failed'", name="failure"),
        CheckConstraint("refusal in ('not_about_picture', 'gave_away')", name="refusal_kind"),
        CheckConstraint("judgement in ('wrong', 'right')", name="judgement"),
        CheckConstraint("judgement is null or state = 'answered'", name="judged_answer"),
        CheckConstraint("(judgement is null) = (judged_at is null)", name="judged"),
        CheckConstraint(f"char_length(text) between 1 and {QUESTION_MAX_CHARS}", name="text_length"),
        CheckConstraint("gate in ('about', 'not_about', 'failed', 'off')", name="gate"),
        CheckConstraint(f"category in {tuple(map(str, Category))}", name="category"),
        CheckConstraint("(category is null) = (category_version is null)", name="categorised"),
        Index(
            "ix_question_one_pending",
            "player_id",
            "round_id",
            unique=True,
            postgresql_where=text("state = 'pending'"),
        ),
        Index("ix_question_lost", "asked_at", postgresql_where=text("state = 'pending'")),
    )
    player_id: Mapped[UUID] = player_key()
    id: Mapped[UUID] = mapped_column(
        primary_key=True, comment="Named by the client, so that a retry is harmless"
    )
    round_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(comment="1 for the first question of the round")
    text: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="pending")
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None] = mapped_column(
        comment="When the question was settled, failed or not"
    )
    answer: Mapped[str | None] = mapped_column(comment="What the player was shown")
    judgement: Mapped[str | None] = mapped_column(comment="The last one; `judgement` has all")
    judged_at: Mapped[datetime | None]
    refusal: Mapped[str | None] = provenance("Why our own line was shown: not_about_picture, gave_away")
    failure: Mapped[str | None] = provenance("Why there is no answer, in a word")
    completion: Mapped[str | None] = provenance("What the model said last, where it was not shown as it is")
    instruction_sha256: Mapped[str | None] = provenance("What the model was told: app.instruction")
    served_model_sha256: Mapped[str | None] = provenance("The model as it was served: app.served_model")
    replica: Mapped[str | None] = provenance("Host and port of the model server that was asked last")
    finish_reason: Mapped[str | None] = provenance("stop, or length where max_tokens cut it")
    prompt_tokens: Mapped[int | None] = provenance("As the server counted", BigInteger)
    completion_tokens: Mapped[int | None] = provenance("As the server counted", BigInteger)
    queue_ms: Mapped[int | None] = provenance("Waited on our side", BigInteger)
    latency_ms: Mapped[int | None] = provenance("The model's own time", BigInteger)
    attempts: Mapped[int | None] = provenance("Requests made to model servers, the gate's not counted")
    filter_hits: Mapped[int | None] = provenance("Answers withheld because they gave the instruction away")
    gate: Mapped[str | None] = provenance(
        "What the gate, which never sees the arm, said of the question: about, not_about, failed, off"
    )
    gate_ms: Mapped[int | None] = provenance("The gate's own time, beside the answer's", BigInteger)
    language: Mapped[str | None] = provenance("The question's own language, where it is plain: BCP 47")
    category: Mapped[str | None] = provenance(
        "What must be looked for in the picture to answer, by the rules of category_version"
    )
    category_version: Mapped[str | None] = provenance("The version of the rules that found the category")


class WithheldCompletion(Table):
    __tablename__ = "withheld_completion"
    __table_args__ = (
        of_player("question_id", to="question"),
        CheckConstraint("reason in ('not_about_picture', 'gave_away')", name="reason"),
        CheckConstraint("number between 1 and 2", name="number"),
    )
    player_id: Mapped[UUID] = player_key()
    question_id: Mapped[UUID] = player_key()
    number: Mapped[int] = mapped_column(primary_key=True, comment="1 for the first try, 2 for the second")
    text: Mapped[str] = mapped_column(comment="What the model said, and the player was not shown")
    reason: Mapped[str]
    served_model_sha256: Mapped[str]
    replica: Mapped[str | None]
    finish_reason: Mapped[str]
    prompt_tokens: Mapped[int | None] = mapped_column(BigInteger)
    completion_tokens: Mapped[int | None] = mapped_column(BigInteger)
    queue_ms: Mapped[int] = mapped_column(BigInteger)
    latency_ms: Mapped[int] = mapped_column(BigInteger)
    attempts: Mapped[int]


class Judgement(Table):
    __tablename__ = "judgement"
    __table_args__ = (
        of_player("question_id", to="question"),
        CheckConstraint("judgement in ('wrong', 'right')", name="judgement"),
    )
    player_id: Mapped[UUID] = player_key()
    question_id: Mapped[UUID] = player_key()
    judged_at: Mapped[datetime] = mapped_column(primary_key=True)
    judgement: Mapped[str]
    traps_known: Mapped[bool] = mapped_column(
        comment="The session was over, so its player could know which rounds had been traps"
    )


class Correction(Table):
    __tablename__ = "correction"
    __table_args__ = (of_player("round_id", to="round"),)
    player_id: Mapped[UUID] = player_key()
    round_id: Mapped[UUID] = player_key()
    corrected_at: Mapped[datetime] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(comment="The right answer, as the player typed it")
    traps_known: Mapped[bool] = mapped_column(
        comment="The session was over, so its player could know which rounds had been traps"
    )
