"""Sub-pixel outlines of a probability map."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archscan.polygons import Polygons, signed_area

SMALLEST_PIECE = 0.01
"""Pieces below this share of the largest are spatter, not contact: one hundredth
of a sole is about 1 cm², less than any toe pad or separate heel."""

SMALLEST_ISLAND = 0.03
"""Share of the sole's largest piece (about 3 cm²) below which another is a sliver of
reflection or a trouser's edge, not contact: the smaller of heel and ball has a fifth."""


def outlines(
    probability: NDArray[np.float32], level: float = 0.5, smallest: float = SMALLEST_PIECE
) -> Polygons:
    """Trace where a map crosses a level, to a fraction of a pixel.

    Holes are filled: a dry spot inside a print is still part of the contact.
    Pieces too small to be contact are dropped.

    Parameters
    ----------
    probability
        ``float32 (h, w)``, frame ``patch``, in ``[0, 1]``.
    level
        The level to trace, in ``(0, 1)``.
    smallest
        Share of the largest piece below which another is left out.

    Returns
    -------
    tuple of numpy.ndarray
        Closed polygons ``float64 (n, 2)`` of ``(x, y)``, frame ``patch``, all
        running the same way round, largest first.
    """
    import cv2
    from skimage.measure import find_contours

    # Outside this box nothing reaches the level; a frame of zeros closes what runs out of it.
    left, top, width, height = cv2.boundingRect((probability > level).astype(np.uint8))
    part = probability[max(0, top - 1) : top + height + 1, max(0, left - 1) : left + width + 1]
    padded = np.pad(np.asarray(part, dtype=np.float64), 1)
    corner = np.array([max(0, left - 1), max(0, top - 1)]) - 1.0
    traced = [contour[:-1, ::-1] + corner for contour in find_contours(padded, level)]
    # The tracer runs round holes the other way than round what holds them.
    with_area = [(signed_area(polygon), polygon) for polygon in traced if len(polygon) >= 3]
    if not with_area:
        return ()
    largest = max(with_area, key=lambda item: abs(item[0]))[0]
    pieces = [
        (abs(area), np.ascontiguousarray(polygon))
        for area, polygon in with_area
        if area * largest > 0 and abs(area) >= smallest * abs(largest)
    ]
    pieces.sort(key=lambda item: -item[0])
    kept: list[NDArray[np.float64]] = []
    for _, polygon in pieces:
        if not any(_holds(outer, polygon) for outer in kept):
            kept.append(polygon)
    return tuple(kept)


def sole_outlines(sole: NDArray[np.float32], level: float = 0.5) -> Polygons:
    """Trace the pieces of a sole.

    Parameters
    ----------
    sole
        ``float32 (h, w)`` probability of contact, toes left out.
    level
        As for :func:`outlines`.

    Returns
    -------
    tuple of numpy.ndarray
        As of :func:`outlines`, without slivers.
    """
    return outlines(sole, level, SMALLEST_ISLAND)


def _holds(outer: NDArray[np.float64], inner: NDArray[np.float64]) -> bool:
    """Whether a piece lies in a filled hole of a larger one (outlines never cross)."""
    import cv2

    x, y = inner[0]
    return cv2.pointPolygonTest(outer.astype(np.float32)[:, None], (float(x), float(y)), False) > 0
