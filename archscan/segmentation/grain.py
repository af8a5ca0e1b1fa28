"""Grain laid over a photo, without which the network takes what is solid for a thing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo

GRAIN = 16.0
"""Standard deviation of the grain, grey levels. Of 16 prints in solid paint that were overlooked
on their own, 3 were found by their hue and one without colours; with 6 levels of grain 9 and 9,
with 12 11 and 11, with 20 12 and 11."""

SCALES = 1, 3, 9
"""Pixels from one grain to the next: a print is looked at from afar and up close."""


def grained(photo: Photo) -> Photo:
    """Lay the same grain over all of a photo, shown without colours.

    Water and ink let the floor's grain through, shoes and stones do not: that is what the
    network learned. Paint covers it as they do.

    Parameters
    ----------
    photo
        Upright.

    Returns
    -------
    Photo
        Of the same size, grey. The same for the same photo.
    """
    grey = photo.pixels.mean(axis=2) + GRAIN * _grain(*photo.pixels.shape[:2])
    shades = np.clip(grey, 0, 255).astype(np.uint8)
    return replace(photo, pixels=np.repeat(shades[..., None], 3, axis=2))


def _grain(height: int, width: int) -> NDArray[np.float32]:
    """Noise of every scale together, of mean 0 and standard deviation 1."""
    import cv2

    random = np.random.default_rng(0)
    grain = np.zeros((height, width), np.float32)
    for apart in SCALES:
        coarse = random.standard_normal((height // apart + 1, width // apart + 1), np.float32)
        grain += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray((grain - grain.mean()) / grain.std(), dtype=np.float32)
