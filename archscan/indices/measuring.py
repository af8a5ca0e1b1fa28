"""``Footprint`` to ``Measure``s: each index with its 95 % measuring interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from archscan.indices.construction import Construction, construct
from archscan.indices.measure import Measure
from archscan.indices.table import INDICES, Index
from archscan.indices.tilt import (
    UNKNOWN_TILT_DOUBT_DEG,
    Viewpoint,
    untilted,
    usual_viewpoint,
)

if TYPE_CHECKING:
    from archscan.footprint import Footprint
    from archscan.polygons import Polygons

AXIS_SPREAD = 2.0
"""The axis is turned by this many standard deviations each way: about 95 %."""

LOOKS_SPREAD = 3.0
"""Looks at the same print share most of their errors, so what they disagree about
is counted threefold: chosen on renders so that intervals hold the truth as often as
they should."""

TILT_DIRECTIONS_DEG = tuple(45.0 * step for step in range(8))
"""From the toes round by the medial side: a tilt along the axis does most to widths measured
across it, but beside the photo's middle any other may do more."""


def measures(
    footprint: Footprint,
    tilt_doubt_deg: float = UNKNOWN_TILT_DOUBT_DEG,
    viewpoint: Viewpoint | None = None,
) -> dict[str, Measure]:
    """Measure every index of one print.

    The interval combines, as the root of the sum of squares on either side of
    the value, what is doubtful about the contact (the outlines of sure and of
    possible contact, and what several looks disagree about), about the axis (turned
    either way), about the camera (tilted in eight directions) and about the water (which may
    have crept on). It is never narrower
    than the index's guard, because a rim of water cannot be told from skin, and never
    reaches below 0.

    Parameters
    ----------
    footprint
        The print; its sole must hold contact at the heel and at the forefoot.
    tilt_doubt_deg
        How far the camera may have been tilted without it being known,
        degrees (about two standard deviations); 0 for a mask that is not a
        photo.
    viewpoint
        Where the camera was, frame ``axis``; ``None``: above the middle of the print.

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
    from_where = usual_viewpoint(sole) if viewpoint is None else viewpoint
    doubts = (
        [_try_construct(footprint.in_axis_frame(p)) for p in _doubtful_outlines(footprint)],
        [
            _try_construct(footprint.in_axis_frame(footprint.sole, turn_deg=turn))
            for turn in _both_ways(AXIS_SPREAD * footprint.axis_doubt_deg)
        ],
        [
            _try_construct(untilted(sole, tilt_doubt_deg, towards, from_where))
            for towards in (TILT_DIRECTIONS_DEG if tilt_doubt_deg > 0.0 else ())
        ],
    )
    looks = [_try_construct(footprint.in_axis_frame(look)) for look in footprint.sole_looks]
    bleed = footprint.bleed_mm
    return {name: _measure(index, drawn, doubts, looks, bleed) for name, index in INDICES.items()}


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
) -> Measure:
    value = index.function(drawn)
    # Water that crept on can only have made the print wider than the foot.
    down, up = [index.bleed * bleed_mm], [0.0]
    for variants in doubts:
        # Where nothing is surely contact, the midfoot may have none.
        seen = [0.0 if variant is None else index.function(variant) for variant in variants]
        down.append(value - min(seen, default=value))
        up.append(max(seen, default=value) - value)
    apart = LOOKS_SPREAD * max(
        (abs(value - (0.0 if look is None else index.function(look))) for look in looks),
        default=0.0,
    )
    down.append(apart)
    up.append(apart)
    return Measure(
        name=index.name,
        value=value,
        low=max(0.0, value - max(index.guard, _combined(down))),
        high=value + max(index.guard, _combined(up)),
        arch=index.bands.arch(value),
    )


def _combined(deviations: Sequence[float]) -> float:
    return float(np.sqrt(np.sum(np.square(np.maximum(deviations, 0.0)))))
