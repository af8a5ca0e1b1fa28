"""Light areas with four sides, where a sheet was seen but not its outline."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from archscan.sheet.quadrilaterals import four_sides

SEARCH_LONG_SIDE = 320
"""The part is looked at in this size; edges are placed at working size later."""

PERCENTILES = (30, 45, 60, 70, 80, 88, 94, 98)
LEVELS = 12
"""Brightnesses at which sheets are cut from the floor: one of them lies between a
sheet and its surroundings, whatever the light. Percentiles are close together where
many pixels are alike, even levels reach the gaps between them."""

SMALLEST_SHARE, LARGEST_SHARE = 0.05, 0.95
"""Of the part that is looked at."""

SAME_PLACE = 6.0
"""Pixels: corners closer than this lead to the same edges."""

MARGIN = 0.8
"""Of a box's size, that is looked at round it."""


def light_quadrilaterals(
    pixels: NDArray[np.uint8], box: tuple[float, float, float, float]
) -> Iterator[NDArray[np.float64]]:
    """Cut a part of the photo at many brightnesses and give what has four sides.

    Parameters
    ----------
    pixels
        ``uint8 (h, w, 3)`` working pixels.
    box
        Left, top, right and bottom of the area, working pixels.

    Yields
    ------
    numpy.ndarray
        ``float64 (4, 2)`` corners, clockwise from the top left, working pixels.
    """
    import cv2

    height, width = pixels.shape[:2]
    margin = MARGIN * max(box[2] - box[0], box[3] - box[1])
    left, top = max(0, int(box[0] - margin)), max(0, int(box[1] - margin))
    part = pixels[top : min(height, int(box[3] + margin)), left : min(width, int(box[2] + margin))]
    if min(part.shape[:2]) < 8:
        return
    scale = min(1.0, SEARCH_LONG_SIDE / max(part.shape[:2]))
    size = (max(4, round(part.shape[1] * scale)), max(4, round(part.shape[0] * scale)))
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    grey = np.asarray(cv2.medianBlur(small, 5)).min(axis=2)
    # Divided by the light's slow changes, a sheet half in the shade is still one area.
    light = cv2.resize(cv2.resize(grey, (16, 16), interpolation=cv2.INTER_AREA), size)
    even = np.clip(grey / np.maximum(light, 8.0) * 110, 0, 255).astype(np.uint8)
    found: list[NDArray[np.float64]] = []
    for shades in (grey, even):
        low, high = np.percentile(shades, (5, 99.5))
        levels = [*np.percentile(shades, PERCENTILES), *np.linspace(low, high, LEVELS)]
        for level in np.unique(np.round(levels)):
            contours, _ = cv2.findContours(
                (shades > level).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE
            )
            for contour in contours:
                if not SMALLEST_SHARE <= cv2.contourArea(contour) / grey.size <= LARGEST_SHARE:
                    continue
                corners = four_sides(contour)
                if corners is None or (
                    found and np.abs(np.array(found) - corners).max((1, 2)).min() < SAME_PLACE
                ):
                    continue
                found.append(corners)
                ratio = np.array(part.shape[1::-1]) / np.array(size)
                yield (corners + 0.5) * ratio - 0.5 + np.array([left, top])
