"""Today's ten: the pictures of each day, and who stands where on its board."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.game.rules import ROUNDS_TOTAL
from gap_server.store.tables.base import Table, of_player, player_key
from gap_server.store.tables.images import Image


class Daily(Table):
    __tablename__ = "daily"
    __table_args__ = (UniqueConstraint("day"),)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="1 for the first")
    day: Mapped[date] = mapped_column(comment="UTC")


class DailyImage(Table):
    __tablename__ = "daily_image"
    __table_args__ = (
        CheckConstraint(f"position between 1 and {ROUNDS_TOTAL}", name="position"),
        UniqueConstraint("image_id"),
    )
    number: Mapped[int] = mapped_column(ForeignKey(Daily.number), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    image_id: Mapped[UUID] = mapped_column(ForeignKey(Image.id))


class DailyEntry(Table):
    __tablename__ = "daily_entry"
    __table_args__ = (
        of_player("session_id", to="session"),
        Index(
            "ix_daily_entry_shown_number_net_points_points_player_id",
            *("number", "net_points", "points", "player_id"),
            postgresql_where=text("shown"),
        ),
    )
    player_id: Mapped[UUID] = player_key()
    session_id: Mapped[UUID] = player_key()
    number: Mapped[int]
    net_points: Mapped[int] = mapped_column(comment="Lies caught less true answers accused: game.daily")
    points: Mapped[int]
    shown: Mapped[bool] = mapped_column(
        server_default="false",
        comment="On the boards: the player shows and is not banned. Triggers keep it so",
    )
