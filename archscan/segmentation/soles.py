"""Where the first look saw soles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.contact import LEVEL
from archscan.segmentation.look import Look
from archscan.segmentation.patches import project

LEAST_SHARE = 0.15
"""Of the largest area: what is smaller is a drop, or a toe."""


def likely_soles(look: Look) -> NDArray[np.float64]:
    """Outline what looked like soles.

    Parameters
    ----------
    look
        At the whole photo.

    Returns
    -------
    numpy.ndarray
        ``float64 (n, 2)`` the corners of their common hull, working pixels; ``n`` is 0
        where none was seen.
    """
    import cv2

    mask = (look.contact[0] >= LEVEL).astype(np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    areas = [cv2.contourArea(contour) for contour in contours]
    least = max(1.0, LEAST_SHARE * max(areas, default=0.0))
    large = [contour for contour, area in zip(contours, areas, strict=True) if area >= least]
    if not large:
        return np.zeros((0, 2))
    hull = cv2.convexHull(np.concatenate(large))[:, 0].astype(np.float64)
    return project(hull, look.to_photo)
