"""What all tables share: the schema, how constraints are named, how Python types are columns."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    Date,
    DateTime,
    Double,
    ForeignKeyConstraint,
    LargeBinary,
    MetaData,
    SmallInteger,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

SCHEMA = "app"

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

NOW = text("now()")
NEW_ID = text("gen_random_uuid()")


class Table(DeclarativeBase):
    metadata = MetaData(schema=SCHEMA, naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        int: SmallInteger,
        float: Double,
        bytes: LargeBinary,
        date: Date,
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
    }


def of_player(*columns: str, to: str = "player", target: str = "id") -> ForeignKeyConstraint:
    """A key that leads to a row of the same player, and goes when the player goes."""
    if to == "player":
        return ForeignKeyConstraint(["player_id"], [f"{SCHEMA}.player.{target}"], ondelete="CASCADE")
    return ForeignKeyConstraint(
        ["player_id", *columns], [f"{SCHEMA}.{to}.player_id", f"{SCHEMA}.{to}.id"], ondelete="CASCADE"
    )


def player_key() -> Mapped[UUID]:
    return mapped_column(Uuid, primary_key=True)


def new_key() -> Mapped[UUID]:
    return mapped_column(Uuid, primary_key=True, server_default=NEW_ID)
