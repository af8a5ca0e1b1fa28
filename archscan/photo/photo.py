"""The photo as everything after works on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from archscan.photo.shrink import halved, resizing, shrink


@dataclass(frozen=True, eq=False)
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
    gravity
        ``float64 (3,)`` unit vector that points down, in the camera's frame (``x`` right and
        ``y`` down in the upright photo, ``z`` into the scene), where the phone has written
        it, or ``None``.
    """

    pixels: NDArray[np.uint8] = field(repr=False)
    width: int
    height: int
    focal_length_35mm: float | None = None
    gravity: NDArray[np.float64] | None = None

    @cached_property
    def half(self) -> NDArray[np.uint8]:
        """The working pixels at half their size, worked out once for all who ask."""
        return np.asarray(halved(self.pixels))

    @property
    def to_half(self) -> NDArray[np.float64]:
        """``float64 (3, 3)`` map from working pixels to those of :attr:`half`."""
        return resizing(np.array(self.half.shape[1::-1]) / np.array(self.pixels.shape[1::-1]))

    def shrunk(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        """Shrink the working pixels.

        Parameters
        ----------
        size
            Width and height, pixels; not more than the working pixels have.

        Returns
        -------
        numpy.ndarray
            ``uint8 (height, width, 3)``, as :func:`archscan.photo.shrink.shrink` gives it.
        """
        height, width = self.pixels.shape[:2]
        small = width >= 2 * size[0] and height >= 2 * size[1]
        return np.asarray(shrink(self.half if small else self.pixels, size))

    def within(self, side: int) -> NDArray[np.uint8]:
        """Shrink the working pixels until neither side is longer than said.

        Parameters
        ----------
        side
            Pixels.

        Returns
        -------
        numpy.ndarray
            ``uint8 (h, w, 3)``, at least 2 pixels each way.
        """
        height, width = self.pixels.shape[:2]
        scale = min(1.0, side / max(height, width))
        return self.shrunk((max(2, round(width * scale)), max(2, round(height * scale))))

    def _ratio(self) -> NDArray[np.float64]:
        height, width = self.pixels.shape[:2]
        return np.array([self.width / width, self.height / height])

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
        return np.asarray((np.asarray(points, dtype=np.float64) + 0.5) * self._ratio() - 0.5)
