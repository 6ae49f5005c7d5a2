"""Pictures that must not be trained on, known again by their bytes and by their looks."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from gap_server.errors import TuningRefused
from gap_server.images.likeness import ALIKE_WITHIN, Gallery, look_of_file

SURELY_ALIKE_WITHIN: Final = ALIKE_WITHIN - 8
"""Bits. The catalogue compared the pictures before they were saved, which moves a look by 4 at most
(300 miniature boards, 40 demo scenes, 3 photographs): what it found different is never refused here."""


class KeptApart:
    """The pictures of a held-out set; of none, nothing is refused, and no picture is looked at."""

    def __init__(self, pictures: Iterable[tuple[Path, str]]) -> None:
        """Each with its SHA-256, hex. Raises TuningRefused where one cannot be read."""
        self._gallery = Gallery()
        self._digests = set[str]()
        self._names: list[str] = []
        for path, digest in pictures:
            self._digests.add(digest)
            if look := _look(path):
                self._gallery.add(look)
                self._names.append(path.name)

    def why_not(self, path: Path, digest: str | None) -> str | None:
        """Why it must not be trained on; None where it may. Raises TuningRefused where it cannot be read."""
        if digest in self._digests:
            return "is held out"
        if not self._names:
            return None
        alike = self._gallery.alike(_look(path), SURELY_ALIKE_WITHIN)
        return f"looks like {self._names[alike[0]]}, which is held out" if alike else None


def _look(path: Path) -> bytes:
    try:
        return look_of_file(path.read_bytes())
    except (OSError, ValueError, SyntaxError) as error:  # what Pillow says of broken files
        raise TuningRefused(f"{path} is no picture: {type(error).__name__}.") from error
