"""What is shared in Telegram, for a day."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.store.tables.base import NOW, Table, new_key, of_player, player_key


class Share(Table):
    __tablename__ = "share"
    __table_args__ = (
        of_player("session_id", to="session"),
        UniqueConstraint("key"),
        Index("ix_share_wanted", "created_at", postgresql_where=text("claimed_at is null")),
        Index(None, "created_at"),
    )
    player_id: Mapped[UUID] = player_key()
    id: Mapped[UUID] = new_key()
    session_id: Mapped[UUID]
    key: Mapped[str] = mapped_column(comment="Who has it may fetch the card")
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    claimed_at: Mapped[datetime | None] = mapped_column(comment="When the bot took it up")
    prepared_id: Mapped[str | None] = mapped_column(comment="Telegram's, of the message that can be shared")
    given_up_at: Mapped[datetime | None]
