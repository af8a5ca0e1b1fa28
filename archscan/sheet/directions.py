"""Which way lines in a photo run on the floor, if the floor lies in a certain way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float64]


def planes_of(ends: Vectors, camera: Vectors) -> Vectors:
    """Give the planes through the camera and each line.

    Parameters
    ----------
    ends
        ``float64 (n, 2, 2)`` two points on each, pixels.
    camera
        ``float64 (3, 3)`` from rays to those pixels.

    Returns
    -------
    numpy.ndarray
        ``float64 (n, 3)`` unit normals, frame of the camera.
    """
    rays = np.concatenate([ends, np.ones((*ends.shape[:2], 1))], axis=2)
    rays = rays @ np.linalg.inv(camera).T
    planes = np.cross(rays[:, 0], rays[:, 1])
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
