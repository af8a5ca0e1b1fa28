"""From a print's own frames to the photo."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archscan.footprint import Footprint
from archscan.photo import Photo
from archscan.segmentation.patches import project


def to_photo(points: NDArray[np.float64], footprint: Footprint) -> NDArray[np.float64]:
    """Take patch points to working pixels.

    Parameters
    ----------
    points
        ``float64 (n, 2)``, frame ``patch``.
    footprint
        Whose patch it is.

    Returns
    -------
    numpy.ndarray
        ``float64 (n, 2)``, frame ``photo``.
    """
    return project(np.atleast_2d(np.asarray(points, dtype=np.float64)), footprint.patch_to_photo)


def to_seen(points: NDArray[np.float64], footprint: Footprint, photo: Photo) -> NDArray[np.float64]:
    """Take patch points to pixels of the photo as a person sees it.

    Parameters
    ----------
    points
        ``float64 (n, 2)``, frame ``patch``.
    footprint, photo
        Whose patch it is, and on which photo.

    Returns
    -------
    numpy.ndarray
        ``float64 (n, 2)`` seen pixels.
    """
    return photo.to_seen(to_photo(points, footprint))


def from_axis(points: NDArray[np.float64], footprint: Footprint) -> NDArray[np.float64]:
    """Take points of the foot's own frame back to its patch.

    Parameters
    ----------
    points
        ``float64 (n, 2)``, frame ``axis``: ``x`` medial, ``y`` towards the toes.
    footprint
        Whose frame it is.

    Returns
    -------
    numpy.ndarray
        ``float64 (n, 2)``, frame ``patch``.
    """
    origin, along_x, along_y = np.zeros(2), np.array([1.0, 0.0]), np.array([0.0, 1.0])
    # The frame is a rotation (or a reflection) about the heel: its inverse is its transpose.
    base = np.stack([origin, along_x, along_y])
    (moved,) = footprint.in_axis_frame((base + footprint.heel_centre,))
    turn = np.stack([moved[1], moved[2]])
    return np.asarray(np.atleast_2d(points) @ turn.T + footprint.heel_centre)
