"""Blind validation by other players: a case is one answer, a verdict what a juror says of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.store.tables.base import NOW, Table, new_key, of_player
from gap_server.store.tables.images import Image


class JuryCase(Table):
    __tablename__ = "jury_case"
    __table_args__ = (
        of_player("question_id", to="question"),
        UniqueConstraint("id"),
        UniqueConstraint("player_id", "question_id"),
        CheckConstraint("stratum in ('lie', 'held', 'flagged', 'let_go')", name="stratum"),
        CheckConstraint("correction_truth in ('wrong', 'right')", name="correction_truth"),
        CheckConstraint("correction_truth is null or correction is not null", name="truth_of_correction"),
        CheckConstraint("outcome in ('wrong', 'right', 'disputed')", name="outcome"),
        CheckConstraint("(outcome is null) = (closed_at is null)", name="closed"),
        CheckConstraint("settled is null or settled = outcome", name="settled"),
        Index("ix_jury_case_open", "stratum", "shown", "shuffle", postgresql_where=text("closed_at is null")),
        Index(
            "ix_jury_case_open_in",
            "stratum",
            "language",
            "shown",
            "shuffle",
            postgresql_where=text("closed_at is null"),
        ),
        Index(
            "ix_jury_case_settled",
            "settled",
            "shown",
            "shuffle",
            postgresql_where=text("settled is not null"),
        ),
        Index(
            "ix_jury_case_settled_in",
            "settled",
            "language",
            "shown",
            "shuffle",
            postgresql_where=text("settled is not null"),
        ),
    )
    player_id: Mapped[UUID] = mapped_column(
        primary_key=True, comment="Whose question it was: never a juror of it"
    )
    id: Mapped[UUID] = new_key()
    question_id: Mapped[UUID] = mapped_column(comment="The answer that is judged")
    image_id: Mapped[UUID] = mapped_column(ForeignKey(Image.id))
    language: Mapped[str] = mapped_column(
        comment="The question's own where it is plain, else its player's when the case was opened: BCP 47"
    )
    stratum: Mapped[str] = mapped_column(
        comment="lie, held: known to be wrong, right; flagged, let_go: an honest answer, truth unknown"
    )
    correction: Mapped[str | None] = mapped_column(
        comment="The player's own answer, as it stood when the case was opened; judged beside the model's"
    )
    correction_truth: Mapped[str | None] = mapped_column(comment="Of the correction, where it was known")
    shown: Mapped[int] = mapped_column(server_default="0", comment="How many jurors were given the case")
    shuffle: Mapped[float] = mapped_column(
        server_default=text("random()"), comment="Drawn anew each time it is shown: the order among equals"
    )
    outcome: Mapped[str | None] = mapped_column(comment="What the jurors found of the model's answer")
    settled: Mapped[str | None] = mapped_column(
        comment="The outcome, on a complex picture, while votes bear it out: it measures later jurors"
    )
    p_wrong: Mapped[float | None] = mapped_column(
        comment="P(the model's answer is wrong), by all verdicts so far"
    )
    p_correction_wrong: Mapped[float | None] = mapped_column(comment="The same of the correction")
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    closed_at: Mapped[datetime | None]


class Verdict(Table):
    __tablename__ = "verdict"
    __table_args__ = (
        of_player(),
        CheckConstraint("said in ('wrong', 'right', 'cannot_tell')", name="said"),
        CheckConstraint("said_of_correction in ('wrong', 'right', 'cannot_tell')", name="said_of_correction"),
        CheckConstraint("said is null or ended_at is not null", name="ended"),
        CheckConstraint(
            "said is null or (said_of_correction is null) = (correction_first is null)", name="said_of_both"
        ),
        CheckConstraint("truth in ('wrong', 'right')", name="truth"),
        CheckConstraint("correction_truth in ('wrong', 'right')", name="correction_truth"),
        Index("ix_verdict_one_open", "player_id", unique=True, postgresql_where=text("ended_at is null")),
        Index(None, "player_id", "image_id"),
        Index(None, "case_id"),
    )
    player_id: Mapped[UUID] = mapped_column(primary_key=True, comment="The juror")
    case_id: Mapped[UUID] = mapped_column(
        primary_key=True, comment="No key leads there: the case may go with its player, the verdict stays"
    )
    image_id: Mapped[UUID] = mapped_column(
        ForeignKey(Image.id), comment="Never dealt to this juror after it was shown"
    )
    truth: Mapped[str | None] = mapped_column(comment="Of the model's answer, where it was known beforehand")
    correction_truth: Mapped[str | None] = mapped_column(comment="Of the correction, where it was known")
    of_settled: Mapped[bool] = mapped_column(
        server_default=text("false"),
        comment="Earlier jurors had settled the case: this verdict measures the juror, and is no vote",
    )
    correction_first: Mapped[bool | None] = mapped_column(
        comment="In which order the juror saw the two answers; null where there was one"
    )
    said: Mapped[str | None] = mapped_column(comment="Of the model's answer; null while there is no verdict")
    said_of_correction: Mapped[str | None]
    shown_at: Mapped[datetime] = mapped_column(server_default=NOW)
    ended_at: Mapped[datetime | None] = mapped_column(
        comment="Of the verdict, or of the case that closed first"
    )
