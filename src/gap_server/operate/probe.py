"""Asking a model whether it plays its part, about pictures that players would see."""

from collections.abc import Callable

from gap_server.errors import NotFound
from gap_server.store import images
from gap_server.store.engine import Store
from gap_server.vlm.probe.report import ProbeReport
from gap_server.vlm.probe.run import run_probe
from gap_server.vlm.protocol import Model, Picture


async def probe(store: Store, model: Model, count: int, progress: Callable[[int, int], None]) -> ProbeReport:
    """Probe with `count` random ones of the catalogue. Raises NotFound where it is empty."""
    async with store.connection() as db:
        chosen = await images.read_some(db, count)
    if not chosen:
        raise NotFound("The catalogue is empty: import images first (gap-server images --help).")
    pictures = [Picture(image.sha256, image.content, image.media_type, image.scene) for image in chosen]
    return await run_probe(model, pictures, progress=progress)
