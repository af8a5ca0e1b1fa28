"""Areas with four long sides."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

LONG_SIDES = 0.7
"""Of an area's outline that its four longest sides must make up: the rest is corners
rounded off or hidden under something."""

ROUGHNESS = 0.012, 0.025
"""Share of an area's outline by which its sides may be bent, tried in turn."""


def four_sides(contour: NDArray[Any]) -> NDArray[np.float64] | None:
    """Extend the four longest sides of an area's hull till they meet.

    Parameters
    ----------
    contour
        ``int (n, 1, 2)`` of its outermost pixels, as OpenCV gives it.

    Returns
    -------
    numpy.ndarray or None
        ``float64 (4, 2)`` corners, clockwise from the top left; ``None`` where the area
        has no four long sides.
    """
    import cv2

    hull = cv2.convexHull(contour)
    around = cv2.arcLength(hull, True)
    for roughness in ROUGHNESS:
        outline = cv2.approxPolyDP(hull, roughness * around, True)[:, 0].astype(np.float64)
        corners = _corners(outline, around)
        if corners is not None:
            return corners
    return None


def _corners(outline: NDArray[np.float64], around: float) -> NDArray[np.float64] | None:
    import cv2

    from archscan.polygons import signed_area

    if len(outline) < 4:
        return None
    if signed_area(outline) < 0:
        outline = outline[::-1]
    steps = np.roll(outline, -1, axis=0) - outline
    lengths = np.hypot(*steps.T)
    sides = np.sort(np.argsort(-lengths, kind="stable")[:4])
    if lengths[sides].sum() < LONG_SIDES * around:
        return None
    corners = np.array(
        [
            _meet(outline[one], steps[one], outline[other], steps[other])
            for one, other in zip(np.roll(sides, 1), sides, strict=True)
        ]
    )
    if not np.isfinite(corners).all() or not cv2.isContourConvex(corners.astype(np.float32)):
        return None
    # Half a pixel outwards: an outline runs through the middles of the outermost pixels.
    middle = corners.mean(axis=0)
    away = np.hypot(*(corners - middle).T)[:, None]
    corners = middle + (corners - middle) * (1 + 0.5 * np.sqrt(2) / away)
    return np.asarray(np.roll(corners, -int(np.argmin(corners.sum(axis=1))), axis=0))


def _meet(
    one: NDArray[np.float64],
    along_one: NDArray[np.float64],
    other: NDArray[np.float64],
    along_other: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Where two lines meet, each through a point and along a vector."""
    matrix = np.stack([along_one, -along_other], axis=1)
    if abs(np.linalg.det(matrix)) < 1e-6 * np.hypot(*along_one) * np.hypot(*along_other):
        return np.array([np.inf, np.inf])
    way = np.linalg.solve(matrix, other - one)[0]
    return np.asarray(one + way * along_one)
