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
    x, y, z = normals.T
    level = np.hypot(x, z)
    across = np.column_stack([-z / level, np.zeros(len(normals)), x / level])
    along = np.column_stack([x * y, -x * x - z * z, y * z]) / level[:, None]
    # A segment lies where the plane through it and the camera meets the floor: along the cross
    # product of the two normals, whose parts these are, for both are at right angles to it.
    return np.asarray(np.arctan2(-across @ planes.T, along @ planes.T))


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
