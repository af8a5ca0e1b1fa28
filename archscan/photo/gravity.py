"""Which way was down when the photo was taken: iPhones write what their accelerometer felt.

The vector stands in the maker's note of EXIF. Its axes are the phone's as Apple's Core
Motion has them (right, up and out of the screen), in units of gravity, and it points
down: a phone lying on its back reads 0, 0, -1. ExifTool's list of Apple's tags describes
the same numbers with every axis and the vector turned round.
"""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

from archscan.photo.pixels import undoing

HEADER = b"Apple iOS\x00"
BYTE_ORDER, ENTRIES = 12, 14
"""Where the note's byte order and its list of entries begin, bytes."""

ACCELERATION, SIGNED_RATIONAL = 0x0008, 10

STEADY = 0.95, 1.05
"""Length of the vector, in units of gravity: beyond, the phone was being moved."""

LEAST_ELONGATED = 1.2
"""Long over short side, as stored: the camera's own pictures lie on their side and are 4:3
or longer. Others were turned or cropped since, and the note's axes may be theirs no more."""


def gravity(note: bytes, stored: tuple[int, int], orientation: int) -> NDArray[np.float64] | None:
    """Read the direction of gravity from a maker's note.

    Parameters
    ----------
    note
        The note, of any maker.
    stored
        Width and height of the picture before it is turned upright, pixels.
    orientation
        1 to 8, as EXIF numbers them: how it is turned then.

    Returns
    -------
    numpy.ndarray or None
        ``float64 (3,)`` unit vector, frame of the camera behind the upright photo: ``x``
        right, ``y`` down, ``z`` into the scene. ``None`` where the note does not say it or
        it cannot be trusted.
    """
    felt = _acceleration(note)
    if felt is None or stored[0] < LEAST_ELONGATED * stored[1]:
        return None
    length = float(np.linalg.norm(felt))
    if not STEADY[0] <= length <= STEADY[1]:
        return None
    right, up, out = felt / length
    # The sensor's picture lies on its side: its upper edge is the phone's right one.
    x, y, z = -up, -right, -out
    swapped, left_right, upside_down = undoing(orientation)
    if swapped:
        x, y = y, x
    return np.array([-x if left_right else x, -y if upside_down else y, z])


def _acceleration(note: bytes) -> NDArray[np.float64] | None:
    """Find the vector in the note's list of entries, or ``None``."""
    if not note.startswith(HEADER):
        return None
    order = {b"MM": ">", b"II": "<"}.get(note[BYTE_ORDER : BYTE_ORDER + 2])
    if order is None:
        return None
    try:
        (count,) = struct.unpack_from(f"{order}H", note, ENTRIES)
        for number in range(count):
            tag, kind, values, place = struct.unpack_from(
                f"{order}HHII", note, ENTRIES + 2 + 12 * number
            )
            if (tag, kind, values) == (ACCELERATION, SIGNED_RATIONAL, 3):
                parts = np.array(struct.unpack_from(f"{order}6i", note, place), dtype=np.float64)
                return parts[::2] / parts[1::2] if parts[1::2].all() else None
    except struct.error:
        return None
    return None
