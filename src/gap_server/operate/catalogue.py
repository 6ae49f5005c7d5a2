"""Stocking the catalogue with what operators import."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from gap_server.images.candidate import Candidate
from gap_server.images.intake import Prepared, Skipped, SkipReason, prepare
from gap_server.images.normalise import NormalisedImage
from gap_server.operate.likeness import Lookalikes, compare
from gap_server.store import images, likeness, operators
from gap_server.store.engine import Store
from gap_server.store.images import CatalogueRow, NewImage

RESERVED_ONE_IN = 20
"""Of what operators import: every twentieth picture waits for a daily ten. COCO's 118,000 last 590 days."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file. `why_not` is None where it is in the catalogue now."""

    candidate: Candidate
    why_not: Skipped | None
    alike_to: str | None = None
    """Where the picture that it looks like came from."""


async def take_in(
    store: Store, candidates: Iterable[Candidate], *, operator: str, action: str, about: str
) -> AsyncIterator[Taken]:
    """Take files in, one by one and each for good, so that an import that was cut short goes on.

    It is written down as it begins, since it may be cut short.
    """
    async with store.transaction() as db:
        known = await images.known_sources(db)
        await operators.record(db, operator=operator, action=action, about=about)
    await compare(store)
    everyone = Lookalikes()
    for result in prepare(candidates, known_sources=known):
        if isinstance(result, Skipped):
            yield Taken(result.candidate, result)
            continue
        added, alike_to = await add(store, everyone, _new(result))
        yield Taken(result.candidate, None if added else _twin(result.candidate), alike_to)


async def add(store: Store, everyone: Lookalikes, image: NewImage) -> tuple[bool, str | None]:
    """Take a picture in, into the split of those it looks like. Was it new, and whence is the likest?"""
    async with store.transaction() as db:
        await likeness.hold_catalogue(db)
        await everyone.catch_up(db)
        place = everyone.place(image.look or b"")
        alike = place.alike_to
        placed = replace(image, split=place.split, alike_to=alike.id if alike else None)
        added = await images.add(db, placed)
    return added, alike.source if added and alike else None


async def listed(store: Store) -> list[CatalogueRow]:
    async with store.connection() as db:
        return await images.catalogue(db)


async def retire(store: Store, image_id: UUID, *, operator: str) -> bool:
    async with store.transaction() as db:
        is_there = await images.retire(db, image_id)
        if is_there:
            await operators.record(db, operator=operator, action="images retire", about=str(image_id))
        return is_there


def _twin(candidate: Candidate) -> Skipped:
    return Skipped(candidate, SkipReason.DUPLICATE, "the same picture is in the catalogue already")


def _new(prepared: Prepared) -> NewImage:
    candidate = prepared.candidate
    return stored(
        prepared.image,
        pool=candidate.pool,
        source=candidate.source,
        licence=candidate.licence,
        object_count=candidate.object_count,
        categories=candidate.categories,
        coco_image_id=candidate.coco_image_id,
        simple_below=candidate.simple_below,
        reserved=_reserved(prepared.image.source_sha256),
    )


def _reserved(source_sha256: str) -> bool:
    """By the file alone, so that importing it anew changes nothing; by digits that draw no split."""
    return int(source_sha256[8:16], 16) % RESERVED_ONE_IN == 0


def stored(image: NormalisedImage, **about: Any) -> NewImage:
    return NewImage(
        sha256=image.sha256,
        source_sha256=image.source_sha256,
        content=image.content,
        width=image.width,
        height=image.height,
        media_type=image.media_type,
        look=image.look,
        **about,
    )
