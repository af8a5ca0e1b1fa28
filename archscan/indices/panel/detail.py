"""The further measures of one print, each with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archscan.indices.doubts import combined, drawn_in_doubt, reached
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

    def draw_on(sole: Polygons, turn_deg: float = 0.0) -> Drawing:
        toes = footprint.in_axis_frame(footprint.toes, turn_deg)
        return draw(footprint.in_axis_frame(sole, turn_deg), toes)

    drawn, doubts = draw_on(footprint.sole), drawn_in_doubt(footprint, draw_on)
    found = {}
    for name, measure in PANEL.items():
        value = measure.function(drawn)
        if value is not None:
            found[name] = _detail(measure, value, doubts)
    return found


def _detail(measure: Further, value: float, doubts: Sequence[Sequence[Drawing | None]]) -> Detail:
    """Combine what each doubt leaves open on either side."""
    down, up = zip(*(reached(value, _values(measure, one)) for one in doubts), strict=True)
    low = max(measure.possible[0], value - max(measure.guard, combined(down)))
    high = min(measure.possible[1], value + max(measure.guard, combined(up)))
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
