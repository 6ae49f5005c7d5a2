"""What it was worth: the ledger of points and the sums of it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.store.tables.base import NOW, Table, of_player, player_key


class Points(Table):
    __tablename__ = "points"
    __table_args__ = (
        of_player("round_id", to="round"),
        CheckConstraint("points > 0", name="positive"),
        Index(None, "player_id", "session_id"),
    )
    player_id: Mapped[UUID] = player_key()
    round_id: Mapped[UUID] = player_key()
    session_id: Mapped[UUID]
    question_id: Mapped[UUID] = mapped_column(comment="The lie that was caught")
    points: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)


ON_BOARDS = text("shown and sessions > 0")
"""Who stands there. Equals stand by their ids: what is read of a board is one stretch of an index."""


class PlayerTotal(Table):
    __tablename__ = "player_total"
    __table_args__ = (
        of_player(),
        CheckConstraint("sharpness between 0 and 100", name="sharpness"),
        Index("ix_player_total_shown_points_player_id", "points", "player_id", postgresql_where=ON_BOARDS),
        Index(
            "ix_player_total_shown_sharpness_points_player_id",
            *("sharpness", "points", "player_id"),
            postgresql_where=ON_BOARDS,
        ),
    )
    player_id: Mapped[UUID] = player_key()
    points: Mapped[int] = mapped_column(BigInteger)
    sessions: Mapped[int] = mapped_column(BigInteger, comment="Finished ones")
    best: Mapped[int] = mapped_column(comment="Best score of one session")
    streak_days: Mapped[int] = mapped_column(BigInteger)
    last_played_on: Mapped[date | None] = mapped_column(comment="In the player's time zone")
    sharpness: Mapped[int] = mapped_column(
        server_default="0", comment="0 to 100, as of the last session's end"
    )
    finds: Mapped[int] = mapped_column(
        BigInteger,
        server_default="0",
        comment="Mistakes of the model that this player flagged and jurors confirmed",
    )
    shown: Mapped[bool] = mapped_column(
        server_default="false",
        comment="On the boards: the player shows and is not banned. Triggers keep it so",
    )


class PlayerWeek(Table):
    __tablename__ = "player_week"
    __table_args__ = (
        of_player(),
        CheckConstraint("sharpness between 0 and 100", name="sharpness"),
        Index(
            "ix_player_week_shown_week_points_player_id",
            *("week", "points", "player_id"),
            postgresql_where=ON_BOARDS,
        ),
        Index(
            "ix_player_week_shown_week_sharpness_points_player_id",
            *("week", "sharpness", "points", "player_id"),
            postgresql_where=ON_BOARDS,
        ),
    )
    player_id: Mapped[UUID] = player_key()
    week: Mapped[date] = mapped_column(primary_key=True, comment="The Monday it began, UTC")
    points: Mapped[int] = mapped_column(BigInteger)
    sessions: Mapped[int] = mapped_column(BigInteger)
    sharpness: Mapped[int] = mapped_column(
        server_default="0", comment="As in player_total, for the board of the week"
    )
    shown: Mapped[bool] = mapped_column(
        server_default="false",
        comment="On the boards: the player shows and is not banned. Triggers keep it so",
    )


class QuestProgress(Table):
    __tablename__ = "quest_progress"
    __table_args__ = (of_player(), CheckConstraint("progress > 0", name="progress"))
    player_id: Mapped[UUID] = player_key()
    week: Mapped[date] = mapped_column(primary_key=True, comment="The Monday it began, UTC")
    quest: Mapped[str] = mapped_column(primary_key=True)
    progress: Mapped[int]


class RankMark(Table):
    __tablename__ = "rank_mark"
    board: Mapped[str] = mapped_column(primary_key=True)
    worth: Mapped[list[int]] = mapped_column(
        ARRAY(BigInteger), primary_key=True, comment="What players are ranked by, as some of them have it"
    )
    ahead: Mapped[int] = mapped_column(BigInteger, comment="Players on the board who are worth more")
    not_behind: Mapped[int] = mapped_column(BigInteger, comment="Those, and their equals")
    counted_at: Mapped[datetime] = mapped_column(server_default=NOW)
