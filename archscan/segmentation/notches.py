"""Notches in a sole's edge that no foot leaves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.contact import LEVEL
from archscan.segmentation.pieces import grown

ROUND = 6
"""Radius of the sharpest bay in a sole's edge, patch pixels (3 % of a print's length, about
7 mm). Reflections, seams and lines that cross the edge leave narrower ones; skin does not. On
749 development prints errors of the Chippaux-Smirak index at the 95th percentile fell from
0.061 to 0.048 and from 0.039 to 0.035; 9 or 12 pixels did no better."""

FILLED = 0.9
"""Probability up to which a notch is filled: less than sure, so that the interval still holds
the print as it was seen."""


def without_notches(sole: NDArray[np.float32]) -> NDArray[np.float32]:
    """Fill narrow notches in a sole's edge; leave the gap between heel and ball alone.

    A morphological closing with a disc, but where it would join pieces that lie apart.

    Parameters
    ----------
    sole
        ``float32 (h, w)`` probability of contact, frame ``patch``.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w)``, nowhere less.
    """
    import cv2

    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * ROUND + 1, 2 * ROUND + 1))
    closed = cv2.morphologyEx(sole, cv2.MORPH_CLOSE, disc)
    mask = sole >= LEVEL
    notches = _within_one_piece((closed >= LEVEL) & ~mask, mask)
    # A pixel round them as well, so that the outline crosses the level where the disc ends.
    filled = np.maximum(sole, np.minimum(closed, np.float32(FILLED)))
    return np.where(grown(notches, 1), filled, sole)


def _within_one_piece(added: NDArray[np.bool_], mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of what is added to a mask, what touches no more than one of its pieces."""
    import cv2

    count, gaps = cv2.connectedComponents(added.astype(np.uint8), connectivity=4)
    parts = gaps.astype(np.intp)
    _, labels = cv2.connectedComponents(mask.astype(np.uint8), connectivity=8)
    pieces = labels.astype(np.uint16)
    none = np.iinfo(np.uint16).max
    nearby = np.ones((3, 3), np.uint8)
    most = cv2.dilate(pieces, nearby)[added]
    least = cv2.erode(np.where(mask, pieces, none), nearby)[added]
    highest, lowest = np.zeros(count, np.uint16), np.full(count, none)
    np.maximum.at(highest, parts[added], most)
    np.minimum.at(lowest, parts[added], least)
    return np.asarray((highest == lowest)[parts])
