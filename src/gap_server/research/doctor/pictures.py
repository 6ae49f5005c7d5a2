"""Are the pictures of a training set there, and are they pictures?"""

import binascii
import io
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image

from gap_server.research.doctor.findings import Finding, Weight, of_rows
from gap_server.research.doctor.records import Dataset, Record

_LINKS: Final = ("http://", "https://", "s3://", "gs://")
_INSIDE: Final = 512
"""A longer name is no path: the picture itself, in base64."""


def pictures(dataset: Dataset) -> tuple[list[Finding], list[str]]:
    """Findings, and what could not be looked at: links lead out of the set."""
    links = sum(image.startswith(_LINKS) for record in dataset.records for image in record.images)
    unchecked = [f"{links} images are links, which nobody followed."] if links else []
    without = ((record, "") for record in dataset.records if not record.images)
    broken = ((record, f"{image[:80]}: {trouble}") for record, image, trouble in _troubled(dataset))
    return [
        *of_rows("no_image", Weight.UNUSABLE, "Rows without an image.", without),
        *of_rows("broken_images", Weight.UNUSABLE, "Images that are missing or broken.", broken),
    ], unchecked


def _troubled(dataset: Dataset) -> Iterator[tuple[Record, str, str]]:
    looked_at: dict[str, str | None] = {}
    for record in dataset.records:
        for image in record.images:
            if image.startswith(_LINKS):
                continue
            if image not in looked_at:
                looked_at[image] = _trouble(dataset.folder, image)
            if (trouble := looked_at[image]) is not None:
                yield record, image, trouble


def _trouble(folder: Path, image: str) -> str | None:
    try:
        content = b64decode(image, validate=True) if len(image) > _INSIDE else (folder / image).read_bytes()
    except (OSError, ValueError, binascii.Error) as error:
        return "missing" if isinstance(error, FileNotFoundError) else "unreadable"
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return "broken"
    return None
