"""A file that may become a picture of the catalogue, and what is known of it before anybody opens it."""

from dataclasses import dataclass
from pathlib import Path

from gap_server.game.state import Pool

UNKNOWN_LICENCE = "unknown"
"""Where a source names no licence: researchers leave such pictures out by this word."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`source` says where the picture can be found again: an address, or its place in a folder.

    `object_count` is None where nobody counted.
    """

    path: Path
    pool: Pool
    licence: str
    source: str
    object_count: int | None = None
