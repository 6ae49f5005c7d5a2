"""Who plays with whom: challenges, and the friends that came of them and of invitations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.store.tables.base import NOW, SCHEMA, Table, of_player, player_key


class Challenge(Table):
    __tablename__ = "challenge"
    __table_args__ = (
        of_player("session_id", to="session"),
        UniqueConstraint("player_id", "session_id"),
    )
    code: Mapped[str] = mapped_column(primary_key=True, comment="Who has it may play the same pictures")
    player_id: Mapped[UUID]
    session_id: Mapped[UUID]


class ChallengeTaken(Table):
    __tablename__ = "challenge_taken"
    __table_args__ = (
        of_player("session_id", to="session"),
        ForeignKeyConstraint(["code"], [f"{SCHEMA}.challenge.code"], ondelete="CASCADE"),
        Index(None, "code"),
    )
    player_id: Mapped[UUID] = player_key()
    session_id: Mapped[UUID] = player_key()
    code: Mapped[str]


class Friendship(Table):
    """Each stands twice, once from either side."""

    __tablename__ = "friendship"
    __table_args__ = (
        of_player(),
        ForeignKeyConstraint(["friend_id"], [f"{SCHEMA}.player.id"], ondelete="CASCADE"),
        Index(None, "friend_id"),
    )
    player_id: Mapped[UUID] = player_key()
    friend_id: Mapped[UUID] = player_key()
    since: Mapped[datetime] = mapped_column(server_default=NOW)
