"""A picture looks as its file meant it to: upright, in its colours, on white, its first frame."""

import struct

import pytest
from PIL import ExifTags, Image, ImageChops, ImageCms

from gap_server.images.normalise import NormalisedImage, normalise
from tests.images import files


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
    files.assert_like_all_others(normalise(content))


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
        files.assert_like_all_others(normalise(content))


def _middle(image: NormalisedImage) -> object:
    return files.opened(image.content).getpixel((image.width // 2, image.height // 2))
