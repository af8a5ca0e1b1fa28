"""Where horizontal lines cross closed outlines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archscan.footprint.footprint import Polygons


def extents(
    polygons: Polygons, levels: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find the outermost crossings of each level.

    Parameters
    ----------
    polygons
        Closed outlines, any frame.
    levels
        ``float (k,)`` values of ``y``.

    Returns
    -------
    left, right : numpy.ndarray
        ``float (k,)`` smallest and largest ``x`` of the contact at each level,
        ``nan`` where the level misses it.
    """
    left = np.full(len(levels), np.inf)
    right = np.full(len(levels), -np.inf)
    for polygon in polygons:
        start, end = polygon, np.roll(polygon, -1, axis=0)
        below, above = start[:, 1][:, None] <= levels, end[:, 1][:, None] <= levels
        edge, level = np.nonzero(below != above)
        x0, y0 = start[edge].T
        x1, y1 = end[edge].T
        x = x0 + (levels[level] - y0) * (x1 - x0) / (y1 - y0)
        np.minimum.at(left, level, x)
        np.maximum.at(right, level, x)
    missed = left > right
    left[missed] = np.nan
    right[missed] = np.nan
    return left, right
