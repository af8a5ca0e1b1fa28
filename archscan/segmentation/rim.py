"""How softly a wet or inked print ends: water that creeps on, or a blurred photo."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.edge import PLATEAU, STEPS, Edge

LEAST_CONTRAST = 0.5
"""Of the median contrast: fainter places (a gap in the print, a mark beside it) say
nothing of its edge."""

TAIL = 0.1
"""The rim ends outside where this share of the step is left, as widths of edges are
usually measured (10 to 90 %); its inner half is left out, where an inked or a pressed
edge fades for other reasons."""

LEAST_PLACES = 40
"""Fewer usable places give no answer."""


def rim_width(edge: Edge) -> float | None:
    """Measure on the photo itself how far a print's edge reaches outwards.

    Parameters
    ----------
    edge
        Of the print.

    Returns
    -------
    float or None
        Distance from the middle of the typical edge to its outer end, patch pixels;
        ``None`` where too little of the edge can be seen, and for prints paler than
        what they lie on (a lit plate, flour), which nothing creeps out of.
    """
    typical = _typical(_profiles(edge.colours))
    return None if typical is None else _outer_width(typical) * edge.step


def _profiles(colours: NDArray[np.float32]) -> NDArray[np.float32]:
    """One row a place from outside to inside: 0 is the outside's colour, 1 the inside's."""
    import cv2

    if len(colours) == 0:
        return np.empty((0, STEPS), dtype=np.float32)
    contrast = np.median(colours[:, -PLATEAU:] - colours[:, :PLATEAU], axis=(0, 1))
    if contrast.sum() >= 0:
        # What is paler than its surroundings is lit or dusted, not wet or inked.
        return np.empty((0, STEPS), dtype=np.float32)
    size = float(np.linalg.norm(contrast))
    along = colours @ (contrast / max(size, 1e-6))
    # Five neighbours together: what they share is the edge, the rest is texture and noise.
    smooth = cv2.blur(along, (1, 5))
    outside = np.median(smooth[:, :PLATEAU], axis=1)
    inside = np.median(smooth[:, -PLATEAU:], axis=1)
    step = inside - outside
    usable = step > LEAST_CONTRAST * size
    profiles = (smooth[usable] - outside[usable, None]) / step[usable, None]
    return np.asarray(profiles, dtype=np.float32)


def _typical(profiles: NDArray[np.float32]) -> NDArray[np.float64] | None:
    """Give the median profile, each moved to where it crosses the middle between its ends.

    What is rough about the outline is no softness, and texture cancels.
    """
    count = profiles.shape[1]
    middle = np.abs(np.arange(count - 1) - (count - 2) / 2)
    crossing = (profiles[:, :-1] < 0.5) & (profiles[:, 1:] >= 0.5)
    has_edge = crossing.any(axis=1)
    if has_edge.sum() < LEAST_PLACES:
        return None
    profiles, crossing = profiles[has_edge], crossing[has_edge]
    at = np.where(crossing, middle, np.inf).argmin(axis=1)
    half = count // 3
    index = at[:, None] + np.arange(-half, half + 2)[None]
    inside = (index >= 0) & (index < count)
    moved = np.take_along_axis(profiles, np.clip(index, 0, count - 1), axis=1)
    # Sorted, what is no number comes last; the library's own median takes ten times as long.
    ascending, counted = np.sort(np.where(inside, moved, np.nan), axis=0), inside.sum(axis=0)
    middles = ascending[[(counted - 1) // 2, counted // 2], np.arange(len(counted))]
    return np.asarray(middles.mean(axis=0), dtype=np.float64)


def _outer_width(profile: NDArray[np.float64]) -> float:
    """Count the samples from the middle of the edge out to where it is hardly there."""
    half = len(profile) // 2 - 1
    outside, inside = float(profile[:PLATEAU].mean()), float(profile[-PLATEAU:].mean())
    level = (profile - outside) / (inside - outside)
    inner = half + int((level[half : half + 2] < 0.5).sum())
    middle = inner - (level[inner] - 0.5) / max(float(level[inner] - level[inner - 1]), 1e-6)
    outer = int(np.flatnonzero(level[:inner] <= TAIL).max(initial=0))
    rise = max(float(level[outer + 1] - level[outer]), 1e-6)
    return float(middle - outer - (TAIL - level[outer]) / rise)
