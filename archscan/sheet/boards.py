"""The camera's tilt from the edges of the cardboard or paper that the prints lie on.

Of whatever size, it is a rectangle, more or less: seen through a lens of known focal
length, three of its edges say from where. They are the straight edges that enclose the
prints; so do the joints of a tile, which say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, islice

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo
from archscan.sheet.directions import planes_of
from archscan.sheet.perspective import camera_of
from archscan.sheet.sides import Edges, Line
from archscan.sheet.square import placing_doubts, square
from archscan.sheet.straightening import Straightening, looking_along

CUT_DEG = 1.0
"""Standard deviation of an edge from its right angle: a piece cut by hand, 4 mm off over
25 cm (our assumption)."""

CLEAR = 0.5
"""Pixels of the reduced photo that lie between an edge and the prints at least."""

MOST_LINES = 12
"""That do not cross the prints, the clearest."""

OPPOSITE, ACROSS = np.cos(np.deg2rad(35.0)), np.cos(np.deg2rad(50.0))
"""Opposite edges lean to each other by less, neighbours stand steeper."""

LEAST_SEEN, LEAST_SEEN_MEAN = 0.55, 0.75
"""Share of the least visible side, and of the sides on average, along which there is an
edge."""

END, LEAST_SEEN_AT_ENDS = 0.12, 0.4
"""Share of a side at either end, and of it along which there is an edge, if the photo ends
it: else the piece ends before, and its fourth side was overlooked."""

LEAST_SIDE = 0.12
"""Of the photo's longer side, that each side is long at least, as far as it is in the photo."""

MOST_DOUBT_DEG = 9.0
"""Up to which the tilt is believed: hardly less is allowed for where nothing shows it."""

MOST_MISFIT = 4.5
"""Sum of the squares, in standard deviations, of how far the edges stand off their right angles:
more, and this is no rectangle (one in thirty would be so far off)."""

MOST_ALONE_DEG = 15.0
"""Up to which tilt three edges are believed that meet outside the photo. Of 260 rendered pieces
14 showed three such; the 3 that told it wrong, by 6 to 19 degrees, all told of more, and so did
3 of the 11 that told it right."""

FRAME = 2.0
"""Pixels of the reduced photo along its own border in which no edge is seen."""

BEYOND, PAST, GOES_ON = 0.12, 2.0, 0.5
"""Share of a side's length beyond a corner, pixels past it, within which a side has ended; if
more than half of that shows an edge, another thing's edge crosses it there."""

INSIDE = 3.0
"""Pixels of the reduced photo from an edge, and from the soles, at which the piece itself
is seen."""

PLACES = 24
"""Along an edge at which it is looked at."""

MOST_BRIGHTER, MOST_HUE = 1.6, 0.03
"""How many times as bright as round the prints it may be along an edge, or as dark, and by
how much its shares of red, green and blue may differ."""

TRIED = 4
"""Sets of edges, those of which most is seen."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Edge:
    """A line with the prints on its inner side: ``outwards @ x < c`` for all of them."""

    outwards: Points
    c: float
    line: Line


def by_board(photo: Photo, edges: Edges, prints: Points) -> Straightening | None:
    """Straighten a photo by the edges of a rectangle of unknown size round the prints.

    Parameters
    ----------
    photo
        Upright.
    edges
        Its straight edges.
    prints
        ``float64 (n, 2)`` corners of the hull of all prints, working pixels.

    Returns
    -------
    Straightening or None
        ``None`` where fewer than three edges are seen, or they do not stand at right
        angles from anywhere.
    """
    if len(prints) == 0:
        return None
    small, size = edges.small, edges.size
    near = (prints + 0.5) * size / photo.pixels.shape[1::-1] - 0.5
    sets = _rectangles(_edges(edges.lines, near), size)
    if not sets:
        return None
    colour = _colour_round(small, near)
    camera = camera_of(photo, edges.small.shape[1::-1])
    for sides in islice((one for one in sets if _is_one_piece(small, one, colour)), TRIED):
        planes = planes_of(sides, camera)
        lengths = np.hypot(*(sides[:, 1] - sides[:, 0]).T) / size.max()
        doubts = placing_doubts(lengths, CUT_DEG)
        found = square(planes, doubts, np.zeros(2))
        if ((found.off_deg(planes) / doubts) ** 2).sum() > MOST_MISFIT:
            # Something lies over an edge, perhaps; any three of these would be square.
            return None
        shown = looking_along(photo, found.normal, found.doubt_deg)
        # Any three lines are square from somewhere: a corner shows that they belong together.
        alone = len(sides) == 3 and len(_corners(sides[2], edges.size)) == 0
        if found.doubt_deg < MOST_DOUBT_DEG and not (alone and shown.tilt_deg > MOST_ALONE_DEG):
            return shown
    return None


def _colour_round(small: NDArray[np.uint8], prints: Points) -> Points:
    """Colour of what the prints lie on, close round them."""
    away = prints - prints.mean(axis=0)
    return _colour(small, prints + INSIDE * away / np.hypot(*away.T)[:, None])


def _is_one_piece(small: NDArray[np.uint8], sides: Points, colour: Points) -> bool:
    """Whether all along the edges, on their inner side, it looks as round the prints."""
    share = np.linspace(0.05, 0.95, PLACES)[:, None]
    middle = sides.reshape(-1, 2).mean(axis=0)
    for start, end in sides:
        along = (end - start) / np.hypot(*(end - start))
        inwards = np.array([-along[1], along[0]])
        inwards = inwards * np.sign((middle - start) @ inwards)
        seen = _colour(small, start + share * (end - start) + INSIDE * inwards)
        brighter = seen.sum() / colour.sum()
        hue = np.abs(seen / seen.sum() - colour / colour.sum()).max()
        if max(brighter, 1 / brighter) > MOST_BRIGHTER or hue > MOST_HUE:
            return False
    return True


def _colour(small: NDArray[np.uint8], places: Points) -> Points:
    """Middle colour at some places ``(n, 2)``, each channel at least 1."""
    size = np.array(small.shape[1::-1])
    x, y = np.clip(np.rint(places).astype(int), 0, size - 1).T
    return np.asarray(np.maximum(1.0, np.median(small[y, x], axis=0)))


def _edges(lines: list[Line], prints: Points) -> list[_Edge]:
    """Keep the clearest lines that have all prints on one side."""
    edges = []
    for line in lines:
        off = prints @ line.abc[:2] - line.abc[2]
        way = 1.0 if off.mean() < 0 else -1.0
        if (way * off).max() < -CLEAR:
            edges.append(_Edge(way * line.abc[:2], float(way * line.abc[2]), line))
    return edges[:MOST_LINES]


def _rectangles(edges: list[_Edge], size: NDArray[np.intp]) -> list[Points]:
    """Give the sides ``(k, 2, 2)`` of what three or four edges enclose, best seen first."""
    facing = [
        (one, other)
        for one, other in combinations(edges, 2)
        if one.outwards @ other.outwards < -OPPOSITE
    ]
    found = []
    for one, other in facing:
        across = [
            edge
            for edge in edges
            if max(abs(edge.outwards @ one.outwards), abs(edge.outwards @ other.outwards)) < ACROSS
        ]
        for third, fourth in [*combinations(across, 2), *((edge, None) for edge in across)]:
            if fourth is not None and third.outwards @ fourth.outwards > -OPPOSITE:
                continue
            more = [] if fourth is None else [fourth]
            sides = _sides([one, other, third, *more], size)
            if sides is not None:
                found.append(sides)
    found.sort(key=lambda pair: -pair[0])
    return [sides for _, sides in found]


def _sides(edges: list[_Edge], size: NDArray[np.intp]) -> tuple[float, Points] | None:
    """Cut each edge off where its neighbours or the photo end it, and tell how much is seen."""
    ends, shares, worth = [], [], 0.0
    for number, edge in enumerate(edges):
        stretch = _stretch(edge, edges[2:] if number < 2 else edges[:2], size)
        if stretch is None or stretch[1] - stretch[0] < LEAST_SIDE * size.max():
            return None
        reach = len(edge.line.cumulative) // 2
        low, high = (min(max(round(place) + reach, 0), 2 * reach) for place in stretch)
        share = _share_seen(edge.line, low, high)
        if share < LEAST_SEEN:
            return None
        shares.append(share)
        worth += (3.0 * share - 2.0) * (high - low)
        if len(edges) == 3 and number < 2:
            end = max(1, round(END * (high - low)))
            at_ends = (low, low + end), (high - end, high)
            if min(_share_seen(edge.line, *one) for one in at_ends) < LEAST_SEEN_AT_ENDS:
                return None
        ends.append((edge.line, stretch))
    if sum(shares) < LEAST_SEEN_MEAN * len(shares):
        return None
    sides = np.stack([one.foot + np.outer(stretch, one.along) for one, stretch in ends])
    return None if len(edges) == 3 and _is_crossed(edges, sides, size) else (worth, sides)


def _corners(third: Points, size: NDArray[np.intp]) -> Points:
    """Give the ends ``(n, 2)`` of the third of three sides at which others meet it in view."""
    inside = (third > FRAME + CLEAR) & (third < size - 1 - FRAME - CLEAR)
    return np.asarray(third[inside.all(axis=1)])


def _is_crossed(edges: list[_Edge], sides: Points, size: NDArray[np.intp]) -> bool:
    """Whether a side goes on beyond the third of three: that is another thing's edge."""
    return any(
        _goes_on(edge, corner, edges[2].outwards, BEYOND * float(np.hypot(*(side[1] - side[0]))))
        for corner in _corners(sides[2], size)
        for edge, side in zip(edges[:2], sides[:2], strict=True)
        if np.abs(side - corner).max(axis=1).min() < CLEAR
    )


def _goes_on(edge: _Edge, corner: Points, outwards: Points, length: float) -> bool:
    """Whether an edge is seen beyond a corner as well, so far."""
    way = np.sign(edge.line.along @ outwards)
    reach = len(edge.line.cumulative) // 2
    place = edge.line.along @ (corner - edge.line.foot) + reach
    ends = place + way * np.array([PAST, PAST + length])
    low, high = np.sort(np.clip(np.rint(ends).astype(int), 0, 2 * reach))
    return low < high and _share_seen(edge.line, low, high) > GOES_ON


def _share_seen(line: Line, low: int, high: int) -> float:
    return float(line.cumulative[high] - line.cumulative[low]) / (high - low)


def _stretch(
    edge: _Edge, neighbours: list[_Edge], size: NDArray[np.intp]
) -> tuple[float, float] | None:
    """Where along an edge it lies within the photo and its neighbours, or ``None``."""
    along, foot = edge.line.along.tolist(), edge.line.foot.tolist()
    limits = [(*one.outwards.tolist(), one.c) for one in neighbours]
    limits += [(1.0, 0.0, size[0] - 1.0 - FRAME), (0.0, 1.0, size[1] - 1.0 - FRAME),
               (-1.0, 0.0, -FRAME), (0.0, -1.0, -FRAME)]  # fmt: skip
    low, high = -np.inf, np.inf
    # Plain numbers: numpy takes several times as long for two of them.
    for x, y, c in limits:
        slope, room = x * along[0] + y * along[1], c - x * foot[0] - y * foot[1]
        if abs(slope) < 1e-6:
            if room < 0:
                return None
        elif slope > 0:
            high = min(high, room / slope)
        else:
            low = max(low, room / slope)
    return (low, high) if high > low else None
