"""Whatever file comes in, the pictures that go out are alike."""

import gzip
import struct
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from gap_server.demo.drawing import generate
from gap_server.errors import ImageRefused
from gap_server.images import normalise as limits
from gap_server.images.normalise import (
    CONTENT_BYTES,
    LONGEST_SIDE,
    normalise,
    normalise_drawing,
)
from tests.images import files


@pytest.mark.parametrize("path", files.PHOTOS, ids=lambda path: path.name)
def test_a_photograph_comes_out_like_all_others_and_still_shows_the_same(path: Path) -> None:
    content = path.read_bytes()
    image = normalise(content)
    picture = files.assert_like_all_others(image)
    assert image.source_sha256 == sha256(content).hexdigest()

    turned = files.opened(content).convert("RGB")
    if "side" in path.name:
        turned = turned.transpose(Image.Transpose.ROTATE_270)
    alike = zip(_thumbnail(turned), _thumbnail(picture), strict=True)
    assert sum(abs(one - other) for one, other in alike) / (3 * 16 * 16) < 3


def _thumbnail(picture: Image.Image) -> bytes:
    return picture.resize((16, 16), Image.Resampling.BOX).tobytes()


def test_the_same_file_gives_the_same_picture_every_time() -> None:
    content = files.photo("cat.jpg")
    assert normalise(content) == normalise(content)


@settings(deadline=None, max_examples=60)
@given(
    mode=st.sampled_from(["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"]),
    size=st.tuples(st.integers(320, 2000), st.integers(320, 2000)),
    data=st.data(),
)
def test_a_picture_of_any_size_and_mode_comes_out_like_all_others(
    mode: str, size: tuple[int, int], data: st.DataObject
) -> None:
    kinds = {
        "CMYK": ["JPEG"],
        "L": ["JPEG", "PNG", "GIF"],
        "RGB": ["JPEG", "PNG", "WEBP"],
        "P": ["PNG", "GIF"],
    }
    kind = data.draw(st.sampled_from(kinds.get(mode, ["PNG"])))
    picture = Image.new(mode, size)
    image = normalise(files.saved(picture, kind))
    files.assert_like_all_others(image)
    ratio = size[0] / size[1]
    assert (image.width, image.height) in {
        (LONGEST_SIDE, round(LONGEST_SIDE / ratio)),
        (round(LONGEST_SIDE * ratio), LONGEST_SIDE),
    }
    again = normalise(image.content)
    assert (again.width, again.height) == (image.width, image.height)


def test_the_two_pools_look_alike_as_files() -> None:
    """Up to the pixels, all that differs between any two files is the shorter side."""
    plain = files.saved(Image.new("L", (320, 320), 200), "PNG")
    sources = [path.read_bytes() for path in files.PHOTOS] + [plain]
    heads = [files.jpeg_segments(normalise(content).content) for content in sources]
    for head in heads:
        (frame,) = [body for marker, body in head if marker == files.START_OF_FRAME]
        assert LONGEST_SIDE in struct.unpack(">xHH", frame[:5])
    assert len({_without_sides(head) for head in heads}) == 1


def test_neither_size_nor_packing_tells_a_busy_picture_from_an_empty_one() -> None:
    snow = Image.frombytes("RGB", (640, 640), Random(1).randbytes(640 * 640 * 3))
    empty = Image.new("RGB", (640, 640), "white")
    packed = [len(gzip.compress(normalise(files.saved(one, "PNG")).content)) for one in (snow, empty)]
    assert all(0.9 * CONTENT_BYTES < size < 1.01 * CONTENT_BYTES for size in packed)


@given(st.integers(4, 70_000))
def test_a_file_is_filled_to_the_byte_whatever_it_lacks(missing: int) -> None:
    bare = b"\xff\xd8" + bytes(CONTENT_BYTES - missing - 4) + b"\xff\xd9"
    filled = limits._filled(bare)
    assert len(filled) == CONTENT_BYTES
    at = len(bare) - 2
    while filled[at : at + 2] == b"\xff\xfe":
        at += 2 + int.from_bytes(filled[at + 2 : at + 4], "big")
    assert filled[at:] == b"\xff\xd9"


def _without_sides(head: list[tuple[int, bytes]]) -> bytes:
    return b"".join(
        bytes([marker]) + (body[:1] + body[5:] if marker == files.START_OF_FRAME else body)
        for marker, body in head
    )


REFUSED = {
    "nothing": (b"", "is empty"),
    "text": (b"Dear operator, this is no picture.\n" * 100, "not a JPEG, PNG, WebP or GIF"),
    "bmp": (files.saved(files.quarters(), "BMP"), "not a JPEG, PNG, WebP or GIF"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"/>', "not a JPEG"),
    "a head alone": (files.photo("cat.jpg")[:100], "cut short"),
    "a broken head": (b"\xff\xd8\xff\xe0" + bytes(1000), "head is broken"),
    "half a JPEG": (files.photo("cat.jpg")[:17_000], "cut short"),
    "half a PNG": (files.photo("coffee.png")[:50_000], "cut short"),
    "half a GIF": (files.saved(files.quarters(), "GIF")[:2000], "cut short"),
    "a broken PNG": (b"I\0\0T".join(files.photo("coffee.png").rsplit(b"IDAT", 1)), "broken"),
    "half a WebP": (files.photo("astronaut.webp")[:14_000], "broken"),
    "small": (files.saved(Image.new("RGB", (319, 200)), "PNG"), "too small: 319 x 200"),
    "narrow": (files.saved(Image.new("RGB", (640, 40)), "PNG"), "too narrow: 640 x 40"),
    "100 million pixels in 12 kB": (files.png_of_zeros(10_250, 10_250), "more than 50 million pixels"),
    "400 million pixels in 48 kB": (files.png_of_zeros(20_000, 20_000), "more than 50 million pixels"),
    "60 million pixels in 7 kB": (files.png_of_zeros(7800, 7800), "more than 50 million pixels"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_and_the_cause_is_named(name: str) -> None:
    content, cause = REFUSED[name]
    with pytest.raises(ImageRefused, match=cause):
        normalise(content)


def test_a_file_over_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SOURCE_BYTES", 2**20)
    with pytest.raises(ImageRefused, match="larger than 1 MiB"):
        normalise(files.photo("cat.jpg") + bytes(2**20))


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # what Pillow finds odd in a file's metadata
@settings(deadline=None, max_examples=200)
@given(
    name=st.sampled_from([path.name for path in files.PHOTOS]),
    spoilt=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8
    ),
    reach=st.sampled_from([600, 30_000]),
)
def test_garbage_in_a_file_gives_a_picture_or_a_refusal(
    name: str, spoilt: list[tuple[float, int]], reach: int
) -> None:
    content = bytearray(files.photo(name))
    for place, value in spoilt:
        content[int(place * min(reach, len(content)))] = value
    try:
        image = normalise(bytes(content))
    except ImageRefused:
        return
    files.assert_like_all_others(image)


MEASURED = """
import resource, sys
from gap_server.images.normalise import normalise
content = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    normalise(content)
except Exception as error:
    print(error, file=sys.stderr)
unit = 1 if sys.platform == "darwin" else 1024
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * unit)
"""


@pytest.mark.parametrize(
    ("content", "most_mb"),
    [
        (files.png_of_zeros(20_000, 20_000), 10),
        (files.png_of_zeros(10_250, 10_250), 10),
        (files.png_of_zeros(7070, 7070, bits=8, colour_type=6), 280),
    ],
    ids=["400 million pixels", "105 million pixels", "the most that is taken"],
)
def test_memory_stays_bounded_whatever_a_file_unfolds_to(content: bytes, most_mb: int) -> None:
    ran = subprocess.run([sys.executable, "-c", MEASURED], input=content, capture_output=True, check=True)
    assert int(ran.stdout) < most_mb * 2**20


@pytest.mark.parametrize("pool", ["simple", "complex"])
def test_a_drawing_need_not_become_a_file_first(pool: Literal["simple", "complex"]) -> None:
    picture, _ = generate(pool, 3)
    assert normalise_drawing(picture, "00").content == normalise(files.saved(picture, "PNG")).content
