"""A photographed surface as the floor of a scene."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from archscan.synthetic.floors import Floor, Picture, Random

ACROSS_MM = (350.0, 700.0)
"""What a photo of a floor is taken to show along its longer side, millimetres."""


def photographed(ground: NDArray[np.uint8], floor: Floor, random: Random) -> Picture:
    """Lay a photo of a bare surface out as a floor, mirrored at its edges to go on.

    Parameters
    ----------
    ground
        ``uint8 (h, w, 3)`` RGB.
    floor
        Size and scale.
    random
        Source of its scale, turn and place.

    Returns
    -------
    numpy.ndarray
        ``float32 (floor.height, floor.width, 3)``, 0 to 1.
    """
    height, width = ground.shape[:2]
    scale = random.uniform(*ACROSS_MM) * floor.scale / max(height, width)
    picture = ground.astype(np.float32) / 255
    if scale < 1:
        # Reduced by areas first: warping alone would alias.
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.float32)
        scale = 1.0
    middle = np.array(picture.shape[1::-1]) / 2
    angle = random.uniform(0, 2 * np.pi)
    linear = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) / scale
    shift = middle - linear @ (np.array([floor.width, floor.height]) / 2)
    laid = cv2.warpAffine(
        picture, np.column_stack([linear, shift]), (floor.width, floor.height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REFLECT,
    )  # fmt: skip
    return np.asarray(laid, dtype=np.float32)
