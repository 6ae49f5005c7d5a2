"""Stocking the catalogue: what operators import, and the scenes of the demo."""

import hashlib
import io
import multiprocessing
import os
import threading
from collections.abc import AsyncIterator, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gap_server.demo.drawing import STYLE, generate
from gap_server.game.state import Pool
from gap_server.images.candidate import Candidate
from gap_server.images.intake import Prepared, Skipped, SkipReason, prepare
from gap_server.images.normalise import NormalisedImage, normalise
from gap_server.store import images
from gap_server.store.engine import Store
from gap_server.store.images import CatalogueRow, NewImage

DEMO_SCENES = {Pool.SIMPLE: 200, Pool.COMPLEX: 100}
"""Twenty sessions of one player, however many of their rounds are controls."""

DEMO_LICENCE = "CC0-1.0"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file. `why_not` is None where it is in the catalogue now."""

    candidate: Candidate
    why_not: Skipped | None


async def take_in(store: Store, candidates: Iterable[Candidate]) -> AsyncIterator[Taken]:
    """Take files in, one by one and each for good, so that an import that was cut short goes on."""
    async with store.connection() as db:
        known = await images.known_sources(db)
    for result in prepare(candidates, known_sources=known):
        if isinstance(result, Skipped):
            yield Taken(result.candidate, result)
            continue
        async with store.transaction() as db:
            added = await images.add(db, _new(result))
        yield Taken(result.candidate, None if added else _twin(result.candidate))


async def listed(store: Store) -> list[CatalogueRow]:
    async with store.connection() as db:
        return await images.catalogue(db)


async def retire(store: Store, image_id: UUID) -> bool:
    async with store.transaction() as db:
        return await images.retire(db, image_id)


async def strangers(store: Store) -> int:
    """How many images in play the demo answerer knows nothing about."""
    async with store.connection() as db:
        return await images.without_scene(db)


async def stock_demo(store: Store, scenes: Mapping[Pool, int] = DEMO_SCENES) -> AsyncIterator[int]:
    """Draw the demo scenes that the catalogue lacks; give how many there are to draw, then count down."""
    async with store.connection() as db:
        known = await images.known_sources(db)
    wanted = [(pool, n) for pool, count in scenes.items() for n in range(count)]
    missing = [(pool, n) for pool, n in wanted if _digest(_scene_source(pool, n)) not in known]
    yield len(missing)
    if not missing:
        return
    # spawned, not forked: this process has threads, and signal handlers that are not for painters
    painters = ProcessPoolExecutor(2, multiprocessing.get_context("spawn"), _leave_with_parent)
    try:
        painted = painters.map(_paint, *zip(*missing, strict=True), chunksize=4)
        for left, image in zip(range(len(missing) - 1, -1, -1), painted, strict=True):
            async with store.transaction() as db:
                await images.add(db, image)
            yield left
    finally:
        painters.shutdown(cancel_futures=True)


def _leave_with_parent() -> None:
    """A painter whose parent was killed would wait for work for ever."""

    def watch() -> None:
        if (parent := multiprocessing.parent_process()) is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _paint(pool: Pool, index: int) -> NewImage:
    picture, scene = generate(pool.value, index)
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    source = _scene_source(pool, index)
    return _stored(
        normalise(file.getvalue()),
        source_sha256=_digest(source),
        pool=pool,
        source=source,
        licence=DEMO_LICENCE,
        object_count=len(scene.things),
        scene=scene.to_json(),
    )


def _scene_source(pool: Pool, index: int) -> str:
    return f"demo-scene:{STYLE}:{pool}:{index}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _twin(candidate: Candidate) -> Skipped:
    return Skipped(candidate, SkipReason.DUPLICATE, "the same picture is in the catalogue already")


def _new(prepared: Prepared) -> NewImage:
    candidate = prepared.candidate
    return _stored(
        prepared.image,
        source_sha256=prepared.image.source_sha256,
        pool=candidate.pool,
        source=candidate.source,
        licence=candidate.licence,
        object_count=candidate.object_count,
    )


def _stored(image: NormalisedImage, **about: Any) -> NewImage:
    return NewImage(
        sha256=image.sha256,
        content=image.content,
        width=image.width,
        height=image.height,
        media_type=image.media_type,
        **about,
    )
