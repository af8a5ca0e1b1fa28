"""A scene to its prints: find them, then trace each up close."""

from __future__ import annotations

import numpy as np

from archscan.reasons import REFUSALS
from archscan.segmentation.contact import Segmentation
from archscan.segmentation.find import find
from archscan.segmentation.network import load_network
from archscan.segmentation.trace import trace
from archscan.sheet import Scene

MOST_PRINTS = 2
"""A person has two feet; further prints are repeats."""

SMALLEST_PRINT = 60.0
"""Length of a print in working pixels below which its widths are lost in the blur."""


def segment(scene: Scene) -> Segmentation:
    """Find and outline every print on a photo.

    Parameters
    ----------
    scene
        The photo and what is known of its plane.

    Returns
    -------
    Segmentation
        One or two contacts, or a refusal: ``no-footprint``, ``touches-edge``
        or ``too-small``.
    """
    network = load_network()
    found = find(network, scene.photo.pixels)
    if not found:
        return Segmentation((), REFUSALS["no-footprint"])
    whole = [item for item in found if not item.cut]
    if not whole:
        return Segmentation((), REFUSALS["touches-edge"])
    large = [item for item in whole if np.ptp(item.points @ item.up) >= SMALLEST_PRINT]
    if not large:
        return Segmentation((), REFUSALS["too-small"])
    traced = (trace(network, scene, item) for item in large[:MOST_PRINTS])
    contacts = tuple(contact for contact in traced if contact is not None)
    if not contacts:
        return Segmentation((), REFUSALS["no-footprint"])
    return Segmentation(contacts, None)
