"""The two things that are read besides the pixels: which way is up, and the lens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

ORIENTATION_TAG, FOCAL_LENGTH_TAG, EXIF_BLOCK = 0x0112, 0xA405, 0x8769


def exif(image: Image) -> tuple[int, float | None]:
    """Read the orientation and the focal length; what cannot be read keeps its default.

    Parameters
    ----------
    image
        Opened.

    Returns
    -------
    orientation
        1 to 8, as EXIF numbers them.
    focal_length
        In 35 mm terms, or ``None``.
    """
    try:
        exif = image.getexif()
        orientation = exif.get(ORIENTATION_TAG, 1)
        focal_length = exif.get_ifd(EXIF_BLOCK).get(FOCAL_LENGTH_TAG)
        length = float(focal_length) if focal_length else None
    except Exception:  # noqa: BLE001 - damaged EXIF does not make a photo unusable
        return 1, None
    # Pillow itself turns a TIFF upright while it decodes.
    if image.format == "TIFF" or not isinstance(orientation, int) or not 1 <= orientation <= 8:
        orientation = 1
    return orientation, length if length and 5 <= length <= 500 else None


def heif_orientation(image: Image, data: bytes) -> int:
    """Tell what remains to be turned once libheif has decoded a HEIC.

    Phones write a rotation box and an EXIF tag that says the same. The decoder
    honours the box and sets the tag aside, so the tag counts only where there
    is no box (ISO/IEC 23008-12 gives boxes the last word).

    Parameters
    ----------
    image
        Decoded.
    data
        The file.

    Returns
    -------
    int
        1 to 8.
    """
    place = 0
    while place + 8 <= len(data):
        size, name = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        if size == 1:
            size = int.from_bytes(data[place + 8 : place + 16], "big")
        end = place + size if size >= 8 else len(data)
        if name == b"meta" and re.search(rb"irot|imir", data[place:end]):
            return 1
        place = end
    tag = image.info.get("original_orientation")
    return tag if isinstance(tag, int) and 1 <= tag <= 8 else 1
