"""The camera's tilt from straight lines on the floor: joints of tiles, boards, edges.

Lines that are parallel or at right angles to each other on the floor stay so on a photo
only when it is taken from straight above. The tilt is the one that, undone, brings most
of the lines back into two directions at right angles (J. Kosecka and W. Zhang, Computer
Vision ECCV 2002, 476-490, use the same two directions). The rest may run anywhere: the
edge of a carpet on tiles is not square to their joints.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo
from archscan.sheet.directions import angles_on_floor, normals_of, planes_of
from archscan.sheet.perspective import camera_of
from archscan.sheet.sides import Edges, Line
from archscan.sheet.square import Square, placing_doubts, square
from archscan.sheet.straightening import SHOWN_TILT_DOUBT_DEG, Straightening, looking_along

SHORTEST = 0.07
"""Of the longer side: of which less is seen is texture."""

SAME_LINE, SAME_WAY = 0.015, np.cos(np.deg2rad(2.0))
"""How close two lines are, in longer sides of the photo, and how alike in direction, that
are the two edges of one joint."""

LONG = 0.4
"""Of the longer side: a line of which more is seen counts no more, and one of which less
is seen counts less."""

TILT_STEP_DEG, MOST_TILT_DEG = 6.0, 40.0
"""Grid of tilts that are tried."""

BINS = 45
"""Into which the quarter turn of a line's possible directions is parted."""

SPREAD = (2 / 3, 1 / 3)
"""What a line counts in the next bin and in the one after: the grid is coarse."""

CANDIDATES = 3
"""Best floors of the grid that are looked at more finely."""

COST_OF_TILT = 224.0
"""Square degrees of tilt that cost as much as one long line brings: nobody tilts a phone
by so much for the sake of one line."""

LAID_DEG = 0.5
"""Standard deviation of a joint from its right angle, and of what the lens bends (our
assumption)."""

ON_LINE_DEG = (6.0, 3.0, 2.0)
"""A line that is off by less belongs to a direction: by the best tilt of the grid, after
a first fit and after a second."""

Vectors = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Clear:
    """What makes lines clear enough, at least: any few agree by chance on some tilt.

    Attributes
    ----------
    lines
        In the two directions, long ones.
    of_each
        In the rarer of them; one direction alone says too little.
    of_each_share
        Of those in the two, that lie in the rarer.
    share
        Of all lines, that lie in the two.
    """

    lines: float
    of_each: float
    of_each_share: float
    share: float


CLEAR = _Clear(lines=4.5, of_each=1.8, of_each_share=0.16, share=0.65)


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """Planes through the camera and each line, how far each counts, and its doubt."""

    planes: Vectors
    weights: Vectors
    doubts: Vectors


def straighten(photo: Photo, edges: Edges) -> Straightening | None:
    """Look for the tilt that the floor's straight lines show.

    Parameters
    ----------
    photo
        Upright.
    edges
        Its straight edges.

    Returns
    -------
    Straightening or None
        ``None`` unless many lines agree on it: most floors have none.
    """
    lines = _lines(photo, edges)
    if lines.weights.sum() < CLEAR.lines:
        return None
    found = _squared(lines)
    if found is None or not _is_clear(found, lines) or found.doubt_deg > SHOWN_TILT_DOUBT_DEG:
        return None
    return looking_along(photo, found.normal)


def _lines(photo: Photo, edges: Edges) -> _Lines:
    """Take the two edges of a joint for one line, and leave out what is short."""
    size = edges.size
    are_double = _are_double(edges.lines, size)
    kept: list[int] = []
    seen: list[float] = []
    for number, edge in enumerate(edges.lines):
        length = edge.seen / size.max()
        double = next((place for place, one in enumerate(kept) if are_double[one][number]), -1)
        if double >= 0:
            seen[double] += length
        elif length >= SHORTEST:
            kept.append(number)
            seen.append(length)
    if not kept:
        return _Lines(np.zeros((0, 3)), np.zeros(0), np.zeros(0))
    lines = [edges.lines[number] for number in kept]
    ends = np.stack([_middle(one, size) + np.outer((-1, 1), one.along) for one in lines])
    lengths = np.array([one.seen for one in lines]) / size.max()
    return _Lines(
        planes_of(ends, camera_of(photo, edges.small.shape[1::-1])),
        np.minimum(1.0, np.array(seen) / LONG),
        placing_doubts(lengths, LAID_DEG),
    )


def _are_double(lines: list[Line], size: NDArray[np.intp]) -> list[list[bool]]:
    """Whether of any two lines the other is the second edge of the one's joint."""
    if not lines:
        return []
    abc = np.stack([line.abc for line in lines])
    middles = np.stack([_middle(line, size) for line in lines])
    off = np.abs(abc[:, :2] @ middles.T - abc[:, 2:])
    same_way = np.abs(abc[:, :2] @ abc[:, :2].T) >= SAME_WAY
    doubles: list[list[bool]] = (same_way & (off < SAME_LINE * size.max())).tolist()
    return doubles


def _middle(line: Line, size: NDArray[np.intp]) -> Vectors:
    """Give the point of a line nearest to the photo's middle."""
    middle = (size - 1) / 2
    return np.asarray(middle + (line.abc[2] - line.abc[:2] @ middle) * line.abc[:2])


def _squared(lines: _Lines) -> Square | None:
    """Find the floor on which most of the lines stand square, or nearly."""
    best, most = None, 0.0
    for rough in _coarse(lines):
        found = _finer(lines, rough, ON_LINE_DEG[0])
        found = None if found is None else _finer(lines, found, ON_LINE_DEG[1])
        if found is not None:
            worth = lines.weights[np.abs(found.off_deg(lines.planes)) < ON_LINE_DEG[2]].sum()
            worth -= np.rad2deg(np.arccos(found.normal[2])) ** 2 / COST_OF_TILT
            if worth > most:
                best, most = found, float(worth)
    return best


def _finer(lines: _Lines, found: Square, tolerance_deg: float) -> Square | None:
    """Fit the floor to what stands nearly square on it."""
    on_line = np.abs(found.off_deg(lines.planes)) < tolerance_deg
    if np.count_nonzero(on_line) < CLEAR.lines:
        return None
    start = found.normal[:2] / found.normal[2]
    return square(lines.planes[on_line], lines.doubts[on_line], start)


@cache
def _grid() -> tuple[Vectors, Vectors]:
    """Give the normals of the floors that are tried, and their tilts, degrees."""
    steps = np.arange(-MOST_TILT_DEG, MOST_TILT_DEG + 1, TILT_STEP_DEG)
    off = np.stack([axis.ravel() for axis in np.meshgrid(steps, steps)], axis=1)
    tilts = np.hypot(*off.T)
    near = tilts <= MOST_TILT_DEG
    tilts, off = tilts[near], off[near]
    towards = off / np.maximum(tilts, 1e-9)[:, None]
    return normals_of(np.tan(np.deg2rad(tilts))[:, None] * towards), tilts


def _coarse(lines: _Lines) -> list[Square]:
    """Give the best floors of the grid, if so many lines stand about square on them."""
    normals, tilts = _grid()
    angles = angles_on_floor(lines.planes, normals) % (np.pi / 2)
    bins = np.minimum((angles * (2 / np.pi) * BINS).astype(np.intp), BINS - 1)
    bins += BINS * np.arange(len(normals))[:, None]
    weights = np.broadcast_to(lines.weights, bins.shape)
    counted = np.bincount(bins.ravel(), weights.ravel(), BINS * len(normals))
    counted = counted.reshape(-1, BINS)
    near = counted + sum(
        share * (np.roll(counted, step, axis=1) + np.roll(counted, -step, axis=1))
        for step, share in enumerate(SPREAD, start=1)
    )
    worth = near.max(axis=1) - tilts**2 / COST_OF_TILT
    return [
        Square(normals[number], 90.0, float((near[number].argmax() + 0.5) * np.pi / 2 / BINS))
        for number in np.argsort(-worth, kind="stable")[:CANDIDATES]
        if worth[number] >= CLEAR.lines
    ]


def _is_clear(found: Square, lines: _Lines) -> bool:
    """Whether most of the lines lie in two directions, and enough in either."""
    on_line = np.abs(found.off_deg(lines.planes)) < ON_LINE_DEG[2]
    crosswise = found.crosswise(lines.planes)
    each = [float(lines.weights[on_line & way].sum()) for way in (crosswise, ~crosswise)]
    return bool(
        sum(each) >= max(CLEAR.lines, CLEAR.share * lines.weights.sum())
        and min(each) >= max(CLEAR.of_each, CLEAR.of_each_share * sum(each))
    )
