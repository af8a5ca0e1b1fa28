"""Whether two prints on a photo are one print, found twice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.contact import Contact

SAME_PRINT = 0.3
"""Share of the smaller one's hull that two prints have in common from which they are one.
Feet stand so close that the middles of their prints are a quarter of their length apart;
the hulls of two that touch have a few percent in common."""


GRID = 160
"""Cells along the larger side of what both cover: one is 2 to 3 millimetres wide."""


def is_same_print(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    """Tell whether two prints lie at one place.

    Parameters
    ----------
    one, other
        ``float64 (n, 2)`` of each, the same pixels; of either perhaps a part only.

    Returns
    -------
    bool
        Whether their convex hulls overlap so far that they are one print.
    """
    both = np.concatenate([one, other])
    low = both.min(axis=0)
    step = max(float(np.ptp(both, axis=0).max()) / GRID, np.finfo(float).tiny)
    first, second = (_hull((points - low) / step) for points in (one, other))
    smaller = min(np.count_nonzero(first), np.count_nonzero(second))
    return bool(np.count_nonzero(first & second) > SAME_PRINT * smaller)


def is_at_place_of(one: Contact, other: Contact) -> bool:
    """Tell whether two outlines are of one print.

    Parameters
    ----------
    one, other
        Toes that lie between two prints may be counted with both, so that only soles tell.

    Returns
    -------
    bool
        As :func:`is_same_print` of their soles.
    """
    return is_same_print(one.sole_places, other.sole_places)


def with_print(contacts: Sequence[Contact], more: Contact) -> list[Contact]:
    """Add a print; of two at one place the less doubtful stays.

    Parameters
    ----------
    contacts
        Each at a place of its own.
    more
        Perhaps at the place of one of them.

    Returns
    -------
    list of Contact
        The new one, or the one that stays in its stead, last.
    """
    same = [one for one in contacts if is_at_place_of(one, more)]
    kept = [one for one in contacts if one not in same]
    return [*kept, min([*same, more], key=lambda one: one.doubt)]


def _hull(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Draw a convex hull: OpenCV finds no exact intersection of two that are nearly equal."""
    import cv2

    drawn = np.zeros((GRID + 1, GRID + 1), np.uint8)
    cv2.fillConvexPoly(drawn, cv2.convexHull(np.rint(points).astype(np.int32)), 1)
    return drawn > 0
