"""A midfoot that some looks at a print saw and others overlooked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.aim import View
from archscan.segmentation.network import probability_of
from archscan.segmentation.overlap import is_same_print
from archscan.segmentation.own_contact import own_contact
from archscan.segmentation.pieces import pieces_of

SEEN_BY = 0.25
"""Share of the looks at a whole print that must have seen its midfoot to be believed. Nothing is
in doubt where nothing is seen, so looks that overlook it seem the surer ones. Of 55 rendered
prints without a midfoot none was seen in one piece by so many, of five whose midfoot the surest
outline had lost four were."""

PART = 0.08
"""Of a sole, that a heel or a ball makes up at least: what is less is a drop beside it."""


def is_interrupted(sole: NDArray[np.float32]) -> bool:
    """Tell whether a sole is a heel and a ball without a midfoot.

    Parameters
    ----------
    sole
        ``float32 (h, w)``: probability of contact.

    Returns
    -------
    bool
        Whether it has two parts or more.
    """
    areas = [piece.area for piece in pieces_of(sole)]
    return sum(area > PART * sum(areas) for area in areas) > 1


def looks_that_saw_it(views: Sequence[View], places: NDArray[np.float64]) -> list[View]:
    """Choose the looks that saw a sole in one piece, if they are enough to be believed.

    Parameters
    ----------
    views
        That saw a whole print.
    places
        ``float64 (n, 2)`` working pixels of the print: looks at another one do not count.

    Returns
    -------
    list of View
        With one look each, the least doubtful view's first; empty where they are too few.
    """
    same = [view for view in views if is_same_print(view.aim.points, places)]
    same.sort(key=lambda view: view.doubt)
    looks = [replace(view, looks=look[None]) for view in same for look in view.looks]
    saw_it = [one for one in looks if not is_interrupted(_sole(one))]
    return saw_it if len(saw_it) >= SEEN_BY * len(looks) else []


def _sole(view: View) -> NDArray[np.float32]:
    """Probability of the print's sole in a view's mean look, ``float32 (h, w)``."""
    sole = probability_of(view.log_odds[0])
    return np.where(own_contact(view, sole), sole, np.float32(0))
