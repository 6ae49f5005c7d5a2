"""What can be dealt."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.store.tables.base import NOW, Table, new_key


class Image(Table):
    __tablename__ = "image"
    __table_args__ = (
        UniqueConstraint("sha256"),
        UniqueConstraint("source_sha256"),
        CheckConstraint("pool in ('simple', 'complex')", name="pool"),
        CheckConstraint("width > 0 and height > 0", name="size"),
        CheckConstraint("split in ('train', 'validation', 'held_out', 'neither')", name="split"),
        Index(None, "number"),
        Index("ix_image_in_play", "pool", postgresql_where=text("retired_at is null")),
    )
    id: Mapped[UUID] = new_key()
    number: Mapped[int] = mapped_column(
        BigInteger,
        Identity(always=True),
        comment="To be drawn by: nearly all up to the highest are taken",
    )
    sha256: Mapped[str] = mapped_column(comment="Hex digest of the stored bytes")
    source_sha256: Mapped[str] = mapped_column(comment="Hex digest of the file that was imported")
    pool: Mapped[str]
    width: Mapped[int] = mapped_column(comment="Pixels")
    height: Mapped[int] = mapped_column(comment="Pixels")
    media_type: Mapped[str]
    object_count: Mapped[int | None] = mapped_column(comment="Annotated objects, where the source tells")
    categories: Mapped[dict[str, Any] | None] = mapped_column(
        comment='Annotated objects by kind, where the source tells: {"dog": 2}'
    )
    coco_image_id: Mapped[int | None] = mapped_column(BigInteger, comment="COCO's own number of the picture")
    simple_below: Mapped[int | None] = mapped_column(
        comment="The pool is simple where there are fewer objects than this, as it was imported"
    )
    source: Mapped[str] = mapped_column(comment="Where the image came from")
    licence: Mapped[str]
    scene: Mapped[dict[str, Any] | None] = mapped_column(comment="What a demo scene shows, exactly")
    look: Mapped[bytes | None] = mapped_column(
        comment="What it looks like (images/likeness.py); empty: like nothing; null: not compared yet"
    )
    alike_to: Mapped[UUID | None] = mapped_column(
        ForeignKey("app.image.id"), comment="The image that it looked like most when it was compared"
    )
    split: Mapped[str | None] = mapped_column(
        comment="That of the images it looks like; neither: they stand in several; null: drawn by its hash"
    )
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    retired_at: Mapped[datetime | None] = mapped_column(comment="Not dealt any more since")
    reserved: Mapped[bool] = mapped_column(
        server_default="false", comment="For a daily ten, past or to come: no other session deals it"
    )


class ImageBytes(Table):
    __tablename__ = "image_bytes"
    image_id: Mapped[UUID] = mapped_column(ForeignKey(Image.id, ondelete="CASCADE"), primary_key=True)
    content: Mapped[bytes]
