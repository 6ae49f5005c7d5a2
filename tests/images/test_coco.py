"""COCO's annotation files become candidates of the two pools."""

import json
from pathlib import Path
from typing import Any

import pytest

from gap_server.errors import ImageRefused
from gap_server.game.state import Pool
from gap_server.images.candidate import Candidate
from gap_server.images.coco import CocoPictures, read_coco


def _file(objects: dict[int, int], **other: object) -> dict[str, Any]:
    """An instances file, cut down to its parts: image id to the number of its objects."""
    return {
        "info": {"year": 2017},
        "licenses": [{"id": 4, "name": "Attribution License", "url": "http://creativecommons.org/by/2.0/"}],
        "categories": [{"supercategory": "animal", "id": 18, "name": "dog"}],
        "images": [
            {
                "id": name,
                "license": 4,
                "file_name": f"{name:012d}.jpg",
                "coco_url": f"http://images/{name}.jpg",
            }
            for name in objects
        ],
        "annotations": [
            {
                "id": 10 * name + n,
                "image_id": name,
                "category_id": 18,
                "iscrowd": 0,
                "segmentation": [[1.5, 2]],
            }
            for name, number in objects.items()
            for n in range(number)
        ],
    } | other


def _read(tmp_path: Path, text: str, **options: int) -> CocoPictures:
    path = tmp_path / "instances.json"
    path.write_text(text, encoding="utf-8")
    return read_coco(path, tmp_path / "val2017", **options)


def _pools(pictures: CocoPictures) -> dict[str, str]:
    return {candidate.path.stem.lstrip("0"): candidate.pool.value for candidate in pictures.candidates}


def test_fewer_than_four_objects_are_simple_as_in_the_paper(tmp_path: Path) -> None:
    pictures = _read(tmp_path, json.dumps(_file({1: 1, 2: 3, 3: 4, 4: 30})))
    assert _pools(pictures) == {"1": "simple", "2": "simple", "3": "complex", "4": "complex"}


def test_the_border_can_be_moved(tmp_path: Path) -> None:
    pictures = _read(tmp_path, json.dumps(_file({1: 1, 2: 2})), simple_below=2)
    assert _pools(pictures) == {"1": "simple", "2": "complex"}


def test_a_crowd_is_complex(tmp_path: Path) -> None:
    whole = _file({1: 1, 2: 1})
    whole["annotations"][0]["iscrowd"] = 1
    assert _pools(_read(tmp_path, json.dumps(whole))) == {"1": "complex", "2": "simple"}


def test_pictures_without_objects_are_left_out_and_counted(tmp_path: Path) -> None:
    pictures = _read(tmp_path, json.dumps(_file({1: 0, 2: 1, 3: 0})))
    assert (_pools(pictures), pictures.without_objects) == ({"2": "simple"}, 2)


def test_a_candidate_says_where_it_is_from_and_under_which_licence(tmp_path: Path) -> None:
    (found,) = _read(tmp_path, json.dumps(_file({7: 2}))).candidates
    assert found == Candidate(
        tmp_path / "val2017" / "000000000007.jpg",
        Pool.SIMPLE,
        "Attribution License http://creativecommons.org/by/2.0/",
        "http://images/7.jpg",
        object_count=2,
        categories={"dog": 2},
        coco_image_id=7,
        simple_below=4,
    )


def test_a_licence_that_is_not_named_is_unknown(tmp_path: Path) -> None:
    (found,) = _read(tmp_path, json.dumps(_file({7: 1}, licenses=[]))).candidates
    assert found.licence == "unknown"


def test_pictures_whose_names_lead_out_of_the_folder_are_named_and_the_rest_is_taken(tmp_path: Path) -> None:
    whole = _file({1: 1, 2: 1, 3: 1})
    whole["images"][0]["file_name"] = "../../etc/passwd"
    whole["images"][1]["file_name"] = "/etc/passwd"
    pictures = _read(tmp_path, json.dumps(whole))
    assert pictures.outside == ("../../etc/passwd", "/etc/passwd")
    assert _pools(pictures) == {"3": "simple"}


@pytest.mark.parametrize("indent", [None, 2])
def test_parts_may_come_in_any_order_and_spacing(tmp_path: Path, indent: int | None) -> None:
    whole = _file({3: 5, 1: 1})
    turned = dict(reversed(whole.items()))
    text = json.dumps(turned, indent=indent)
    assert _read(tmp_path, "\ufeff" + text) == _read(tmp_path, json.dumps(whole))


@pytest.mark.parametrize(
    ("other", "fault"),
    [
        ({"annotations": [{"image_id": 1, "caption": "A cat."}]}, "captions"),
        ({"annotations": [{"image_id": 1, "category_id": 1, "keypoints": [0]}]}, "keypoints"),
        ({"annotations": [{"category_id": 1}]}, "no image_id"),
        ({"annotations": []}, "no annotations"),
        ({"annotations": [3]}, "not an array of objects"),
        ({"images": []}, "no images"),
        ({"images": [{"id": 1}]}, "no file_name"),
        ({"images": [{"file_name": "a.jpg"}]}, "no id"),
    ],
)
def test_a_file_about_something_else_is_refused(tmp_path: Path, other: dict[str, Any], fault: str) -> None:
    with pytest.raises(ImageRefused, match=f"instances.json is not a COCO instances file: .*{fault}"):
        _read(tmp_path, json.dumps(_file({1: 1}, **other)))


@pytest.mark.parametrize("text", ["", "{", "[]", "hello", json.dumps(_file({1: 9}))[:-40]])
def test_a_broken_file_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ImageRefused, match="not a COCO instances file"):
        _read(tmp_path, text)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "annotations.zip"
    path.write_bytes(b"PK\x03\x04\xff\xfe\xfd")
    with pytest.raises(ImageRefused, match="not a COCO instances file"):
        read_coco(path, tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImageRefused, match=r"nowhere\.json cannot be read: No such file"):
        read_coco(tmp_path / "nowhere.json", tmp_path)
