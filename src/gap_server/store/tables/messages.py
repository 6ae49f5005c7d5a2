"""What the bot still has to say, what it has heard, and whether Telegram answers it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.store.tables.base import NOW, Table, of_player, player_key


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
    content: Mapped[str | None] = mapped_column(comment="The update, as JSON, until it was handled")
    attempts: Mapped[int] = mapped_column(server_default="1", comment="How often a bot has begun with it")
    claimed_at: Mapped[datetime] = mapped_column(server_default=NOW)


class BotContact(Table):
    """One row, once a bot was at work: whether its calls to Telegram work."""

    __tablename__ = "bot_contact"
    __table_args__ = (CheckConstraint("is_the_one", name="one_row"),)
    is_the_one: Mapped[bool] = mapped_column(primary_key=True, server_default="true")
    reached_at: Mapped[datetime | None] = mapped_column(comment="When a call last worked")
    failed_at: Mapped[datetime | None] = mapped_column(comment="When one last failed")
    failure: Mapped[str | None] = mapped_column(comment="How: an HTTP status, or the kind of error")
