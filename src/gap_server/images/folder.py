"""Pictures of a plain folder."""

import os
from collections.abc import Iterator
from pathlib import Path

from gap_server.errors import ImageRefused
from gap_server.game.state import Pool
from gap_server.images.candidate import Candidate


def folder_candidates(folder: Path, *, pool: Pool, licence: str) -> Iterator[Candidate]:
    """Every file of the folder and of the folders in it, in the order of their names, but for hidden ones.

    Not by suffix: what is no picture is named when it is opened. Links to folders are not followed, for they
    may lead back. Raises ImageRefused, before the first candidate, where the folder itself cannot be read.
    """
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise ImageRefused(f"{folder} cannot be read: {error.strerror}") from error
    return _below(folder, folder, pool, licence)


def _below(folder: Path, top: Path, pool: Pool, licence: str) -> Iterator[Candidate]:
    for entry in _entries(folder):
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            yield from _below(path, top, pool, licence)
        else:
            yield Candidate(path, pool, licence, source=path.relative_to(top).as_posix())


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        shown = [entry for entry in entries if not entry.name.startswith(".")]
    return sorted(shown, key=lambda entry: entry.name)
