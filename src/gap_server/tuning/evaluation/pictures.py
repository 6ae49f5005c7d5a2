"""The pictures of a held-out set: from its folder, from the table itself, or from where they lie."""

import io
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import aiohttp
from PIL import Image, UnidentifiedImageError

from gap_server.errors import EvaluationRefused
from gap_server.tuning.evaluation.held_out import HeldOut, HeldOutRow
from gap_server.vlm.protocol import Picture

MOST_BYTES: Final = 64 * 2**20
SECONDS: Final = 60.0
_LINKS: Final = ("http://", "https://")


class Pictures:
    """`folders`: where a picture that is no link, or was fetched before, is looked for, by path and by name.

    `fetch_into`: where pictures that are only links are kept; None where none are to be fetched.
    """

    def __init__(self, held_out: HeldOut, folder: Path | None, fetch_into: Path | None) -> None:
        at = held_out.path
        self._folders = [at if at.is_dir() else at.parent, *([folder] if folder else [])]
        self._fetch_into = fetch_into

    async def of(self, row: HeldOutRow) -> Picture:
        """Raises EvaluationRefused."""
        if row.content is not None:
            return _picture(row.image, _decoded(row))
        if (file := self._found(row.image)) is not None:
            return _picture(row.image, file.read_bytes())
        if self._fetch_into is None or not row.image.startswith(_LINKS):
            raise EvaluationRefused(f"The picture {row.image} is not there: name its folder with --images.")
        content = await _fetched(row.image)
        picture = _picture(row.image, content)
        self._fetch_into.mkdir(parents=True, exist_ok=True)
        (self._fetch_into / _name(row.image)).write_bytes(content)
        return picture

    def missing(self, rows: Iterable[HeldOutRow]) -> list[str]:
        """Names of pictures that are not there, before anything is asked; links that may be fetched are."""
        return sorted({row.image for row in rows if not self._is_there(row)})

    def _is_there(self, row: HeldOutRow) -> bool:
        may_be_fetched = self._fetch_into is not None and row.image.startswith(_LINKS)
        return row.content is not None or may_be_fetched or self._found(row.image) is not None

    def _found(self, image: str) -> Path | None:
        folders = [*self._folders, *([self._fetch_into] if self._fetch_into else [])]
        names = [_name(image)] if image.startswith(_LINKS) else [image, _name(image)]
        files = (folder / name for folder in folders for name in names)
        return next((file for file in files if file.is_file()), None)


def _name(image: str) -> str:
    return Path(urlsplit(image).path if image.startswith(_LINKS) else image).name


def _decoded(row: HeldOutRow) -> bytes:
    try:
        return b64decode(row.content or "", validate=True)
    except (NotBase64, ValueError) as error:
        raise EvaluationRefused(f"The picture of row {row.id} is no base64.") from error


def _picture(name: str, content: bytes) -> Picture:
    try:
        with Image.open(io.BytesIO(content)) as opened:
            media_type = Image.MIME[opened.format or ""]
    except (UnidentifiedImageError, KeyError, OSError) as error:
        raise EvaluationRefused(f"The picture {name[:80]} is none.") from error
    return Picture(sha256(content).hexdigest(), content, media_type)


async def _fetched(url: str) -> bytes:
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, trust_env=True) as session,
            session.get(url) as said,
        ):
            said.raise_for_status()
            content = await said.content.read(MOST_BYTES)
    except (aiohttp.ClientError, OSError) as error:
        raise EvaluationRefused(f"The picture {url} cannot be fetched: {type(error).__name__}.") from error
    return content
