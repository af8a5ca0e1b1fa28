"""Prints that run out of the photo."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.contact import Contact
from archscan.segmentation.patches import enlargement, project

EDGE_MARGIN = 1.6
"""Patch pixels from the photo's edge within which a print is taken to go on outside:
the network hesitates over the last one."""

CUT_PIXELS = 30
"""Patch pixels (about 1 mm each) at the edge that a whole print may have: as many as a heel
that the edge cuts a millimetre off."""

CLOSE = 0.008
"""Gap to the photo's edge, as a share of the print's length, within which a print may have been
cut all the same: what the edge cuts off, the network likes to round off before it."""

STRAIGHT = 0.01
"""Depth, as a share of the print's length, of what counts as the print's side along the edge."""

LONGEST_SIDE = 0.12
"""Length of such a side from which a print was cut. With both, 10 of 485 prints that were cut by
more than 1 % of their sole go unnoticed (28 development renders, each cut at 20 places); whole
prints are refused only where less than 1 % of their length of floor shows."""

DEEP, SOLID = 0.05, 0.75
"""Depth behind such a side, as a share of the print's length, of which this share is print: a
streak of shade that joins a print to the edge leaves gaps (0.6), a cut sole hardly any (0.9)."""


def is_cut(contact: Contact, pixels: NDArray[np.uint8]) -> bool:
    """Tell whether a print runs out of the photo, by where it lies up close.

    Parameters
    ----------
    contact
        The print, sole and toes.
    pixels
        ``uint8 (h, w, 3)``, the photo's working pixels.

    Returns
    -------
    bool
        Whether it does: part of it lies on the photo's edge, or a straight side just before.
    """
    points = contact.points
    if len(points) == 0:
        return False
    step = enlargement(contact.patch_to_photo)
    places = project(points, contact.patch_to_photo)
    far = np.array(pixels.shape[1::-1]) - 1
    gaps = np.concatenate([places, far - places], axis=1)
    if int((gaps.min(axis=1) < EDGE_MARGIN * step).sum()) > CUT_PIXELS:
        return True
    length = float(np.ptp(points[:, 1])) * step
    return any(
        _has_side(gaps[:, number], places[:, along], length, step)
        for number, along in enumerate((1, 0, 1, 0))
    )


def _has_side(
    gaps: NDArray[np.float64], along: NDArray[np.float64], length: float, step: float
) -> bool:
    """Whether a print has a straight side before one edge, by its pixels' places seen from it."""
    least = float(gaps.min())
    side = along[gaps <= least + STRAIGHT * length]
    long = len(np.unique(side // step)) * step
    if least > CLOSE * length or long < LONGEST_SIDE * length:
        return False
    behind = (gaps <= least + DEEP * length) & (along >= side.min()) & (along <= side.max())
    return bool(behind.sum() * step**2 >= SOLID * long * DEEP * length)
