"""What a tilt of the camera that nobody knows of may have done to a print's indices.

A print's own proportions tell a little about it. Photographed at a slant, a foot looks
shorter or narrower than feet are, and of heel and forefoot the one further away looks too
small. So tilts that make a usual foot of an unusual print count for more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archscan.indices.construction import Construction, construct
from archscan.indices.table import INDICES
from archscan.indices.tilt import Viewpoint, untilted
from archscan.polygons import Polygons
from archscan.reasons import REFUSALS, Caution, Reason

KNOWN_TILT_DOUBT_DEG = 2.0
"""What is left in doubt when a sheet of paper in the photo has shown the plane: our
assumption, about two standard deviations."""

USUAL_TILTS = ((0.8, 7.0), (0.2, 20.0))
"""How people hold a phone that are asked to photograph from straight above: the share who
hold it so, and the standard deviation of its tilt in either direction, degrees. Our
assumption: four in five do as well as they can, the fifth does not care."""

USUAL_PROPORTIONS = np.log([0.63, 2.4])
"""Heel over forefoot contact width and toeless length over forefoot contact width of a print,
as logarithms. From 6,068 people's feet (ANSUR II: heel over foot breadth 0.71 and 0.73, foot
breadth over length 0.376) and the shares of them that touch the ground come 0.60 and 2.46; of
12 ink prints the means are 0.63 and 2.49, of ours that are rendered 0.65 and 2.30.
Source: Gordon CC et al., 2012 Anthropometric Survey of U.S. Army Personnel, Natick
TR-15/007 (2014)."""

PROPORTIONS_SPREAD = np.array([0.08, 0.07])
"""Their standard deviations: those of the same survey (0.07 and 0.045) with what the share
that touches the ground and the doubt about the means add."""

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

STEEP_DEG = 25.0
"""From this tilt on a print cannot be measured unless something shows the tilt."""

LIKELY, NEARLY_SURE = 0.5, 0.8
"""Probabilities of such a tilt: from the first on it is told, from the other on refused."""

MOST_POINTS = 250
"""Of the outlines that are tilted: what a tilt does is smooth, and does not need more."""


@dataclass(frozen=True, slots=True)
class TiltDoubt:
    """What the camera's tilt leaves in doubt.

    Attributes
    ----------
    reach
        By name of the index how far below and above the value it may be, in its own unit;
        an index that is not in it is not in doubt.
    steep
        Probability that the camera was tilted by 25 degrees or more; 0 where its tilt is
        known.
    """

    reach: Mapping[str, tuple[float, float]]
    steep: float = 0.0

    @property
    def refusal(self) -> Reason | None:
        """``too-tilted`` where it is nearly sure that the camera was tilted that far."""
        return REFUSALS["too-tilted"] if self.steep >= NEARLY_SURE else None

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """``slanted`` where the camera was more likely tilted that far than not, else empty."""
        if self.steep < LIKELY:
            return ()
        return (
            Caution(
                "slanted",
                "The print has the proportions of one photographed from the side. Hold the phone "
                "straight above it, or lay a sheet of paper beside it.",
            ),
        )


NO_TILT_DOUBT = TiltDoubt({})
"""For a mask, which no camera took."""


def known_tilt_doubt(sole: Polygons, viewpoint: Viewpoint, within_deg: float) -> TiltDoubt:
    """Tell what is left in doubt when something in the photo has shown the tilt.

    Parameters
    ----------
    sole
        The print as it is known to be, frame ``axis``.
    viewpoint
        Where the camera was.
    within_deg
        How far the tilt may be off, about two standard deviations, degrees.

    Returns
    -------
    TiltDoubt
        The most that a tilt so far in any direction does.
    """
    seen, tilted = _tilted(sole, viewpoint, within_deg)
    slope, bend = _parabola(tilted - seen)
    moved = (slope + bend)[:, : len(INDICES)]
    down, up = -np.min(moved, axis=0, initial=0.0), np.max(moved, axis=0, initial=0.0)
    return TiltDoubt(_by_index(down, up))


def usual_tilt_doubt(sole: Polygons, viewpoint: Viewpoint) -> TiltDoubt:
    """Tell what a tilt may have done of which nothing is known.

    Each tilt is as likely as people hold their phones so (:data:`USUAL_TILTS`), times as
    a foot has the proportions that the print has if that was the tilt.

    Parameters
    ----------
    sole
        The print as seen, frame ``axis``.
    viewpoint
        Where the camera was, if it looked straight down.

    Returns
    -------
    TiltDoubt
        Between the quantiles of what those tilts do that bound 95 % of it.
    """
    seen, tilted = _tilted(sole, viewpoint, TRIED_TILT_DEG)
    tilts, moved = _all_tilts(tilted - seen)
    off = (moved + seen)[..., len(INDICES) :] - USUAL_PROPORTIONS
    unlikely = 0.5 * np.sum(np.square(off / PROPORTIONS_SPREAD), axis=2)
    # Of a print that is no foot's all are next to impossible, but not equally so.
    weight = _how_usual(tilts)[:, None] * np.exp(unlikely.min() - unlikely)
    weight /= weight.sum()
    low, high = np.transpose(
        [_quantiles(moved[..., number], weight) for number in range(len(INDICES))]
    )
    return TiltDoubt(_by_index(-low, high), float(weight[tilts >= STEEP_DEG].sum()))


def _tilted(
    sole: Polygons, viewpoint: Viewpoint, tilt_deg: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Measure a print as seen, and as it is if the camera was tilted.

    Returns
    -------
    seen
        ``float64 (n,)``: the indices, then both proportions.
    tilted
        ``float64 (directions, n)``; not a number where a part of the print would
        lie beyond the horizon.
    """
    points = sum(map(len, sole))
    thinned = tuple(one[:: max(1, min(points // MOST_POINTS, len(one) // 8))] for one in sole)
    seen = _read(construct(thinned))
    tilted = np.full((len(TRIED_DEG), len(seen)), np.nan)
    for cell, towards in zip(tilted, TRIED_DEG.tolist(), strict=True):
        try:
            cell[:] = _read(construct(untilted(thinned, tilt_deg, towards, viewpoint)))
        except ValueError:
            continue
    return seen, tilted


def _read(drawn: Construction) -> NDArray[np.float64]:
    forefoot = drawn.forefoot.width
    proportions = drawn.heel.width / forefoot, (drawn.thirds[3] - drawn.thirds[0]) / forefoot
    indices = [index.function(drawn) for index in INDICES.values()]
    return np.array([*indices, *np.log(proportions)])


def _parabola(moved: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give what a tilt does in every direction from what it does in those tried.

    Returns
    -------
    slope, bend
        ``float64 (directions, n)``: what grows with the tilt, and what with its square.
    """
    known = ~np.isnan(moved).any(axis=1)
    laid = np.linalg.pinv(np.concatenate(_terms(TRIED_DEG[known]), axis=1)) @ moved[known]
    linear, square = _terms(DIRECTIONS_DEG)
    return linear @ laid[: linear.shape[1]], square @ laid[linear.shape[1] :]


def _terms(towards_deg: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Terms of the first and of the second degree of a tilt of 1, ``float64 (directions, k)``."""
    toes, medial = np.cos(np.deg2rad(towards_deg)), np.sin(np.deg2rad(towards_deg))
    return np.stack([toes, medial], axis=1), np.stack([toes**2, toes * medial, medial**2], axis=1)


def _all_tilts(moved: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give all tilts, and what each does in each direction, from what one of them does."""
    slope, bend = _parabola(moved)
    tilts = np.arange(0.0, MOST_TILT_DEG + STEP_DEG / 2, STEP_DEG)
    share = (tilts / TRIED_TILT_DEG)[:, None, None]
    return tilts, share * slope + np.square(share) * bend


def _how_usual(tilts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Density of tilts whatever their direction: of those near none there are few."""
    density = sum(
        share / spread**2 * np.exp(-0.5 * np.square(tilts / spread))
        for share, spread in USUAL_TILTS
    )
    return np.asarray(density * np.maximum(tilts, STEP_DEG / 4))


def _quantiles(values: NDArray[np.float64], weight: NDArray[np.float64]) -> tuple[float, float]:
    possible = weight > 0.0
    order = np.argsort(values[possible])
    ascending, share = values[possible][order], np.cumsum(weight[possible][order])
    low, high = np.searchsorted(share, [TAIL, 1.0 - TAIL])
    return float(ascending[low]), float(ascending[high])


def _by_index(
    down: NDArray[np.float64], up: NDArray[np.float64]
) -> Mapping[str, tuple[float, float]]:
    return {
        name: (float(below), float(above))
        for name, below, above in zip(INDICES, down, up, strict=True)
    }
