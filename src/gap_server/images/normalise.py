"""Every picture of the catalogue goes through here, whichever pool it is for, and comes out looking the same.

A player who could tell the pools apart by anything but what a picture shows would know which answers to
distrust. So the longest side is the same for all (a small picture is scaled up), and so are the format and
the file's size; nothing is kept of where it came from.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random

from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError

from gap_server.errors import ImageRefused
from gap_server.images.likeness import look_of

LONGEST_SIDE = 640
"""Pixels. COCO's own longest side, so that most of its pictures are not scaled at all."""

SMALLEST_LONGEST_SIDE = LONGEST_SIDE // 2
"""Pixels. Below it a picture would be scaled up more than twice, and its blur would give it away."""

SMALLEST_SHORTEST_SIDE = 48
"""Pixels, after scaling. COCO has strips of 640 x 51; on anything thinner there is nothing to ask about."""

MAX_SOURCE_BYTES = 64 * 2**20
MAX_SOURCE_PIXELS = 50_000_000
"""What a good phone takes. Unfolded, at four bytes a pixel, it is 200 MB; a file of 7 kB can ask for that."""

CONTENT_BYTES = 80 * 2**10
"""Every picture's file is of this size: the quality is chosen to stay below it, and noise fills it up."""

JPEG_QUALITY = 85
"""At most. Most photographs fit with it; busier ones get what fits."""

LOWEST_QUALITY = 5
"""Television snow fits with it; a lower one would show blocks and no picture."""

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
"""What cameras, screens and the web save. Each further decoder (TIFF has dozens inside) is one more that an
operator's downloads may break into; of a picture that moves the first frame is taken."""

_BAND_ROWS = 128

_TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation: what undoes it."""

# Pillow only warns at twice our limit and beyond; here it must stop.
warnings.simplefilter("error", Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class NormalisedImage:
    """`sha256` is of `content`, `source_sha256` of the file it was made from, in hex. Sides are in pixels."""

    content: bytes = field(repr=False)
    sha256: str
    source_sha256: str
    width: int
    height: int
    look: bytes
    """See `likeness`."""
    media_type: str = "image/jpeg"


def normalise(content: bytes) -> NormalisedImage:
    """The picture in a file's bytes, made like all others. The same bytes give the same picture.

    Raises ImageRefused, with a sentence on what is wrong with the file.
    """
    if not content:
        raise ImageRefused("the file is empty")
    if len(content) > MAX_SOURCE_BYTES:
        raise ImageRefused(f"the file is larger than {MAX_SOURCE_BYTES // 2**20} MiB")
    with _decoding(), Image.open(io.BytesIO(content), formats=_FORMATS) as source:
        size = _final_size(*source.size)
        # A JPEG can be decoded at a fraction of its size, for a fraction of the time and memory.
        source.draft(None, (2 * size[0], 2 * size[1]))
        source.load()
        picture = _on_white(_scaled(source, size), source.info.get("icc_profile"))
        return _packed(_upright(picture, _orientation(source)), sha256(content).hexdigest())


def normalise_drawing(picture: Image.Image, source_sha256: str) -> NormalisedImage:
    """The same for a picture in colours that was drawn here. It need not become a file first, which takes as
    long as all of this."""
    scaled = _scaled(picture, _final_size(*picture.size))
    return _packed(_on_white(scaled, icc_profile=None), source_sha256)


def _packed(picture: Image.Image, source_sha256: str) -> NormalisedImage:
    encoded = _encoded(picture)
    return NormalisedImage(
        content=encoded,
        sha256=sha256(encoded).hexdigest(),
        source_sha256=source_sha256,
        width=picture.width,
        height=picture.height,
        look=look_of(picture),
    )


@contextmanager
def _decoding() -> Iterator[None]:
    try:
        yield
    except ImageRefused:
        raise
    except UnidentifiedImageError:
        raise ImageRefused(
            "the file is not a JPEG, PNG, WebP or GIF picture, or its head is broken"
        ) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ImageRefused(_too_many_pixels()) from None
    except Exception as error:
        # Decoders fed with garbage raise anything: struct.error, SyntaxError, KeyError.
        if "truncated" in str(error).lower():
            raise ImageRefused("the picture is cut short") from error
        raise ImageRefused(f"the picture is broken ({error or type(error).__name__})") from error


def _too_many_pixels() -> str:
    return f"the picture has more than {MAX_SOURCE_PIXELS // 10**6} million pixels"


def _final_size(width: int, height: int) -> tuple[int, int]:
    if width * height > MAX_SOURCE_PIXELS:
        raise ImageRefused(_too_many_pixels())
    longest = max(width, height)
    if longest < SMALLEST_LONGEST_SIDE:
        raise ImageRefused(
            f"the picture is too small: {width} x {height}, and {SMALLEST_LONGEST_SIDE} pixels is the least"
        )
    final = (round(width * LONGEST_SIDE / longest), round(height * LONGEST_SIDE / longest))
    if min(final) < SMALLEST_SHORTEST_SIDE:
        raise ImageRefused(f"the picture is too narrow: {width} x {height}")
    return final


def _scaled(source: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture at its final size, in one of the modes L, LA, RGB, RGBA and CMYK."""
    factor = max(1, max(source.size) // (2 * LONGEST_SIDE))
    exact = (0, 0, source.width / factor, source.height / factor)
    return _shrunk(source, factor).resize(size, Image.Resampling.LANCZOS, box=exact)


def _shrunk(source: Image.Image, factor: int) -> Image.Image:
    """A whole factor smaller, band by band: each step on the whole would hold one more copy of 200 MB."""
    rows = _BAND_ROWS * factor
    bands = [
        _in_colours(source.crop((0, top, source.width, min(top + rows, source.height)))).reduce(factor)
        for top in range(0, source.height, rows)
    ]
    shrunk = Image.new(bands[0].mode, (bands[0].width, sum(band.height for band in bands)))
    for number, band in enumerate(bands):
        shrunk.paste(band, (0, number * _BAND_ROWS))
    return shrunk


def _in_colours(picture: Image.Image) -> Image.Image:
    """In a mode that can be scaled: a palette's numbers and single bits cannot."""
    if picture.mode == "CMYK":
        return picture
    if picture.mode == "I;16":  # Pillow would cut 16 bits off at 255 rather than scale them
        return picture.convert("I").point(lambda value: value / 257).convert("L")
    colours = "L" if picture.mode in {"1", "L", "LA"} else "RGB"
    return picture.convert(colours + ("A" if picture.has_transparency_data else ""))


def _on_white(picture: Image.Image, icc_profile: bytes | None) -> Image.Image:
    """The picture in sRGB on a new white sheet, which has no metadata that the encoder might copy."""
    sheet = Image.new("RGB", picture.size, "white")
    transparent = picture.mode in {"LA", "RGBA"}
    mask = picture.getchannel("A") if transparent else None
    colours = picture.convert(picture.mode.removesuffix("A")) if transparent else picture
    sheet.paste(_in_srgb(colours, icc_profile), mask=mask)
    return sheet


def _in_srgb(picture: Image.Image, icc_profile: bytes | None) -> Image.Image:
    if icc_profile:
        try:
            profile = ImageCms.getOpenProfile(io.BytesIO(icc_profile))
            turned = ImageCms.profileToProfile(
                picture, profile, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (OSError, ImageCms.PyCMSError):
            turned = None  # broken, or for other colours than the picture's: browsers ignore it too
        if turned is not None:
            return turned
    return picture.convert("RGB")


def _orientation(source: Image.Image) -> int:
    try:
        return int(source.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001 - broken EXIF raises anything, and spoils no picture
        return 1


def _upright(picture: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNED.get(orientation)
    return picture if turn is None else picture.transpose(turn)


def _encoded(picture: Image.Image) -> bytes:
    """The picture as a file of CONTENT_BYTES, at the best quality that leaves room for the filling's head."""
    most = CONTENT_BYTES - _COMMENT_HEAD
    content = _jpeg(picture, JPEG_QUALITY)
    low, high = LOWEST_QUALITY, JPEG_QUALITY
    if len(content) > most:
        while high - low > 1:
            quality = (low + high) // 2
            low, high = (quality, high) if len(_jpeg(picture, quality)) <= most else (low, quality)
        content = _jpeg(picture, low)
    if len(content) > most:
        raise ImageRefused("the picture is nothing but noise")
    return _filled(content)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    """Baseline JPEG with libjpeg's own Huffman tables: optimised ones would differ from file to file."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, subsampling="4:2:0", optimize=False, progressive=False)
    return out.getvalue()


_COMMENT = b"\xff\xfe"
_COMMENT_HEAD = 4
"""Bytes: the mark, and the length of what follows the mark."""
_COMMENT_LONGEST = 60_000
"""Bytes with the head; JPEG allows for a little more. The last two are cut in half, lest nothing be left."""
_END = b"\xff\xd9"


def _filled(content: bytes) -> bytes:
    """The same picture in exactly CONTENT_BYTES: before its end come comments of noise, which nothing packs.

    The noise follows from the picture, so that the same picture is the same file.
    """
    missing = CONTENT_BYTES - len(content)
    noise = Random(content).randbytes(missing)  # noqa: S311  # noise to fill with, which keeps no secret
    filling = b""
    while missing:
        size = missing if missing <= _COMMENT_LONGEST else min(missing // 2, _COMMENT_LONGEST)
        filling += _COMMENT + (size - len(_COMMENT)).to_bytes(2, "big") + noise[: size - _COMMENT_HEAD]
        missing -= size
    return content[: -len(_END)] + filling + _END
