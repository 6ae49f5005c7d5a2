"""Are the pictures of a training set there, and are they pictures?"""

import binascii
import io
from base64 import b64decode
from hashlib import sha256
from pathlib import Path
from typing import Final

from PIL import Image

from gap_server.research.doctor.findings import Tally, Weight

_LINKS: Final = ("http://", "https://", "s3://", "gs://")
_INSIDE: Final = 512
"""A longer name is no path: the picture itself, in base64."""


class Pictures:
    """Those inside the set are looked at as they come, files once each, links never."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.broken = Tally("broken_images", Weight.UNUSABLE, "Images that are missing or broken.")
        self._links = 0

    def see(self, image: str, place: str) -> str:
        """What the picture is called from here on: short, and the same for the same picture."""
        if image.startswith(_LINKS):
            self._links += 1
        elif len(image) > _INSIDE:
            if (trouble := _trouble_inside(image)) is not None:
                self.broken.note(f"{place} {image[:80]}: {trouble}")
            return f"{sha256(image.encode()).hexdigest()} (inside)"
        return image

    def look_at(self, image: str, places: list[str]) -> None:
        """The file of that name, if it is one, on behalf of every row that names it."""
        if image.startswith(_LINKS) or image.endswith(" (inside)"):
            return
        if (trouble := _trouble_of_file(self._folder / image)) is not None:
            for place in places:
                self.broken.note(f"{place} {image[:80]}: {trouble}")

    def unchecked(self) -> list[str]:
        return [f"{self._links} images are links, which nobody followed."] if self._links else []


def _trouble_of_file(path: Path) -> str | None:
    try:
        return _trouble(path.read_bytes())
    except FileNotFoundError:
        return "missing"
    except (OSError, ValueError):
        return "unreadable"


def _trouble_inside(image: str) -> str | None:
    try:
        return _trouble(b64decode(image, validate=True))
    except (ValueError, binascii.Error):
        return "unreadable"


def _trouble(content: bytes) -> str | None:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return "broken"
    return None
