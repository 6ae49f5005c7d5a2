"""How far what players say can be trusted: estimates, each with the version of its estimator."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.store.tables.base import NOW, Table, of_player, player_key


class Assessment(Table):
    __tablename__ = "assessment"
    __table_args__ = (
        of_player("session_id", to="session"),
        CheckConstraint("sharpness_before between 0 and 100", name="before"),
        CheckConstraint("sharpness_after between 0 and 100", name="after"),
        CheckConstraint("(assessed_at is null) = (sharpness_after is null)", name="assessed"),
        Index("ix_assessment_to_do", "ended_at", postgresql_where=text("assessed_at is null")),
    )
    player_id: Mapped[UUID] = player_key()
    session_id: Mapped[UUID] = player_key()
    ended_at: Mapped[datetime] = mapped_column(server_default=NOW, comment="Of the session")
    sharpness_before: Mapped[int | None] = mapped_column(comment="0 to 100, before this session counted")
    sharpness_after: Mapped[int | None] = mapped_column(comment="The same with it, as the player was told")
    assessed_at: Mapped[datetime | None]


class TrustFit(Table):
    __tablename__ = "trust_fit"
    __table_args__ = (CheckConstraint("kind in ('reliability', 'joint')", name="kind"),)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    kind: Mapped[str] = mapped_column(
        comment="reliability: players' error rates and trust in flags; joint: players x images x models"
    )
    estimator_version: Mapped[str] = mapped_column(
        comment="Goes up when the same counts would give other numbers"
    )
    players: Mapped[int] = mapped_column(BigInteger, comment="With anything to go by, under active consent")
    answers: Mapped[int] = mapped_column(BigInteger, comment="That these players saw")
    counted_at: Mapped[datetime] = mapped_column(comment="When the counts were taken")
    fitted_at: Mapped[datetime] = mapped_column(server_default=NOW)
    details: Mapped[dict[str, Any]] = mapped_column(comment="What else the fit says of the crowd as a whole")


class ModelEstimate(Table):
    __tablename__ = "model_estimate"
    fit_id: Mapped[int] = mapped_column(
        ForeignKey(TrustFit.id, ondelete="CASCADE"), type_=BigInteger, primary_key=True
    )
    model: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[str] = mapped_column(primary_key=True, comment="Empty where the operator named none")
    p_wrong: Mapped[float] = mapped_column(comment="w: P(answer wrong | untainted, complex image)")
    lower: Mapped[float | None] = mapped_column(comment="Of the 90 % interval")
    upper: Mapped[float | None]


class PlayerEstimate(Table):
    __tablename__ = "player_estimate"
    __table_args__ = (of_player(),)
    player_id: Mapped[UUID] = player_key()
    fit_id: Mapped[int] = mapped_column(
        ForeignKey(TrustFit.id, ondelete="CASCADE"), type_=BigInteger, index=True
    )
    s_simple: Mapped[float] = mapped_column(comment="P(flag | answer wrong), simple pool")
    s_simple_lower: Mapped[float] = mapped_column(comment="Of the 90 % interval")
    s_simple_upper: Mapped[float]
    s_complex: Mapped[float] = mapped_column(comment="P(flag | answer wrong), complex pool")
    s_complex_lower: Mapped[float]
    s_complex_upper: Mapped[float]
    f_simple: Mapped[float] = mapped_column(comment="P(flag | answer right), simple pool")
    f_simple_lower: Mapped[float]
    f_simple_upper: Mapped[float]
    f_complex: Mapped[float] = mapped_column(comment="P(flag | answer right), complex pool")
    f_complex_lower: Mapped[float]
    f_complex_upper: Mapped[float]


class AnswerTrust(Table):
    __tablename__ = "answer_trust"
    __table_args__ = (
        of_player("question_id", to="question"),
        CheckConstraint("p_wrong between 0 and 1", name="p_wrong"),
        CheckConstraint("p_wrong_unjudged between 0 and 1", name="p_wrong_unjudged"),
    )
    player_id: Mapped[UUID] = player_key()
    question_id: Mapped[UUID] = player_key()
    fit_id: Mapped[int] = mapped_column(
        ForeignKey(TrustFit.id, ondelete="CASCADE"), type_=BigInteger, index=True
    )
    p_wrong: Mapped[float] = mapped_column(
        comment="P(answer wrong), by this flag, by others who judged the same answer, and by verdicts"
    )
    p_wrong_unjudged: Mapped[float] = mapped_column(
        comment="The same without verdicts on it: what they are weighed against when it is judged"
    )
    others: Mapped[int] = mapped_column(
        BigInteger,
        server_default="0",
        comment="Other players who judged the same answer to the same question in play",
    )
    verdicts: Mapped[int] = mapped_column(
        BigInteger,
        server_default="0",
        comment="Jurors who said wrong or right of it: so many count in p_wrong",
    )


class Lease(Table):
    __tablename__ = "lease"
    name: Mapped[str] = mapped_column(
        primary_key=True, comment="Of work that one process at a time does for all"
    )
    held_until: Mapped[datetime]
