"""Prints that differ from their floor by a faint tint alone, as those of powder or dye do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo
from archscan.reasons import REFUSALS
from archscan.segmentation.colour import in_colour
from archscan.segmentation.contact import LEVEL, Contact, Segmentation
from archscan.segmentation.edge import PLATEAU, Edge, edge_of
from archscan.segmentation.patches import Patch
from archscan.segmentation.pieces import grown
from archscan.segmentation.segment import first_look, segment
from archscan.sheet import Scene

MOST_TINT = 0.15
"""Difference in hue from the surroundings, each colour as a share of its own brightness, that a
print has at most. Bare soles and other things that lie on a floor look like prints by their hue
as well, but their colours are their own: of 34 on development renders all but one had 0.19 or
more, of 14 tinted prints nine had 0.14 or less. A darker thing differs by less in grey levels,
not in hue."""

MOST_BRIGHTER = 2.5
"""Difference in brightness, as spreads of the surroundings': what is brighter or darker by more
would have been seen by that, if it were a print. On the same renders 14 of 23 things had more,
and no powder."""

MOST_SHADED = 0.1
"""How much darker its edge may be than what lies on either side of it, as a share of what lies
outside: a sole or a thing rounds off there and is shaded. Of nine tinted prints on development
renders eight had 0.02 or less and one, that had dried from within, 0.39; three bare soles of
their floor's hue had 0.20 and more."""

NORMAL = 1.4826
"""Standard deviations in one median absolute deviation, of a normal distribution."""

NOISE = 1.0
"""Grey levels added to the spread: an even floor is not sharper than what a camera records."""

NEAR, FAR = 3, 15
"""Patch pixels from a print between which its surroundings are measured."""

INSIDE = 2
"""Patch pixels from its edge from which a print is."""


def segment_by_hue(scene: Scene) -> Segmentation:
    """Find and outline prints by their hue, on a photo whose brightness shows none.

    Parameters
    ----------
    scene
        The photo and what is known of its plane.

    Returns
    -------
    Segmentation
        One or two contacts, or ``no-footprint``.
    """
    nothing = Segmentation((), REFUSALS["no-footprint"])
    tinted = in_colour(scene.photo)
    if tinted is None:
        return nothing
    found = segment(replace(scene, photo=tinted), first_look(tinted), thorough=False)
    contacts = tuple(one for one in found.contacts if is_tint(scene.photo, one))
    return Segmentation(contacts, None) if contacts else nothing


def is_tint(photo: Photo, contact: Contact) -> bool:
    """Tell whether a print differs from what it lies on by a faint hue, and hardly by brightness.

    Nor is its edge shaded, as that of a thing is.

    Parameters
    ----------
    photo
        In its own colours.
    contact
        The print.

    Returns
    -------
    bool
        ``False`` for what has a colour of its own or a shaded edge.
    """
    mask = np.maximum(contact.sole, contact.toes) >= LEVEL
    inside = ~grown(~mask, INSIDE)
    outside = grown(mask, FAR) & ~grown(mask, NEAR)
    if not inside.any() or not outside.any():
        return False
    height, width = mask.shape
    colours = Patch(contact.patch_to_photo, None, width, height).cut(photo.pixels)
    here, there = _middle(colours[inside]), _middle(colours[outside])
    brighter = abs(float(np.mean(here - there)))
    shades = colours[outside].mean(axis=1)
    spread = NORMAL * float(np.median(np.abs(shades - np.median(shades)))) + NOISE
    tint = float(np.linalg.norm(_hue(here) - _hue(there)))
    if tint >= MOST_TINT or brighter >= MOST_BRIGHTER * spread:
        return False
    return _shade(edge_of(photo.pixels, contact)) <= MOST_SHADED


def _shade(edge: Edge) -> float:
    """How much darker an edge is than either side of it, as a share of what lies outside."""
    if len(edge.places) == 0:
        return np.inf
    across = np.median(edge.colours.mean(axis=2), axis=0)
    outside, inside = (float(np.median(end)) for end in (across[:PLATEAU], across[-PLATEAU:]))
    return (min(outside, inside) - float(across.min())) / max(1.0, outside)


def _hue(colour: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give a colour as shares of its brightness; of black, which has none, that of grey."""
    brightness = float(colour.mean())
    return colour / brightness if brightness > 0 else np.ones_like(colour)


def _middle(colours: NDArray[np.uint8]) -> NDArray[np.float64]:
    return np.asarray(np.median(colours, axis=0), dtype=np.float64)
