"""Stocking the catalogue with the scenes of one of the demo's worlds, drawn here."""

import hashlib
import multiprocessing
import os
import threading
from collections import Counter
from collections.abc import AsyncIterator, Generator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from enum import StrEnum
from functools import partial

from gap_server.demo import drawing
from gap_server.demo.miniature import scenes as miniature
from gap_server.game.state import Pool
from gap_server.images.normalise import normalise_drawing
from gap_server.operate.catalogue import add, stored
from gap_server.operate.child_processes import deaf_to_the_terminal
from gap_server.operate.likeness import Lookalikes, compare
from gap_server.store import images
from gap_server.store.engine import Store
from gap_server.store.images import NewImage


class World(StrEnum):
    """`scenes`: places full of things. `miniature`: plain boards, for a model too small for those."""

    SCENES = "scenes"
    MINIATURE = "miniature"


DEMO_SCENES = {
    World.SCENES: {Pool.SIMPLE: 150, Pool.COMPLEX: 150},
    World.MINIATURE: {Pool.SIMPLE: 200, Pool.COMPLEX: 400},
}
"""Of the scenes, thirty sessions of one player; of the paper's deal 25, with a control in each."""

DEMO_LICENCE = "CC0-1.0"


async def strangers(store: Store) -> int:
    """How many images in play the demo answerer knows nothing about."""
    async with store.connection() as db:
        return await images.without_scene(db)


async def stock_demo(
    store: Store, world: World = World.SCENES, scenes: Mapping[Pool, int] | None = None
) -> AsyncIterator[int]:
    """Draw the demo scenes that the catalogue lacks; give how many there are to draw, then count down."""
    async with store.connection() as db:
        known = await images.known_sources(db)
    wanted = numbered(scenes or DEMO_SCENES[world])
    missing = [(pool, n) for pool, n in wanted if _digest(_scene_source(world, pool, n)) not in known]
    yield len(missing)
    if not missing:
        return
    await compare(store)
    everyone = Lookalikes()
    with closing(painted(world, missing)) as drawn:
        for left, image in zip(range(len(missing) - 1, -1, -1), drawn, strict=True):
            await add(store, everyone, image)
            yield left


def numbered(scenes: Mapping[Pool, int]) -> list[tuple[Pool, int]]:
    """Each scene by its pool and number."""
    return [(pool, n) for pool, count in scenes.items() for n in range(count)]


def painted(world: World, wanted: Sequence[tuple[Pool, int]]) -> Generator[NewImage]:
    """The scenes of these numbers, in this order, drawn by processes of their own."""
    # spawned, not forked: this process has threads, and signal handlers that are not for painters
    painters = ProcessPoolExecutor(2, multiprocessing.get_context("spawn"), _leave_with_parent)
    try:
        with deaf_to_the_terminal():
            drawn = painters.map(partial(_paint, world), *zip(*wanted, strict=True), chunksize=4)
        yield from drawn
    finally:
        painters.shutdown(cancel_futures=True)


def _leave_with_parent() -> None:
    """A painter whose parent was killed would wait for work for ever."""

    def watch() -> None:
        if (parent := multiprocessing.parent_process()) is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _paint(world: World, pool: Pool, index: int) -> NewImage:
    if world is World.MINIATURE:
        picture, scene = miniature.generate(pool, index)
    else:
        picture, scene = drawing.generate(pool.value, index)
    source = _scene_source(world, pool, index)
    return stored(
        normalise_drawing(picture, _digest(source)),
        pool=pool,
        source=source,
        licence=DEMO_LICENCE,
        object_count=len(scene.things),
        categories=Counter(thing.kind for thing in scene.things),
        scene=scene.to_json(),
    )


def _scene_source(world: World, pool: Pool, index: int) -> str:
    if world is World.MINIATURE:
        return f"demo-miniature:{miniature.STYLE}:{pool}:{index}"
    return f"demo-scene:{drawing.STYLE}:{pool}:{index}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
