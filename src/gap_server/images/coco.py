"""COCO's `instances_*.json`: which pictures there are, under which licence, and how many objects each shows.

As in the paper (arXiv 2410.04038, section 3), pictures with fewer than four objects are simple. Counted are
annotations. Two cases the paper leaves open: a crowd (`iscrowd`) stands for more objects than were worth
outlining, so its picture is complex however few annotations it has; and a picture with no object gives
nothing to ask about, so it is left out, and how many were is told.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from gap_server.errors import ImageRefused
from gap_server.game.state import Pool
from gap_server.images.candidate import UNKNOWN_LICENCE, Candidate
from gap_server.images.json_stream import members

SIMPLE_BELOW = 4
"""Objects."""


@dataclass(frozen=True, slots=True)
class CocoPictures:
    """`candidates` in the file's order; `without_objects` pictures were left out, and so were the `outside`
    ones: their names lead out of the pictures' folder.
    """

    candidates: tuple[Candidate, ...]
    without_objects: int
    outside: tuple[str, ...]


def read_coco(annotations: Path, images_dir: Path, *, simple_below: int = SIMPLE_BELOW) -> CocoPictures:
    """The pictures that an annotation file speaks of, as files of a folder. Opens none of them.

    Takes 15 s and 100 MB for train2017. Raises ImageRefused where the file cannot be read, is broken, or is
    not about instances: captions, keypoints and panoptic files count other things than objects.
    """
    index = _Index()
    try:
        with annotations.open(encoding="utf-8-sig") as file:
            for key, value in members(file):
                index.take(key, value)
        return index.pictures(images_dir, simple_below)
    except OSError as error:
        raise ImageRefused(f"{annotations} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise ImageRefused(f"{annotations} is not a COCO instances file: {error}") from error


class _Picture(NamedTuple):
    file_name: str
    licence: int | str | None
    url: str | None


class _Index:
    """What is kept of an annotation file. Its arrays may come in any order."""

    def __init__(self) -> None:
        self._licences: dict[int | str | None, str] = {}
        self._pictures: dict[int | str, _Picture] = {}
        self._categories: dict[int | str, str] = {}
        self._objects: defaultdict[int | str, Counter[int | str]] = defaultdict(Counter)
        self._crowded: set[int | str] = set()
        self._take = {
            "licenses": self._licence,
            "categories": self._category,
            "images": self._picture,
            "annotations": self._annotation,
        }
        self._found: set[str] = set()
        self._outside: list[str] = []

    def take(self, key: str, value: Any) -> None:
        if key not in self._take:
            return
        self._found.add(key)
        if not isinstance(value, dict):
            raise ValueError(f"its {key} are not an array of objects")  # noqa: TRY004 - the file is wrong
        self._take[key](value)

    def pictures(self, images_dir: Path, simple_below: int) -> CocoPictures:
        for key in ("images", "annotations"):
            if key not in self._found:
                raise ValueError(f"it has no {key}")
        shown = {name: picture for name, picture in self._pictures.items() if name in self._objects}
        return CocoPictures(
            candidates=tuple(
                Candidate(
                    path=images_dir / picture.file_name,
                    pool=self._pool(name, simple_below),
                    licence=self._licences.get(picture.licence, UNKNOWN_LICENCE),
                    source=picture.url or picture.file_name,
                    object_count=self._objects[name].total(),
                    categories=self._named(self._objects[name]),
                    coco_image_id=name if isinstance(name, int) else None,
                    simple_below=simple_below,
                )
                for name, picture in shown.items()
            ),
            without_objects=len(self._pictures) - len(shown),
            outside=tuple(self._outside),
        )

    def _pool(self, name: int | str, simple_below: int) -> Pool:
        simple = self._objects[name].total() < simple_below and name not in self._crowded
        return Pool.SIMPLE if simple else Pool.COMPLEX

    def _named(self, objects: Counter[int | str]) -> dict[str, int]:
        """Counts by the categories' names; a category that the file does not name goes by its number."""
        return {self._categories.get(category, str(category)): n for category, n in objects.items()}

    def _category(self, value: dict[str, Any]) -> None:
        self._categories[_name_of(value, "id")] = str(value.get("name") or value["id"])

    def _licence(self, value: dict[str, Any]) -> None:
        text = " ".join(f"{value[part]}" for part in ("name", "url") if value.get(part))
        self._licences[_name_of(value, "id")] = text or UNKNOWN_LICENCE

    def _picture(self, value: dict[str, Any]) -> None:
        file_name = value.get("file_name")
        if not isinstance(file_name, str) or not file_name:
            raise ValueError("a picture has no file_name")
        path = PurePosixPath(file_name)
        if path.is_absolute() or ".." in path.parts:
            self._outside.append(file_name)
            return
        licence, url = value.get("license"), value.get("coco_url")
        self._pictures[_name_of(value, "id")] = _Picture(
            file_name,
            licence if isinstance(licence, int | str) else None,
            url if isinstance(url, str) else None,
        )

    def _annotation(self, value: dict[str, Any]) -> None:
        if "category_id" not in value or "keypoints" in value:
            raise ValueError("its annotations are not of objects (is it a captions or keypoints file?)")
        name = _name_of(value, "image_id")
        self._objects[name][_name_of(value, "category_id")] += 1
        if value.get("iscrowd"):
            self._crowded.add(name)


def _name_of(value: dict[str, Any], key: str) -> int | str:
    name = value.get(key)
    if not isinstance(name, int | str):
        raise ValueError(f"something in it has no {key}")  # noqa: TRY004 - the file is wrong, not a caller
    return name
