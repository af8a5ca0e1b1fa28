"""The further measures of one print, each with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from archscan.indices.panel.drawing import Drawing, draw
from archscan.indices.panel.table import PANEL, Further

if TYPE_CHECKING:
    from archscan.footprint import Footprint
    from archscan.polygons import Polygons

AXIS_SPREAD = 2.0
"""As for the main indices."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One further measure of one print.

    Attributes
    ----------
    name
        Its usual name.
    value, low, high
        In its unit; ``low`` and ``high`` bound what the outline and the axis leave open.
    unit
        ``"ratio"``, ``"degree"`` or ``"grade"``.
    band
        Name of the published band it falls in, or ``None``.
    """

    name: str
    value: float
    low: float
    high: float
    unit: str
    band: str | None


def details(footprint: Footprint) -> dict[str, Detail]:
    """Measure everything beyond the main indices.

    None of it takes part in the verdict. The interval spans what the outlines of sure
    and possible contact and a turned axis would give; the camera's tilt is left out.

    Parameters
    ----------
    footprint
        The print.

    Returns
    -------
    dict of str to Detail
        Those that have a value, in the order of :data:`archscan.indices.panel.PANEL`.

    Raises
    ------
    ValueError
        If the sole has no contact in its front or rear third.
    """
    drawn = _draw(footprint, footprint.sole, 0.0)
    turn = AXIS_SPREAD * footprint.axis_doubt_deg
    variants = [
        _try(footprint, sole, angle)
        for sole, angle in (
            (footprint.sole_surely, 0.0),
            (footprint.sole_possibly, 0.0),
            (footprint.sole, -turn),
            (footprint.sole, turn),
        )
    ]
    found = {}
    for name, measure in PANEL.items():
        value = measure.function(drawn)
        if value is not None:
            found[name] = _detail(measure, value, variants)
    return found


def _draw(footprint: Footprint, sole: Polygons, turn_deg: float) -> Drawing:
    toes = footprint.in_axis_frame(footprint.toes, turn_deg=turn_deg)
    return draw(footprint.in_axis_frame(sole, turn_deg=turn_deg), toes)


def _try(footprint: Footprint, sole: Polygons, turn_deg: float) -> Drawing | None:
    """Draw on a doubtful print, of which nothing may be left."""
    try:
        return _draw(footprint, sole, turn_deg)
    except ValueError:
        return None


def _detail(measure: Further, value: float, variants: list[Drawing | None]) -> Detail:
    seen = [measure.function(drawing) for drawing in variants if drawing is not None]
    apart = np.array([other - value for other in seen if other is not None] or [0.0])
    pairs = apart.reshape(-1, 2) if len(apart) % 2 == 0 else apart[:, None]
    down = float(np.hypot.reduce(np.maximum(-pairs, 0.0).max(axis=1)))
    up = float(np.hypot.reduce(np.maximum(pairs, 0.0).max(axis=1)))
    return Detail(
        measure.name,
        value,
        value - max(measure.guard, down),
        value + max(measure.guard, up),
        measure.unit,
        measure.band(value),
    )
