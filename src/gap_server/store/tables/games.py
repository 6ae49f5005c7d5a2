"""What was played: the line from the session to the honest check.

Numbers of the game in a CHECK come from the rules: changing one there takes a migration, and a test says so.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.game.rules import GIVEN_BACK_LIMIT, QUESTION_MAX_CHARS, ROUNDS_TOTAL
from gap_server.store.tables.base import NOW, Table, new_key, of_player, player_key
from gap_server.store.tables.images import Image


class Session(Table):
    __tablename__ = "session"
    __table_args__ = (
        of_player(),
        CheckConstraint("state in ('open', 'finished', 'expired')", name="state"),
        CheckConstraint("(state = 'open') = (ended_at is null)", name="ended"),
        CheckConstraint(f"state <> 'finished' or rounds_done = {ROUNDS_TOTAL}", name="finished_is_ten"),
        CheckConstraint(f"rounds_done between 0 and {ROUNDS_TOTAL}", name="rounds_done"),
        CheckConstraint("score >= 0", name="score"),
        Index("ix_session_one_open", "player_id", unique=True, postgresql_where=text("state = 'open'")),
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
    rules_version: Mapped[str]
    consent_version: Mapped[int]
    control_rounds: Mapped[int]
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
        CheckConstraint("not tainted or pool = 'simple'", name="tainted_is_simple"),
        CheckConstraint("state in ('dealt', 'open', 'flagged', 'passed', 'expired', 'void')", name="state"),
        CheckConstraint(
            "(state = 'dealt') = (opened_at is null) and (opened_at is null) = (deadline_at is null)",
            name="opened",
        ),
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
    )
    player_id: Mapped[UUID] = player_key()
    id: Mapped[UUID] = new_key()
    session_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(comment="1 to 10, the order that the player saw")
    image_id: Mapped[UUID] = mapped_column(ForeignKey(Image.id))
    pool: Mapped[str] = mapped_column(comment="The image's pool when it was dealt")
    tainted: Mapped[bool] = mapped_column(comment="The model was told to answer wrongly")
    state: Mapped[str] = mapped_column(server_default="dealt")
    opened_at: Mapped[datetime | None]
    deadline_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    given_back_ms: Mapped[int] = mapped_column(BigInteger, server_default="0")
    turned_away_until: Mapped[datetime | None] = mapped_column(
        comment="When the player was last asked to come again, the model being busy"
    )
    correction: Mapped[str | None] = mapped_column(comment="The right answer, as the player typed it")
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
    judgement: Mapped[str | None]
    judged_at: Mapped[datetime | None]
    refusal: Mapped[str | None]
    failure: Mapped[str | None] = mapped_column(comment="Why there is no answer, in a word")
    completion: Mapped[str | None] = mapped_column(comment="What the model said, where it was not shown")
    model: Mapped[str | None]
    model_revision: Mapped[str | None]
    instruction_version: Mapped[str | None]
    temperature: Mapped[float | None]
    max_tokens: Mapped[int | None] = mapped_column(BigInteger)
    finish_reason: Mapped[str | None]
    prompt_tokens: Mapped[int | None] = mapped_column(BigInteger)
    completion_tokens: Mapped[int | None] = mapped_column(BigInteger)
    queue_ms: Mapped[int | None] = mapped_column(BigInteger, comment="Waited on our side")
    latency_ms: Mapped[int | None] = mapped_column(BigInteger, comment="The model's own time")
    attempts: Mapped[int | None]
    filter_hits: Mapped[int | None] = mapped_column(
        comment="Answers withheld because they gave the instruction away"
    )


class HonestCheck(Table):
    __tablename__ = "honest_check"
    __table_args__ = (of_player("question_id", to="question"),)
    player_id: Mapped[UUID] = player_key()
    question_id: Mapped[UUID] = player_key()
    answer: Mapped[str] = mapped_column(comment="The same question, asked honestly and off the clock")
    agrees: Mapped[bool | None] = mapped_column(comment="It says the same as the answer that the player saw")
    model: Mapped[str]
    model_revision: Mapped[str | None]
    instruction_version: Mapped[str]
    checked_at: Mapped[datetime] = mapped_column(server_default=NOW)
