"""Which way lines in a photo run on the floor, if the floor lies in a certain way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archscan.sheet.perspective import FULL_FRAME_LONG_SIDE_MM

Vectors = NDArray[np.float64]


def planes_of(segments: Vectors, lens: float) -> Vectors:
    """Give the planes through the camera and each segment.

    Parameters
    ----------
    segments
        ``float64 (n, 2, 2)`` two points on each, about the photo's middle, its longer
        side 1.
    lens
        Focal length in 35 mm terms.

    Returns
    -------
    numpy.ndarray
        ``float64 (n, 3)`` unit normals, frame of the camera.
    """
    focal = lens / FULL_FRAME_LONG_SIDE_MM
    ends = np.concatenate([segments / focal, np.ones((*segments.shape[:2], 1))], axis=2)
    planes = np.cross(ends[:, 0], ends[:, 1])
    return np.asarray(planes / np.linalg.norm(planes, axis=1, keepdims=True))


def angles_on_floor(planes: Vectors, normals: Vectors) -> Vectors:
    """Give the direction of each segment on each floor.

    Parameters
    ----------
    planes
        ``float64 (n, 3)`` from :func:`planes_of`.
    normals
        ``float64 (k, 3)`` of floors.

    Returns
    -------
    numpy.ndarray
        ``float64 (k, n)``, radians.
    """
    across = np.cross(normals, np.array([0.0, 1.0, 0.0]))
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    along = np.cross(normals, across)
    # The segment lies where the plane through it and the camera meets the floor.
    ways = np.cross(planes[None], normals[:, None])
    return np.asarray(
        np.arctan2(np.einsum("knc,kc->kn", ways, along), np.einsum("knc,kc->kn", ways, across))
    )


def normal_of(off: Vectors) -> Vectors:
    """Give a floor's normal.

    Parameters
    ----------
    off
        ``float64 (2,)`` its ``x`` and ``y`` for a ``z`` of 1.

    Returns
    -------
    numpy.ndarray
        ``float64 (3,)``, of length 1, frame of the camera.
    """
    return np.asarray(normals_of(off[None])[0])


def normals_of(off: Vectors) -> Vectors:
    """Give the normals of floors.

    Parameters
    ----------
    off
        ``float64 (k, 2)`` their ``x`` and ``y`` for a ``z`` of 1.

    Returns
    -------
    numpy.ndarray
        ``float64 (k, 3)``, of length 1, frame of the camera.
    """
    normals = np.column_stack([off, np.ones(len(off))])
    return np.asarray(normals / np.linalg.norm(normals, axis=1, keepdims=True))
