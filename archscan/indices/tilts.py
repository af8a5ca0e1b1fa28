"""The tilts that a camera may have had, and what they leave open of what was measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from archscan.indices.tilt import Viewpoint, untilted
from archscan.polygons import Polygons

Drawn = TypeVar("Drawn")

TRIED_DEG = np.arange(0.0, 360.0, 60.0)
"""Directions in which a print is tilted, from the toes round by the medial side: a tilt along
the axis does most to widths measured across it, but beside the photo's middle any other may
do more. What a tilt does is, but for a little, a parabola in either direction, and that has
five unknowns."""

DIRECTIONS_DEG = np.arange(0.0, 360.0, 15.0)
"""Directions that are weighed."""

TRIED_TILT_DEG = 16.0
"""Through what this one does in some directions a parabola is laid for all other tilts."""

STEP_DEG, MOST_TILT_DEG = 2.0, 42.0
"""Tilts that are weighed. Held so, people's phones would be steeper twice in a hundred times;
the proportions of a usual print leave less than one in a thousand of these."""

TAIL = 0.025
"""Of a 95 % interval, on either side."""

MOST_POINTS = 250
"""Of the outlines that are tilted: what a tilt does is smooth, and does not need more."""


@dataclass(frozen=True, slots=True, eq=False)
class Tilts:
    """Tilts that the camera may have had.

    Attributes
    ----------
    viewpoint
        Where the camera was, if it looked straight down.
    tried_deg
        The tilt that outlines are drawn with, in each of :data:`TRIED_DEG`.
    weight
        ``float64 (tilts, directions)``, sum 1: how likely each of :func:`weighed_tilts` is in
        each of :data:`DIRECTIONS_DEG`; ``None`` where nothing is known but that the camera
        was tilted by no more than ``tried_deg``.
    """

    viewpoint: Viewpoint
    tried_deg: float
    weight: NDArray[np.float64] | None = None

    def drawn(self, outlines: Polygons, draw: Callable[[Polygons], Drawn]) -> list[Drawn | None]:
        """Draw outlines as they are if the camera was tilted.

        Parameters
        ----------
        outlines
            As seen, frame ``axis``.
        draw
            Draws lines on them; raises ``ValueError`` where too little is left.

        Returns
        -------
        list
            One for each of :data:`TRIED_DEG`; ``None`` where a part of them would lie beyond
            the horizon, or nothing could be drawn.
        """

        def towards(towards_deg: float) -> Drawn | None:
            try:
                return draw(untilted(outlines, self.tried_deg, towards_deg, self.viewpoint))
            except ValueError:
                return None

        return [towards(one) for one in TRIED_DEG.tolist()]

    def reach(self, moved: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Tell how far below and above what was seen the truth may be.

        Parameters
        ----------
        moved
            ``float64 (len(TRIED_DEG), n)``: what each of ``n`` values gains if the camera was
            tilted in each direction tried; not a number where that is not known.

        Returns
        -------
        down, up
            ``float64 (n,)``: the most that any tilt does where only its limit is known, else
            what bounds 95 % of the weight.
        """
        if self.weight is None:
            slope, bend = _parabola(moved)
            most = slope + bend
            return -np.min(most, axis=0, initial=0.0), np.max(most, axis=0, initial=0.0)
        every = by_tilt(moved)
        ends = [_quantiles(every[..., number], self.weight) for number in range(moved.shape[1])]
        low, high = np.transpose(ends)
        return -low, high


def weighed_tilts() -> NDArray[np.float64]:
    """Give the tilts that are weighed, degrees, from none on."""
    return np.arange(0.0, MOST_TILT_DEG + STEP_DEG / 2, STEP_DEG)


def by_tilt(moved: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give what every tilt does in every direction from what one of them does in a few.

    Parameters
    ----------
    moved
        As for :meth:`Tilts.reach`, by :data:`TRIED_TILT_DEG`.

    Returns
    -------
    numpy.ndarray
        ``float64 (tilts, directions, n)``.
    """
    slope, bend = _parabola(moved)
    share = (weighed_tilts() / TRIED_TILT_DEG)[:, None, None]
    return np.asarray(share * slope + np.square(share) * bend)


def thinned(outlines: Polygons) -> Polygons:
    """Leave out points of outlines that are to be tilted.

    Parameters
    ----------
    outlines
        In any frame.

    Returns
    -------
    tuple of numpy.ndarray
        About :data:`MOST_POINTS` of them in all, of each outline eight or more.
    """
    points = sum(map(len, outlines))
    return tuple(one[:: max(1, min(points // MOST_POINTS, len(one) // 8))] for one in outlines)


def _parabola(moved: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give what a tilt does in every direction from what it does in those tried.

    Returns
    -------
    slope, bend
        ``float64 (directions, n)``: what grows with the tilt, and what with its square.
    """
    known = np.array([not np.isnan(row).any() for row in moved])
    slopes, bends = _through(tuple(known.tolist()))
    return slopes @ moved[known], bends @ moved[known]


@cache
def _through(known: tuple[bool, ...]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lay a parabola through the directions that are known, of least size where they are few.

    Returns
    -------
    slopes, bends
        ``float64 (directions, known)``: what each known value adds to those of every direction.
    """
    laid = np.linalg.pinv(np.concatenate(_terms(TRIED_DEG[np.array(known)]), axis=1))
    linear, square = _terms(DIRECTIONS_DEG)
    return linear @ laid[: linear.shape[1]], square @ laid[linear.shape[1] :]


def _terms(towards_deg: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Terms of the first and of the second degree of a tilt of 1, ``float64 (directions, k)``."""
    toes, medial = np.cos(np.deg2rad(towards_deg)), np.sin(np.deg2rad(towards_deg))
    return np.stack([toes, medial], axis=1), np.stack([toes**2, toes * medial, medial**2], axis=1)


def _quantiles(values: NDArray[np.float64], weight: NDArray[np.float64]) -> tuple[float, float]:
    possible = weight > 0.0
    order = np.argsort(values[possible])
    ascending, share = values[possible][order], np.cumsum(weight[possible][order])
    low, high = np.searchsorted(share, [TAIL, 1.0 - TAIL])
    return float(ascending[low]), float(ascending[high])
