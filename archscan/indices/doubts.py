"""What is doubtful about a print, drawn each way, and what that leaves open of a value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from archscan.footprint import Footprint
    from archscan.polygons import Polygons

Drawn = TypeVar("Drawn")

LOOKS_SPREAD = 2.9
"""Looks at the same print usually lie so far from the value, their median distance, and 95 %
of a normal distribution lie within 2.9 times that. The median, because the one look in five
that loses the midfoot says nothing about the others: of 3,351 development prints intervals
with the furthest look, counted threefold, were far wider and hardly truer."""

AXIS_SPREAD = 2.0
"""The axis is turned by this many standard deviations each way: about 95 %."""


def drawn_in_doubt(
    footprint: Footprint, draw: Callable[[Polygons, float], Drawn]
) -> tuple[list[Drawn | None], list[Drawn | None]]:
    """Draw a print as each doubt about it would have it.

    Parameters
    ----------
    footprint
        The print.
    draw
        Draws its lines on a sole, frame ``patch``, with the axis turned by some degrees; raises
        ``ValueError`` where too little of it is left.

    Returns
    -------
    outlines, axes
        On sure and on possible contact; with the axis turned either way. ``None`` where
        nothing could be drawn.
    """
    turn_deg = AXIS_SPREAD * footprint.axis_doubt_deg
    soles = footprint.sole_surely, footprint.sole_possibly
    return (
        [try_to_draw(draw, sole) for sole in soles],
        [try_to_draw(draw, footprint.sole, turn) for turn in (-turn_deg, turn_deg)],
    )


def try_to_draw(
    draw: Callable[[Polygons, float], Drawn], sole: Polygons, turn_deg: float = 0.0
) -> Drawn | None:
    """Draw on doubtful outlines, of which nothing may be left.

    Parameters
    ----------
    draw
        As for :func:`drawn_in_doubt`.
    sole, turn_deg
        What it is given.

    Returns
    -------
    object or None
        What it gives; ``None`` where it raises ``ValueError``.
    """
    try:
        return draw(sole, turn_deg)
    except ValueError:
        return None


def by_looks(value: float, seen: Sequence[float]) -> tuple[float, float]:
    """Tell how far off a value may be by what single looks at the print say of it.

    Parameters
    ----------
    value
        As measured.
    seen
        What it is in each look; may be empty.

    Returns
    -------
    down, up
        As far to either side.
    """
    apart = LOOKS_SPREAD * float(np.median(np.abs(np.subtract(seen, value)))) if seen else 0.0
    return apart, apart


def reached(value: float, seen: Sequence[float]) -> tuple[float, float]:
    """Tell how far a doubt reaches to either side of a value.

    Parameters
    ----------
    value
        As measured.
    seen
        What it is in each drawing of :func:`drawn_in_doubt`.

    Returns
    -------
    down, up
        Negative where all of them lie on the other side; 0 where there is none.
    """
    return value - min(seen, default=value), max(seen, default=value) - value


def interval(
    value: float, guard: float, doubts: Sequence[tuple[float, float]]
) -> tuple[float, float]:
    """Combine what independent doubts leave open of a value.

    Parameters
    ----------
    value
        As measured.
    guard
        How far to either side it is open at least.
    doubts
        How far each could move it down and up; negative where it moves it to the other side.

    Returns
    -------
    low, high
        As far off as the root of the sum of squares on either side.
    """
    down, up = np.sqrt(np.sum(np.square(np.maximum(doubts, 0.0)), axis=0))
    return value - max(guard, float(down)), value + max(guard, float(up))
