"""What answers and consents come from, each written down once and named by its hash."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.store.tables.base import NOW, Table

# Rows here are never changed or deleted, so what refers to them needs no foreign key: with one, every answer
# would lock the same row.


class Instruction(Table):
    __tablename__ = "instruction"
    __table_args__ = (CheckConstraint("part in ('honest', 'tainted', 'gate')", name="part"),)
    sha256: Mapped[str] = mapped_column(primary_key=True, comment="Hex digest of the text in UTF-8")
    version: Mapped[str] = mapped_column(comment="Goes up with any change to one of its texts")
    part: Mapped[str] = mapped_column(
        comment="honest, tainted: before the question, by arm; gate: is the question about the picture?"
    )
    text: Mapped[str]
    first_used_at: Mapped[datetime] = mapped_column(server_default=NOW)


class ServedModel(Table):
    __tablename__ = "served_model"
    sha256: Mapped[str] = mapped_column(primary_key=True, comment="Hex digest of the other columns")
    name: Mapped[str] = mapped_column(comment="What the server calls it; an adapter has a name of its own")
    revision: Mapped[str | None] = mapped_column(comment="The weights' revision, as the operator set it")
    root: Mapped[str | None] = mapped_column(
        comment="The weights, as the server itself names them at /v1/models"
    )
    dialect: Mapped[str | None] = mapped_column(
        comment="What the server speaks: vllm, llamacpp, ollama, demo"
    )
    temperature: Mapped[float | None]
    max_tokens: Mapped[int | None] = mapped_column(BigInteger)
    sampling: Mapped[dict[str, Any]] = mapped_column(comment="Further sampling parameters: stop_token_ids")
    extra_body: Mapped[dict[str, Any]] = mapped_column(comment="What the operator added to each request")
    first_used_at: Mapped[datetime] = mapped_column(server_default=NOW)


class ConsentText(Table):
    __tablename__ = "consent_text"
    sha256: Mapped[str] = mapped_column(primary_key=True, comment="Hex digest of the text in UTF-8")
    version: Mapped[int]
    language: Mapped[str] = mapped_column(comment="BCP 47")
    text: Mapped[str] = mapped_column(comment="What the player read before agreeing")
    first_used_at: Mapped[datetime] = mapped_column(server_default=NOW)
