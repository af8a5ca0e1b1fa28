"""First look: where on the photo the prints are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.network import SIDE, probability_of, see
from archscan.segmentation.prints import LEVEL, find_prints

if TYPE_CHECKING:
    import cv2


HINT_LEVEL = 0.15
"""Probability from which a pixel hints at contact where none is found."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """One print in working pixels of the photo.

    Attributes
    ----------
    points
        ``float64 (n, 2)`` ``(x, y)`` of pixels that belong to it.
    up
        ``float64 (2,)`` unit vector from heel to toes.
    at_edge
        Whether it seems to reach the photo's edge.
    """

    points: NDArray[np.float64]
    up: NDArray[np.float64]
    at_edge: bool


def find(network: cv2.dnn.Net, pixels: NDArray[np.uint8]) -> tuple[list[Found], bool]:
    """Find every print on a photo.

    Parameters
    ----------
    network
        From :func:`archscan.segmentation.network.load_network`.
    pixels
        ``uint8 (h, w, 3)`` RGB working pixels.

    Returns
    -------
    found
        Largest first; may be empty.
    hinted
        Whether there is something too faint to be found that has the make of a print.
    """
    picture, (left, top, width, height) = letterbox(pixels)
    probability = probability_of(see(network, picture))
    # What lies beyond the photo is not there.
    inside = np.zeros((SIDE, SIDE), dtype=bool)
    inside[top : top + height, left : left + width] = True
    probability = np.where(inside, probability, 0).astype(np.float32)
    ratio = np.array([pixels.shape[1] / width, pixels.shape[0] / height])
    offset = np.array([left, top])
    found = [
        Found(
            points=(item.points - offset + 0.5) * ratio - 0.5,
            up=_unit(item.up * ratio),
            at_edge=_at_edge(item.points, left, top, width, height),
        )
        for item in find_prints(probability)
    ]
    return found, not found and _hinted(probability)


def _hinted(probability: NDArray[np.float32]) -> bool:
    """Whether a sole with toes would be found if less were asked of each pixel."""
    # The level is a probability of one half: raise the hint to it.
    raised = np.asarray(probability * (LEVEL / HINT_LEVEL), dtype=np.float32)
    return any(item.toes.any() for item in find_prints(raised))


def letterbox(
    pixels: NDArray[np.uint8],
) -> tuple[NDArray[np.uint8], tuple[int, int, int, int]]:
    """Shrink a photo into the middle of the network's square.

    Parameters
    ----------
    pixels
        ``uint8 (h, w, 3)``.

    Returns
    -------
    picture
        ``uint8 (256, 256, 3)``; what the photo leaves free has its mean colour.
    place
        Left, top, width and height of the photo in it.
    """
    import cv2

    height, width = pixels.shape[:2]
    scale = SIDE / max(height, width)
    new_width, new_height = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(pixels, (new_width, new_height), interpolation=cv2.INTER_AREA)
    left, top = (SIDE - new_width) // 2, (SIDE - new_height) // 2
    picture = np.empty((SIDE, SIDE, 3), dtype=np.uint8)
    picture[:] = small.reshape(-1, 3).mean(axis=0).astype(np.uint8)
    picture[top : top + new_height, left : left + new_width] = small
    return picture, (left, top, new_width, new_height)


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    return vector / float(np.hypot(vector[0], vector[1]))


def _at_edge(points: NDArray[np.float64], left: int, top: int, width: int, height: int) -> bool:
    x, y = points.T
    across = x.min() <= left or x.max() >= left + width - 1
    return bool(across or y.min() <= top or y.max() >= top + height - 1)
