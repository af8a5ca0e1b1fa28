"""Pictures on a ground of one colour: scans, drawings, and what plates show in false colours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from archscan.photo.photo import Photo

SAME = 1
"""Levels of a channel within which a colour is the ground's: what storing a picture changes."""

LEAST_GROUND = 0.35
"""Share of a picture that is its ground. No floor is so even, nor so evenly lit: a camera sees
a third of a photo in one colour only where that is too bright or too dark for it."""

FULL = 0.5
"""Share of the largest difference from the ground from which on contact is full: a colour says
how much of something there is, not whether there is any."""

LARGEST = 0.99
"""Quantile of the differences that is taken for the largest."""

PROBED = 64
"""Rows and columns of pixels by which a ground is told."""

AS_ONE = np.array([1 << 16, 1 << 8, 1])
"""Makes one number of a colour: numbers are counted faster than rows of them."""


def on_even_ground(photo: Photo) -> Photo | None:
    """Show by how much a picture differs from its ground, bright on black, as on a lit plate.

    What was trained on photos does not know a world without noise: it may overlook a print
    that is black on white in every pixel, or whose colours run from blue to red.

    Parameters
    ----------
    photo
        Any picture.

    Returns
    -------
    Photo or None
        Of the same size, grey; ``None`` where there is no such ground.
    """
    ground = _ground(photo.pixels)
    if ground is None:
        return None
    off = np.linalg.norm(photo.pixels.astype(np.float32) - ground, axis=2)
    full = FULL * float(np.quantile(off, LARGEST))
    if full <= SAME:
        return None
    grey = np.rint(255.0 * np.minimum(off / full, 1.0)).astype(np.uint8)
    return replace(photo, pixels=np.repeat(grey[..., None], 3, axis=2))


def _ground(pixels: NDArray[np.uint8]) -> NDArray[np.int64] | None:
    """Give the colour that most of a picture has, ``int64 (3,)``."""
    rows, columns = (
        np.linspace(0, length - 1, min(length, PROBED)).astype(int) for length in pixels.shape[:2]
    )
    probed = pixels[np.ix_(rows, columns)].reshape(-1, 3).astype(np.int64)
    _, first, counts = np.unique(probed @ AS_ONE, return_index=True, return_counts=True)
    ground = np.asarray(probed[first[counts.argmax()]])
    is_ground = np.abs(probed - ground).max(axis=1) <= SAME
    return ground if is_ground.mean() >= LEAST_GROUND else None
