"""A file that may become a picture of the catalogue, and what is known of it before anybody opens it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gap_server.game.state import Pool

UNKNOWN_LICENCE = "unknown"
"""Where a source names no licence: researchers leave such pictures out by this word."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`source` says where the picture can be found again: an address, or its place in a folder.

    `object_count` is None where nobody counted; `categories`: how many of each kind. `simple_below`: what the
    pool was decided by, fewer objects than this being simple.
    """

    path: Path
    pool: Pool
    licence: str
    source: str
    object_count: int | None = None
    categories: Mapping[str, int] | None = None
    coco_image_id: int | None = None
    simple_below: int | None = None
