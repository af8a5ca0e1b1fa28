"""A photo's colours as shades of grey: prints that differ from their floor in hue alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo
from archscan.segmentation.evening import CONTRAST, GREY, surroundings
from archscan.segmentation.network import SIDE

LEAST_SPREAD = 1.0
"""Grey levels added to the spread of a place's surroundings: what noise a camera leaves in its
colours once a photo is shrunk is not blown up beyond a tinted print."""

COLOURLESS = 0.5
"""Grey levels of spread along the colour that varies most, below which a photo is grey."""

SMOOTHED = 2.0
"""Standard deviation, working pixels, by which colours are smoothed: they are noisier than
brightness, and phones store half as many of them each way."""


def in_colour(photo: Photo) -> Photo | None:
    """Show where a photo's hue differs from its surroundings', dark on grey.

    Powder or dye that is as bright as the floor is plain to see for people, by its hue, and
    lost among shades for what looks at brightness. Of each pixel what is left without its
    brightness is laid along the direction in which that varies most, less the mean of its
    surroundings and over their spread. What stands out most becomes dark, as most prints are.

    Parameters
    ----------
    photo
        Upright.

    Returns
    -------
    Photo or None
        Of the same size, grey; ``None`` where it has no colours.
    """
    import cv2

    small = _hue(photo.within(SIDE))
    off = small - surroundings(small)
    spread = off.reshape(-1, 3).T @ off.reshape(-1, 3) / (off.size / 3)
    values, vectors = np.linalg.eigh(spread)
    if values[-1] < COLOURLESS**2:
        return None
    along = vectors[:, -1].astype(np.float32)
    most = off @ along
    if float(np.mean(most * most * most)) > 0:
        along = -along
    mean, deviation = surroundings(small @ along), np.sqrt(surroundings(most * most))
    height, width = photo.pixels.shape[:2]
    mean, deviation = (
        cv2.resize(one, (width, height), interpolation=cv2.INTER_LINEAR)
        for one in (mean, deviation)
    )
    # Projecting first is the same, and takes a third as long.
    hue = cv2.transform(photo.pixels.astype(np.float32), (along - along.mean())[None])
    smooth = cv2.GaussianBlur(hue, (0, 0), SMOOTHED)
    shades = GREY + (smooth - mean) * (CONTRAST / (deviation + LEAST_SPREAD))
    grey = np.clip(shades, 0, 255).astype(np.uint8)
    return replace(photo, pixels=np.repeat(grey[..., None], 3, axis=2))


def _hue(pixels: NDArray[np.uint8]) -> NDArray[Any]:
    """Leave of each pixel's colour what its brightness does not say."""
    colours = pixels.astype(np.float32)
    return np.asarray(colours - colours.mean(axis=2, keepdims=True))
