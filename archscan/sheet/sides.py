"""Areas between four straight edges, however faint."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo
from archscan.sheet.quadrilaterals import through, upper_left_first

SIDE = 320
"""Longer side of the reduced photo, pixels: edges are placed at working size later."""

FAINTEST_STEPS = 0.5, 8.0
"""Grey levels by which noise may move a gradient. The first sees white paper on white
floors, the second does not see the grain that runs along the edge of paper on wood."""

USUAL_STEP = 2.0
"""The same, where faint edges are not asked for."""

SHORTEST = 0.03
"""Of the longer side: shorter segments are texture."""

MOST_LINES = 28
"""With the longest and clearest edges: a sheet's are among them even on a tiled floor."""

SAMPLES, BESIDE = 8, 2.0
"""Places along an edge at which its step is looked at, and pixels to either side."""

ON_LINE = 2.0
"""Pixels by which a segment may stray from the line it lies on."""

OPPOSITE, ACROSS = np.cos(np.deg2rad(35.0)), np.cos(np.deg2rad(40.0))
"""Opposite sides of a sheet lean to each other by less, neighbours stand steeper."""

SMALLEST_SHARE = 0.015
"""Of the photo, that the area fills."""

LEAST_SEEN, LEAST_SEEN_MEAN = 0.4, 0.75
"""Share of its least visible side, and of its sides on average, along which there is an
edge: a corner may be covered."""

BEYOND, GOES_ON = 0.25, 0.5
"""Share of a side's length beyond its corners within which its edge ends, and share of
that along which there is an edge if it goes on all the same."""

ALL_ROUND, MOST_FURTHER = 0.9, (3, 1)
"""At how many of the eight ends edges may go on, where all sides are seen at least so far,
and elsewhere: a board's joint may happen to continue a side."""

INSIDE, CROSSING, MOST_CROSSING = 0.88, 0.6, 1
"""Of an area's size, that is taken for its inside; share of the way through it along which
there is an edge if one runs through it; and how many may: a shadow's edge does, joints
between several tiles do."""

MOST = 8
"""Areas that are given, those with the clearest edges."""

SAME_PLACE = 6.0
"""Pixels: areas whose corners are closer than this are one."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A straight edge, perhaps in pieces.

    Attributes
    ----------
    abc
        ``float64 (3,)``: ``a x + b y = c``, with ``(a, b)`` of length 1.
    cumulative
        ``int32 (2 r + 1,)`` along ``(-b, a)`` from ``-r`` to ``r`` pixels: how many
        of them so far have an edge.
    """

    abc: Points
    cumulative: NDArray[np.int32]

    @property
    def along(self) -> Points:
        """``float64 (2,)``: the way along it, of length 1."""
        return np.array([-self.abc[1], self.abc[0]])

    @property
    def foot(self) -> Points:
        """``float64 (2,)``: its point nearest to the upper left corner."""
        return np.asarray(self.abc[2] * self.abc[:2])

    @property
    def seen(self) -> int:
        """Pixels along which there is an edge."""
        return int(self.cumulative[-1])


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """The straight edges of a photo.

    Attributes
    ----------
    small
        ``uint8 (h, w, 3)``: the photo reduced to :data:`SIDE`, in whose pixels they are.
    lines
        The longest and clearest first.
    """

    small: NDArray[np.uint8]
    lines: list[Line]

    @property
    def size(self) -> NDArray[np.intp]:
        """``int (2,)``: width and height of the reduced photo."""
        return np.array(self.small.shape[1::-1])


def straight_quadrilaterals(photo: Photo) -> list[Points]:
    """Find what lies between four straight edges.

    Parameters
    ----------
    photo
        Upright.

    Returns
    -------
    list of numpy.ndarray
        ``float64 (4, 2)`` corners each, clockwise, working pixels; clearest edges first.
    """
    edges = straight_edges(photo, FAINTEST_STEPS)
    lines, (width, height) = edges.lines, edges.small.shape[1::-1]
    size = (width, height)
    if len(lines) < 4:
        return []
    corners, seen = _areas(lines, size)
    ratio = np.array(photo.pixels.shape[1::-1]) / np.array(size)
    kept: list[Points] = []
    for number in np.argsort(-seen, kind="stable"):
        one = corners[number]
        apart = all(np.abs(one - other).max() > SAME_PLACE for other in kept)
        if apart and _crossing(lines, one) <= MOST_CROSSING:
            kept.append(one)
        if len(kept) == MOST:
            break
    return [upper_left_first((one + 0.5) * ratio - 0.5) for one in kept]


def straight_edges(photo: Photo, steps: tuple[float, ...] = (USUAL_STEP,)) -> Edges:
    """Find the longest and clearest straight edges of a photo.

    Parameters
    ----------
    photo
        Upright.
    steps
        Grey levels by which noise may move a gradient; each is another look.

    Returns
    -------
    Edges
        In pixels of the reduced photo.
    """
    small = photo.within(SIDE)
    return Edges(small, _lines(_segments(small, steps), float(np.hypot(*small.shape[:2]))))


def _segments(small: NDArray[np.uint8], steps: tuple[float, ...]) -> Points:
    """Straight edges ``(n, 2, 2)``, those with the largest length times step first."""
    import cv2

    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    found = [np.zeros((0, 2, 2))]
    for step in steps:
        detector = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE, quant=step)
        seen = detector.detect(grey)[0]
        if seen is not None:
            found.append(np.asarray(seen, float).reshape(-1, 2, 2))
    ends = np.concatenate(found)
    along = ends[:, 1] - ends[:, 0]
    lengths = np.hypot(*along.T)
    long = lengths >= SHORTEST * max(small.shape)
    ends, along, lengths = ends[long], along[long], lengths[long]
    if len(ends) == 0:
        return np.asarray(ends)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1) / np.maximum(lengths, 1)[:, None]
    places = ends[:, :1] + along[:, None] * np.linspace(0.1, 0.9, SAMPLES)[:, None]
    sides = [places + BESIDE * way * across[:, None] for way in (-1, 1)]
    x, y = np.moveaxis(np.stack(sides).astype(np.float32), -1, 0)
    shades = cv2.remap(
        grey.astype(np.float32), x.reshape(-1, SAMPLES), y.reshape(-1, SAMPLES), cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    ).reshape(2, -1, SAMPLES).mean(axis=2)  # fmt: skip
    weights = lengths * np.abs(shades[1] - shades[0])
    return np.asarray(ends[np.argsort(-weights, kind="stable")])


def _lines(segments: Points, diagonal: float) -> list[Line]:
    """Gather segments that continue each other."""
    reach = int(diagonal) + 2
    lines = []
    left = np.ones(len(segments), dtype=bool)
    for number, segment in enumerate(segments):
        if not left[number]:
            continue
        abc = through(*segment)
        on = np.abs(segments @ abc[:2] - abc[2]).max(axis=1) < ON_LINE
        left &= ~on
        along = np.array([-abc[1], abc[0]])
        places = np.rint(np.sort(segments[on] @ along, axis=1)).astype(int) + reach
        edge = np.zeros(2 * reach + 1, dtype=np.int32)
        for start, end in places:
            edge[start:end] = 1
        lines.append(Line(abc, np.cumsum(edge, dtype=np.int32)))
        if len(lines) == MOST_LINES:
            break
    return lines


def _areas(lines: list[Line], size: tuple[int, int]) -> tuple[Points, Points]:
    """Corners ``(n, 4, 2)`` of what lies between four of the lines, and how much is seen."""
    abc = np.stack([line.abc for line in lines])
    cosine = np.abs(abc[:, :2] @ abc[:, :2].T)
    meet = _meetings(abc)
    pairs = np.array([pair for pair in combinations(range(len(lines)), 2)
                      if cosine[pair] > OPPOSITE])  # fmt: skip
    if len(pairs) < 2:
        return np.zeros((0, 4, 2)), np.zeros(0)
    first, second = np.triu_indices(len(pairs), 1)
    one, other = pairs[first], pairs[second]
    steep = cosine[one[:, :, None], other[:, None, :]].max(axis=(1, 2)) < ACROSS
    one, other = one[steep], other[steep]
    order = np.stack([one[:, 0], other[:, 0], one[:, 1], other[:, 1]], axis=1)
    # A side's corners are where it meets the side before and the side after.
    corners = meet[order, np.roll(order, -1, axis=1)]
    inside = ((corners > -2) & (corners < np.array(size) + 1)).all(axis=(1, 2))
    corners, order = corners[inside], order[inside]
    area = _signed_areas(corners)
    large = np.abs(area) >= SMALLEST_SHARE * size[0] * size[1]
    corners, order, area = corners[large], order[large], area[large]
    seen, further = _seen(lines, corners, order)
    clear = (seen.min(axis=1) >= LEAST_SEEN) & (seen.mean(axis=1) >= LEAST_SEEN_MEAN)
    clear &= further <= np.where(seen.min(axis=1) >= ALL_ROUND, *MOST_FURTHER)
    clockwise = np.where((area > 0)[:, None, None], corners, corners[:, ::-1])
    return clockwise[clear], seen.mean(axis=1)[clear]


def _meetings(abc: Points) -> Points:
    """Where each line meets each other one, ``(n, n, 2)``; far away where they do not."""
    a, b, c = abc.T
    determinant = a[:, None] * b - b[:, None] * a
    determinant = np.where(np.abs(determinant) < 1e-6, 1e-6, determinant)
    x = (c[:, None] * b - b[:, None] * c) / determinant
    y = (a[:, None] * c - c[:, None] * a) / determinant
    return np.stack([x, y], axis=2)


def _signed_areas(corners: Points) -> Points:
    x, y = np.moveaxis(corners, 2, 0)
    return np.asarray((x * np.roll(y, -1, 1) - y * np.roll(x, -1, 1)).sum(axis=1) / 2)


def _seen(
    lines: list[Line], corners: Points, order: NDArray[np.intp]
) -> tuple[Points, NDArray[np.intp]]:
    """Share of each side ``(n, 4)`` along which there is an edge, and how many go on.

    Of the eight ends ``(n,)``: joints of tiles and printed frames go on beyond a corner,
    the edges of a sheet do not.
    """
    cumulative = np.stack([line.cumulative for line in lines])
    abc = np.stack([line.abc for line in lines])[order]
    along = np.stack([-abc[..., 1], abc[..., 0]], axis=2)
    # The corner listed with a side is where it meets the next; the one before begins it.
    before = np.roll(corners, 1, axis=1)
    ends = np.stack([(corners * along).sum(axis=2), (before * along).sum(axis=2)])
    low, high = np.sort(ends, axis=0) + cumulative.shape[1] // 2
    beyond = BEYOND * (high - low)

    def covered(start: Points, end: Points) -> Points:
        first, last = (
            np.clip(np.rint(place).astype(int), 0, cumulative.shape[1] - 1)
            for place in (start, end)
        )
        edge = cumulative[order, last] - cumulative[order, first]
        return np.asarray(edge / np.maximum(1, last - first))

    after = [covered(low - beyond, low - ON_LINE), covered(high + ON_LINE, high + beyond)]
    return covered(low, high), (np.stack(after) > GOES_ON).sum(axis=(0, 2))


def _crossing(lines: list[Line], corners: Points) -> int:
    """Count the edges that run right through an area."""
    middle = corners.mean(axis=0)
    inside = middle + INSIDE * (corners - middle)
    abc = np.stack([line.abc for line in lines])
    off = inside @ abc[:, :2].T - abc[:, 2]
    along = inside @ np.stack([-abc[:, 1], abc[:, 0]])
    next_off, next_along = np.roll(off, -1, axis=0), np.roll(along, -1, axis=0)
    crossed = off * next_off < 0
    through_line = crossed.any(axis=0)
    share = off / np.where(crossed, off - next_off, 1)
    places = along + (next_along - along) * share
    start = np.where(crossed, places, np.inf).min(axis=0)[through_line]
    end = np.where(crossed, places, -np.inf).max(axis=0)[through_line]
    cumulative = np.stack([line.cumulative for line in lines])[through_line]
    first, last = np.rint(np.stack([start, end])).astype(int) + cumulative.shape[1] // 2
    every = np.arange(len(cumulative))
    edge = cumulative[every, last] - cumulative[every, first]
    shortest = np.hypot(*(inside - np.roll(inside, 1, axis=0)).T).min()
    return int(((edge > CROSSING * (last - first)) & (last - first > shortest / 2)).sum())
