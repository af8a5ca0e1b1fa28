"""The colours of a print, of its edge and of what it lies on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo
from archscan.segmentation.contact import LEVEL, Contact
from archscan.segmentation.edge import MOST_SHADED, edge_of, shade_of
from archscan.segmentation.patches import Patch
from archscan.segmentation.pieces import grown

NEAR, FAR = 3, 15
"""Patch pixels from a print between which its surroundings are measured."""

INSIDE = 2
"""Patch pixels from its edge from which a print is."""

NORMAL = 1.4826
"""Standard deviations in one median absolute deviation, of a normal distribution."""


@dataclass(frozen=True, slots=True, eq=False)
class PrintColour:
    """What colours a print has, and what its surroundings.

    Attributes
    ----------
    inside, outside
        ``uint8 (n, 3)`` RGB of pixels well within it and close round it, at least one each.
    shade
        How much darker its edge is than either side of it, see
        :func:`archscan.segmentation.edge.shade_of`.
    """

    inside: NDArray[np.uint8]
    outside: NDArray[np.uint8]
    shade: float

    @property
    def own(self) -> NDArray[np.float64]:
        """``float64 (3,)``: its colour, the median of each channel."""
        return _middle(self.inside)

    @property
    def brighter(self) -> float:
        """By how many grey levels it is brighter than its surroundings; negative: darker."""
        return float(np.mean(self.own - _middle(self.outside)))

    @property
    def is_shaded(self) -> bool:
        """Whether its edge is darker than either side of it, as where a thing rounds off."""
        return self.shade > MOST_SHADED

    @property
    def tint(self) -> float:
        """Difference in hue from its surroundings, each colour as a share of its brightness."""
        return float(np.linalg.norm(_hue(self.own) - _hue(_middle(self.outside))))


def print_colour(photo: Photo, contact: Contact) -> PrintColour | None:
    """Look at the colours of a print, of its edge and of what it lies on.

    Parameters
    ----------
    photo
        In its own colours.
    contact
        The print.

    Returns
    -------
    PrintColour or None
        ``None`` where the print is all edge, or fills its patch.
    """
    mask = np.maximum(contact.sole, contact.toes) >= LEVEL
    inside = ~grown(~mask, INSIDE)
    outside = grown(mask, FAR) & ~grown(mask, NEAR)
    if not inside.any() or not outside.any():
        return None
    height, width = mask.shape
    colours = Patch(contact.patch_to_photo, None, width, height).cut(photo.pixels)
    shade = shade_of(edge_of(photo.pixels, contact))
    return PrintColour(colours[inside], colours[outside], shade)


def spread(colours: NDArray[np.uint8]) -> float:
    """Tell how far colours differ in brightness, a few that stand out apart.

    Parameters
    ----------
    colours
        ``uint8 (n, 3)`` RGB, at least one.

    Returns
    -------
    float
        Grey levels, as a standard deviation.
    """
    shades = colours.mean(axis=1)
    return NORMAL * float(np.median(np.abs(shades - np.median(shades))))


def _hue(colour: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give a colour as shares of its brightness; of black, which has none, that of grey."""
    brightness = float(colour.mean())
    return colour / brightness if brightness > 0 else np.ones_like(colour)


def _middle(colours: NDArray[np.uint8]) -> NDArray[np.float64]:
    return np.asarray(np.median(colours, axis=0), dtype=np.float64)
