"""One find to its outline, or why it has none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from archscan.reasons import REFUSALS, Reason
from archscan.segmentation.contact import Contact
from archscan.segmentation.cut import is_cut
from archscan.segmentation.edge import edge_of
from archscan.segmentation.find import Found
from archscan.segmentation.going_on import goes_on
from archscan.segmentation.notches import without_notches
from archscan.segmentation.rim import rim_width
from archscan.segmentation.skin import is_skin
from archscan.segmentation.trace import trace
from archscan.sheet import Scene

NOTHING = 0.6
"""Doubt of a contact above which there is nothing to be measured: of what is seen on bare
floors nearly all has more, of prints that run out of the photo most has less."""

HARDLY_SEEN = 0.75
"""Doubt of a contact with toes up to which there rather is a print, hardly to be seen."""

SMALLEST_PRINT = 60.0
"""Length of a print in working pixels below which its widths are lost in the blur."""


def outline(
    scene: Scene, found: Found, *, long_shot: bool = False
) -> tuple[Contact | Reason, tuple[NDArray[np.float64], ...]]:
    """Outline a print, or say why not.

    Parameters
    ----------
    scene
        The photo and what is known of its plane.
    found
        Where the print is.
    long_shot
        Whether the print is given up unless it shows itself at once.

    Returns
    -------
    outcome
        The print; or ``no-footprint``, ``bare-sole``, ``too-faint``, ``touches-edge`` or
        ``too-small``.
    beside
        ``float64 (n, 2)`` working pixels of every other print that came into view.
    """
    if np.ptp(found.points @ found.up) < SMALLEST_PRINT:
        return REFUSALS["too-small"], ()
    traced = trace(scene, found, long_shot=long_shot)
    contact = traced.contact
    if contact is None or contact.doubt > NOTHING:
        faint = contact is not None and contact.has_toes and contact.doubt < HARDLY_SEEN
        return REFUSALS["too-faint" if faint else "no-footprint"], traced.beside
    if is_cut(contact, scene.photo.pixels):
        return REFUSALS["touches-edge"], traced.beside
    edge = edge_of(scene.photo.pixels, contact)
    if is_skin(contact, edge):
        return REFUSALS["bare-sole"], traced.beside
    if goes_on(contact, edge, scene.photo.pixels):
        return REFUSALS["touches-edge"], traced.beside
    sole = without_notches(contact.sole)
    return replace(contact, sole=sole, rim_px=rim_width(edge)), traced.beside
