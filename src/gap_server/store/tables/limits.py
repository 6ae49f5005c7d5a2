"""What keeps anybody from taking too much: how often something was done, and by whom who is gone again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.store.tables.base import Table


class RateLimit(Table):
    __tablename__ = "rate_limit"
    __table_args__ = (Index(None, "full_at"),)
    kind: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[bytes] = mapped_column(
        primary_key=True, comment="HMAC of a Telegram id, an address or a token's name"
    )
    full_at: Mapped[datetime] = mapped_column(comment="From then on this row says nothing, and is swept")


class Departed(Table):
    """Somebody who deleted the account, for as long as a day's limits need it. It leads to no other row."""

    __tablename__ = "departed"
    __table_args__ = (Index(None, "forget_at"),)
    person: Mapped[bytes] = mapped_column(
        primary_key=True, comment="HMAC of the Telegram id, under a key derived from the bot's"
    )
    session_starts: Mapped[list[datetime]] = mapped_column(ARRAY(DateTime(timezone=True)))
    case_starts: Mapped[list[datetime]] = mapped_column(
        ARRAY(DateTime(timezone=True)), server_default="{}", comment="When cases of the jury were shown"
    )
    image_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), comment="Seen, and not shown again")
    forget_at: Mapped[datetime]
    banned_at: Mapped[datetime | None] = mapped_column(comment="Kept for as long as the ban stands")
