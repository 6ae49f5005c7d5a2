"""Models that were tuned on what the game found, whether they passed the gate, their share of play."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Identity, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.store.tables.base import NOW, SCHEMA, Table


class ModelRevision(Table):
    __tablename__ = "model_revision"
    __table_args__ = (CheckConstraint("kind in ('base', 'adapter', 'merged')", name="kind"),)
    name: Mapped[str] = mapped_column(primary_key=True, comment="What its server calls it")
    revision: Mapped[str] = mapped_column(
        primary_key=True, comment="Of its weights; empty where the operator named none"
    )
    kind: Mapped[str] = mapped_column(
        comment="base: as published; adapter: served beside its base; merged: weights of its own"
    )
    base: Mapped[str | None] = mapped_column(comment="The name of the model that it was tuned from")
    release: Mapped[str | None] = mapped_column(comment="The release of the data set that it was tuned on")
    urls: Mapped[list[str]] = mapped_column(
        JSONB, server_default="[]", comment="Who serves it; none: whom the settings name"
    )
    dialect: Mapped[str | None] = mapped_column(comment="What they speak; null: as the settings say")
    extra_body: Mapped[dict[str, Any]] = mapped_column(
        server_default="{}", comment="What each request to it carries beside"
    )
    registered_at: Mapped[datetime] = mapped_column(server_default=NOW)


class ModelGate(Table):
    __tablename__ = "model_gate"
    __table_args__ = (
        ForeignKeyConstraint(
            ["name", "revision"], [f"{SCHEMA}.model_revision.name", f"{SCHEMA}.model_revision.revision"]
        ),
        Index(None, "name", "revision", "id"),
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    name: Mapped[str]
    revision: Mapped[str]
    checked_at: Mapped[datetime] = mapped_column(server_default=NOW)
    passed: Mapped[bool]
    checks: Mapped[list[Any]] = mapped_column(
        JSONB, comment='Each with what it found: {"name": ..., "passed": ..., "said": ...}'
    )
    scores: Mapped[dict[str, Any]] = mapped_column(
        comment="Before and after on the held-out set, over everything and by stratum and category"
    )


class ModelField(Table):
    __tablename__ = "model_field"
    __table_args__ = (CheckConstraint("action in ('promote', 'rollback')", name="action"),)
    id: Mapped[int] = mapped_column(
        BigInteger, Identity(always=True), primary_key=True, comment="The highest is in force"
    )
    set_at: Mapped[datetime] = mapped_column(server_default=NOW)
    action: Mapped[str]
    shares: Mapped[list[Any]] = mapped_column(
        JSONB,
        comment="Percent of new sessions, each with name, revision and share; what is left is for the models"
        " of the settings",
    )
    before_id: Mapped[int | None] = mapped_column(
        ForeignKey("app.model_field.id"),
        type_=BigInteger,
        comment="What a rollback goes back to; null: the settings' models alone",
    )
