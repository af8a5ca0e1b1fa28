"""A picture evened out: faint marks as strong as bold ones, shade as bright as sun."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

SURROUNDINGS = 30.0
"""Standard deviation, pixels of a picture 256 high, of what counts as a place's surroundings:
about half a foot's width up close, so that a print stands out from its floor but shade does
not."""

COARSER = 8
"""The surroundings are worked out on a picture so many times smaller: they are smooth."""

GREY = 128.0

CONTRAST = 40.0
"""Grey levels that the surroundings' standard deviation is brought to."""

LEAST_CONTRAST = 3.0
"""Grey levels added to it: the noise of an even floor is not blown up beyond a faint print."""


def evened(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Bring every place's brightness, colour and contrast to the same.

    Each pixel less the mean of its surroundings, over their standard deviation.

    Parameters
    ----------
    picture
        ``uint8 (h, w, 3)`` RGB, the longer side 256.

    Returns
    -------
    numpy.ndarray
        ``uint8 (h, w, 3)``, grey but for what stands out.
    """
    off = picture.astype(np.float32)
    off -= surroundings(off)
    spread = np.sqrt(surroundings((off * off).mean(axis=2)))[..., None] + LEAST_CONTRAST
    even = np.clip(GREY + off * (CONTRAST / spread), 0, 255)
    return np.asarray(even, dtype=np.uint8)


def surroundings(values: NDArray[np.float32]) -> NDArray[Any]:
    """Give the mean of every place's surroundings.

    Parameters
    ----------
    values
        ``float32 (h, w)`` or ``(h, w, 3)``, the longer side 256.

    Returns
    -------
    numpy.ndarray
        ``float32`` of the same shape.
    """
    import cv2

    height, width = values.shape[:2]
    size = (max(1, width // COARSER), max(1, height // COARSER))
    small = cv2.resize(values, size, interpolation=cv2.INTER_AREA)
    smooth = cv2.GaussianBlur(small, (0, 0), SURROUNDINGS / COARSER, borderType=cv2.BORDER_REFLECT)
    return cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR)
