"""Whether a quadrilateral can be a sheet seen by a camera, and from what angle."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo
from archscan.sheet.scene import SHEETS_MM

USUAL_FOCAL_LENGTH_35MM = 26.0
"""A phone's main camera when EXIF does not say: 24 to 28 mm on almost all."""

LONGER_FOCAL_LENGTHS_35MM = (35.0, 52.0, 77.0)
"""What else a phone's photo without EXIF may have been taken with: cropped, 2x, 3x."""

FULL_FRAME_DIAGONAL_MM = 43.27
"""What a focal length in 35 mm terms is held against: the lens that sees as much from corner to
corner of a frame of 24 by 36 mm. A phone's frame is less wide for its height, so by its long
side a lens would seem 4 % shorter than it is.
Source: CIPA DCG-001-Translation-2005, Guideline for Noting Digital Camera Specifications in
Catalogs."""

PHONE_ASPECT, FILM_ASPECT = 4 / 3, 3 / 2
"""Long over short side of the frames of phones, from which they cut what is wider or square, and
of larger cameras. The first is our assumption, as is that the focal length a phone writes down is
that of the whole frame."""

SAME_ASPECT = 0.01
"""Difference below which a photo is a whole frame."""

CLEARLY_BETTER = 0.5
"""Share of the error that the other kind of sheet must fall below to cast doubt."""

ASPECT_TOLERANCE = 0.035
"""A4 and Letter differ by 9 % in aspect; corners are good to about 1 %."""

SKEW_TOLERANCE = 0.06
"""Cosine of the angle between the sides, which are at right angles on paper."""

SQUARE = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A quadrilateral taken for a sheet.

    Attributes
    ----------
    kind
        A name in ``SHEETS_MM``, or ``"printed"``.
    corners
        ``float64 (4, 2)`` clockwise, working pixels.
    to_plane
        ``float64 (3, 3)`` homography from working pixels to millimetres.
    tilt_deg
        Of the camera against the plane's normal.
    """

    kind: str
    corners: NDArray[np.float64]
    to_plane: NDArray[np.float64]
    tilt_deg: float


def fit(
    photo: Photo,
    corners: NDArray[np.float64],
    kinds: tuple[str, ...],
    *,
    tolerance: float = 1.0,
) -> Fit | None:
    """Match a quadrilateral with the kinds of reference, upright or on its side.

    Parameters
    ----------
    photo
        It lies on.
    corners
        ``float64 (4, 2)`` clockwise from any, working pixels.
    kinds
        Names in ``SHEETS_MM`` that it may be.
    tolerance
        How many times as far from a sheet's shape it may be as corners well placed.

    Returns
    -------
    Fit or None
        ``None`` where it has no kind's proportions, or its kind stays in doubt.
    """
    import cv2

    skew, aspect, tilt = seen_through(camera_of(photo), corners)
    errors = {kind: _aspect_error(aspect, kind) for kind in kinds}
    kind = min(errors, key=lambda name: errors[name])
    if skew > tolerance * SKEW_TOLERANCE or errors[kind] > tolerance * ASPECT_TOLERANCE:
        return None
    if photo.focal_length_35mm is None:
        error = float(np.hypot(skew, errors[kind]))
        others = [other for other in kinds if other != kind]
        if _may_be_another(photo, corners, others, CLEARLY_BETTER * error):
            return None
    short, long = SHEETS_MM[kind]
    size = np.array((short, long) if aspect < 1 else (long, short), dtype=np.float32)
    to_plane = cv2.getPerspectiveTransform(corners.astype(np.float32), SQUARE * size)
    return Fit(kind, corners, np.asarray(to_plane), tilt)


def _may_be_another(
    photo: Photo, corners: NDArray[np.float64], others: list[str], error: float
) -> bool:
    """Whether another kind of sheet, tilted and through a longer lens, looks so with less error."""
    for lens in LONGER_FOCAL_LENGTHS_35MM:
        camera = camera_matrix(lens, photo.pixels.shape[1::-1])
        skew, aspect, _ = seen_through(camera, corners)
        if any(np.hypot(skew, _aspect_error(aspect, other)) < error for other in others):
            return True
    return False


def camera_matrix(focal_length_35mm: float, size: tuple[int, int]) -> NDArray[np.float64]:
    """Give the matrix that takes rays to pixels.

    Parameters
    ----------
    focal_length_35mm
        Of the lens, in 35 mm terms.
    size
        Width and height of the photo, pixels.

    Returns
    -------
    numpy.ndarray
        ``float64 (3, 3)``.
    """
    width, height = size
    focal = focal_length_35mm / FULL_FRAME_DIAGONAL_MM * _frame_diagonal(max(size), min(size))
    return np.array([[focal, 0, (width - 1) / 2], [0, focal, (height - 1) / 2], [0, 0, 1]])


def _frame_diagonal(long: int, short: int) -> float:
    """Measure the frame that a photo is, or was cut from, pixels."""
    if abs(long / short - FILM_ASPECT) < SAME_ASPECT:
        return math.hypot(long, short)
    return math.hypot(max(long, short * PHONE_ASPECT), max(short, long / PHONE_ASPECT))


def camera_of(photo: Photo, size: tuple[int, int] | None = None) -> NDArray[np.float64]:
    """Give the matrix of the camera that took a photo, as far as it is known.

    Parameters
    ----------
    photo
        Upright.
    size
        Width and height to which it was reduced, if it was.

    Returns
    -------
    numpy.ndarray
        ``float64 (3, 3)`` from rays to its pixels: :func:`camera_matrix` of its own lens,
        or of the usual one.
    """
    lens = photo.focal_length_35mm or USUAL_FOCAL_LENGTH_35MM
    return camera_matrix(lens, photo.pixels.shape[1::-1] if size is None else size)


def _aspect_error(aspect: float, kind: str) -> float:
    short, long = SHEETS_MM[kind]
    return abs(abs(float(np.log(aspect))) - float(np.log(long / short)))


def seen_through(
    camera: NDArray[np.float64], corners: NDArray[np.float64]
) -> tuple[float, float, float]:
    """See a rectangle in the photo as a camera does.

    The first two columns of ``K^-1 H`` are the rectangle's sides as vectors (Z.
    Zhang, IEEE PAMI 22 (2000) 1330-1334, doi 10.1109/34.888718).

    Parameters
    ----------
    camera
        ``float64 (3, 3)`` from rays to working pixels, for example :func:`camera_of` the photo.
    corners
        ``float64 (4, 2)`` clockwise, working pixels.

    Returns
    -------
    skew, aspect, tilt
        Cosine between the sides, width over height, and the angle between the camera's
        axis and the rectangle's normal, degrees.
    """
    import cv2

    pose = np.linalg.inv(camera) @ cv2.getPerspectiveTransform(SQUARE, corners.astype(np.float32))
    across, down = pose[:, 0], pose[:, 1]
    lengths = float(np.linalg.norm(across)), float(np.linalg.norm(down))
    normal = np.cross(across, down)
    tilt = np.degrees(np.arccos(min(1.0, abs(normal[2]) / np.linalg.norm(normal))))
    skew = abs(float(across @ down)) / (lengths[0] * lengths[1])
    return skew, lengths[0] / lengths[1], float(tilt)
