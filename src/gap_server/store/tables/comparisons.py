"""Which model is more truthful, by what players flagged: one fit of players x images x models each."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import ForeignKey

from gap_server.store.tables.base import SCHEMA, Table
from gap_server.store.tables.trust import TrustFit


class ModelStanding(Table):
    __tablename__ = "model_standing"
    __table_args__ = (CheckConstraint("flag_rate between 0 and 1", name="flag_rate"),)
    fit_id: Mapped[int] = mapped_column(
        ForeignKey(TrustFit.id, ondelete="CASCADE"), type_=BigInteger, primary_key=True
    )
    model: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[str] = mapped_column(primary_key=True, comment="Empty where the operator named none")
    truthfulness: Mapped[float] = mapped_column(
        comment="In log odds of not being flagged, against the mean of the models of this fit"
    )
    truthfulness_lower: Mapped[float] = mapped_column(comment="Of the 95 % interval, as all others here")
    truthfulness_upper: Mapped[float]
    flag_rate: Mapped[float] = mapped_column(
        comment="Of all untainted answers of the fit, the share that players would have flagged had this"
        " model given all of them"
    )
    flag_rate_lower: Mapped[float]
    flag_rate_upper: Mapped[float]
    players: Mapped[int] = mapped_column(BigInteger, comment="Who heard it untainted")
    answers: Mapped[int] = mapped_column(BigInteger, comment="That it gave them")
    flagged: Mapped[int] = mapped_column(BigInteger, comment="Those of them that were flagged")


class ModelDifference(Table):
    __tablename__ = "model_difference"
    __table_args__ = (
        ForeignKeyConstraint(
            ["fit_id", "model", "revision"],
            [f"{SCHEMA}.model_standing.{name}" for name in ("fit_id", "model", "revision")],
            ondelete="CASCADE",
        ),
        CheckConstraint("p_more_truthful between 0 and 1", name="p_more_truthful"),
    )
    fit_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[str] = mapped_column(primary_key=True)
    other_model: Mapped[str] = mapped_column(primary_key=True)
    other_revision: Mapped[str] = mapped_column(primary_key=True)
    difference: Mapped[float] = mapped_column(
        comment="Truthfulness of the model less that of the other, in log odds"
    )
    difference_lower: Mapped[float] = mapped_column(comment="Of the 95 % interval, as below")
    difference_upper: Mapped[float]
    p_more_truthful: Mapped[float] = mapped_column(comment="P(the model is more truthful than the other)")
    flag_rate_difference: Mapped[float] = mapped_column(comment="Flag rate of the model less the other's")
    flag_rate_difference_lower: Mapped[float]
    flag_rate_difference_upper: Mapped[float]
