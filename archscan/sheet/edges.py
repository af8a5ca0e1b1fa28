"""Placing a quadrilateral's sides on edges of the photo, to a fraction of a pixel."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from archscan.sheet.quadrilaterals import meeting, through

SIDE_SAMPLES = 64
ENDS = 0.04
"""Of a side at either end, that is not looked at: corners are bent, round or covered."""

REACH_SHARES, LEAST_REACH = (0.08, 0.03), 6
"""How far from its guess a side is looked for, first and second time: shares of the
shortest side, and pixels at least."""

FINE_REACH = 5
"""Pixels, once the side's line is known."""

LIGHTER_INSIDE = 1.6
"""How much more a step up to the inside counts than a step down: paper is lighter than
almost every floor, but not than every one."""

STRAIGHTNESS = 1.2
"""Pixels by which a side's edge may stray from its line, there counted as unseen."""

LEAST_STEP = 0.5
"""Grey levels of a step over two pixels, below which there is no edge: where a picture is of
one shade throughout, no place is steeper than the line itself."""

STRIDE = 3
"""Pixels between the lines that are tried at first: an edge in focus is as wide."""

LEAST_NEAR = 8
"""Samples that a line is fitted through at least."""

WELL_SEEN = 0.7
"""Share of a side along which its edge must be seen, for the rest may be as light as the
floor or lie under something."""

END_SAMPLES = SIDE_SAMPLES // 8
"""At either end of a side that is not well seen, half of so many must be on its line: else
the line is the edge of whatever lies over the side."""

Points = NDArray[np.float64]


def refine(pixels: NDArray[np.uint8], corners: Points) -> tuple[Points, Points] | None:
    """Move the sides of a quadrilateral onto the nearest straight edges.

    Along each side the photo is sampled at right angles to it. The line along which
    brightness steps most, summed before its size is taken so that texture cancels, is
    the side; a second, closer look places it to a fraction of a pixel.

    Parameters
    ----------
    pixels
        ``uint8 (h, w, 3)`` working pixels.
    corners
        ``float64 (4, 2)`` rough corners, clockwise.

    Returns
    -------
    corners
        ``float64 (4, 2)`` where the sides' lines meet.
    supports
        ``float64 (4,)`` share of each side along which an edge is seen on its line, 0
        where it is neither well seen nor seen at both ends; least visible first. ``None``
        instead of both where a side has no edge.
    """
    for share in REACH_SHARES:
        shortest = min(float(np.hypot(*(b - a))) for a, b in pairwise([*corners, corners[0]]))
        reach = max(LEAST_REACH, round(share * shortest))
        sides = [
            _coarse_side(pixels, start, end, reach)
            for start, end in pairwise([*corners, corners[0]])
        ]
        corners = meeting([through(*side) for side in sides])
        if not np.isfinite(corners).all():
            return None
    lines, supports = [], []
    for side in sides:
        fine = _fine_side(pixels, *side)
        if fine is None:
            return None
        lines.append(fine[0])
        supports.append(fine[1])
    placed = meeting(lines)
    return (placed, np.sort(supports)) if np.isfinite(placed).all() else None


def _coarse_side(
    pixels: NDArray[np.uint8], start: Points, end: Points, reach: int
) -> tuple[Points, Points]:
    """Give the ends of the line near a side along which the photo as a whole steps most."""
    import cv2

    levels, _ = _across(pixels, start, end, reach)
    slopes = np.ascontiguousarray(levels[:, :-2] - levels[:, 2:])
    count = slopes.shape[1]
    # Every few offsets of either end on slopes spread as far, then every one round the best.
    spread = np.asarray(cv2.blur(slopes, (STRIDE, 1)), dtype=np.float32)
    rough = np.arange(STRIDE // 2, count, STRIDE)
    best = _steepest(spread, *np.meshgrid(rough, rough, indexing="ij"))
    near = [np.clip(offset + np.arange(-STRIDE, STRIDE + 1), 0, count - 1) for offset in best]
    best = _steepest(slopes, *np.meshgrid(*near, indexing="ij"))
    normal = _outwards(start, end)
    offsets = np.array(best) - (reach - 1)
    return start + offsets[0] * normal, end + offsets[1] * normal


def _steepest(
    slopes: NDArray[np.float32], at_start: NDArray[np.intp], at_end: NDArray[np.intp]
) -> tuple[int, int]:
    """Find among lines, by their columns at a side's two ends, the one with the largest step."""
    fraction = np.linspace(ENDS, 1 - ENDS, SIDE_SAMPLES)[:, None]
    from_start, from_end = at_start.reshape(-1), at_end.reshape(-1)
    columns = np.rint(from_start + (from_end - from_start) * fraction).astype(np.intp)
    rows = np.arange(SIDE_SAMPLES)[:, None] * slopes.shape[1]
    mean = slopes.reshape(-1).take(rows + columns).mean(axis=0)
    best = int(np.where(mean > 0, LIGHTER_INSIDE * mean, -mean).argmax())
    return int(from_start[best]), int(from_end[best])


def _fine_side(
    pixels: NDArray[np.uint8], start: Points, end: Points
) -> tuple[Points, float] | None:
    """Line of a side through the steepest place of each sample, and how much of it is seen."""
    levels, fraction = _across(pixels, start, end, FINE_REACH)
    slopes = levels[:, :-2] - levels[:, 2:]
    slopes = np.maximum(slopes if slopes.mean(axis=0).max() > -slopes.mean(axis=0).min()
                        else -slopes, 0)  # fmt: skip
    best = slopes.argmax(axis=1)
    around = np.clip(best[:, None] + np.arange(-2, 3), 0, slopes.shape[1] - 1)
    weight = np.take_along_axis(slopes, around, axis=1) + 1e-6
    steps = np.arange(-FINE_REACH + 1.0, FINE_REACH)
    offset = (weight * steps[around]).sum(axis=1) / weight.sum(axis=1)
    at, slope = _steady_line(fraction, offset)
    near = np.abs(offset - at - slope * fraction) < STRAIGHTNESS
    near &= slopes.max(axis=1) >= LEAST_STEP
    if near.sum() < LEAST_NEAR:
        return None
    slope, at = np.polyfit(fraction[near], offset[near], 1)
    normal = _outwards(start, end)
    ends = np.stack([start + at * normal, end + (at + slope) * normal])
    seen = float(near.mean())
    at_ends = min(near[:END_SAMPLES].mean(), near[-END_SAMPLES:].mean())
    return through(*ends), seen if seen >= WELL_SEEN or at_ends >= 0.5 else 0.0


def _across(
    pixels: NDArray[np.uint8], start: Points, end: Points, reach: int
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Brightness ``(SIDE_SAMPLES, 2 reach + 1)`` at right angles to a side, inside first."""
    import cv2

    fraction = np.linspace(ENDS, 1 - ENDS, SIDE_SAMPLES)
    steps = np.arange(-reach, reach + 1.0)
    places = (start + fraction[:, None] * (end - start))[:, None]
    places = places + steps[:, None] * _outwards(start, end)
    x, y = np.moveaxis(places.astype(np.float32), -1, 0)
    seen = cv2.remap(pixels, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    levels = seen.astype(np.float32).mean(axis=2)
    # A little along the side too: noise is not straight, an edge is.
    return np.asarray(cv2.blur(levels, (1, 3)), dtype=np.float32), fraction


def _outwards(start: Points, end: Points) -> Points:
    """Give the unit vector to the left of the way along a side, which is outside, clockwise."""
    along = end - start
    return np.array([along[1], -along[0]]) / max(1e-9, float(np.hypot(*along)))


def _steady_line(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[float, float]:
    """Fit ``y = at + slope x``, unmoved by up to half of the points.

    Repeated medians: A. F. Siegel, Biometrika 69 (1982) 242-244, doi 10.1093/biomet/69.1.242.
    """
    others = ~np.eye(len(x), dtype=bool)
    rise, run = ((one[:, None] - one[None])[others].reshape(len(x), -1) for one in (y, x))
    slope = float(np.median(np.median(rise / run, axis=1)))
    return float(np.median(y - slope * x)), slope
