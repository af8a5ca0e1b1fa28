"""The mask: which pixel is which part of which foot."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archscan.findings import Scan
from archscan.polygons import pixels_within
from archscan.report.places import to_seen

SOLE = {"left": 1, "right": 3}
TOES = {"left": 2, "right": 4}
"""Values in the mask; 0 is background."""


def mask_image(scan: Scan) -> NDArray[np.uint8]:
    """Draw the mask of a scan.

    Parameters
    ----------
    scan
        Anything but unreadable; a refused photo gives an empty mask.

    Returns
    -------
    numpy.ndarray
        ``uint8 (height, width)`` of the photo as a person sees it: 0
        background, 1 left sole, 2 left toes, 3 right sole, 4 right toes.

    Raises
    ------
    ValueError
        If the photo could not be read.
    """
    if scan.photo is None:
        raise ValueError("an unreadable photo has no mask")
    mask = np.zeros((scan.photo.height, scan.photo.width), dtype=np.uint8)
    for item in scan.prints:
        footprint = item.footprint
        for polygons, value in (
            (footprint.toes, TOES[footprint.side]),
            (footprint.sole, SOLE[footprint.side]),
        ):
            # All at once, so that an outline within another is a hole. OpenCV would fill every
            # pixel that an outline touches: half a pixel too many all round.
            seen = tuple(to_seen(polygon, footprint, scan.photo) for polygon in polygons)
            mask[pixels_within(seen, mask.shape)] = value
    return mask
