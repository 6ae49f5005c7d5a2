"""A plain folder's files become candidates, in one order."""

from pathlib import Path

import pytest

from gap_server.errors import ImageRefused
from gap_server.game.state import Pool
from gap_server.images.candidate import Candidate
from gap_server.images.folder import folder_candidates


def _refs(folder: Path) -> list[str]:
    return [found.source for found in folder_candidates(folder, pool=Pool.SIMPLE, licence="CC0")]


def _write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


def test_files_come_in_the_order_of_their_names_with_those_of_folders(tmp_path: Path) -> None:
    _write(tmp_path, "b.jpg", "a/2.png", "a/10.png", "c/d/e.webp", "B.jpg", "notes.txt")
    assert _refs(tmp_path) == ["B.jpg", "a/10.png", "a/2.png", "b.jpg", "c/d/e.webp", "notes.txt"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    _write(tmp_path, ".DS_Store", ".thumbnails/a.jpg", "a.jpg")
    assert _refs(tmp_path) == ["a.jpg"]


def test_a_candidate_carries_what_the_operator_said(tmp_path: Path) -> None:
    _write(tmp_path, "a.jpg")
    (found,) = folder_candidates(tmp_path, pool=Pool.COMPLEX, licence="CC BY 4.0, Ann")
    assert found == Candidate(tmp_path / "a.jpg", Pool.COMPLEX, "CC BY 4.0, Ann", "a.jpg")


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    _write(tmp_path, "a/b.jpg")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    assert _refs(tmp_path) == ["a/b.jpg", "a/up"]


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_a_folder_that_is_none_is_named_at_once(tmp_path: Path, name: str) -> None:
    _write(tmp_path, "file")
    with pytest.raises(ImageRefused, match=f"{name} cannot be read"):
        folder_candidates(tmp_path / name, pool=Pool.SIMPLE, licence="CC0")
