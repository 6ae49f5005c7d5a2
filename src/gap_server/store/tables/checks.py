"""What the model says when it is asked the same question again, honestly and off the clock."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.store.tables.base import NOW, Table, of_player, player_key


class HonestCheck(Table):
    __tablename__ = "honest_check"
    __table_args__ = (
        of_player("question_id", to="question"),
        CheckConstraint("(answer is null) = (checked_at is null)", name="checked"),
        CheckConstraint("answer is null or due_at is null", name="due"),
        CheckConstraint("agrees_by in ('rule', 'judge')", name="agrees_by"),
        CheckConstraint("(agrees is null) = (agrees_by is null)", name="decided"),
        CheckConstraint("correction_holds is null or correction is not null", name="correction"),
        Index("ix_honest_check_due", "due_at", postgresql_where=text("due_at is not null")),
    )
    player_id: Mapped[UUID] = player_key()
    question_id: Mapped[UUID] = player_key()
    requested_at: Mapped[datetime] = mapped_column(server_default=NOW)
    due_at: Mapped[datetime | None] = mapped_column(
        comment="When to ask the model; null once it was asked, or given up"
    )
    attempts: Mapped[int] = mapped_column(server_default="0")
    answer: Mapped[str | None] = mapped_column(comment="The same question, asked honestly and off the clock")
    agrees: Mapped[bool | None] = mapped_column(
        comment="It says the same as the answer that the player saw; null where that could not be told"
    )
    agrees_by: Mapped[str | None] = mapped_column(
        comment="What decided: the rule of words, or the judge model"
    )
    agreement_version: Mapped[str | None] = mapped_column(comment="Of the rule")
    correction: Mapped[str | None] = mapped_column(comment="The player's correction that was compared")
    correction_holds: Mapped[bool | None] = mapped_column(
        comment="It agrees with this answer and not with the one shown; null where that could not be told"
    )
    truth: Mapped[str | None] = mapped_column(
        comment="What is true, where it is known exactly: of demo scenes"
    )
    instruction_sha256: Mapped[str | None] = mapped_column(comment="What the model was told: app.instruction")
    served_model_sha256: Mapped[str | None] = mapped_column(comment="As it was served: app.served_model")
    replica: Mapped[str | None]
    checked_at: Mapped[datetime | None]
