"""The few things that are read besides the pixels: which way is up and down, and the lens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archscan.photo.gravity import gravity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

ORIENTATION_TAG, FOCAL_LENGTH_TAG, EXIF_BLOCK = 0x0112, 0xA405, 0x8769
MAKER_NOTE_TAG, LENS_TAG = 0x927C, 0xA434


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """How a photo was taken.

    Attributes
    ----------
    orientation
        1 to 8, as EXIF numbers them.
    focal_length_35mm
        In 35 mm terms, or ``None``.
    gravity
        ``float64 (3,)`` as :attr:`archscan.photo.Photo.gravity`, or ``None``.
    """

    orientation: int = 1
    focal_length_35mm: float | None = None
    gravity: NDArray[np.float64] | None = None


def exif(image: Image) -> Taken:
    """Read how a photo was taken; what cannot be read keeps its default.

    Parameters
    ----------
    image
        Opened.

    Returns
    -------
    Taken
        From EXIF.
    """
    try:
        exif = image.getexif()
        orientation = exif.get(ORIENTATION_TAG, 1)
        block = exif.get_ifd(EXIF_BLOCK)
    except Exception:  # noqa: BLE001 - damaged EXIF does not make a photo unusable
        return Taken()
    # Pillow itself turns a TIFF upright while it decodes.
    upright = 1 if image.format == "TIFF" else _orientation(orientation) or 1
    length = _focal_length(block.get(FOCAL_LENGTH_TAG))
    return Taken(upright, length, _gravity(image, block, upright))


def _focal_length(tag: Any) -> float | None:  # noqa: ANN401 - of any type in a damaged file
    """Take what a tag says, unless it is no lens's."""
    try:
        length = float(tag)
    except (TypeError, ValueError):
        return None
    return length if 5 <= length <= 500 else None


def _orientation(tag: object) -> int | None:
    """Take what a tag says, unless it is no orientation."""
    return tag if isinstance(tag, int) and 1 <= tag <= 8 else None


def _set_aside(image: Image) -> int | None:
    """Give the orientation that a HEIC's decoder sets aside, for it turns the picture itself."""
    return _orientation(image.info.get("original_orientation"))


def _gravity(image: Image, block: dict[int, Any], orientation: int) -> NDArray[np.float64] | None:
    note = block.get(MAKER_NOTE_TAG)
    # The camera on the screen's side looks the other way.
    if not isinstance(note, bytes) or "front" in str(block.get(LENS_TAG, "")).lower():
        return None
    width, height = image.size
    undone = _set_aside(image) if image.format == "HEIF" else None
    if undone is not None:
        orientation = undone
        width, height = (height, width) if orientation >= 5 else (width, height)
    return gravity(note, (width, height), orientation)


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
    return _set_aside(image) or 1
