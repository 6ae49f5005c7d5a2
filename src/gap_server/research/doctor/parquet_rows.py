"""A training set in Parquet, row by row."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from os import SEEK_END
from pathlib import Path
from typing import Any, Final

from gap_server.errors import DatasetUnreadable

BATCH_ROWS: Final = 100
"""As many rows, with their pictures, are in memory at a time."""

_MARK: Final = b"PAR1"
"""Every such file begins and ends with it. Looked for first: where it lacks, arro3 panics, stack and all."""


def rows(file: Path) -> Iterator[Any]:
    """Raises DatasetUnreadable."""
    from arro3.io import read_parquet  # noqa: PLC0415  # large, on demand

    if not _is_marked(file):
        raise DatasetUnreadable(f"{file} is no Parquet, or not all of it.")
    try:
        for batch in read_parquet(file, batch_size=BATCH_ROWS):
            yield from (row.as_py() for row in iter(batch.to_struct_array()))
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise DatasetUnreadable(f"{file} cannot be read as Parquet: {error}") from error
        raise


def picture(given: Mapping[str, Any]) -> str | None:
    """What stands in Hugging Face's image column: the picture itself, in base64, or else its path."""
    content = given.get("bytes")
    return b64encode(content).decode() if isinstance(content, bytes) and content else given.get("path")


def _is_marked(file: Path) -> bool:
    try:
        with file.open("rb") as content:
            if content.read(len(_MARK)) != _MARK:
                return False
            content.seek(-len(_MARK), SEEK_END)
            return content.read() == _MARK
    except OSError as error:
        raise DatasetUnreadable(f"{file} cannot be read: {error}") from error
