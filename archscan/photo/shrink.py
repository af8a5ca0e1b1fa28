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
        half = (picture.shape[1] // 2, picture.shape[0] // 2)
        picture = np.asarray(cv2.resize(picture, half, interpolation=cv2.INTER_AREA))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
