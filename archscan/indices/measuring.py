"""``Footprint`` to ``Measure``s: each index with its 95 % measuring interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from archscan.indices.construction import Construction, construct
from archscan.indices.measure import Measure
from archscan.indices.table import INDICES, Index
from archscan.indices.tilt_doubt import NO_TILT_DOUBT, TiltDoubt

if TYPE_CHECKING:
    from archscan.footprint import Footprint
    from archscan.polygons import Polygons

AXIS_SPREAD = 2.0
"""The axis is turned by this many standard deviations each way: about 95 %."""

LOOKS_SPREAD = 2.9
"""Looks at the same print usually lie so far from the value, their median distance, and 95 %
of a normal distribution lie within 2.9 times that. The median, because the one look in five
that loses the midfoot says nothing about the others: of 3,351 development prints intervals
with the furthest look, counted threefold, were far wider and hardly truer."""


def measures(footprint: Footprint, tilt: TiltDoubt = NO_TILT_DOUBT) -> dict[str, Measure]:
    """Measure every index of one print.

    The interval combines, as the root of the sum of squares on either side of
    the value, what is doubtful about the contact (the outlines of sure and of
    possible contact, and what several looks disagree about), about the axis (turned
    either way), about the camera (which may have been tilted) and about the water (which may
    have crept on). It is never narrower
    than the index's guard, because a rim of water cannot be told from skin, and never
    reaches below 0.

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
    sole = footprint.in_axis_frame(footprint.sole)
    drawn = construct(sole)
    doubts = (
        [_try_construct(footprint.in_axis_frame(p)) for p in _doubtful_outlines(footprint)],
        [
            _try_construct(footprint.in_axis_frame(footprint.sole, turn_deg=turn))
            for turn in _both_ways(AXIS_SPREAD * footprint.axis_doubt_deg)
        ],
    )
    looks = [_try_construct(footprint.in_axis_frame(look)) for look in footprint.sole_looks]
    bleed = footprint.bleed_mm
    return {
        name: _measure(index, drawn, doubts, looks, bleed, tilt.reach.get(name, (0.0, 0.0)))
        for name, index in INDICES.items()
    }


def combined(deviations: Sequence[float]) -> float:
    """Combine what independent doubts leave open on one side of a value.

    Parameters
    ----------
    deviations
        How far each could move it to that side; negative ones move it to the other.

    Returns
    -------
    float
        Root of the sum of squares.
    """
    return float(np.sqrt(np.sum(np.square(np.maximum(deviations, 0.0)))))


def _doubtful_outlines(footprint: Footprint) -> tuple[Polygons, Polygons]:
    return footprint.sole_surely, footprint.sole_possibly


def _both_ways(turn_deg: float) -> tuple[float, ...]:
    return (-turn_deg, turn_deg) if turn_deg > 0.0 else ()


def _try_construct(sole: Polygons) -> Construction | None:
    """Construct on a doubtful print, of which nothing may be left."""
    try:
        return construct(sole)
    except ValueError:
        return None


def _measure(
    index: Index,
    drawn: Construction,
    doubts: Sequence[Sequence[Construction | None]],
    looks: Sequence[Construction | None],
    bleed_mm: float,
    by_tilt: tuple[float, float],
) -> Measure:
    value = index.function(drawn)
    # Water that crept on can only have made the print wider than the foot.
    down, up = [index.bleed * bleed_mm, by_tilt[0]], [by_tilt[1]]
    for variants in doubts:
        seen = _values(index, variants)
        down.append(value - min(seen, default=value))
        up.append(max(seen, default=value) - value)
    distances = np.abs(np.subtract(_values(index, looks), value))
    apart = LOOKS_SPREAD * float(np.median(distances)) if looks else 0.0
    down.append(apart)
    up.append(apart)
    return Measure(
        name=index.name,
        value=value,
        low=max(0.0, value - max(index.guard, combined(down))),
        high=value + max(index.guard, combined(up)),
        arch=index.bands.arch(value),
    )


def _values(index: Index, variants: Sequence[Construction | None]) -> list[float]:
    """Read an index off each; where nothing is surely contact, the midfoot may have none."""
    return [0.0 if variant is None else index.function(variant) for variant in variants]
