"""Prints that end in their outline but not on the photo, where they go on to its edge.

What the edge of a photo cuts off, the network likes to leave out altogether: it then ends a
print across the middle of the ball or the heel, where nothing ends that the eye can see.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.contact import Contact
from archscan.segmentation.edge import PLATEAU, Edge
from archscan.segmentation.patches import enlargement, project

TOGETHER = 7
"""Neighbouring places along an outline whose mean counts: texture cancels in it."""

LEAST_STEP = 0.5
"""Share of a print's usual step in colour below which there is no edge at a place."""

NEAR = 0.3
"""Share of a print's length within which the photo ends beyond such a place."""

SAMPLES = 24
"""Looked at on the way from there to the photo's edge."""

PRINT_LIKE = 0.5
"""Share of the step in colour that a sample lies at least away from the floor, and at most away
from what lies inside the outline at that place. A shadow, or another floor that is as dark, is
further from the inside; in a gloss the inside is as bright as the floor, and what follows is
near to both."""

MOSTLY = 0.8
"""Share of the samples that are: the print goes on all the way."""

MOST_PLACES = 0.05
"""Share of an outline's places that may be so. On 200 development photos of whole prints none had
more; of 61 photos that cut one and would have been measured 33 had."""

GRAIN = 1 / 150
"""Share of a print's length over which the floor's grain is evened out."""


def goes_on(contact: Contact, edge: Edge, pixels: NDArray[np.uint8]) -> bool:
    """Tell whether a photo shows a print going on beyond its outline, to the photo's edge.

    Parameters
    ----------
    contact
        The print.
    edge
        Of it.
    pixels
        ``uint8 (h, w, 3)``, the photo's working pixels.

    Returns
    -------
    bool
        Whether a part of its outline has no edge in the photo, and from there on all has the
        print's colour.
    """
    import cv2

    inside = edge.colours[:, -PLATEAU:].mean(axis=1)
    outside = edge.colours[:, :PLATEAU].mean(axis=1)
    steps = inside - outside
    if len(steps) == 0:
        return False
    most = MOST_PLACES * len(steps)
    step = np.median(steps, axis=0)
    size = max(float(step @ step), 1e-6)
    edgeless = _evened(steps @ step / size) < LEAST_STEP
    if edgeless.sum() <= most:
        return False
    ends = np.stack([edge.places[edgeless], edge.places[edgeless] - edge.inwards[edgeless]])
    here, further = project(ends.reshape(-1, 2), contact.patch_to_photo).reshape(ends.shape)
    outwards = further - here
    outwards /= np.maximum(np.linalg.norm(outwards, axis=1, keepdims=True), 1e-6)
    way = _way_to_edge(here, outwards, pixels.shape[1], pixels.shape[0])
    length = float(np.ptp(contact.points[:, 1])) * enlargement(contact.patch_to_photo)
    near = way <= NEAR * length
    if near.sum() <= most:
        return False
    smooth = cv2.GaussianBlur(pixels, (0, 0), max(GRAIN * length, 0.5))
    share = np.linspace(0, 1, SAMPLES + 1)[1:, None]
    seen = here[near] + share[..., None] * (way[near, None] * outwards[near])
    column, row = np.moveaxis(np.rint(seen).astype(int), -1, 0)
    height, width = pixels.shape[:2]
    colours = smooth[np.clip(row, 0, height - 1), np.clip(column, 0, width - 1)]
    off = np.linalg.norm(colours - inside[edgeless][near], axis=-1) / np.sqrt(size)
    likeness = (colours - np.median(outside, axis=0)) @ step / size
    goes = ((off < PRINT_LIKE) & (likeness > PRINT_LIKE)).mean(axis=0) > MOSTLY
    return bool(goes.sum() > most)


def _evened(steps: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean of each with its neighbours, all round."""
    round_again = np.pad(steps, TOGETHER // 2, mode="wrap")
    mean = np.convolve(round_again, np.full(TOGETHER, 1 / TOGETHER), mode="valid")
    return np.asarray(mean, dtype=np.float32)


def _way_to_edge(
    here: NDArray[np.float64], outwards: NDArray[np.float64], width: int, height: int
) -> NDArray[np.float64]:
    """How far it is to a photo's edge, in pixels; ``outwards`` are unit vectors."""
    far = np.array([width - 1.0, height - 1.0])
    with np.errstate(divide="ignore", invalid="ignore"):
        ways = np.where(outwards > 0, (far - here) / outwards, -here / outwards)
    ways[outwards == 0] = np.inf
    return np.asarray(np.maximum(ways.min(axis=1), 0.0))
