"""Picture files of every kind, right and wrong."""

import io
import struct
import zlib
from collections import defaultdict
from hashlib import sha256
from pathlib import Path

from PIL import Image

from gap_server.images.normalise import CONTENT_BYTES, LONGEST_SIDE, NormalisedImage

PHOTOS = sorted(path for path in (Path(__file__).parent / "photos").iterdir() if path.suffix != ".md")


def photo(name: str) -> bytes:
    return (Path(__file__).parent / "photos" / name).read_bytes()


def saved(picture: Image.Image, file_format: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, file_format, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def quarters(mode: str = "RGB", size: tuple[int, int] = (640, 480)) -> Image.Image:
    """Red, green, blue and white quarters: top left, top right, bottom left, bottom right."""
    picture = Image.new("RGB", size, "white")
    across, down = size[0] // 2, size[1] // 2
    picture.paste("red", (0, 0, across, down))
    picture.paste("lime", (across, 0, size[0], down))
    picture.paste("blue", (0, down, across, size[1]))
    return picture.convert(mode)


def colours_of_quarters(picture: Image.Image) -> list[str]:
    """The names of the nearest pure colours at the middles of the quarters, read line by line."""
    names = defaultdict(
        lambda: "mixed",
        {(1, 0, 0): "red", (0, 1, 0): "green", (0, 0, 1): "blue", (1, 1, 1): "white", (0, 0, 0): "black"},
    )
    found = []
    for down in (1, 3):
        for across in (1, 3):
            pixel = picture.getpixel((picture.width * across // 4, picture.height * down // 4))
            assert isinstance(pixel, tuple)
            red, green, blue = (round(channel / 255) for channel in pixel)
            found.append(names[red, green, blue])
    return found


def png_of_zeros(width: int, height: int, *, bits: int = 1, colour_type: int = 0) -> bytes:
    """A PNG written by hand, a few kB however many pixels it claims."""
    samples = {0: 1, 2: 3, 6: 4}[colour_type]
    pixels = _zeros(height * (1 + (width * samples * bits + 7) // 8))
    head = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
    )


def _zeros(count: int) -> bytes:
    """So many, as zlib packs them, in a moment: one packed block again and again."""
    whole, rest = divmod(count, BLOCK)
    block, end = zlib.compressobj(9, wbits=-15), zlib.compressobj(9, wbits=-15)
    blocks = (block.compress(bytes(BLOCK)) + block.flush(zlib.Z_FULL_FLUSH)) * whole
    check = zlib.adler32(bytes(count)).to_bytes(4, "big")
    return b"\x78\xda" + blocks + end.compress(bytes(rest)) + end.flush() + check


def jpeg_segments(content: bytes) -> list[tuple[int, bytes]]:
    """(marker, body) of a JPEG up to the beginning of its scan."""
    assert content[:2] == b"\xff\xd8"
    segments, at = [], 2
    while True:
        marker, length = struct.unpack(">xBH", content[at : at + 4])
        segments.append((marker, content[at + 4 : at + 2 + length]))
        if marker == START_OF_SCAN:
            return segments
        at += 2 + length


START_OF_FRAME = 0xC0
START_OF_SCAN = 0xDA
BLOCK = 2**20


def assert_like_all_others(image: NormalisedImage) -> Image.Image:
    picture = opened(image.content)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (image.width, image.height))
    assert max(picture.size) == LONGEST_SIDE
    assert set(picture.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not picture.getexif()
    assert len(image.content) == CONTENT_BYTES
    assert image.media_type == "image/jpeg"
    assert image.sha256 == sha256(image.content).hexdigest()
    return picture
