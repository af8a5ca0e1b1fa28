"""Bare soles before the dark, which are no prints: skin goes on where a print ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.contact import LEVEL, Contact
from archscan.segmentation.edge import PLATEAU, REACH, Edge
from archscan.segmentation.pieces import grown

FRONT, AHEAD, ASIDE = 0.3, 0.6, 0.8
"""Share of the sole's length, from its toes, that is its front; least part of the way out
of it that points ahead there, and that points aside at its sides."""

LEAST_PLACES = 8
"""Fewer say nothing."""

DARK = 2.0
"""How many times as bright as what lies beside it is a sole that is looked at: before the
open lid of a scanner, or in a dark room."""

ROUND_TOES = 3
"""Patch pixels round a toe in which it is still seen: where it touches the ball, the ball's
edge cannot be."""

LEAST_STEP = 0.5
"""Share of the step in colour at its sides that a print's front has at least: toes and
ball touch the ground apart, and between them it is seen."""


def is_skin(contact: Contact, edge: Edge) -> bool:
    """Tell whether a bright sole before the dark goes on towards its toes.

    On a lit plate the ball's front edge is as sharp as its sides; a bare foot that is seen
    from below is skin all the way to its toes.

    Parameters
    ----------
    contact
        The print, toes up.
    edge
        Of it.

    Returns
    -------
    bool
        Whether it is no print but the sole itself.
    """
    step = front_step(contact, edge)
    return step is not None and step < LEAST_STEP


def front_step(contact: Contact, edge: Edge) -> float | None:
    """Step in colour at the front of a bright sole before the dark.

    Parameters
    ----------
    contact
        The print, toes up.
    edge
        Of it.

    Returns
    -------
    float or None
        As a share of that at its clearer side; ``None`` where too little of the edge is seen
        or what lies beside it is not dark.
    """
    ends = edge.colours[:, :PLATEAU], edge.colours[:, -PLATEAU:]
    outside, inside = (np.median(part, axis=1) for part in ends)
    apart = inside - outside
    rows, (aside, ahead) = edge.places[:, 1], edge.inwards.T
    sides = [places for way in (-1, 1) if (places := way * aside > ASIDE).sum() >= LEAST_PLACES]
    if not sides:
        return None
    clearer = max(sides, key=lambda places: float(_middle(apart, places).sum()))
    if _middle(inside, clearer).sum() < DARK * _middle(outside, clearer).sum():
        return None
    front = (rows < rows.min() + FRONT * np.ptp(rows)) & (ahead > AHEAD) & ~_at_toes(contact, edge)
    if front.sum() < LEAST_PLACES:
        return None
    at_front, at_side = (
        float(np.linalg.norm(_middle(apart, places))) for places in (front, clearer)
    )
    # Where all is burnt white or lost in black, there is no step to compare with.
    return at_front / at_side if at_side > 0 else None


def _middle(colours: NDArray[np.float32], places: NDArray[np.bool_]) -> NDArray[np.float32]:
    return np.asarray(np.median(colours[places], axis=0), dtype=np.float32)


def _at_toes(contact: Contact, edge: Edge) -> NDArray[np.bool_]:
    """At which places of an edge a toe lies before it."""
    toes = grown(np.asarray(contact.toes) >= LEVEL, ROUND_TOES)
    before = np.rint(edge.places - REACH * toes.shape[0] * edge.inwards).astype(int)
    x, y = np.clip(before, 0, np.array(toes.shape[::-1]) - 1).T
    return np.asarray(toes[y, x])
