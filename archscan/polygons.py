"""Contact widths and areas of closed outlines, exact to rounding.

The contact width of straight-edged outlines is piecewise linear in the level
between the levels of their corners. So its extremes lie at corner levels, and
its integral is the trapezoid rule: nothing here is sampled. Where an edge lies
along a level the width jumps; therefore each level has two widths, the limits
from below and from above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

Polygons = tuple[Array, ...]
"""Closed outlines, each ``float64 (n, 2)`` of ``(x, y)``; the last point joins
the first. Holes run the other way round than the outlines that hold them."""


@dataclass(frozen=True, slots=True, eq=False)
class WidthProfile:
    """Contact width at every level where it can bend or jump.

    Attributes
    ----------
    levels
        ``float64 (m,)`` distinct ``y``, ascending.
    widths
        ``float64 (m, 2)`` total contact width just below and just above each
        level, the unit of the outlines.
    """

    levels: Array
    widths: Array

    def between(self, low: float, high: float) -> tuple[Array, Array]:
        """Widths from just above one level to just below another.

        Parameters
        ----------
        low, high
            Two levels of the profile, ``low < high``.

        Returns
        -------
        levels, widths
            ``float64 (k,)`` each, ascending; every level between the two
            occurs twice, with its width just below and just above.
        """
        first, last = np.searchsorted(self.levels, (low, high))
        chosen = slice(first, last + 1)
        return np.repeat(self.levels[chosen], 2)[1:-1], self.widths[chosen].ravel()[1:-1]

    def area(self, low: float, high: float) -> float:
        """Contact area between two levels of the profile.

        Parameters
        ----------
        low, high
            Two levels of the profile, ``low < high``.

        Returns
        -------
        float
            Square units of the outlines.
        """
        levels, widths = self.between(low, high)
        # The width jumps at levels only; between two of them it is a trapezoid's.
        return float((levels[1::2] - levels[::2]) @ (widths[1::2] + widths[::2])) / 2


def extent(polygons: Polygons) -> tuple[float, float]:
    """Levels of the two tangents perpendicular to the axis.

    Parameters
    ----------
    polygons
        Outlines, at least one; frame ``axis``.

    Returns
    -------
    low, high
        Least and greatest ``y``.
    """
    heights = np.concatenate([polygon[:, 1] for polygon in polygons])
    return float(heights.min()), float(heights.max())


def width_profile(polygons: Polygons, extra_levels: Sequence[float] = ()) -> WidthProfile:
    """Total contact width at all corner levels, holes subtracted.

    Parameters
    ----------
    polygons
        Outlines that neither cross themselves nor each other, whichever way
        round they run; an outline inside another is a hole, one inside a hole
        is contact again.
    extra_levels
        Further levels to include.

    Returns
    -------
    WidthProfile
        Levels and widths, the unit of the outlines.
    """
    start, end = _edges(_oriented(polygons))
    levels, index = np.unique(
        np.concatenate([start[:, 1], end[:, 1], np.asarray(extra_levels, dtype=np.float64)]),
        return_inverse=True,
    )
    from_index, to_index = index[: len(start)], index[len(start) : 2 * len(start)]
    lowest, highest = np.minimum(from_index, to_index), np.maximum(from_index, to_index)

    # One entry for every level that every edge reaches; an edge along a level
    # bounds nothing.
    edge, step = _numbered(np.where(highest > lowest, highest - lowest + 1, 0))
    level = lowest[edge] + step
    rise = (end - start)[edge]
    along = (levels[level] - start[edge, 1]) / rise[:, 1]
    # A counter-clockwise outline rises on its right and falls on its left.
    signed_x = (start[edge, 0] + along * rise[:, 0]) * np.sign(rise[:, 1])

    def total(chosen: NDArray[np.bool_]) -> Array:
        width = np.bincount(level[chosen], signed_x[chosen], minlength=len(levels))
        return np.asarray(width, dtype=np.float64)

    widths = np.stack([total(step > 0), total(level < highest[edge])], axis=1)
    return WidthProfile(levels, np.maximum(widths, 0.0))


def chords(polygons: Polygons, level: float, *, above: bool = True) -> Array:
    """Where a line perpendicular to the axis runs through contact.

    Parameters
    ----------
    polygons
        Outlines as for :func:`width_profile`.
    level
        ``y`` of the line.
    above
        Whether to cut just above the level or just below it, which differs
        only where an edge lies along the level.

    Returns
    -------
    numpy.ndarray
        ``float64 (k, 2)``: ``x`` of both ends of each chord, ascending.
    """
    start, end = _edges(polygons)
    starts_under = start[:, 1] <= level if above else start[:, 1] < level
    ends_under = end[:, 1] <= level if above else end[:, 1] < level
    crossing = starts_under != ends_under
    start, end = start[crossing], end[crossing]
    rise = end - start
    x = start[:, 0] + (level - start[:, 1]) / rise[:, 1] * rise[:, 0]
    ordered: Array = np.sort(x).reshape(-1, 2)
    return ordered


def extents(polygons: Polygons, levels: Array) -> tuple[Array, Array]:
    """Find the outermost crossings of several levels.

    Parameters
    ----------
    polygons
        Closed outlines, any frame.
    levels
        ``float64 (k,)`` values of ``y``.

    Returns
    -------
    left, right : numpy.ndarray
        ``float64 (k,)`` smallest and largest ``x`` of the contact at each
        level, ``nan`` where the level misses it.
    """
    start, end = _edges(polygons)
    # Few levels cross each edge, and many edges none, so only those are looked at.
    order = np.argsort(levels)
    first = np.searchsorted(levels, np.minimum(start[:, 1], end[:, 1]), sorter=order)
    after = np.searchsorted(levels, np.maximum(start[:, 1], end[:, 1]), sorter=order)
    crossed = np.flatnonzero(after > first)
    number, step = _numbered((after - first)[crossed])
    edge = crossed[number]
    level = order[first[edge] + step]
    rise = end[edge] - start[edge]
    x = start[edge, 0] + (levels[level] - start[edge, 1]) / rise[:, 1] * rise[:, 0]
    left, right = np.full(len(levels), np.inf), np.full(len(levels), -np.inf)
    np.minimum.at(left, level, x)
    np.maximum.at(right, level, x)
    missed = left > right
    left[missed], right[missed] = np.nan, np.nan
    return left, right


def pixels_within(polygons: Polygons, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Find the pixels whose middles lie in contact, so that they cover as much as it does.

    Parameters
    ----------
    polygons
        Outlines as for :func:`width_profile`, pixels; they may be none and may run out of
        the picture.
    shape
        Height and width of the picture.

    Returns
    -------
    numpy.ndarray
        ``bool (h, w)``.
    """
    height, width = shape
    within = np.zeros((height, width), dtype=np.bool_)
    if not polygons:
        return within
    start, end = _edges(polygons)
    first = np.ceil(np.minimum(start[:, 0], end[:, 0])).clip(0, width).astype(np.intp)
    after = np.ceil(np.maximum(start[:, 0], end[:, 0])).clip(0, width).astype(np.intp)
    edge, step = _numbered(after - first)
    column = first[edge] + step
    run = (end - start)[edge]
    y = start[edge, 1] + (column - start[edge, 0]) / run[:, 0] * run[:, 1]
    row = np.ceil(y).clip(0, height).astype(np.intp)
    if row.size == 0:
        return within
    # Where an outline crosses a column, all below changes sides, down to the lowest crossing.
    box = slice(row.min(), row.max()), slice(column.min(), column.max() + 1)
    changes = np.zeros((row.max() - row.min() + 1, column.max() - column.min() + 1), np.bool_)
    np.logical_xor.at(changes, (row - row.min(), column - column.min()), True)
    within[box] = np.logical_xor.accumulate(changes, axis=0)[:-1]
    return within


def signed_area(polygon: Array) -> float:
    """Area of one closed outline by the shoelace formula.

    Parameters
    ----------
    polygon
        ``float64 (n, 2)`` of ``(x, y)``; the last point joins the first.

    Returns
    -------
    float
        Square units of the outline's frame; positive where it runs
        counter-clockwise with ``y`` up.
    """
    # About a corner of its own, so that a far-away origin costs no digits.
    about = polygon - polygon[0]
    x, y = about.T
    next_x, next_y = following(about).T
    return float(np.dot(x, next_y) - np.dot(y, next_x)) / 2.0


def following(polygon: Array) -> Array:
    """Give the corner after each corner: where each edge ends.

    Parameters
    ----------
    polygon
        ``float64 (n, 2)``; the last point joins the first.

    Returns
    -------
    numpy.ndarray
        ``float64 (n, 2)``.
    """
    # Many times as fast as ``numpy.roll``, on which half of a measurement's time went.
    return np.concatenate([polygon[1:], polygon[:1]])


def contact_area(polygons: Polygons) -> float:
    """Area of contact, holes subtracted.

    Parameters
    ----------
    polygons
        Outlines as for :func:`width_profile`; they may be none.

    Returns
    -------
    float
        Square units of the outlines.
    """
    return width_profile(polygons).area(*extent(polygons)) if polygons else 0.0


def perimeter(polygon: Array) -> float:
    """Length of one closed outline.

    Parameters
    ----------
    polygon
        ``float64 (n, 2)``; the last point joins the first.

    Returns
    -------
    float
        The unit of the outline's frame.
    """
    return float(np.hypot(*(polygon - following(polygon)).T).sum())


def _numbered(counts: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Repeat each place as often as counted, and number its repeats from 0."""
    place = np.repeat(np.arange(len(counts)), counts)
    return place, np.arange(len(place)) - np.repeat(np.cumsum(counts) - counts, counts)


def _edges(polygons: Polygons) -> tuple[Array, Array]:
    start = np.concatenate(polygons)
    end = np.concatenate([following(polygon) for polygon in polygons])
    return start, end


def _oriented(polygons: Polygons) -> Polygons:
    """Turn contact counter-clockwise (``x`` right, ``y`` up) and holes clockwise."""
    oriented = []
    for polygon in polygons:
        holders = sum(_contains(other, polygon[0]) for other in polygons if other is not polygon)
        is_contact = holders % 2 == 0
        oriented.append(polygon if (signed_area(polygon) > 0) == is_contact else polygon[::-1])
    return tuple(oriented)


def _contains(polygon: Array, point: Array) -> bool:
    pieces = chords((polygon,), float(point[1]))
    return bool(np.any((pieces[:, 0] < point[0]) & (point[0] < pieces[:, 1])))
