"""What on a patch belongs to one print."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.aim import View

KEPT_ROUND_PRINT = 9
"""Pixels round a print whose faint contact still belongs to it; beyond lies another."""

FAINT = 0.2
"""Probability from which contact between the heel and the ball of an interrupted print still
belongs to it, however far from either: a midfoot that is hardly to be seen is no proof of none.
What is less would only add to the doubt, on prints that are measured right."""


def own_contact(view: View, sole: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Tell where a print is, and faintly may be, as far as there is no other.

    Parameters
    ----------
    view
        Of the print.
    sole
        ``float32 (h, w)``, its patch: probability of contact.

    Returns
    -------
    numpy.ndarray
        ``bool (h, w)``.
    """
    import cv2

    mask = view.print.mask
    size = 2 * KEPT_ROUND_PRINT + 1
    brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    near = cv2.dilate(mask.astype(np.uint8), brush).astype(bool)
    near |= _between_parts(view.print.sole) & (sole >= FAINT)
    for other in view.others:
        near &= ~other.mask
    return near


def _between_parts(sole: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where the parts of an interrupted sole would be one, ``bool (h, w)``."""
    import cv2

    mask = sole.astype(np.uint8)
    parts, _ = cv2.connectedComponents(mask, connectivity=8)
    between = np.zeros_like(mask)
    if parts > 2:  # The first of them is what is no sole.
        cv2.fillConvexPoly(between, cv2.convexHull(cv2.findNonZero(mask)), 1)
    return between.astype(bool)
