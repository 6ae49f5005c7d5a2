"""The tables, in the order of the line. Alembic holds the database to them; queries have their own files.

Every table that grows with play has `player_id` first in its key, so that a cluster can be split by player.
A comment on a column says what a researcher needs to know; units stand in the name.
"""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

SCHEMA = "app"

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

NOW = text("now()")
NEW_ID = text("gen_random_uuid()")


class Table(DeclarativeBase):
    metadata = MetaData(schema=SCHEMA, naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        int: SmallInteger,
        float: Double,
        bytes: LargeBinary,
        date: Date,
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
    }


def of_player(*columns: str, to: str = "player", target: str = "id") -> ForeignKeyConstraint:
    """A key that leads to a row of the same player, and goes when the player goes."""
    if to == "player":
        return ForeignKeyConstraint(["player_id"], [f"{SCHEMA}.player.{target}"], ondelete="CASCADE")
    return ForeignKeyConstraint(
        ["player_id", *columns], [f"{SCHEMA}.{to}.player_id", f"{SCHEMA}.{to}.id"], ondelete="CASCADE"
    )


def player_key() -> Mapped[UUID]:
    return mapped_column(Uuid, primary_key=True)


def new_key() -> Mapped[UUID]:
    return mapped_column(Uuid, primary_key=True, server_default=NEW_ID)


class Player(Table):
    __tablename__ = "player"
    __table_args__ = (
        UniqueConstraint("telegram_id"),
        UniqueConstraint("pseudonym"),
        UniqueConstraint("referral_code"),
        CheckConstraint("name is null or char_length(name) between 1 and 64", name="name_length"),
        CheckConstraint("deleted_at is null or telegram_id is null", name="deleted_is_nobody"),
    )
    id: Mapped[UUID] = new_key()
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, comment="Null once the player is deleted")
    pseudonym: Mapped[UUID] = mapped_column(server_default=NEW_ID, comment="What exports call the player")
    name: Mapped[str | None]
    language: Mapped[str] = mapped_column(server_default="en", comment="BCP 47")
    time_zone: Mapped[str] = mapped_column(
        server_default="UTC", comment="IANA name; streak days turn over in it"
    )
    show_on_leaderboard: Mapped[bool] = mapped_column(server_default="false")
    may_message: Mapped[bool] = mapped_column(
        server_default="false", comment="Telegram lets the bot write to the player, as far as we know"
    )
    muted_at: Mapped[datetime | None] = mapped_column(comment="The player asked the bot not to write")
    referral_code: Mapped[str] = mapped_column(
        server_default=text("replace((gen_random_uuid())::text, '-'::text, ''::text)"),
        comment="To invite others with",
    )
    referred_by: Mapped[str | None] = mapped_column(comment="start_param at the first sign-in, as it came")
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    seen_at: Mapped[datetime] = mapped_column(server_default=NOW, comment="Last sign-in")
    banned_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None] = mapped_column(comment="Identity gone, contributions kept")


class Consent(Table):
    __tablename__ = "consent"
    __table_args__ = (
        of_player(),
        Index(
            "ix_consent_one_active", "player_id", unique=True, postgresql_where=text("withdrawn_at is null")
        ),
    )
    player_id: Mapped[UUID] = player_key()
    granted_at: Mapped[datetime] = mapped_column(primary_key=True, server_default=NOW)
    version: Mapped[int]
    withdrawn_at: Mapped[datetime | None]


class AccessToken(Table):
    __tablename__ = "access_token"
    __table_args__ = (of_player(), Index(None, "player_id"), Index(None, "ends_at"))
    token_hash: Mapped[bytes] = mapped_column(primary_key=True, comment="SHA-256 of the token")
    player_id: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    expires_at: Mapped[datetime] = mapped_column(comment="Moves on with use")
    ends_at: Mapped[datetime] = mapped_column(comment="The latest that expires_at can become")


class Image(Table):
    __tablename__ = "image"
    __table_args__ = (
        UniqueConstraint("sha256"),
        UniqueConstraint("source_sha256"),
        CheckConstraint("pool in ('simple', 'complex')", name="pool"),
        CheckConstraint("width > 0 and height > 0", name="size"),
        Index("ix_image_in_play", "pool", postgresql_where=text("retired_at is null")),
    )
    id: Mapped[UUID] = new_key()
    sha256: Mapped[str] = mapped_column(comment="Hex digest of the stored bytes")
    source_sha256: Mapped[str] = mapped_column(comment="Hex digest of the file that was imported")
    pool: Mapped[str]
    width: Mapped[int] = mapped_column(comment="Pixels")
    height: Mapped[int] = mapped_column(comment="Pixels")
    media_type: Mapped[str]
    object_count: Mapped[int | None] = mapped_column(comment="Annotated objects, where the source tells")
    source: Mapped[str] = mapped_column(comment="Where the image came from")
    licence: Mapped[str]
    scene: Mapped[dict[str, Any] | None] = mapped_column(comment="What a demo scene shows, exactly")
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    retired_at: Mapped[datetime | None] = mapped_column(comment="Not dealt any more since")


class ImageBytes(Table):
    __tablename__ = "image_bytes"
    image_id: Mapped[UUID] = mapped_column(ForeignKey(Image.id, ondelete="CASCADE"), primary_key=True)
    content: Mapped[bytes]


class Session(Table):
    __tablename__ = "session"
    __table_args__ = (
        of_player(),
        CheckConstraint("state in ('open', 'finished', 'expired')", name="state"),
        CheckConstraint("(state = 'open') = (ended_at is null)", name="ended"),
        CheckConstraint("state <> 'finished' or rounds_done = 10", name="finished_is_ten"),
        CheckConstraint("rounds_done between 0 and 10", name="rounds_done"),
        CheckConstraint("score between 0 and 100 and score % 20 = 0", name="score"),
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
        CheckConstraint("position between 1 and 10", name="position"),
        CheckConstraint("pool in ('simple', 'complex')", name="pool"),
        CheckConstraint("not tainted or pool = 'simple'", name="tainted_is_simple"),
        CheckConstraint("state in ('dealt', 'open', 'flagged', 'passed', 'expired', 'void')", name="state"),
        CheckConstraint(
            "(state = 'dealt') = (opened_at is null) and (opened_at is null) = (deadline_at is null)",
            name="opened",
        ),
        CheckConstraint("(state in ('dealt', 'open')) = (ended_at is null)", name="ended"),
        CheckConstraint("given_back_ms between 0 and 60000", name="given_back"),
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
        CheckConstraint("refusal in ('not_about_picture', 'gave_away')", name="refusal_kind"),
        CheckConstraint("judgement in ('wrong', 'right')", name="judgement"),
        CheckConstraint("judgement is null or state = 'answered'", name="judged_answer"),
        CheckConstraint("(judgement is null) = (judged_at is null)", name="judged"),
        CheckConstraint("char_length(text) between 1 and 500", name="text_length"),
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


class Points(Table):
    __tablename__ = "points"
    __table_args__ = (
        of_player("round_id", to="round"),
        CheckConstraint("points = 20", name="twenty"),
        Index(None, "player_id", "session_id"),
    )
    player_id: Mapped[UUID] = player_key()
    round_id: Mapped[UUID] = player_key()
    session_id: Mapped[UUID]
    question_id: Mapped[UUID] = mapped_column(comment="The lie that was caught")
    points: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)


class PlayerTotal(Table):
    __tablename__ = "player_total"
    __table_args__ = (of_player(), Index(None, "points"))
    player_id: Mapped[UUID] = player_key()
    points: Mapped[int] = mapped_column(BigInteger)
    sessions: Mapped[int] = mapped_column(BigInteger, comment="Finished ones")
    best: Mapped[int] = mapped_column(comment="Best score of one session")
    streak_days: Mapped[int] = mapped_column(BigInteger)
    last_played_on: Mapped[date | None] = mapped_column(comment="In the player's time zone")


class PlayerWeek(Table):
    __tablename__ = "player_week"
    __table_args__ = (of_player(), Index(None, "week", "points"))
    player_id: Mapped[UUID] = player_key()
    week: Mapped[date] = mapped_column(primary_key=True, comment="The Monday it began, UTC")
    points: Mapped[int] = mapped_column(BigInteger)
    sessions: Mapped[int] = mapped_column(BigInteger)


class Outbox(Table):
    __tablename__ = "outbox"
    __table_args__ = (
        of_player(),
        Index(
            "ix_outbox_to_send", "due_at", postgresql_where=text("sent_at is null and given_up_at is null")
        ),
    )
    player_id: Mapped[UUID] = player_key()
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    kind: Mapped[str]
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    due_at: Mapped[datetime] = mapped_column(server_default=NOW)
    attempts: Mapped[int] = mapped_column(server_default="0")
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]


class BotUpdate(Table):
    __tablename__ = "bot_update"
    __table_args__ = (Index(None, "claimed_at"),)
    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    update_id: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, comment="Telegram's; what stands here was taken and is not taken again"
    )
    claimed_at: Mapped[datetime] = mapped_column(server_default=NOW)
