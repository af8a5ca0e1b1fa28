"""Telling picture formats apart and opening them, each with its own decoder only."""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from archscan.errors import UnreadablePhotoError

if TYPE_CHECKING:
    from PIL.Image import Image

DECODERS = {
    "JPEG": ("PIL.JpegImagePlugin", "jpeg_factory"),
    "PNG": ("PIL.PngImagePlugin", "PngImageFile"),
    "WEBP": ("PIL.WebPImagePlugin", "WebPImageFile"),
    "AVIF": ("PIL.AvifImagePlugin", "AvifImageFile"),
    "TIFF": ("PIL.TiffImagePlugin", "TiffImageFile"),
    "BMP": ("PIL.BmpImagePlugin", "BmpImageFile"),
    "HEIF": ("pillow_heif", "HeifImageFile"),
}
"""Called by name rather than through ``PIL.Image.open``, whose limit on pixels is a
global: it could only be lifted for every thread of the caller's program."""


JPEGS = ("JPEG", "MPO")
"""What Pillow calls a JPEG, the latter where further pictures stand behind the photo."""


STARTS = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"II+\x00": "TIFF",
}


BMP_HEADERS = (12, 16, 40, 52, 56, 64, 108, 124)
"""Sizes of a BMP's second header: two letters alone could begin any text."""


HEVC_BRANDS = frozenset((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs"))


HEIF_BRANDS = HEVC_BRANDS | {b"mif1", b"mif2", b"msf1"}


AVIF_BRANDS = frozenset((b"avif", b"avis"))


KNOWN_BUT_UNREAD = (
    b"GIF8", b"8BPS", b"%PDF", b"<svg", b"\x00\x00\x00\x0cJXL ", b"\xff\x0a", b"\x00\x00\x01\x00",
    b"\x00\x00\x00\x0cjP", b"\xff\x4f\xff\x51", b"FUJIFILM", b"IIRO", b"IIU\x00", b"P5\n", b"P6\n",
    b"qoif", b"MM\x00+",
)  # fmt: skip
"""First bytes of pictures that are pictures, but of a kind that is not read. Of the last, a large
TIFF that begins with the high bytes, Pillow takes the header for a small one's."""


START_BYTES = 1024
"""Of a file that tell its kind; an SVG's name can follow a long preamble."""


DNG_VERSION_TAG, SUBFILE_TYPE_TAG, OTHER_FRAMES_TAG = 50706, 254, 330
"""Tags of a TIFF by which a raw photo is known (Adobe, Digital Negative 1.4, 2012)."""


BITS_TAG, SHADES_TAG, PLANES_TAG = 258, 262, 284
"""Tags of a TIFF: bits of each colour, whether 0 is white, whether colours lie apart."""


UNKNOWN_KIND = re.compile("cannot handle|Unsupported")
"""Pillow's words for a whole JPEG or BMP of a kind that it does not read."""


MUCH_BESIDE = re.compile("MAX_TEXT")
"""In Pillow's words for a whole PNG with more text, or a larger profile, than it reads."""


PNG_START = 8
"""Bytes before the first part of a PNG."""


PICTURE_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"eXIf")
"""What must be read of a PNG."""


def kind_of(start: bytes) -> str:
    """Tell the format from a file's first bytes.

    Parameters
    ----------
    start
        Its first :data:`START_BYTES`.

    Returns
    -------
    str
        A name in :data:`DECODERS`.

    Raises
    ------
    UnreadablePhotoError
        ``unsupported-format`` for pictures of another kind, else ``not-an-image``.
    """
    for magic, name in STARTS.items():
        if start.startswith(magic):
            return name
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "WEBP"
    if start[:2] == b"BM" and int.from_bytes(start[14:18], "little") in BMP_HEADERS:
        return "BMP"
    if start[4:8] == b"ftyp":
        end = min(int.from_bytes(start[:4], "big"), len(start))
        brands = {start[8:12], *(start[place : place + 4] for place in range(16, end, 4))}
        if start[8:12] in AVIF_BRANDS or (brands & AVIF_BRANDS and not brands & HEVC_BRANDS):
            return "AVIF"
        if brands & HEIF_BRANDS:
            return "HEIF"
        raise UnreadablePhotoError.of("unsupported-format")
    text = start.lstrip()
    if text.startswith(KNOWN_BUT_UNREAD) or (text.startswith(b"<") and b"<svg" in text):
        raise UnreadablePhotoError.of("unsupported-format")
    raise UnreadablePhotoError.of("not-an-image")


class _Ending(io.BytesIO):
    """A file whose end is an error: Pillow can be set to take what is there for the whole."""

    def read(self, size: int | None = -1) -> bytes:
        """Read on.

        Parameters
        ----------
        size
            Bytes, or all that is left.

        Returns
        -------
        bytes
            At least one.

        Raises
        ------
        OSError
            Where nothing is left.
        """
        found = super().read(size)
        if not found:
            raise OSError("the file ends")
        return found


@contextmanager
def open_picture(data: bytes, kind: str) -> Iterator[Image]:
    """Open a picture without decoding it; no other decoder than the one named runs.

    Parameters
    ----------
    data
        The file.
    kind
        From :func:`kind_of`.

    Yields
    ------
    PIL.Image.Image
        Not decoded yet.

    Raises
    ------
    UnreadablePhotoError
        ``truncated`` for a header that cannot be read, ``too-large`` where Pillow's own limit
        says so, ``unsupported-format`` for raw photos and kinds that Pillow cannot read.
    """
    from PIL.Image import DecompressionBombError

    module, name = DECODERS[kind]
    decoder = getattr(importlib.import_module(module), name)
    try:
        try:
            image = decoder(io.BytesIO(data), "")
        except ValueError as error:
            if kind != "PNG" or not MUCH_BESIDE.search(str(error)):
                raise
            image = decoder(io.BytesIO(_picture_alone(data)), "")
    except DecompressionBombError as error:  # Pillow has a limit of its own for some formats.
        raise UnreadablePhotoError.of("too-large") from error
    except Exception as error:
        # A TIFF's kind is looked up in tables.
        unknown = isinstance(error.__cause__, KeyError) or UNKNOWN_KIND.search(str(error))
        raise UnreadablePhotoError.of("unsupported-format" if unknown else "truncated") from error
    with image:
        if kind == "TIFF" and (_is_preview(image.tag_v2, data) or _is_misread(image)):
            raise UnreadablePhotoError.of("unsupported-format")
        if kind == "JPEG":
            # All of it at once: a decoder is slower near the end of each piece it is given.
            image.decodermaxblock = len(data)
        if kind in ("TIFF", "BMP"):
            # These alone are not known to be cut short by how they end.
            image.fp = _Ending(data)
        yield image


def _picture_alone(data: bytes) -> bytes:
    """Leave out of a PNG what stands beside the picture."""
    chunks = (data[part] for name, part in png_chunks(data) if name in PICTURE_CHUNKS)
    return b"".join([data[:PNG_START], *chunks])


def png_chunks(data: bytes) -> Iterator[tuple[bytes, slice]]:
    """Go through the parts of a PNG.

    Parameters
    ----------
    data
        The file, of which an end may be missing.

    Yields
    ------
    name, part
        What it is called, and its bytes: four of length, its name, what it holds, and four of
        a check sum of both.
    """
    place = PNG_START
    while place < len(data):
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        yield data[place + 4 : place + 8], slice(place, end)
        place = end


def _is_preview(tags: Any, data: bytes) -> bool:  # noqa: ANN401 - a mapping of tags of any type
    """Whether a TIFF's first frame is the small preview of a raw photo."""
    reduced = tags.get(OTHER_FRAMES_TAG) and tags.get(SUBFILE_TYPE_TAG, 0) == 1
    return bool(DNG_VERSION_TAG in tags or data[8:10] == b"CR" or reduced)


def _is_misread(image: Any) -> bool:  # noqa: ANN401 - Pillow's class for TIFF
    """Whether Pillow turns a TIFF's white to black, or takes a half of 16 bits for a pixel."""
    tags = image.tag_v2
    negative = tags.get(SHADES_TAG) == 0 and image.mode in ("I;16", "F")
    apart = tags.get(PLANES_TAG) == 2 and image.info["compression"] == "raw"
    return negative or (apart and max(tags.get(BITS_TAG, (1,))) > 8)


def decode(image: Image) -> None:
    """Decode a PNG, whatever stands behind the picture.

    Parameters
    ----------
    image
        Not decoded yet.

    Raises
    ------
    OSError, ValueError, SyntaxError
        If a part of it is damaged.
    """
    try:
        image.load()
    except ValueError as error:
        if not MUCH_BESIDE.search(str(error)):
            raise


def draft(image: Image, long_side: int) -> None:
    """Let a JPEG shrink while it is decoded, to no less than the working size.

    Parameters
    ----------
    image
        Not decoded yet; other formats are left as they are.
    long_side
        The working size, pixels.
    """
    longest = max(image.size)
    if image.format in JPEGS and longest > long_side:
        least = [max(1, side * long_side // longest) for side in image.size]
        image.draft(None, (least[0], least[1]))
