"""How common questions are: over all images, and over the rounds of the player who asks."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.store.tables.base import Table, of_player, player_key


class AskedForm(Table):
    __tablename__ = "asked_form"
    __table_args__ = (
        of_player("question_id", to="question"),
        CheckConstraint("repeated >= 0 and repeated < 1", name="repeated"),
    )
    player_id: Mapped[UUID] = player_key()
    question_id: Mapped[UUID] = player_key()
    form: Mapped[bytes] = mapped_column(
        comment="Names the question's normal form, in which politeness and endings make no difference"
    )
    answer_form: Mapped[bytes | None] = mapped_column(
        comment="The same of the answer; null where the model had been told to lie"
    )
    repeated: Mapped[float] = mapped_column(
        comment="In what share of the player's rounds before this one the same was asked"
    )


class QuestionForm(Table):
    __tablename__ = "question_form"
    __table_args__ = (CheckConstraint("bits between 0 and 1", name="bits"),)
    form: Mapped[bytes] = mapped_column(primary_key=True)
    images: Mapped[int] = mapped_column(
        BigInteger, comment="Honestly answered about so many, each answer for itself; two at least"
    )
    bits: Mapped[float] = mapped_column(
        comment="How much a look at the picture tells of the answer: entropy, at most 1"
    )
