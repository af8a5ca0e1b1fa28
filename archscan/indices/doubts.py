"""What is doubtful about a print, drawn each way, and what that leaves open of a value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

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


@dataclass(frozen=True, slots=True, eq=False)
class InDoubt(Generic[Drawn]):
    """A print as each doubt about it would have it; ``None`` where nothing could be drawn.

    Attributes
    ----------
    outlines
        On sure and on possible contact.
    axes
        With the axis turned either way.
    looks
        As single looks at it saw it; may be empty.
    """

    outlines: Sequence[Drawn | None]
    axes: Sequence[Drawn | None]
    looks: Sequence[Drawn | None]

    def reach(
        self, value: float, read: Callable[[Sequence[Drawn | None]], list[float]]
    ) -> list[tuple[float, float]]:
        """Tell how far each doubt reaches to either side of a value.

        Parameters
        ----------
        value
            As measured.
        read
            Reads it off drawings.

        Returns
        -------
        list of tuple
            Down and up; negative where all of them lie on the other side, 0 where there is none.
        """
        return [
            _reached(value, read(self.outlines)),
            _reached(value, read(self.axes)),
            _by_looks(value, read(self.looks)),
        ]


def drawn_in_doubt(
    footprint: Footprint, draw: Callable[[Polygons, float], Drawn]
) -> InDoubt[Drawn]:
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
    InDoubt
        What was drawn.
    """

    def tried(sole: Polygons, turn_deg: float = 0.0) -> Drawn | None:
        try:
            return draw(sole, turn_deg)
        except ValueError:
            return None

    turn_deg = AXIS_SPREAD * footprint.axis_doubt_deg
    return InDoubt(
        outlines=[tried(footprint.sole_surely), tried(footprint.sole_possibly)],
        axes=[tried(footprint.sole, turn) for turn in (-turn_deg, turn_deg)],
        looks=[tried(look) for look in footprint.sole_looks],
    )


def interval(
    value: float,
    guard: float,
    doubts: Sequence[tuple[float, float]],
    possible: tuple[float, float],
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
    possible
        Least and greatest value there can be, beyond which it does not reach.

    Returns
    -------
    low, high
        As far off as the root of the sum of squares on either side.
    """
    down, up = np.sqrt(np.sum(np.square(np.maximum(doubts, 0.0)), axis=0))
    low, high = value - max(guard, float(down)), value + max(guard, float(up))
    # Rounding may have put the value itself a hair beyond what is possible.
    return min(value, max(possible[0], low)), max(value, min(possible[1], high))


def _reached(value: float, seen: Sequence[float]) -> tuple[float, float]:
    return value - min(seen, default=value), max(seen, default=value) - value


def _by_looks(value: float, seen: Sequence[float]) -> tuple[float, float]:
    apart = LOOKS_SPREAD * float(np.median(np.abs(np.subtract(seen, value)))) if seen else 0.0
    return apart, apart
