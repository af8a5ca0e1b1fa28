"""Which toe made which pad."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from archscan.polygons import extents

TOE_SLOTS = (0.17, 0.39, 0.555, 0.70, 0.85)
"""Where the pads of toes 1 to 5 lie across the forefoot, as a share of its
width from the medial edge; medians over the renderer's feet, whose toe arcs
follow the proportions of standing prints."""


PROFILE = 48
"""Places across a pad at which its front is read."""

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


def tips(pad: NDArray[np.float64], least_valley: float) -> list[NDArray[np.float64]]:
    """Find the tips of the toes that made a pad: two when neighbours run together.

    Parameters
    ----------
    pad
        ``float64 (n, 2)`` outline in a frame with ``y`` towards the toes.
    least_valley
        How deep the dip between two tips must be, same unit.

    Returns
    -------
    list of numpy.ndarray
        ``float64 (2,)`` each, from small ``x`` to large.
    """
    across = np.linspace(float(pad[:, 0].min()), float(pad[:, 0].max()), PROFILE + 2)[1:-1]
    # Turned on its side, the outermost crossings of a level are its rear and its front.
    front = extents((pad[:, ::-1],), across)[1]
    heights = front.tolist()
    found, dip = [0], heights[0]
    for place, height in enumerate(heights):
        dip = min(dip, height)
        apart = min(heights[found[-1]], height) - dip > least_valley
        if apart:
            found.append(place)
        elif height > heights[found[-1]]:
            found[-1] = place
        else:
            continue
        dip = height
    return [np.array([across[place], front[place]]) for place in found]
