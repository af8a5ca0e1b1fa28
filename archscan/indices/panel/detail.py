"""The further measures of one print, each with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archscan.indices.measuring import AXIS_SPREAD, combined
from archscan.indices.panel.drawing import Drawing, draw
from archscan.indices.panel.table import PANEL, Further

if TYPE_CHECKING:
    from archscan.footprint import Footprint
    from archscan.polygons import Polygons


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
    doubts = (
        [_try(footprint, sole, 0.0) for sole in (footprint.sole_surely, footprint.sole_possibly)],
        [_try(footprint, footprint.sole, angle) for angle in (-turn, turn)],
    )
    found = {}
    for name, measure in PANEL.items():
        value = measure.function(drawn)
        if value is not None:
            found[name] = _detail(measure, value, doubts)
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


def _detail(measure: Further, value: float, doubts: Sequence[Sequence[Drawing | None]]) -> Detail:
    """Combine what each doubt leaves open on either side."""
    seen = [_values(measure, variants) for variants in doubts]
    down = combined([value - min(one, default=value) for one in seen])
    up = combined([max(one, default=value) - value for one in seen])
    low = max(measure.possible[0], value - max(measure.guard, down))
    high = min(measure.possible[1], value + max(measure.guard, up))
    if measure.unit == "grade":
        # Two doubts of a grade each leave no grade and a half open.
        low, high = float(math.ceil(low)), float(math.floor(high))
    return Detail(
        measure.name,
        value,
        low,
        high,
        measure.unit,
        measure.band(value),
    )


def _values(measure: Further, variants: Sequence[Drawing | None]) -> list[float]:
    """Read a measure off each drawing that has one."""
    read = (measure.function(drawing) for drawing in variants if drawing is not None)
    return [value for value in read if value is not None]
