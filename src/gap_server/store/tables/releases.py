"""Data sets that left: what each was made of, and which rows were in it, by their ids and nothing else."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.store.tables.base import NOW, Table
from gap_server.store.tables.research import ResearchToken


class DataRelease(Table):
    __tablename__ = "data_release"
    __table_args__ = (
        CheckConstraint("(token_id is null) = (operator is not null)", name="one_maker"),
        Index(None, "name", "format", "made_at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="As its manifest names it")
    made_at: Mapped[datetime] = mapped_column(server_default=NOW, comment="The moment that its rows are of")
    name: Mapped[str] = mapped_column(comment="Of the data set: corrections, replay, ...")
    format: Mapped[str]
    filters: Mapped[dict[str, Any]] = mapped_column(comment="What was asked for; null is any")
    token_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(ResearchToken.id), comment="Whose research token made it"
    )
    operator: Mapped[str | None] = mapped_column(comment="Who made it by command")
    after_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("app.data_release.id"),
        comment="The release before it, whose rows that are no longer in it its manifest names",
    )
    row_count: Mapped[int] = mapped_column(BigInteger)
    rows: Mapped[dict[str, Any]] = mapped_column(comment="How many, by split")
    manifest_sha256: Mapped[str] = mapped_column(
        comment="Hex; the manifest has the checksums of all other files"
    )


class DataReleaseRows(Table):
    """Packed: sixteen bytes a row, so that a million of them are sixteen megabytes."""

    __tablename__ = "data_release_rows"
    release_id: Mapped[UUID] = mapped_column(ForeignKey(DataRelease.id, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, comment="Of the part, from 0")
    ids: Mapped[bytes] = mapped_column(comment="Ids of answers (question.id), in order, 16 bytes each")
