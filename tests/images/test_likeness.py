"""Pictures that look alike: copies as people and the web make them, against pictures of other things."""

import io
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image, ImageEnhance

from gap_server.demo.drawing import generate
from gap_server.images.likeness import Gallery, look_of_file
from gap_server.images.normalise import normalise

PHOTOS = sorted((Path(__file__).parent / "photos").glob("*.jpg"))


def file_of(picture: Image.Image, form: str = "PNG", **options: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def cut(picture: Image.Image) -> Image.Image:
    x, y = round(picture.width * 0.015), round(picture.height * 0.015)
    return picture.crop((x, y, picture.width - x, picture.height - y))


def smaller(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width * 3 // 4, picture.height * 3 // 4))


COPIES: dict[str, Callable[[Image.Image], bytes]] = {
    "saved anew": lambda p: file_of(p, "JPEG", quality=30),
    "smaller": lambda p: file_of(smaller(p)),
    "cut": lambda p: file_of(cut(p)),
    "brighter": lambda p: file_of(ImageEnhance.Brightness(p).enhance(1.15)),
    "darker": lambda p: file_of(ImageEnhance.Brightness(p).enhance(0.8)),
    "grey": lambda p: file_of(p.convert("L")),
    "all of it": lambda p: file_of(cut(smaller(ImageEnhance.Brightness(p).enhance(1.1))), "JPEG", quality=60),
}


@pytest.fixture(scope="module")
def pictures() -> list[Image.Image]:
    photos = [Image.open(photo).convert("RGB") for photo in PHOTOS]
    return [*photos, *(generate(pool, n)[0] for pool in ("simple", "complex") for n in range(2))]


@pytest.mark.parametrize("copied", COPIES)
def test_a_copy_looks_like_its_picture_and_like_no_other(pictures: list[Image.Image], copied: str) -> None:
    gallery = Gallery()
    for picture in pictures:
        gallery.add(normalise(file_of(picture)).look)
    for n, picture in enumerate(pictures):
        assert gallery.alike(normalise(COPIES[copied](picture)).look) == [n], copied


def test_the_file_that_is_kept_looks_like_what_was_taken_in(pictures: list[Image.Image]) -> None:
    for picture in pictures[:4]:
        kept = normalise(file_of(picture))
        gallery = Gallery()
        gallery.add(look_of_file(kept.content))
        assert gallery.alike(kept.look) == [0]


def test_different_pictures_do_not_look_alike(pictures: list[Image.Image]) -> None:
    for one, other in combinations(pictures, 2):
        gallery = Gallery()
        gallery.add(normalise(file_of(one)).look)
        assert gallery.alike(normalise(file_of(other)).look) == []


def test_a_picture_of_one_colour_looks_like_nothing() -> None:
    for colour in ("white", "navy"):
        assert normalise(file_of(Image.new("RGB", (640, 480), colour))).look == b""
    assert Gallery().alike(b"") == []


def test_a_gallery_grows() -> None:
    gallery = Gallery()
    for n in range(3000):
        gallery.add((n * 0x9E3779B97F4A7C15 % 2**256).to_bytes(32, "big"))
    gallery.add(b"\xf0" * 32)
    assert gallery.alike(b"\xf0" * 31 + b"\xf1")[0] == 3000
