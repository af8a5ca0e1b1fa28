"""Cutting one print out of a picture, toes up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archscan.photo.shrink import resizing, shrink

FINEST_STEP = 1.3
"""Picture pixels a patch pixel above which the picture is first reduced by areas, to
this; the little that is left does not alias."""


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """Where a patch lies.

    Attributes
    ----------
    to_photo
        ``float64 (3, 3)`` homography from patch to working pixels.
    mm_per_px
        Millimetres per patch pixel, or ``None``.
    width, height
        Of the patch, pixels.
    """

    to_photo: NDArray[np.float64]
    mm_per_px: float | None
    width: int
    height: int

    @property
    def step(self) -> float:
        """Picture pixels a patch pixel, along its upper edge."""
        ends = project(np.array([[0.0, 0.0], [float(self.width), 0.0]]), self.to_photo)
        return float(np.hypot(*(ends[1] - ends[0]))) / self.width

    @property
    def middle(self) -> NDArray[np.float64]:
        """``float64 (2,)`` of the patch, in its own pixels."""
        return np.array([self.width - 1, self.height - 1]) / 2

    def cut(self, picture: NDArray[Any]) -> NDArray[Any]:
        """Look at the picture through the patch.

        Parameters
        ----------
        picture
            ``(h, w)`` or ``(h, w, 3)``, frame ``photo``.

        Returns
        -------
        numpy.ndarray
            ``(height, width)`` or ``(height, width, 3)`` of the same type. What lies
            beyond the picture has its mean colour, or 0 in a map.
        """
        import cv2

        outside = [0.0]
        if picture.ndim == 3:
            outside = [float(value) for value in picture.reshape(-1, 3)[::997].mean(axis=0)]
        part, to_part = self._part(picture)
        cut = cv2.warpPerspective(
            part,
            to_part @ self.to_photo,
            (self.width, self.height),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=outside,
        )
        return np.asarray(cut, dtype=picture.dtype)

    def _part(self, picture: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.float64]]:
        """Crop the picture to the patch and reduce it, against aliasing.

        Returns the part and the map from the picture's pixels to the part's.
        """
        right, bottom = float(self.width), float(self.height)
        frame = np.array([[0.0, 0.0], [right, 0.0], [right, bottom], [0.0, bottom]])
        corners = project(frame, self.to_photo)
        step = self.step
        size = np.array(picture.shape[1::-1])
        margin = 2 * max(1.0, step)
        low = np.clip(np.floor(corners.min(axis=0) - margin), 0, size - 1).astype(int)
        high = np.clip(np.ceil(corners.max(axis=0) + margin), low + 1, size).astype(int)
        part = picture[low[1] : high[1], low[0] : high[0]]
        ratio = np.ones(2)
        if step > FINEST_STEP:
            reduced = np.maximum(1, np.rint((high - low) * FINEST_STEP / step)).astype(int)
            ratio = reduced / (high - low)
            part = shrink(part, (int(reduced[0]), int(reduced[1])))
        return part, resizing(ratio, low)


def upright_patch(
    points: NDArray[np.float64],
    up: NDArray[np.float64],
    photo_to_flat: NDArray[np.float64] | None,
    in_millimetres: bool = True,
    *,
    side: int,
    share: float,
    width: int | None = None,
) -> Patch:
    """Lay a patch over a print so that its toes point up.

    Parameters
    ----------
    points
        ``float64 (n, 2)`` of the print, working pixels.
    up
        ``float64 (2,)`` direction from heel to toes in the photo.
    photo_to_flat
        Homography to the floor seen from straight above, or ``None``.
    in_millimetres
        Whether that is in millimetres; the patch's scale is then known.
    side
        Height of the patch, pixels.
    share
        Share of the patch's height that the print fills.
    width
        Of the patch, pixels; as wide as it is high unless said.

    Returns
    -------
    Patch
        Never mirrored.
    """
    to_flat = np.eye(3) if photo_to_flat is None else photo_to_flat
    middle = points.mean(axis=0)
    reach = float(np.ptp(points, axis=0).max()) / 4
    ahead = np.subtract(*project(np.stack([middle + up * reach, middle]), to_flat))
    angle = np.arctan2(ahead[0], -ahead[1])
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    flat = points if photo_to_flat is None else project(points, to_flat)
    turned = flat @ turn.T
    low, high = turned.min(axis=0), turned.max(axis=0)
    # A print is at least this slim, unless toes were missed: leave room for them.
    scale = side * share / max(float(high[1] - low[1]), 1.7 * float(high[0] - low[0]), 1e-6)
    flat_to_patch = np.eye(3)
    flat_to_patch[:2, :2] = scale * turn
    size = np.array([side if width is None else width, side])
    flat_to_patch[:2, 2] = (size - 1) / 2 - scale * (low + high) / 2
    to_photo = np.linalg.inv(flat_to_patch @ to_flat)
    mm_per_px = 1.0 / scale if photo_to_flat is not None and in_millimetres else None
    return Patch(to_photo / to_photo[2, 2], mm_per_px, int(size[0]), side)


def project(points: NDArray[np.float64], matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Apply a homography.

    Parameters
    ----------
    points
        ``float64 (n, 2)``.
    matrix
        ``float64 (3, 3)``.

    Returns
    -------
    numpy.ndarray
        ``float64 (n, 2)``.
    """
    projected = matrix[:, :2] @ points.T + matrix[:, 2:]
    return np.asarray((projected[:2] / projected[2]).T)


def project_back(points: NDArray[np.float64], matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Undo a homography.

    Parameters
    ----------
    points
        ``float64 (n, 2)``.
    matrix
        ``float64 (3, 3)`` that leads to them.

    Returns
    -------
    numpy.ndarray
        ``float64 (n, 2)``.
    """
    return project(points, np.asarray(np.linalg.inv(matrix), np.float64))


def enlargement(matrix: NDArray[np.float64]) -> float:
    """Tell by how much a homography enlarges lengths near its origin.

    Parameters
    ----------
    matrix
        ``float64 (3, 3)``, 1 in its lower right corner.

    Returns
    -------
    float
        Square root of what it does to areas; of a map from a patch to the photo the
        working pixels a patch pixel.
    """
    return float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))


def places_of(mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Give the place of every pixel of a mask.

    Parameters
    ----------
    mask
        ``bool (h, w)``.

    Returns
    -------
    numpy.ndarray
        ``float64 (n, 2)`` ``(x, y)``, row by row.
    """
    y, x = np.nonzero(mask)
    return np.stack([x, y]).astype(np.float64).T


def marked(
    points: NDArray[np.float64], to_photo: NDArray[np.float64], height: int, width: int
) -> NDArray[np.bool_]:
    """Mark on a patch or a look the pixels that points of the photo fall on.

    Parameters
    ----------
    points
        ``float64 (n, 2)`` working pixels.
    to_photo
        ``float64 (3, 3)`` homography from its pixels to working pixels.
    height, width
        Of the patch or look, pixels.

    Returns
    -------
    numpy.ndarray
        ``bool (height, width)``; points beyond it are left out.
    """
    places = np.rint(project_back(points, to_photo)).astype(np.intp)
    x, y = places[((places >= 0) & (places < (width, height))).all(axis=1)].T
    mask = np.zeros((height, width), dtype=bool)
    mask[y, x] = True
    return mask
