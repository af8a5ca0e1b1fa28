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

COLOURED = 60
"""Levels between the channels of a ground that is coloured: paper and lamps have less."""

FULL = 0.5
"""Share of the largest difference from the ground from which on contact is full: a colour says
how much of something there is, not whether there is any."""

LARGEST = 0.99
"""Quantile of the differences that is taken for the largest."""

PROBED = 64
"""Rows and columns of pixels by which a ground is told."""

AS_ONE = np.array([1 << 16, 1 << 8, 1])
"""Makes one number of a colour: numbers are counted faster than rows of them."""


def even_ground(photo: Photo) -> NDArray[np.int64] | None:
    """Give the one colour of the ground that a picture lies on.

    Parameters
    ----------
    photo
        Any picture.

    Returns
    -------
    numpy.ndarray or None
        ``int64 (3,)`` RGB; ``None`` where the ground has many, as a photo's has.
    """
    rows, columns = (
        np.linspace(0, length - 1, min(length, PROBED)).astype(int)
        for length in photo.pixels.shape[:2]
    )
    probed = photo.pixels[np.ix_(rows, columns)].reshape(-1, 3).astype(np.int64)
    _, first, counts = np.unique(probed @ AS_ONE, return_index=True, return_counts=True)
    ground = np.asarray(probed[first[counts.argmax()]])
    is_ground = np.abs(probed - ground).max(axis=1) <= SAME
    return ground if is_ground.mean() >= LEAST_GROUND else None


def is_coloured(ground: NDArray[np.int64]) -> bool:
    """Tell whether a ground is neither white nor black nor grey, as the lowest of a colour scale.

    Parameters
    ----------
    ground
        ``int64 (3,)`` RGB.

    Returns
    -------
    bool
        No camera took what lies on such a ground.
    """
    return int(np.ptp(ground)) >= COLOURED


def against(photo: Photo, ground: NDArray[np.int64]) -> Photo:
    """Show by how much a picture differs from its ground, bright on black, as on a lit plate.

    What was trained on photos does not know a world without noise: it may overlook a print
    that is black on white in every pixel, or whose colours run from blue to red.

    Parameters
    ----------
    photo
        Any picture.
    ground
        ``int64 (3,)`` RGB, of :func:`even_ground`.

    Returns
    -------
    Photo
        Of the same size, grey; black where nothing differs.
    """
    off = np.linalg.norm(photo.pixels.astype(np.float32) - ground.astype(np.float32), axis=2)
    full = max(FULL * float(np.quantile(off, LARGEST)), float(SAME))
    grey = np.rint(255.0 * np.minimum(off / full, 1.0)).astype(np.uint8)
    return replace(photo, pixels=np.repeat(grey[..., None], 3, axis=2))
