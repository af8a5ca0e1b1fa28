"""The lines that are drawn on a print before anything is read off it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archscan.polygons import Polygons, WidthProfile, chords, extent, width_profile

TIE = 1e-9
"""Widths that differ by less than this share of the widest are equal: well above
rounding, far below what any picture resolves."""


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """One line perpendicular to the foot's axis, and the contact on it.

    Attributes
    ----------
    sole
        The toeless outlines it was drawn on.
    level
        ``y`` of the line, frame ``axis``.
    above
        Whether it lies just above that level rather than just below, which differs only
        where an edge of the outlines runs along it.
    width
        Contact width: the sum of the chords' lengths.
    """

    sole: Polygons
    level: float
    above: bool
    width: float

    @property
    def chords(self) -> NDArray[np.float64]:
        """``float64 (k, 2)``: ``x`` of both ends of each piece of contact.

        The lateral end first; empty where the print is interrupted.
        """
        return chords(self.sole, self.level, above=self.above)


@dataclass(frozen=True, slots=True, eq=False)
class Construction:
    """Everything the published indices are read from. Frame ``axis``, patch pixels.

    Attributes
    ----------
    sole
        The toeless outlines it was drawn on.
    thirds
        Four ascending levels ``y``: the tangent behind the heel, the two lines
        between the equal thirds, the tangent before the metatarsal heads.
    areas
        Contact areas of the rear, middle and front third, square pixels.
    heel
        Widest contact within the rear third.
    midfoot
        Narrowest contact between the levels of ``heel`` and ``forefoot``.
    forefoot
        Widest contact within the front third.
    """

    sole: Polygons
    thirds: tuple[float, float, float, float]
    areas: tuple[float, float, float]
    heel: Section
    midfoot: Section
    forefoot: Section


def construct(sole: Polygons) -> Construction:
    """Draw the tangents, thirds and widths on a toeless print.

    Widths are measured perpendicular to the foot's axis and count contact
    only: a gap within a line is not part of its width.

    Parameters
    ----------
    sole
        Toeless outlines, frame ``axis`` (origin at the heel centre, ``y``
        towards the toes, ``x`` medial); holes inside, in any direction.

    Returns
    -------
    Construction
        Lines, widths and areas; the unit is the outlines'.

    Raises
    ------
    ValueError
        If the outlines hold no contact in their front or rear third.

    Notes
    -----
    The toeless length and its equal thirds follow Cavanagh and Rodgers (1987),
    the choice of the widest and narrowest contact follows the drawings of
    Chippaux (1947) and Staheli, Chew and Corbett (1987). Where several levels
    are equally wide, the one nearest the midfoot is taken.
    """
    if not sole:
        raise ValueError("there is no outline to measure")
    back, front = extent(sole)
    third = (front - back) / 3.0
    thirds = (back, back + third, front - third, front)
    profile = width_profile(sole, thirds)
    heel = _widest(sole, profile, thirds[0], thirds[1], towards_toes=True)
    forefoot = _widest(sole, profile, thirds[2], thirds[3], towards_toes=False)
    if heel.width <= 0.0 or forefoot.width <= 0.0:
        raise ValueError("there is no contact in the heel or in the forefoot")
    return Construction(
        sole=sole,
        thirds=thirds,
        areas=(
            profile.area(thirds[0], thirds[1]),
            profile.area(thirds[1], thirds[2]),
            profile.area(thirds[2], thirds[3]),
        ),
        heel=heel,
        midfoot=_narrowest(sole, profile, heel.level, forefoot.level),
        forefoot=forefoot,
    )


def _widest(
    sole: Polygons, profile: WidthProfile, low: float, high: float, *, towards_toes: bool
) -> Section:
    if not low < high:
        raise ValueError("the outline has no length")
    levels, widths = profile.between(low, high)
    widest = float(widths.max())
    tied = np.flatnonzero(widths >= widest * (1.0 - TIE))
    chosen = int(tied[-1] if towards_toes else tied[0])
    return _section(sole, levels, widths, chosen)


def _narrowest(sole: Polygons, profile: WidthProfile, low: float, high: float) -> Section:
    levels, widths = profile.between(low, high)
    narrowest = float(widths.min())
    tied = np.flatnonzero(widths <= narrowest + TIE * float(widths.max()))
    # Of a band or a gap of constant width, the middle is what a person would draw.
    middle = (float(levels[tied[0]]) + float(levels[tied[-1]])) / 2.0
    pieces = chords(sole, middle)
    width = float(np.sum(pieces[:, 1] - pieces[:, 0]))
    if width <= narrowest + TIE * float(widths.max()):
        return Section(sole, middle, above=True, width=narrowest)
    return _section(sole, levels, widths, int(tied[0]))


def _section(
    sole: Polygons, levels: NDArray[np.float64], widths: NDArray[np.float64], chosen: int
) -> Section:
    # ``between`` alternates: just above a level, just below the next one.
    return Section(sole, float(levels[chosen]), chosen % 2 == 0, float(widths[chosen]))
