"""gap-server images, as an operator types it: COCO, folders, an import that goes on, bad files named."""

import json
import os
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest
from PIL import Image

from tests.command_line import tried_in_turn
from tests.world import STOCK

PHOTOS = sorted((Path(__file__).parents[1] / "images" / "photos").glob("*.jpg"))
PROGRAM = Path(sys.executable).with_name("gap-server")


def gap_server(url: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "GAP_DATABASE_URL": url, "COLUMNS": "200"},
    )


async def rows(url: str, where: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    found = await connection.fetch(f"select * from app.image where {where} order by source")  # noqa: S608  # conditions of this file
    await connection.close()
    return list(found)


@pytest.fixture
def coco(tmp_path: Path) -> tuple[Path, Path]:
    """Two photographs, one with three objects and one with four, one without any, one that is not there."""
    folder = tmp_path / "train"
    folder.mkdir()
    names = ["simple.jpg", "complex.jpg", "empty.jpg"]
    for name, photo in zip(names, PHOTOS, strict=False):
        (folder / name).write_bytes(photo.read_bytes())
    objects = {1: 3, 2: 4, 4: 1}
    annotations = tmp_path / "instances.json"
    document = {
        "licenses": [{"id": 1, "name": "CC0", "url": "https://example.org/cc0"}],
        "images": [
            {"id": n, "file_name": name, "license": 1, "width": 640, "height": 480}
            for n, name in enumerate([*names, "missing.jpg"], start=1)
        ],
        "annotations": [
            {"id": 10 * image + n, "image_id": image, "category_id": 1, "iscrowd": 0}
            for image, count in objects.items()
            for n in range(count)
        ],
        "categories": [{"id": 1, "name": "dog"}],
    }
    annotations.write_text(json.dumps(document))
    return annotations, folder


async def test_coco_goes_to_both_pools_by_object_count_and_an_import_goes_on(
    database_url: str, coco: tuple[Path, Path]
) -> None:
    first = gap_server(database_url, "images", "import-coco", *coco)
    assert first.returncode == 0, first.stderr
    assert "missing.jpg: there is no such file" in first.stderr
    assert "1 pictures without objects are left out" in first.stderr
    taken = await rows(database_url, "source not like 'demo%'")
    assert {(row["pool"], row["object_count"]) for row in taken} == {("simple", 3), ("complex", 4)}
    assert all(row["licence"].startswith("CC0") and max(row["width"], row["height"]) == 640 for row in taken)
    again = gap_server(database_url, "images", "import-coco", *coco)
    assert "2 known, 1 missing" in again.stderr
    assert len(await rows(database_url, "source not like 'demo%'")) == 2


async def test_a_folder_goes_to_one_pool_and_the_same_picture_is_taken_once(
    database_url: str, tmp_path: Path
) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("a.jpg", "deep/b.jpg"):
        (tmp_path / name).write_bytes(PHOTOS[0].read_bytes())
    (tmp_path / "c.jpg").write_bytes(b"not a picture")
    done = gap_server(database_url, "images", "add", tmp_path, "--pool", "complex", "--licence", "CC0")
    assert done.returncode == 0, done.stderr
    assert "1 added, 1 duplicate, 1 refused" in done.stderr
    assert "skipped" in done.stderr
    assert "c.jpg" in done.stderr


async def test_a_picture_that_looks_like_one_that_is_there_is_said(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(PHOTOS[0].read_bytes())
    with Image.open(PHOTOS[0]) as photo:
        photo.convert("RGB").resize((photo.width * 3 // 4, photo.height * 3 // 4)).save(tmp_path / "b.png")
    done = gap_server(database_url, "images", "add", tmp_path, "--pool", "complex", "--licence", "CC0")
    assert done.returncode == 0, done.stderr
    assert "b.png looks like a.jpg" in done.stderr
    assert "2 added" in done.stderr
    assert "1 of them look like pictures that were there" in done.stderr
    again = gap_server(database_url, "images", "compare")
    assert "0 pictures compared" in again.stderr


async def test_a_retired_image_is_listed_and_dealt_no_more(database_url: str) -> None:
    listed = gap_server(database_url, "images", "list").stdout.splitlines()
    assert len(listed) == sum(STOCK.values())
    image_id = listed[0].split()[0]
    assert gap_server(database_url, "images", "retire", image_id).returncode == 0
    assert "retired" in gap_server(database_url, "images", "list").stdout.splitlines()[0]
    unknown = gap_server(database_url, "images", "retire", "00000000-0000-4000-8000-000000000000")
    assert unknown.returncode == 2
    assert "There is no image" in unknown.stderr


CANNOT = [
    (["images", "import-coco", "/nowhere.json", "/nowhere"], "cannot be read"),
    (["images", "add", "/nowhere", "--pool", "simple", "--licence", "x"], "cannot be read"),
    (["images", "add", "/nowhere", "--pool", "simple", "--licence", " "], "without a licence"),
    (["players", "show", "9" * 30], "TELEGRAM_ID"),
    (["players", "show", "77"], "No player has the Telegram id 77"),
    (["vlm", "probe"], "GAP_VLM_URLS is missing"),
]


async def test_what_cannot_be_done_is_one_sentence(database_url: str, tmp_path: Path) -> None:
    settings = {"GAP_DATABASE_URL": database_url, "COLUMNS": "200"}
    outcomes = tried_in_turn(tmp_path, *[(arguments, settings) for arguments, _ in CANNOT])
    for (arguments, told), (status, said) in zip(CANNOT, outcomes, strict=True):
        assert status == 2, arguments
        assert told in said, arguments
        assert "Traceback" not in said, arguments
