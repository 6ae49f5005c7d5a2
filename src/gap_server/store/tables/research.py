"""Who asks the data, what was asked, and from when on a session may be seen."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.store.tables.base import NOW, Table, new_key


class ResearchToken(Table):
    __tablename__ = "research_token"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint("char_length(name) between 1 and 100", name="name_length"),
        Index(
            "ix_research_token_one_of_a_name",
            "name",
            unique=True,
            postgresql_where=text("revoked_at is null"),
        ),
    )
    id: Mapped[UUID] = new_key()
    name: Mapped[str] = mapped_column(comment="Whose it is, in the operator's words")
    token_hash: Mapped[bytes] = mapped_column(comment="SHA-256 of the token")
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class ResearchQuery(Table):
    """What was asked with which token: the operator's record, and what the limits are counted from."""

    __tablename__ = "research_query"
    __table_args__ = (
        Index(None, "token_id", "started_at"),
        Index("ix_research_query_running", "started_at", postgresql_where=text("ended_at is null")),
        CheckConstraint("(ended_at is null) = (outcome is null)", name="ended"),
    )
    id: Mapped[UUID] = new_key()
    token_id: Mapped[UUID] = mapped_column(ForeignKey(ResearchToken.id))
    statement: Mapped[str] = mapped_column(comment="As it was sent, up to the longest that is taken")
    format: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(server_default=NOW)
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(comment="`done`, or the code of the problem that it ended in")
    sqlstate: Mapped[str | None]
    row_count: Mapped[int | None] = mapped_column(BigInteger)
    byte_count: Mapped[int | None] = mapped_column(BigInteger)


class ExportDelay(Table):
    """One row: how long after its end a session comes into the views. Without it, none does."""

    __tablename__ = "export_delay"
    __table_args__ = (
        CheckConstraint("is_the_one", name="one_row"),
        CheckConstraint("seconds >= 0", name="seconds"),
    )
    is_the_one: Mapped[bool] = mapped_column(primary_key=True, server_default="true")
    seconds: Mapped[int] = mapped_column(BigInteger)
