"""Anything a person calls a photo, to one upright :class:`Photo`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """Upright pixels to work on, and how they relate to the photo a person sees.

    Attributes
    ----------
    pixels
        ``uint8 (h, w, 3)`` RGB, sRGB, frame ``photo`` (working pixels): the
        photo after its EXIF orientation, reduced so that its long side is at
        most the working size.
    width, height
        Size in pixels of the photo as a person sees it (after orientation,
        before reduction).
    focal_length_35mm
        The lens's focal length in 35 mm terms, from EXIF, or ``None``.
    """

    pixels: NDArray[np.uint8]
    width: int
    height: int
    focal_length_35mm: float | None = None

    def to_seen(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Take working pixels to pixels of the photo as a person sees it.

        Parameters
        ----------
        points
            ``float (n, 2)`` ``(x, y)``, pixel centres at integers.

        Returns
        -------
        numpy.ndarray
            ``float (n, 2)`` in seen pixels, centres at integers, origin top left.
        """
        height, width = self.pixels.shape[:2]
        ratio = np.array([self.width / width, self.height / height])
        return (np.asarray(points, dtype=np.float64) + 0.5) * ratio - 0.5
