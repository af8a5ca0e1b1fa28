"""The further measures of one print, each with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from archscan.indices.doubts import drawn_in_doubt, interval
from archscan.indices.panel.drawing import Drawing, draw
from archscan.indices.panel.table import PANEL, Further
from archscan.indices.tilts import thinned

if TYPE_CHECKING:
    from archscan.footprint import Footprint
    from archscan.indices.tilts import Tilts
    from archscan.polygons import Polygons


@dataclass(frozen=True, slots=True)
class Detail:
    """One further measure of one print.

    Attributes
    ----------
    name
        Its usual name.
    value, low, high
        In its unit; ``low`` and ``high`` bound its 95 % measuring interval.
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


def details(footprint: Footprint, tilts: Tilts | None = None) -> dict[str, Detail]:
    """Measure everything beyond the main indices.

    None of it takes part in the verdict. The intervals combine what the outlines, the axis,
    several looks and the camera's tilt leave open, as those of the main indices do.

    Parameters
    ----------
    footprint
        The print.
    tilts
        Those that the camera may have had; ``None`` for a mask that is not a photo.

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
        outlines = footprint.in_axis_frame(sole, turn_deg)
        return draw(outlines, toes, has_hallux=footprint.has_hallux)

    drawn, doubts = draw_on(footprint.sole), drawn_in_doubt(footprint, draw_on)
    tilted = None if tilts is None else _Tilted(drawn, tilts)
    found = {}
    for name, measure in PANEL.items():
        value = measure.function(drawn)
        if value is not None:
            by_doubts = doubts.reach(value, partial(_values, measure))
            if tilted is not None:
                by_doubts.append(tilted.reach(measure))
            found[name] = _detail(measure, value, by_doubts)
    return found


class _Tilted:
    """A print as it is if the camera was tilted."""

    def __init__(self, drawn: Drawing, tilts: Tilts) -> None:
        sole, toes = thinned(drawn.construction.sole), thinned(drawn.toes)

        def draw_on(outlines: Polygons) -> Drawing:
            pads = outlines[len(sole) :]
            return draw(outlines[: len(sole)], pads, has_hallux=drawn.has_hallux)

        self.tilts = tilts
        self.seen = draw_on((*sole, *toes))
        self.drawn = tilts.drawn((*sole, *toes), draw_on)

    def reach(self, measure: Further) -> tuple[float, float]:
        """How far a tilt may have moved a measure down and up."""
        seen = measure.function(self.seen)
        if seen is None:
            return 0.0, 0.0
        read = [None if one is None else measure.function(one) for one in self.drawn]
        moved = [np.nan if value is None else value - seen for value in read]
        down, up = self.tilts.reach(np.array(moved)[:, None])
        return float(down[0]), float(up[0])


def _detail(measure: Further, value: float, by_doubts: Sequence[tuple[float, float]]) -> Detail:
    """Combine what each doubt leaves open on either side."""
    low, high = interval(value, measure.guard, by_doubts, measure.possible)
    return Detail(
        measure.name,
        measure.told(value),
        measure.told(low),
        measure.told(high),
        measure.unit,
        measure.band(value),
    )


def _values(measure: Further, variants: Sequence[Drawing | None]) -> list[float]:
    """Read a measure off each drawing that has one."""
    read = (measure.function(drawing) for drawing in variants if drawing is not None)
    return [value for value in read if value is not None]
