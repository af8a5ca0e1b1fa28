"""Areas with four long sides."""

from __future__ import annotations

from collections.abc import Sequence
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

    # Seen with y down, its corners go round clockwise.
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

    if len(outline) < 4:
        return None
    steps = np.roll(outline, -1, axis=0) - outline
    lengths = np.hypot(*steps.T)
    sides = np.sort(np.argsort(-lengths, kind="stable")[:4])
    if lengths[sides].sum() < LONG_SIDES * around:
        return None
    corners = meeting([through(outline[side], outline[side] + steps[side]) for side in sides])
    if not np.isfinite(corners).all() or not cv2.isContourConvex(corners.astype(np.float32)):
        return None
    # Half a pixel outwards: an outline runs through the middles of the outermost pixels.
    middle = corners.mean(axis=0)
    away = np.hypot(*(corners - middle).T)[:, None]
    corners = middle + (corners - middle) * (1 + 0.5 * np.sqrt(2) / away)
    return upper_left_first(corners)


def upper_left_first(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Begin a quadrilateral at its upper left corner.

    Parameters
    ----------
    corners
        ``float64 (4, 2)``, ``y`` down.

    Returns
    -------
    numpy.ndarray
        The same corners, the same way round.
    """
    return np.asarray(np.roll(corners, -int(np.argmin(corners.sum(axis=1))), axis=0))


def through(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the line through two points.

    Parameters
    ----------
    one, other
        ``float64 (2,)``.

    Returns
    -------
    numpy.ndarray
        ``float64 (3,)``: ``a``, ``b`` and ``c`` of ``a x + b y = c``, with ``(a, b)`` of
        length 1.
    """
    along = (other - one) / np.hypot(*(other - one))
    return np.array([along[1], -along[0], along[1] * one[0] - along[0] * one[1]])


def meeting(lines: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Find where each side's line meets the one before it.

    Parameters
    ----------
    lines
        Four, from :func:`through`, in their order round the area.

    Returns
    -------
    numpy.ndarray
        ``float64 (4, 2)``; infinite where two are parallel.
    """
    return np.array([_meet(lines[number - 1], lines[number]) for number in range(4)])


def _meet(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    matrix = np.stack([one[:2], other[:2]])
    if abs(np.linalg.det(matrix)) < 1e-6:
        return np.array([np.inf, np.inf])
    return np.asarray(np.linalg.solve(matrix, np.array([one[2], other[2]])))
