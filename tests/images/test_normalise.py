"""Whatever file comes in, the pictures that go out are alike."""

import gzip
import struct
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageChops, ImageCms

from gap_server.errors import ImageRefused
from gap_server.images import normalise as limits
from gap_server.images.normalise import CONTENT_BYTES, LONGEST_SIDE, NormalisedImage, normalise
from tests.images import files


def assert_like_all_others(image: NormalisedImage) -> Image.Image:
    picture = files.opened(image.content)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (image.width, image.height))
    assert max(picture.size) == LONGEST_SIDE
    assert set(picture.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not picture.getexif()
    assert len(image.content) == CONTENT_BYTES
    assert image.media_type == "image/jpeg"
    assert image.sha256 == sha256(image.content).hexdigest()
    return picture


@pytest.mark.parametrize("path", files.PHOTOS, ids=lambda path: path.name)
def test_a_photograph_comes_out_like_all_others_and_still_shows_the_same(path: Path) -> None:
    content = path.read_bytes()
    image = normalise(content)
    picture = assert_like_all_others(image)
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
    assert_like_all_others(image)
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


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_stands_upright_however_the_camera_was_held(orientation: int, kind: str) -> None:
    undone_by = [None, 0, 3, 1, 5, 2, 6, 4][orientation - 1]  # numbers of Image.Transpose
    stored = files.quarters()
    if undone_by is not None:
        stored = stored.transpose(Image.Transpose(undone_by))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    image = normalise(files.saved(stored, kind, exif=exif))
    assert (image.width, image.height) == (640, 480)
    assert files.colours_of_quarters(files.opened(image.content)) == ["red", "green", "blue", "white"]


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_broken_exif_spoils_no_picture() -> None:
    content = files.saved(files.quarters(), "JPEG", exif=b"Exif\0\0MM\0\x2a\xff\xff\xff\xff garbage")
    assert_like_all_others(normalise(content))


def test_an_orientation_that_is_no_number_is_ignored() -> None:
    said = struct.pack("<HHI4s", ExifTags.Base.Orientation, 2, 4, b"top\0")
    exif = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + said + bytes(4)
    image = normalise(files.saved(files.quarters(), "JPEG", exif=exif))
    assert files.colours_of_quarters(files.opened(image.content)) == ["red", "green", "blue", "white"]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("side", [700, 1281, 2600])
def test_a_picture_made_smaller_in_steps_is_as_good_as_made_smaller_at_once(kind: str, side: int) -> None:
    large = files.opened(files.photo("cat.jpg")).resize((side, side * 2 // 3), Image.Resampling.BICUBIC)
    image = normalise(files.saved(large, kind, quality=95))
    at_once = large.resize((image.width, image.height), Image.Resampling.LANCZOS)
    apart = ImageChops.difference(at_once, files.opened(image.content)).convert("L")
    by_row = apart.resize((1, apart.height), Image.Resampling.BOX)
    assert max(by_row.tobytes()) < 8


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("RGB", "PNG"), ("RGBA", "PNG"), ("P", "PNG"), ("P", "GIF"), ("CMYK", "JPEG"), ("RGB", "WEBP")],
)
@pytest.mark.parametrize("size", [(400, 300), (640, 480), (3001, 2251)])
def test_colours_stay_what_they_were(mode: str, kind: str, size: tuple[int, int]) -> None:
    picture = files.opened(normalise(files.saved(files.quarters(mode, size), kind)).content)
    assert files.colours_of_quarters(picture) == ["red", "green", "blue", "white"]


def test_sixteen_bits_are_scaled_rather_than_cut_off() -> None:
    picture = Image.new("I;16", (640, 480), 0x8000)
    assert _middle(normalise(files.saved(picture, "PNG"))) == pytest.approx((128, 128, 128), abs=2)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_transparent_becomes_white(kind: str) -> None:
    picture = Image.new("RGBA", (1500, 640), (0, 0, 255, 0))
    assert _middle(normalise(files.saved(picture, kind))) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_transparent_colour_of_a_palette_becomes_white(kind: str) -> None:
    picture = Image.new("P", (640, 480), 1)
    picture.putpalette([0, 0, 0, 0, 0, 255])
    assert _middle(normalise(files.saved(picture, kind, transparency=1))) == (255, 255, 255)


def test_half_transparent_is_half_white() -> None:
    picture = Image.new("LA", (640, 480), (0, 128))
    assert _middle(normalise(files.saved(picture, "PNG"))) == pytest.approx((127, 127, 127), abs=2)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_a_picture_that_moves_the_first_frame_is_taken(kind: str) -> None:
    first, second = Image.new("RGB", (640, 480), "red"), Image.new("RGB", (640, 480), "blue")
    content = files.saved(first, kind, save_all=True, append_images=[second], duration=100)
    assert files.opened(content).n_frames == 2  # type: ignore[attr-defined] # only some kinds have frames
    assert _middle(normalise(content)) == pytest.approx((255, 0, 0), abs=4)


def test_a_colour_profile_is_applied() -> None:
    """The profile's blue and green are exchanged, as a profile that says so would have it."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    green, blue = profile.index(b"gXYZ"), profile.index(b"bXYZ")
    profile[green : green + 4], profile[blue : blue + 4] = b"bXYZ", b"gXYZ"
    content = files.saved(files.quarters(), "PNG", icc_profile=bytes(profile))
    picture = files.opened(normalise(content).content)
    assert files.colours_of_quarters(picture) == ["red", "blue", "green", "white"]


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_broken_or_unfitting_colour_profile_is_ignored(mode: str) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (b"garbage", lab):
        content = files.saved(files.quarters(mode), "JPEG", icc_profile=profile)
        assert_like_all_others(normalise(content))


def _middle(image: NormalisedImage) -> object:
    return files.opened(image.content).getpixel((image.width // 2, image.height // 2))


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
    assert_like_all_others(image)


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
