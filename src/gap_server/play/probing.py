"""Asking a model whether it plays its part, about pictures that players would see."""

from collections.abc import Callable

from gap_server.errors import NotFound
from gap_server.store import catalogue
from gap_server.store.engine import Store
from gap_server.vlm.model import Model, Picture
from gap_server.vlm.probe import run_probe
from gap_server.vlm.probe_report import ProbeReport


async def probe(store: Store, model: Model, images: int, progress: Callable[[int, int], None]) -> ProbeReport:
    """Probe with `images` random ones of the catalogue. Raises NotFound where it is empty."""
    async with store.connection() as db:
        chosen = await catalogue.read_some(db, images)
    if not chosen:
        raise NotFound("The catalogue is empty: import images first (gap-server images --help).")
    pictures = [Picture(image.sha256, image.content, image.media_type, image.scene) for image in chosen]
    return await run_probe(model, pictures, progress=progress)
