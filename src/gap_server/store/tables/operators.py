"""What operators did, so that it can be told afterwards."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from gap_server.store.tables.base import NOW, Table


class OperatorAction(Table):
    __tablename__ = "operator_action"
    __table_args__ = (Index(None, "player_id"),)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    done_at: Mapped[datetime] = mapped_column(server_default=NOW)
    operator: Mapped[str] = mapped_column(comment="The operating system's user, or who --by says")
    action: Mapped[str] = mapped_column(comment="The command: players ban, players show, ...")
    player_id: Mapped[UUID | None] = mapped_column(
        comment="Our id of whom it was about; it leads nowhere once the player is gone"
    )
    about: Mapped[str | None] = mapped_column(
        comment="What it was about where that is no player: whose token, which image, folder or backup"
    )
