"""Sheets of paper and cards that the first look saw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.contact import LEVEL
from archscan.segmentation.look import Look
from archscan.sheet import Candidate

SMALLEST_SHARE = (0.01, 0.002)
"""Of a square on the picture's longer side, for a sheet and for a card: smaller ones give
no useful scale."""

LONG_SIDES = 0.7
"""Of an area's outline that its four longest sides must make up: the rest is corners
rounded off or hidden under something."""

ROUGHNESS = 0.012, 0.025
"""Share of an area's outline by which its sides may be bent, tried in turn."""


def references(look: Look) -> list[Candidate]:
    """Find the quadrilaterals among what looked like paper or a card.

    Parameters
    ----------
    look
        At the whole photo.

    Returns
    -------
    list of Candidate
        Largest sheet first, then cards; what runs out of the photo is left out.
    """
    import cv2

    found = []
    for card, probability in enumerate(look.references):
        mask = (probability >= LEVEL).astype(np.uint8)
        # What is thinner than this sticks out of a sheet, or lies beside it.
        mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)))
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        large = [
            contour
            for contour in contours
            if cv2.contourArea(contour) >= SMALLEST_SHARE[card] * max(mask.shape) ** 2
            and not _is_cut(cv2.boundingRect(contour), look.place)
        ]
        for contour in sorted(large, key=cv2.contourArea, reverse=True):
            corners = _four_sides(cv2.convexHull(contour))
            if corners is not None:
                found.append(Candidate(bool(card), look.to_photo(corners)))
    return found


def _is_cut(box: Sequence[int], place: tuple[int, int, int, int]) -> bool:
    """Whether an area reaches the photo's edge."""
    left, top, width, height = place
    return bool(
        box[0] <= left
        or box[1] <= top
        or box[0] + box[2] >= left + width
        or box[1] + box[3] >= top + height
    )


def _four_sides(hull: NDArray[Any]) -> NDArray[np.float64] | None:
    """Extend a hull's four longest sides till they meet; clockwise from the top left."""
    import cv2

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
