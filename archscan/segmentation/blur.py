"""How blurred a photo is, judged by the steepest edges on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SIDE = 512
"""Long side the photo is reduced to, pixels: fine noise averages out."""

FINE, COARSE = 1.0, 8.0
"""Standard deviations (pixels of the reduced photo) at which edges are compared."""

STEEPEST = 99.5
"""Percentile of the gradient that counts as the steepest edges."""

LEAST_EDGE = 4.0
"""Height of an edge, grey levels, below which nothing can be said about blur."""

WAYS = ((1, 0), (0, 1))
"""Differences across and along."""


def blur_share(pixels: NDArray[np.uint8]) -> float:
    """Estimate the blur of a photo.

    A step of height ``H`` blurred by ``b`` has, after a Gaussian of ``s``, the greatest
    gradient ``H / sqrt(2 pi (s² + b²))``. Two values of ``s`` therefore tell ``b``.

    Parameters
    ----------
    pixels
        ``uint8 (h, w, 3)`` RGB.

    Returns
    -------
    float
        Standard deviation of the blur as a share of the photo's longer side; 0 where
        the photo has fine detail, or too little contrast to tell.
    """
    import cv2

    height, width = pixels.shape[:2]
    scale = min(1.0, SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)

    def steepest(sigma: float) -> float:
        smooth = cv2.GaussianBlur(grey, (0, 0), sigma)
        across, along = (cv2.Sobel(smooth, cv2.CV_32F, *way, ksize=1) / 2 for way in WAYS)
        return float(np.percentile(np.hypot(across, along), STEEPEST))

    fine, coarse = steepest(FINE), steepest(COARSE)
    if coarse * COARSE * np.sqrt(2 * np.pi) < LEAST_EDGE or fine <= coarse:
        return 0.0
    ratio = (coarse / fine) ** 2
    # coarse² (C² + b²) = fine² (F² + b²), solved for b.
    variance = (COARSE**2 * ratio - FINE**2) / (1 - ratio)
    return float(np.sqrt(max(0.0, variance)) / max(size))
