"""What of a damaged file decoders let pass."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from archscan.photo.formats import JPEGS, draft, open_picture, png_chunks
from archscan.photo.pixels import image_pixels

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_EMPTY_BYTES = 4096
"""Zeros that a whole compressed photo may end in: EXIF is padded with 2 kB of them."""


PIXELS_PER_EMPTY_BYTE = 4000
"""Or more in a large blank WebP, which ends in one zero for every 10,000 pixels."""


MOST_SCANS = 100
"""Passes over the pixels that a JPEG may need: cameras and programs write at most a few dozen,
each of them takes as long as a whole photo, and a file of 100 kB can hold thousands."""


JPEG_MARKER = re.compile(rb"\xff[\xc0-\xcf\xd9-\xfe]")
"""What ends or interrupts the coded pixels of a JPEG, restart markers apart."""


START_OF_SCAN, END_OF_PHOTO = b"\xff\xda", b"\xff\xd9"
"""Never among the coded pixels of a JPEG, where a zero follows each 255."""


def flaw_of(image: Image, data: bytes) -> Literal["truncated", "unsupported-format"] | None:
    """Tell why a file should not be decoded, though it has its full length.

    Downloads that were cut short and copies from failing cards leave zeros. A
    PNG has check sums (of all but the pixels Pillow holds them against the rest
    itself), a JPEG an end marker (one that lacks nothing else is taken for
    truncated all the same); WebP, AVIF and HEIC never end in many zeros. And a small
    JPEG can be made to keep its decoder busy.

    Parameters
    ----------
    image
        Opened, not decoded.
    data
        The file.

    Returns
    -------
    str or None
        ``"truncated"`` where bytes are missing, ``"unsupported-format"`` for more than
        :data:`MOST_SCANS` passes over the pixels, ``None`` for all else.
    """
    view = memoryview(data)
    if image.format == "PNG":
        for name, part in png_chunks(data):
            if name == b"IDAT" and part.start + 12 <= len(data):
                check = int.from_bytes(view[part.stop - 4 : part.stop], "big")
                if zlib.crc32(view[part.start + 4 : part.stop - 4]) != check:
                    return "truncated"
    if image.format in JPEGS:
        end, scans = _jpeg_end(data)
        if scans > MOST_SCANS:
            return "unsupported-format"
        return "truncated" if end is None else None
    if image.format in ("WEBP", "AVIF", "HEIF"):
        width, height = image.size
        most = max(MOST_EMPTY_BYTES, width * height // PIXELS_PER_EMPTY_BYTE)
        # A shorter file is looked at whole, and the bytes that tell its kind are not zero.
        return None if any(view[-most:]) else "truncated"
    return None


def _jpeg_end(data: bytes) -> tuple[int | None, int]:
    """Find the end marker of a file's first JPEG, and count the scans before it.

    One that has more than :data:`MOST_SCANS` is not gone through to its end.
    """
    place, scans = 2, 0
    while scans <= MOST_SCANS and (found := JPEG_MARKER.search(data, place)):
        if found.group() == END_OF_PHOTO:
            return found.start(), scans
        scans += found.group() == START_OF_SCAN
        place = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    return None, scans


def ran_out(image: Image, pixels: NDArray[np.uint8], data: bytes, long_side: int) -> bool:
    """Whether a file holds fewer coded pixels than its size needs.

    The decoder of a JPEG with an end marker then repeats the last colour down to the last
    corner. To tell this from a plain corner, bytes are put before the end marker: in a whole
    photo nothing reads them, in one that ran out they become pixels. The decoder of a HEIC
    gives a plain picture then, where a program has set Pillow to take what is there.

    Parameters
    ----------
    image
        Decoded.
    pixels
        ``uint8 (h, w, 3)`` what came of it.
    data
        The file.
    long_side
        The working size that it was decoded for.

    Returns
    -------
    bool
        ``True`` if so.
    """
    if image.format == "HEIF":
        some = pixels[::16, ::16]
        return not np.ptp(some, axis=(0, 1)).any() and not _is_decodable(data)
    if image.format not in JPEGS:
        return False
    height, width = pixels.shape[:2]
    corner = pixels[-max(2, height // 100) :, -max(2, width // 100) :]
    if np.ptp(corner, axis=(0, 1)).any():
        return False
    end, _ = _jpeg_end(data)
    probe = data[:end] + bytes(range(1, 200)) + data[end:]
    with open_picture(probe, "JPEG") as again:
        draft(again, long_side)
        return not np.array_equal(image_pixels(again), pixels)


def _is_decodable(data: bytes) -> bool:
    """Whether a HEIC can be decoded, asked of the decoder itself."""
    import pillow_heif

    try:
        pillow_heif.read_heif(data)
    except (EOFError, ValueError):
        return False
    return True
