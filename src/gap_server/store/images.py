"""The images: what can be dealt, and their bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gap_server.game.state import Pool
from gap_server.store.engine import Db

ADD = """
with added as (
    insert into app.image (sha256, source_sha256, pool, width, height, media_type, object_count, categories,
                           coco_image_id, simple_below, source, licence, scene, reserved, look, split,
                           alike_to)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
    on conflict do nothing returning id
), kept as (
    insert into app.image_bytes (image_id, content) select id, $18 from added
)
select id from added
"""

_FITS = """i.pool = $2 and i.retired_at is null and not i.reserved and not exists (
    select from app.round r where r.player_id = $1 and r.image_id = i.id and r.opened_at is not null
) and not exists (
    select from app.departed d where d.person = $4 and d.forget_at > now() and i.id = any (d.image_ids)
) and not exists (select from app.verdict v where v.player_id = $1 and v.image_id = i.id)"""

PICK = f"select i.id from app.image i where {_FITS} order by random() limit $3"
"""Looks at each image there is."""

DRAW = f"""
with drawn as (
    select distinct 1 + floor(random() * (select max(number) from app.image))::bigint as number
    from generate_series(1, $5::int)
)
select fitting.id
from drawn cross join lateral (
    select i.id from app.image i where i.number = drawn.number and {_FITS} limit 1
) fitting
order by random() limit $3
"""
"""The same odds, by looking at $5 images at most: numbers are drawn, and those kept that fit."""

DRAWS = (8, 128)
"""How many numbers are drawn for each image wanted; if too few fit, the second time."""

LIST = """
select i.id, i.pool, i.width, i.height, i.source, i.licence, i.created_at, i.retired_at,
       (select count(*) from app.round r where r.image_id = i.id and r.opened_at is not null) as rounds
from app.image i order by i.created_at, i.id
"""


@dataclass(frozen=True, slots=True)
class NewImage:
    sha256: str
    source_sha256: str
    content: bytes
    width: int
    height: int
    media_type: str
    pool: Pool
    source: str
    licence: str
    object_count: int | None = None
    categories: Mapping[str, int] | None = None
    coco_image_id: int | None = None
    simple_below: int | None = None
    scene: Mapping[str, Any] | None = None
    reserved: bool = False
    """Kept for a daily ten: no other session deals it."""
    look: bytes | None = None
    split: str | None = None
    """None where it looks like no other: its hash draws it."""
    alike_to: UUID | None = None


@dataclass(frozen=True, slots=True)
class StoredImage:
    sha256: str
    media_type: str
    scene: Mapping[str, Any] | None
    content: bytes


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One image as `images list` shows it. `rounds`: how often it was opened."""

    id: UUID
    pool: str
    width: int
    height: int
    source: str
    licence: str
    created_at: datetime
    retired_at: datetime | None
    rounds: int


async def add(db: Db, image: NewImage) -> bool:
    """Take an image in. False where the catalogue holds the same picture or file already."""
    added = await db.fetchval(
        ADD,
        image.sha256,
        image.source_sha256,
        image.pool,
        image.width,
        image.height,
        image.media_type,
        image.object_count,
        image.categories,
        image.coco_image_id,
        image.simple_below,
        image.source,
        image.licence,
        image.scene,
        image.reserved,
        image.look,
        image.split,
        image.alike_to,
        image.content,
    )
    return added is not None


async def known_sources(db: Db) -> frozenset[str]:
    """Hex digests of every file that was ever imported."""
    return frozenset(row[0] for row in await db.fetch("select source_sha256 from app.image"))


async def pick(db: Db, player_id: UUID, person: bytes, pool: Pool, count: int) -> list[UUID]:
    """Up to `count` random images of the pool, all as likely, that the player never played or judged.

    `person`: what the player's limits are counted under, and so what an account before this one has seen.
    """
    for draws in DRAWS:
        drawn = await db.fetch(DRAW, player_id, pool, count, person, draws * count)
        if len(drawn) == count:
            return [row[0] for row in drawn]
    return [row[0] for row in await db.fetch(PICK, player_id, pool, count, person)]


async def read(db: Db, image_id: UUID) -> StoredImage | None:
    row = await db.fetchrow(
        "select i.sha256, i.media_type, i.scene, b.content from app.image i"
        " join app.image_bytes b on b.image_id = i.id where i.id = $1",
        image_id,
    )
    return StoredImage(**row) if row else None


async def read_some(db: Db, count: int) -> list[StoredImage]:
    """Random images, both pools alike, for the probe."""
    rows = await db.fetch(
        "select i.sha256, i.media_type, i.scene, b.content from app.image i"
        " join app.image_bytes b on b.image_id = i.id where i.retired_at is null order by random() limit $1",
        count,
    )
    return [StoredImage(**row) for row in rows]


async def catalogue(db: Db) -> list[CatalogueRow]:
    return [CatalogueRow(**row) for row in await db.fetch(LIST)]


async def any_in_play(db: Db) -> bool:
    found: bool = await db.fetchval("select exists (select from app.image where retired_at is null)")
    return found


async def without_scene(db: Db) -> int:
    """How many images in play are not of the demo."""
    count: int = await db.fetchval(
        "select count(*) from app.image where scene is null and retired_at is null"
    )
    return count


async def retire(db: Db, image_id: UUID) -> bool:
    """Deal it no more. False where there is no such image."""
    status: str = await db.execute(
        "update app.image set retired_at = coalesce(retired_at, now()) where id = $1", image_id
    )
    return status == "UPDATE 1"
