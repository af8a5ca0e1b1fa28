"""Undoing a camera's tilt once it is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo
from archscan.sheet.perspective import camera_of

SHOWN_TILT_DOUBT_DEG = 5.0
"""What is left in doubt when straight lines on the floor have shown the tilt (nineteen in
twenty such tilts of rendered photos are within this), or the phone has written which way
is down (a hand moves it and a floor is not quite level: our assumption)."""

MOST_BELIEVED_DEG = 45.0
"""A camera tilted further does not look down at a floor: the print may hang on a wall."""


@dataclass(frozen=True, slots=True, eq=False)
class Straightening:
    """What undoes a camera's tilt.

    Attributes
    ----------
    homography
        ``float64 (3, 3)`` from working pixels to the floor seen from straight above, not
        mirrored, in no unit.
    tilt_deg
        Angle between the camera's axis and the floor's normal.
    doubt_deg
        How far the camera may have been off that, about two standard deviations.
    """

    homography: NDArray[np.float64]
    tilt_deg: float
    doubt_deg: float


def looking_along(
    photo: Photo, normal: NDArray[np.float64], doubt_deg: float = SHOWN_TILT_DOUBT_DEG
) -> Straightening:
    """Turn the camera so that it looks along the floor's normal.

    Parameters
    ----------
    photo
        Upright.
    normal
        ``float64 (3,)`` unit vector into the floor, frame of the camera (``x`` right, ``y``
        down, ``z`` into the scene), with ``z`` above 0.
    doubt_deg
        How far it may be off, about two standard deviations.

    Returns
    -------
    Straightening
        About the photo's middle.
    """
    camera = camera_of(photo)
    axis = np.cross(normal, [0.0, 0.0, 1.0])
    sine, cosine = float(np.linalg.norm(axis)), float(normal[2])
    turn = np.eye(3)
    if sine > 0:
        x, y, z = axis / sine
        skew = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
        turn = turn + sine * skew + (1 - cosine) * (skew @ skew)
    homography = camera @ turn @ np.linalg.inv(camera)
    tilt_deg = float(np.degrees(np.arctan2(sine, cosine)))
    return Straightening(homography / homography[2, 2], tilt_deg, doubt_deg)


def by_gravity(photo: Photo) -> Straightening | None:
    """Straighten a photo of a level floor by the phone's own sense of down.

    Parameters
    ----------
    photo
        Upright.

    Returns
    -------
    Straightening or None
        ``None`` where the phone has not written it, or was not held above a floor.
    """
    down = photo.gravity
    if down is None or down[2] < np.cos(np.deg2rad(MOST_BELIEVED_DEG)):
        return None
    return looking_along(photo, down)
