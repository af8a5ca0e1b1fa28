"""Whether two prints on a photo are one print, found twice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SAME_PRINT = 0.3
"""Share of the smaller one's hull that two prints have in common from which they are one.
Feet stand so close that the middles of their prints are a quarter of their length apart;
the hulls of two that touch have a few percent in common."""


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
    import cv2

    first, second = (cv2.convexHull(points.astype(np.float32)) for points in (one, other))
    smaller = min(cv2.contourArea(first), cv2.contourArea(second))
    common, _ = cv2.intersectConvexConvex(first, second)
    return bool(common > SAME_PRINT * smaller)
