"""The border lines that the further measures share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archscan.indices.construction import Construction, construct
from archscan.polygons import Polygons, extents

Point = NDArray[np.float64]

LEVELS = 400
"""Levels at which contact is looked for between heel and ball: a print of 250 mm is read
every third of a millimetre, finer than any outline is known."""

HEEL_TO, BALL_FROM = 0.30, 0.62
"""Shares of the toeless length from the back. On 22 prints traced by hand the tangents touch
heels up to 0.19 and balls from 0.65; on six of them the base of the fifth metatarsal bulges
out at 0.45 to 0.59, and a tangent that touched it instead lay up to seven degrees off."""

SAME_POINT = 1e-5
"""Share of an outline's size within which two points are one."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """A print with its border lines. Frame ``axis``, unit that of the outlines.

    Attributes
    ----------
    construction
        Axis, thirds and widths, as for the main indices.
    toes
        Outlines of the toe pads, the most medial first; may be empty.
    has_hallux
        Whether the first of them is the hallux's.
    medial_forefoot, medial_heel
        ``float64 (2,)`` where the medial tangent touches the ball and the heel.
    lateral_forefoot, lateral_heel
        The same for the lateral tangent.
    inner_contour
        ``float64 (m, 2)`` medial border of the contact from the ball's tangent point to
        the heel's, under a ball that overhangs the arch too; ``nan`` in ``x`` where the
        print is interrupted.
    """

    construction: Construction
    toes: Polygons
    has_hallux: bool
    medial_forefoot: Point
    medial_heel: Point
    lateral_forefoot: Point
    lateral_heel: Point
    inner_contour: NDArray[np.float64]

    @property
    def interrupted(self) -> bool:
        """Whether some level between heel and ball has no contact."""
        return bool(np.isnan(self.inner_contour[:, 0]).any())

    @property
    def medial_line(self) -> Point:
        """Unit vector along the medial tangent, from heel to ball."""
        along = self.medial_forefoot - self.medial_heel
        return np.asarray(along / float(np.hypot(along[0], along[1])))

    @property
    def ball_level(self) -> float:
        """How far along the medial tangent it touches the ball, from where it touches the heel."""
        return float(self.beside_medial_line(self.medial_forefoot[None])[0, 1])

    @property
    def sole_beside_medial_line(self) -> Polygons:
        """The toeless outlines as :meth:`beside_medial_line` expresses them."""
        return tuple(self.beside_medial_line(line) for line in self.construction.sole)

    def beside_medial_line(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Express points along and beside the medial tangent.

        Parameters
        ----------
        points
            ``float64 (n, 2)``, frame ``axis``.

        Returns
        -------
        numpy.ndarray
            ``float64 (n, 2)``: distance from the tangent towards the lateral side, and
            along it from the heel's tangent point towards the toes.
        """
        along = self.medial_line
        lateral = np.array([-along[1], along[0]])
        return np.asarray((points - self.medial_heel) @ np.stack([lateral, along], axis=1))


def draw(sole: Polygons, toes: Polygons = (), *, has_hallux: bool = True) -> Drawing:
    """Draw the border lines of a print.

    The medial tangent is the line that touches ball and heel on the medial side and has
    nothing of either beyond it: of the convex hull of both, the edge that spans the midfoot.
    The lateral tangent is its counterpart. A midfoot that bulges out reaches over the line.

    Parameters
    ----------
    sole
        Toeless outlines, frame ``axis`` (``x`` medial, ``y`` towards the toes).
    toes
        Toe pads, the same frame, the most medial first.
    has_hallux
        Whether the first of them is the hallux's.

    Returns
    -------
    Drawing
        Ready to be measured.

    Raises
    ------
    ValueError
        If there is no contact in the heel or the forefoot.
    """
    construction = construct(sole)
    middle = (construction.thirds[1] + construction.thirds[2]) / 2
    ends = _heel_and_ball(sole, construction)
    medial_heel, medial_forefoot = _tangent(ends, middle, medial=True)
    lateral_heel, lateral_forefoot = _tangent(ends, middle, medial=False)
    return Drawing(
        construction=construction,
        toes=toes,
        has_hallux=has_hallux,
        medial_forefoot=medial_forefoot,
        medial_heel=medial_heel,
        lateral_forefoot=lateral_forefoot,
        lateral_heel=lateral_heel,
        inner_contour=_inner_contour(sole, medial_heel, medial_forefoot),
    )


def _heel_and_ball(sole: Polygons, construction: Construction) -> NDArray[np.float64]:
    """Give the corners of heel and ball, ``float64 (n, 2)``."""
    points = np.concatenate(sole)
    back, _, _, front = construction.thirds
    share = (points[:, 1] - back) / (front - back)
    return points[(share <= HEEL_TO) | (share >= BALL_FROM)]


def _tangent(points: NDArray[np.float64], middle: float, *, medial: bool) -> tuple[Point, Point]:
    """Find the hull's edge that crosses the middle level on one side, heel end first."""
    import cv2

    hull = cv2.convexHull(points.astype(np.float32))[:, 0].astype(np.float64)
    following = np.roll(hull, -1, axis=0)
    crossing = (np.minimum(hull[:, 1], following[:, 1]) <= middle) & (
        np.maximum(hull[:, 1], following[:, 1]) > middle
    )
    edges = [
        (one, other) if one[1] < other[1] else (other, one)
        for one, other in zip(hull[crossing], following[crossing], strict=True)
    ]

    def side(edge: tuple[Point, Point]) -> float:
        low, high = edge
        share = (middle - low[1]) / (high[1] - low[1])
        return float(low[0] + share * (high[0] - low[0]))

    return max(edges, key=side) if medial else min(edges, key=side)


def _inner_contour(sole: Polygons, heel: Point, forefoot: Point) -> NDArray[np.float64]:
    for outline in sole:
        first, last = (_corner(outline, point) for point in (forefoot, heel))
        if first is not None and last is not None:
            return _shorter_way(outline, first, last)
    # Ball and heel are two pieces: only their outermost points make a border, if there is one.
    levels = np.linspace(float(forefoot[1]), float(heel[1]), LEVELS)
    return np.stack([extents(sole, levels)[1], levels], axis=1)


def _corner(outline: NDArray[np.float64], point: Point) -> int | None:
    """Which corner of an outline a tangent touches; ``None`` if it touches another outline."""
    away = np.hypot(*(outline - point).T)
    nearest = int(away.argmin())
    # The hull was found among single precision's numbers.
    return nearest if away[nearest] <= SAME_POINT * np.ptp(outline) else None


def _shorter_way(outline: NDArray[np.float64], first: int, last: int) -> NDArray[np.float64]:
    """Go from one corner to another; the longer way is round heel, outer border and ball."""
    ahead = np.roll(outline, -first, axis=0)[: (last - first) % len(outline) + 1]
    back = np.roll(outline[::-1], first + 1, axis=0)[: (first - last) % len(outline) + 1]

    def length(way: NDArray[np.float64]) -> float:
        return float(np.hypot(*np.diff(way, axis=0).T).sum())

    return min(ahead, back, key=length)
