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
from archscan.indices.tilt import Viewpoint
from archscan.indices.tilts import (
    STEP_DEG,
    TRIED_DEG,
    TRIED_TILT_DEG,
    Tilts,
    by_tilt,
    thinned,
    weighed_tilts,
)
from archscan.polygons import Polygons
from archscan.reasons import REFUSALS, Caution, Reason

KNOWN_TILT_DOUBT_DEG = 2.0
"""What is left in doubt when a sheet of paper in the photo has shown the plane: our
assumption, about two standard deviations."""

USUAL_TILTS = ((0.8, 7.0), (0.2, 20.0))
"""How people hold a phone that are asked to photograph from straight above: the share who
hold it so, and the standard deviation of its tilt in either direction, degrees. Our
assumption: four in five do as well as they can, the fifth does not care."""

USUAL_PROPORTIONS = np.log([0.63, 2.45])
"""Heel over forefoot contact width and toeless length over forefoot contact width of a print,
as logarithms. From 6,068 people's feet (ANSUR II: heel over foot breadth 0.71 and 0.73, foot
breadth over length 0.376) and the shares of them that touch the ground come 0.60 and 2.46; of
22 prints traced by hand the means are 0.62 and 2.48, of ours that are rendered 0.62 and 2.47.
Source: Gordon CC et al., 2012 Anthropometric Survey of U.S. Army Personnel, Natick
TR-15/007 (2014)."""

PROPORTIONS_SPREAD = np.array([0.08, 0.06])
"""Their standard deviations: those of the same survey (0.07 and 0.045) with what the shares
that touch the ground (about 0.03 and 0.025) and the doubt about the means (about 0.02) add. Of
the traced prints they are 0.04 and 0.044, of ours 0.074 and 0.054."""

STEEP_DEG = 25.0
"""From this tilt on a print cannot be measured unless something shows the tilt."""

LIKELY, NEARLY_SURE = 0.5, 0.8
"""Probabilities of such a tilt: from the first on it is told, from the other on refused."""


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
    tilts
        Those that it may have had, by which other measures are in doubt too; ``None`` where
        there are none.
    """

    reach: Mapping[str, tuple[float, float]]
    steep: float = 0.0
    tilts: Tilts | None = None

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
    tilts = Tilts(viewpoint, within_deg)
    seen, tilted = _tilted(sole, tilts)
    return TiltDoubt(_by_index(tilts, tilted - seen), tilts=tilts)


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
    seen, tilted = _tilted(sole, Tilts(viewpoint, TRIED_TILT_DEG))
    moved = tilted - seen
    off = (by_tilt(moved) + seen)[..., len(INDICES) :] - USUAL_PROPORTIONS
    unlikely = 0.5 * np.sum(np.square(off / PROPORTIONS_SPREAD), axis=2)
    # Of a print that is no foot's all are next to impossible, but not equally so.
    weight = _how_usual(weighed_tilts())[:, None] * np.exp(unlikely.min() - unlikely)
    weight /= weight.sum()
    tilts = Tilts(viewpoint, TRIED_TILT_DEG, weight)
    steep = float(weight[weighed_tilts() >= STEEP_DEG].sum())
    return TiltDoubt(_by_index(tilts, moved), steep, tilts)


def _tilted(sole: Polygons, tilts: Tilts) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Measure a print as seen, and as it is if the camera was tilted.

    Returns
    -------
    seen
        ``float64 (n,)``: the indices, then both proportions.
    tilted
        ``float64 (directions, n)``; not a number where a part of the print would
        lie beyond the horizon.
    """
    sole = thinned(sole)
    seen = _read(construct(sole))
    tilted = np.full((len(TRIED_DEG), len(seen)), np.nan)
    for cell, drawn in zip(tilted, tilts.drawn(sole, construct), strict=True):
        if drawn is not None:
            cell[:] = _read(drawn)
    return seen, tilted


def _read(drawn: Construction) -> NDArray[np.float64]:
    forefoot = drawn.forefoot.width
    proportions = drawn.heel.width / forefoot, (drawn.thirds[3] - drawn.thirds[0]) / forefoot
    indices = [index.function(drawn) for index in INDICES.values()]
    return np.array([*indices, *np.log(proportions)])


def _how_usual(tilts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Density of tilts whatever their direction: of those near none there are few."""
    density = sum(
        share / spread**2 * np.exp(-0.5 * np.square(tilts / spread))
        for share, spread in USUAL_TILTS
    )
    return np.asarray(density * np.maximum(tilts, STEP_DEG / 4))


def _by_index(tilts: Tilts, moved: NDArray[np.float64]) -> Mapping[str, tuple[float, float]]:
    down, up = tilts.reach(moved[:, : len(INDICES)])
    return {
        name: (float(below), float(above))
        for name, below, above in zip(INDICES, down, up, strict=True)
    }
