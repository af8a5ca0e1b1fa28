"""Making a picture smaller without aliasing, fast."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def shrink(picture: NDArray[Any], size: tuple[int, int]) -> NDArray[Any]:
    """Average areas down to a size.

    Parameters
    ----------
    picture
        ``(h, w)`` or ``(h, w, 3)``.
    size
        Width and height, pixels; not more than the picture's.

    Returns
    -------
    numpy.ndarray
        Of the same type.
    """
    import cv2

    while picture.shape[1] >= 2 * size[0] and picture.shape[0] >= 2 * size[1]:
        # Halving is several times as fast as any other step, and averages areas as well.
        picture = halved(picture)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))


def resizing(
    ratio: NDArray[np.float64], origin: NDArray[np.float64] | tuple[float, float] = (0.0, 0.0)
) -> NDArray[np.float64]:
    """Map a picture's pixels to those of a part of it in another size.

    Parameters
    ----------
    ratio
        ``float64 (2,)``: pixels of the new picture for one of the old, across and down.
    origin
        Upper left pixel of the part.

    Returns
    -------
    numpy.ndarray
        ``float64 (3, 3)``, pixel centres at integers in both.
    """
    matrix = np.diag([*ratio, 1.0])
    matrix[:2, 2] = (0.5 - np.asarray(origin)) * ratio - 0.5
    return matrix


def halved(picture: NDArray[Any]) -> NDArray[Any]:
    """Average areas down to half the size.

    Parameters
    ----------
    picture
        ``(h, w)`` or ``(h, w, 3)``.

    Returns
    -------
    numpy.ndarray
        Of the same type; a last odd row or column is shared out, a single one kept.
    """
    import cv2

    half = (max(1, picture.shape[1] // 2), max(1, picture.shape[0] // 2))
    return np.asarray(cv2.resize(picture, half, interpolation=cv2.INTER_AREA))
