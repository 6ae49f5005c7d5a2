"""An import goes through any folder, and says of each file what became of it."""

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gap_server.game.state import Pool
from gap_server.images.candidate import Candidate
from gap_server.images.folder import folder_candidates
from gap_server.images.intake import Prepared, Skipped, SkipReason, prepare
from gap_server.images.normalise import normalise
from tests.images import files


def _candidate(path: Path) -> Candidate:
    return Candidate(path, Pool.SIMPLE, "CC0", path.name)


def _prepared(*paths: Path, known: frozenset[str] = frozenset()) -> list[Prepared | Skipped]:
    return list(prepare([_candidate(path) for path in paths], known_sources=known))


def _skipped(path: Path) -> Skipped:
    (result,) = _prepared(path)
    assert isinstance(result, Skipped)
    return result


def test_photographs_are_prepared_in_order() -> None:
    results = list(prepare(map(_candidate, files.PHOTOS), known_sources=frozenset()))
    assert [result.candidate.path for result in results] == files.PHOTOS
    for result in results:
        assert isinstance(result, Prepared)
        assert result.image == normalise(result.candidate.path.read_bytes())


def test_every_file_of_a_wild_folder_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    cat = files.photo("cat.jpg")
    for name, content in {
        "a-cat.jpg": cat,
        "b-empty.jpg": b"",
        "c-text.jpg": b"this is not a picture",
        "d-cut.jpg": cat[:20_000],
        "e-bomb.png": files.png_of_zeros(10_250, 10_250),
        "f-the-same-cat.jpg": cat,
        "z-coffee.png": files.photo("coffee.png"),
    }.items():
        (tmp_path / name).write_bytes(content)
    os.mkfifo(tmp_path / "g-pipe.jpg")
    (tmp_path / "h-loop.jpg").symlink_to("h-loop.jpg")
    (tmp_path / "i-folder.jpg").mkdir()
    (tmp_path / "j-nowhere.jpg").symlink_to("nothing")
    (tmp_path / "k-folder-link.jpg").symlink_to(tmp_path / "i-folder.jpg")

    found = folder_candidates(tmp_path, pool=Pool.SIMPLE, licence="CC0")
    results = list(prepare(found, known_sources=frozenset()))
    assert [(result.candidate.source, _outcome(result)) for result in results] == [
        ("a-cat.jpg", "prepared"),
        ("b-empty.jpg", "refused: the file is empty"),
        ("c-text.jpg", "refused: the file is not a JPEG, PNG, WebP or GIF picture, or its head is broken"),
        ("d-cut.jpg", "refused: the picture is cut short"),
        ("e-bomb.png", "refused: the picture has more than 50 million pixels"),
        ("f-the-same-cat.jpg", f"duplicate: the file is the same as {tmp_path / 'a-cat.jpg'}"),
        ("g-pipe.jpg", "unreadable: not a file"),
        ("h-loop.jpg", f"unreadable: the file cannot be read: {os.strerror(40)}"),
        ("j-nowhere.jpg", "missing: there is no such file"),
        ("k-folder-link.jpg", "unreadable: not a file"),
        ("z-coffee.png", "prepared"),
    ]


def _outcome(result: Prepared | Skipped) -> str:
    return "prepared" if isinstance(result, Prepared) else f"{result.reason}: {result.detail}"


def test_a_file_that_a_candidate_names_may_be_missing_or_a_folder(tmp_path: Path) -> None:
    assert _skipped(tmp_path / "nowhere.jpg").reason == SkipReason.MISSING
    assert _skipped(tmp_path).reason == SkipReason.UNREADABLE


def test_a_file_that_may_not_be_read_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "secret.jpg"
    path.write_bytes(files.photo("cat.jpg"))
    path.chmod(0)
    with _nobody():
        skipped = _skipped(path)
    assert (skipped.reason, skipped.detail) == (
        SkipReason.UNREADABLE,
        "the file cannot be read: Permission denied",
    )


@contextmanager
def _nobody() -> Iterator[None]:
    """Root may read everything, so it steps aside: this thread alone, the others have work of their own."""
    if os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("root cannot step aside here in one thread alone")
    become = ctypes.CDLL(None).setfsuid
    become(65534)
    try:
        yield
    finally:
        become(0)


def test_an_import_that_was_interrupted_goes_on_without_decoding_again() -> None:
    first = _prepared(*files.PHOTOS[:3])
    known = frozenset(result.image.source_sha256 for result in first if isinstance(result, Prepared))
    again = _prepared(*files.PHOTOS, known=known)
    assert [_outcome(result) for result in again] == [
        *["known: the picture is in the catalogue already"] * 3,
        *["prepared"] * (len(files.PHOTOS) - 3),
    ]


def test_no_more_is_read_ahead_than_twice_the_threads(tmp_path: Path) -> None:
    taken = 0

    def counted() -> Iterator[Candidate]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield _candidate(tmp_path / f"{number}.jpg")

    results = prepare(counted(), known_sources=frozenset(), workers=3)
    next(results)
    assert taken == 6
    next(results)
    assert taken == 7


def test_stopping_early_leaves_no_thread_behind() -> None:
    results = prepare(map(_candidate, files.PHOTOS), known_sources=frozenset())
    next(results)
    results.close()  # type: ignore[attr-defined] # an iterator to its callers, and here a generator
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("normalise")]
