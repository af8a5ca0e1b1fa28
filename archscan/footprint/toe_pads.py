"""Which toe made which pad."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

TOE_SLOTS = (0.17, 0.39, 0.555, 0.70, 0.85)
"""Where the pads of toes 1 to 5 lie across the forefoot, as a share of its
width from the medial edge; medians over the renderer's feet, whose toe arcs
follow the proportions of standing prints."""


SHIFT_COST = 0.3
"""Weight of moving all toes together, against moving each on its own: the ball's
edges are worn and doubtful, so the whole row may sit a little to one side."""

MISSING_COST = (0.02, 0.012, 0.008, 0.006, 0.0)
"""Cost of calling each toe missing, in squared shares of the forefoot's width: the
little toe often leaves no print, the hallux and the second toe seldom."""


def name_toes(positions: Sequence[float]) -> tuple[int, ...]:
    """Tell the toes' numbers from where their pads lie.

    Any toe may be missing, so the pads are matched to the five usual places:
    the order-keeping match with the least sum of squared distances wins, after
    the row as a whole was shifted and missing toes were paid for.

    Parameters
    ----------
    positions
        Pad centres across the forefoot, 0 at its medial and 1 at its lateral
        edge, in ascending order; at most five.

    Returns
    -------
    tuple of int
        The toe (1 hallux ... 5) of each pad, ascending.

    Raises
    ------
    ValueError
        If there are more than five pads.
    """
    if len(positions) > len(TOE_SLOTS):
        raise ValueError("a foot has at most five toes")
    if not positions:
        return ()
    choices = itertools.combinations(range(len(TOE_SLOTS)), len(positions))
    best = min(choices, key=lambda slots: _mismatch(slots, np.asarray(positions)))
    return tuple(slot + 1 for slot in best)


def _mismatch(slots: tuple[int, ...], positions: NDArray[np.float64]) -> float:
    off = np.array(TOE_SLOTS)[list(slots)] - positions
    shift = float(off.mean())
    missing = sum(cost for slot, cost in enumerate(MISSING_COST) if slot not in slots)
    return float(np.sum((off - shift) ** 2)) + SHIFT_COST * len(slots) * shift**2 + missing


def foremost(polygon: NDArray[np.float64], forward: NDArray[np.float64]) -> NDArray[np.float64]:
    """Find the tip of a pad.

    Parameters
    ----------
    polygon
        ``float (n, 2)`` outline of the pad.
    forward
        ``float (2,)`` direction towards the tips of the toes, same frame.

    Returns
    -------
    numpy.ndarray
        ``float (2,)`` the outline's point furthest along ``forward``.
    """
    tip: NDArray[np.float64] = polygon[int(np.argmax(polygon @ forward))]
    return tip
