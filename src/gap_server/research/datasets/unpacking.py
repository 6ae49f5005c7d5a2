"""A data set as a researcher has it: the folder, or the tar file that the API sent."""

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from gap_server.errors import DatasetUnreadable


@contextmanager
def as_folder(given: Path) -> Iterator[Path]:
    """Its folder; a tar file's is there for as long as the context lasts.

    Raises DatasetUnreadable for a file that is no such tar, or one that would write elsewhere.
    """
    if not given.is_file():
        yield given
        return
    with TemporaryDirectory(prefix="gap-dataset-") as aside:
        yield _unpacked(given, Path(aside))


def _unpacked(packed: Path, into: Path) -> Path:
    """Uncompressed alone, as it is sent: so what it takes on the disk is what the file takes."""
    try:
        with tarfile.open(packed, mode="r:") as packing:
            packing.extractall(into, filter="data")
    except (OSError, tarfile.TarError) as error:
        raise DatasetUnreadable(f"{packed} is no data set packed as tar: {error}") from error
    folders = list(into.iterdir())
    if len(folders) != 1 or not folders[0].is_dir():
        raise DatasetUnreadable(f"{packed} is no data set packed as tar: it does not hold one folder.")
    return folders[0]
