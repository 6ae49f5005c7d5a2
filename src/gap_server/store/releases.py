"""Data sets that left, and which rows were in each: written once, read when the next one is made."""

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from itertools import count, islice
from typing import Any, Final
from uuid import UUID

from gap_server.store.engine import Db

PART: Final = 10_000
"""Rows whose ids are kept, and read, together."""

ID_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Maker:
    """Whose research token makes a release, or which operator does."""

    token_id: UUID | None = None
    operator: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """The columns of `app.data_release` that its maker fills in, in order."""

    id: UUID
    made_at: Any
    name: str
    format: str
    filters: Mapping[str, Any]
    token_id: UUID | None
    operator: str | None
    after_id: UUID | None
    row_count: int
    rows: Mapping[str, int]
    manifest_sha256: str


async def last_of(db: Db, maker: Maker, name: str, format_: str, filters: Mapping[str, Any]) -> UUID | None:
    """The newest release of the same, made with the same token, or by any operator."""
    found: UUID | None = await db.fetchval(
        "select id from app.data_release where name = $1 and format = $2 and filters = $3"
        " and token_id is not distinct from $4 order by made_at desc limit 1",
        *(name, format_, dict(filters), maker.token_id),
    )
    return found


async def name_of(db: Db, release_id: UUID) -> str | None:
    """Which data set it is a release of; None where there is no such release."""
    name: str | None = await db.fetchval("select name from app.data_release where id = $1", release_id)
    return name


async def row_ids(db: Db, release_id: UUID) -> AsyncIterator[list[UUID]]:
    """The ids of its rows in their order, a part at a time."""
    number = 0
    while True:
        part: bytes | None = await db.fetchval(
            "select ids from app.data_release_rows where release_id = $1 and number = $2", release_id, number
        )
        if part is None:
            return
        yield [UUID(bytes=part[at : at + ID_BYTES]) for at in range(0, len(part), ID_BYTES)]
        number += 1


async def add(db: Db, made: Made, ids: Iterable[UUID]) -> None:
    """`ids`: in order."""
    await db.execute(
        "insert into app.data_release (id, made_at, name, format, filters, token_id, operator, after_id,"
        " row_count, rows, manifest_sha256) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        *(made.id, made.made_at, made.name, made.format, dict(made.filters), made.token_id, made.operator),
        *(made.after_id, made.row_count, dict(made.rows), made.manifest_sha256),
    )
    left = iter(ids)
    for number in count():
        part = b"".join(one.bytes for one in islice(left, PART))
        if not part:
            return
        await db.execute(
            "insert into app.data_release_rows (release_id, number, ids) values ($1, $2, $3)",
            *(made.id, number, part),
        )
