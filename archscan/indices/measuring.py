"""``Footprint`` to ``Measure``s: each index with its 95 % measuring interval."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from archscan.indices.construction import Construction, construct
from archscan.indices.doubts import InDoubt, drawn_in_doubt, interval
from archscan.indices.measure import Measure
from archscan.indices.table import INDICES, Index
from archscan.indices.tilt_doubt import NO_TILT_DOUBT, TiltDoubt

if TYPE_CHECKING:
    from archscan.footprint import Footprint
    from archscan.polygons import Polygons


def measures(footprint: Footprint, tilt: TiltDoubt = NO_TILT_DOUBT) -> dict[str, Measure]:
    """Measure every index of one print.

    The interval combines, as the root of the sum of squares on either side of
    the value, what is doubtful about the contact (the outlines of sure and of
    possible contact, and what several looks disagree about), about the axis (turned
    either way), about the camera (which may have been tilted) and about the water (which may
    have crept on). It is never narrower
    than the index's guard, because a rim of water cannot be told from skin, and never
    reaches below 0 or above what the index can be.

    Parameters
    ----------
    footprint
        The print; its sole must hold contact at the heel and at the forefoot.
    tilt
        What the camera's tilt leaves in doubt; nothing for a mask that is not a photo.

    Returns
    -------
    dict of str to Measure
        By name, in the order of :data:`archscan.indices.INDICES`.

    Raises
    ------
    ValueError
        If the sole has no contact in its front or rear third.
    """

    def draw(sole: Polygons, turn_deg: float = 0.0) -> Construction:
        return construct(footprint.in_axis_frame(sole, turn_deg))

    drawn = draw(footprint.sole)
    doubts = drawn_in_doubt(footprint, draw)
    bleed = footprint.bleed_mm
    return {
        name: _measure(index, drawn, doubts, bleed, tilt.reach.get(name, (0.0, 0.0)))
        for name, index in INDICES.items()
    }


def _measure(
    index: Index,
    drawn: Construction,
    doubts: InDoubt[Construction],
    bleed_mm: float,
    by_tilt: tuple[float, float],
) -> Measure:
    value = index.function(drawn)
    low, high = interval(
        value,
        index.guard,
        [
            # Water that crept on can only have made the print wider than the foot.
            (index.bleed * bleed_mm, 0.0),
            by_tilt,
            *doubts.reach(value, partial(_values, index)),
        ],
        index.possible,
    )
    return Measure(
        name=index.name,
        value=value,
        low=low,
        high=high,
        arch=index.bands.arch(value),
    )


def _values(index: Index, variants: Sequence[Construction | None]) -> list[float]:
    """Read an index off each; where nothing is surely contact, the midfoot may have none."""
    return [0.0 if variant is None else index.function(variant) for variant in variants]
