"""A photo on which a print was painted over, so that what lies beside it is seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo
from archscan.photo.shrink import resizing
from archscan.segmentation.patches import marked
from archscan.segmentation.pieces import grown

SIDE = 512
"""Longer side of the picture that is painted on, pixels: what is put there has no detail."""

MARGIN = 0.012
"""Share of a print's extent by which more than the print is painted over: its edge fades."""

REACH = 3.0
"""Pixels round a painted one that it is mixed from; more make it smoother and no better."""


def without_print(photo: Photo, points: NDArray[np.float64]) -> Photo:
    """Paint over a print with the ground that lies round it.

    By Telea A (2004), J Graph Tools 9(1):23-34, doi:10.1080/10867651.2004.10487596.

    Parameters
    ----------
    photo
        Upright.
    points
        ``float64 (n, 2)`` of the print, working pixels.

    Returns
    -------
    Photo
        The same, but for the pixels of the print.
    """
    import cv2

    small = photo.within(SIDE)
    height, width = photo.pixels.shape[:2]
    ratio = np.array([width, height]) / small.shape[1::-1]
    mask = marked(points, resizing(ratio), *small.shape[:2])
    extent = float(np.ptp(points, axis=0).max() / ratio.max())
    hidden = grown(mask, max(1, round(MARGIN * extent))).astype(np.uint8)
    painted = cv2.inpaint(small, hidden, REACH, cv2.INPAINT_TELEA)
    covered = cv2.resize(hidden * 255, (width, height), interpolation=cv2.INTER_LINEAR) > 127
    ground = cv2.resize(painted, (width, height), interpolation=cv2.INTER_LINEAR)
    pixels = np.where(covered[..., None], ground, photo.pixels)
    return replace(photo, pixels=np.asarray(pixels, dtype=np.uint8))
