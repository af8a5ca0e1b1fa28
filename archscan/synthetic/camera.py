"""A pinhole camera over the floor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.floating[Any]]

FOCAL_SHARE = 0.75
"""Focal length over the photo's long side: a phone's main camera, 26 mm in 35 mm terms."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the phone was held.

    Attributes
    ----------
    width, height
        Of the photo, pixels.
    scale
        Pixels a millimetre where the middle of the photo looks.
    tilt_deg
        Angle between the camera's axis and the floor's normal.
    azimuth_deg
        Which way it is tilted.
    turn_deg
        How the floor is turned in the photo.
    shift
        Floor point in the middle of the photo, millimetres.
    """

    width: int
    height: int
    scale: float
    tilt_deg: float
    azimuth_deg: float
    turn_deg: float
    shift: tuple[float, float]

    def floor_to_photo(self) -> Matrix:
        """Homography from the floor to the photo.

        Returns
        -------
        numpy.ndarray
            ``float64 (3, 3)``: millimetres (``x`` right, ``y`` towards the
            viewer) to pixels.
        """
        focal = FOCAL_SHARE * max(self.width, self.height)
        turn, azimuth, tilt = np.deg2rad([self.turn_deg, self.azimuth_deg, self.tilt_deg])
        about = _about_z(azimuth) @ _about_x(tilt) @ _about_z(-azimuth) @ _about_z(turn)
        intrinsics = np.array(
            [
                [focal, 0, (self.width - 1) / 2],
                [0, focal, (self.height - 1) / 2],
                [0, 0, 1],
            ]
        )
        pose = np.column_stack([about[:, 0], about[:, 1], [0, 0, focal / self.scale]])
        move = np.array([[1, 0, -self.shift[0]], [0, 1, -self.shift[1]], [0, 0, 1]])
        matrix = intrinsics @ pose @ move
        return np.asarray(matrix / matrix[2, 2])


def _about_z(angle: float) -> Matrix:
    cosine, sine = np.cos(angle), np.sin(angle)
    return np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1]])


def _about_x(angle: float) -> Matrix:
    cosine, sine = np.cos(angle), np.sin(angle)
    return np.array([[1, 0, 0], [0, cosine, -sine], [0, sine, cosine]])


def project(matrix: Matrix, points: NDArray[Any]) -> NDArray[np.float64]:
    """Apply a homography.

    Parameters
    ----------
    matrix
        ``(3, 3)``.
    points
        ``float (n, 2)``.

    Returns
    -------
    numpy.ndarray
        ``float (n, 2)``.
    """
    moved = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(moved[:, :2] / moved[:, 2:])


def warped(
    values: NDArray[np.float32],
    matrix: Matrix,
    size: tuple[int, int],
    outside: float,
    *,
    inverse: bool = False,
) -> NDArray[np.float32]:
    """See a field through a homography.

    Parameters
    ----------
    values
        ``float32 (h, w)``.
    matrix
        ``(3, 3)`` from its pixels to the picture's; the other way round if ``inverse``.
    size
        Width and height of the picture.
    outside
        Value beyond the field.
    inverse
        Whether ``matrix`` leads from the picture to the field.

    Returns
    -------
    numpy.ndarray
        ``float32`` of that size.
    """
    flags = cv2.INTER_LINEAR | (cv2.WARP_INVERSE_MAP if inverse else 0)
    seen = cv2.warpPerspective(
        values, matrix, size, flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=outside
    )
    return np.asarray(seen, dtype=np.float32)
