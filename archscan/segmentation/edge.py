"""The photo across a print's edge, from outside to inside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.contact import LEVEL, Contact
from archscan.segmentation.patches import project

POINTS = 240
"""Places along the outline at which the edge is looked at."""

LEAST_PIECE = 0.2
"""Share of the longest outline's length below which another is spatter, not a heel."""

REACH = 0.025
"""How far to either side, as a share of the patch's side: about 8 mm. Further inside,
pressure and drying change the shade as well."""

STEPS = 41
"""Samples along that way, both sides together."""

PLATEAU = 7
"""Samples at either end that show what lies inside and outside."""

MOST_SHADED = 0.1
"""How much darker its edge may be than what lies on either side of it, as a share of what lies
outside: a sole or a thing rounds off there and is shaded. Of nine tinted prints on development
renders eight had 0.02 or less and one, that had dried from within, 0.39; three bare soles of
their floor's hue had 0.20 and more."""


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """The edge of one print.

    Attributes
    ----------
    places, inwards
        ``float64 (n, 2)`` points on the sole's outlines and unit vectors across them,
        frame ``patch``.
    colours
        ``float32 (n, 41, 3)`` of the photo across it, from outside to inside.
    step
        From one sample to the next, patch pixels.
    """

    places: NDArray[np.float64]
    inwards: NDArray[np.float64]
    colours: NDArray[np.float32]
    step: float


def edge_of(pixels: NDArray[np.uint8], contact: Contact) -> Edge:
    """Sample a photo across the edge of a sole.

    Parameters
    ----------
    pixels
        ``uint8 (h, w, 3)`` working pixels.
    contact
        The print.

    Returns
    -------
    Edge
        Without a place where there is no sole.
    """
    import cv2

    sole = np.asarray(contact.sole)
    way = np.linspace(-1, 1, STEPS) * REACH * sole.shape[0]
    step = float(way[1] - way[0])
    contours, _ = cv2.findContours(
        (sole >= LEVEL).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    if not contours:
        nowhere = np.empty((0, 2))
        return Edge(nowhere, nowhere, np.empty((0, STEPS, 3), np.float32), step)
    longest = max(map(len, contours))
    pieces = [one[:, 0] for one in contours if len(one) >= LEAST_PIECE * longest]
    outline = np.concatenate(pieces).astype(np.float64)
    slope_x, slope_y = _slopes(sole)
    chosen = outline[np.linspace(0, len(outline) - 1, POINTS).astype(int)]
    x, y = chosen.astype(int).T
    inwards = np.stack([slope_x[y, x], slope_y[y, x]], axis=1).astype(np.float64)
    steep = np.hypot(*inwards.T)
    chosen, inwards = chosen[steep > 0], inwards[steep > 0] / steep[steep > 0, None]
    places = chosen[:, None] + way[None, :, None] * inwards[:, None]
    seen = project(places.reshape(-1, 2), contact.patch_to_photo).reshape(places.shape)
    across, down = np.moveaxis(seen.astype(np.float32), -1, 0)
    colours = cv2.remap(pixels, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return Edge(chosen, inwards, colours.astype(np.float32), step)


def shade_of(edge: Edge) -> float:
    """Tell how much darker an edge is than either side of it.

    Parameters
    ----------
    edge
        Of a print, or of a thing.

    Returns
    -------
    float
        As a share of what lies outside; infinite where there is no edge.
    """
    if len(edge.places) == 0:
        return np.inf
    across = np.median(edge.colours.mean(axis=2), axis=0)
    outside, inside = (float(np.median(end)) for end in (across[:PLATEAU], across[-PLATEAU:]))
    return (min(outside, inside) - float(across.min())) / max(1.0, outside)


def _slopes(sole: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    import cv2

    smooth = cv2.GaussianBlur(sole, (0, 0), 2.0)
    slopes = (cv2.Sobel(smooth, cv2.CV_32F, *way) for way in ((1, 0), (0, 1)))
    across, down = (np.asarray(slope, dtype=np.float32) for slope in slopes)
    return across, down
