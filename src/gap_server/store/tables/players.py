"""Who plays, under what consent, and by which token."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.store.tables.base import NEW_ID, NOW, Table, new_key, of_player, player_key


class Player(Table):
    __tablename__ = "player"
    __table_args__ = (
        UniqueConstraint("telegram_id"),
        UniqueConstraint("pseudonym"),
        UniqueConstraint("referral_code"),
        Index(None, "referred_by", postgresql_where=text("referred_by is not null")),
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
    referred_by: Mapped[str | None] = mapped_column(comment="The code that the player came by")
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    banned_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None] = mapped_column(
        comment="This is nobody: somebody left contributions to research. A day, no more"
    )


class Consent(Table):
    """Rows of a player may be exported while one of these has no `withdrawn_at`: given by the player, or
    `kept`, which is the last word of somebody who left and whom nothing leads back to."""

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
    text_sha256: Mapped[str | None] = mapped_column(
        comment="What was agreed to, word by word: app.consent_text"
    )
    withdrawn_at: Mapped[datetime | None]
    kept: Mapped[bool] = mapped_column(
        server_default="false", comment="Left to research by somebody who is gone; granted_at is that day"
    )


class AccessToken(Table):
    __tablename__ = "access_token"
    __table_args__ = (of_player(), Index(None, "player_id"), Index(None, "ends_at"))
    token_hash: Mapped[bytes] = mapped_column(primary_key=True, comment="SHA-256 of the token")
    player_id: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    expires_at: Mapped[datetime] = mapped_column(comment="Moves on with use")
    ends_at: Mapped[datetime] = mapped_column(comment="The latest that expires_at can become")
