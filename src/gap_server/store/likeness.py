"""What each image looks like, and the split that images which look alike share.

The split of an image that was played with never becomes another one: what left with it cannot be called back.
It can only become `neither`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from gap_server.store.engine import Db
from gap_server.store.export.views import SPLIT

NEITHER = "neither"
"""The split of what is in no training set and in no held-out set: it looks like pictures of both."""


@dataclass(frozen=True, slots=True)
class SeenImage:
    """`look`: empty where it looks like nothing."""

    number: int
    id: UUID
    look: bytes
    split: str
    source: str


@dataclass(frozen=True, slots=True)
class UnseenImage:
    """One that came before looks were kept. `was_played`: rows about it may have left."""

    id: UUID
    split: str
    content: bytes
    was_played: bool


async def hold_catalogue(db: Db) -> None:
    """One at a time adds and compares, or two pictures that look alike would not see each other."""
    await db.execute("select pg_advisory_xact_lock(hashtext('app.image'))")


async def seen_since(db: Db, number: int) -> list[SeenImage]:
    rows = await db.fetch(
        f"select i.number, i.id, i.look, {SPLIT} as split, i.source from app.image i"
        " where i.number > $1 and i.look is not null order by i.number",
        number,
    )
    return [SeenImage(**row) for row in rows]


async def unseen(db: Db, limit: int) -> list[UnseenImage]:
    rows = await db.fetch(
        f"select i.id, {SPLIT} as split, b.content,"
        " exists (select from app.round r where r.image_id = i.id) as was_played"
        " from app.image i join app.image_bytes b on b.image_id = i.id"
        " where i.look is null order by i.number limit $1",
        limit,
    )
    return [UnseenImage(**row) for row in rows]


async def count_seen(db: Db) -> int:
    count: int = await db.fetchval("select count(*) from app.image where look is not null")
    return count


async def count_unseen(db: Db) -> int:
    count: int = await db.fetchval("select count(*) from app.image where look is null")
    return count


async def saw(db: Db, image_id: UUID, look: bytes, split: str | None, alike_to: UUID | None) -> SeenImage:
    """Write down what an image looks like. `split`: None where it stays as it is."""
    row = await db.fetchrow(
        "update app.image i set look = $2, split = coalesce($3, i.split), alike_to = $4 where i.id = $1"
        f" returning i.number, i.id, i.look, {SPLIT} as split, i.source",
        *(image_id, look, split, alike_to),
    )
    return SeenImage(**row)


async def take_out(db: Db, image_ids: Sequence[UUID]) -> None:
    """Out of training sets and held-out sets alike."""
    await db.execute(f"update app.image set split = '{NEITHER}' where id = any ($1)", image_ids)
