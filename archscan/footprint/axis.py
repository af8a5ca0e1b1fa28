"""The axis of a print: from the middle of its heel to its second toe."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archscan.footprint.footprint import AxisMethod
from archscan.polygons import Polygons, extents

TOES_UP = np.array([0.0, -1.0])
"""How a print lies on its patch, roughly."""

AXIS_ROUNDS = 4
"""Heel centre and axis depend on each other; they settle in two or three rounds."""

SETTLED = 1 - 1e-9
"""Cosine between two rounds' axes (0.003 degrees) from which on they agree."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Axis of a print, and what is measured along and across it. Frame ``patch``, pixels.

    Attributes
    ----------
    heel_centre
        ``float64 (2,)`` middle of the widest extent of the rear third.
    tip
        ``float64 (2,)`` tip of the second toe, or middle of the widest extent of the front
        third.
    method
        Which of both.
    forefoot_width, heel_width
        Widest extents of the front and of the rear third; 0 where they have no contact.
    toeless_length
        Of the sole.
    """

    heel_centre: NDArray[np.float64]
    tip: NDArray[np.float64]
    method: AxisMethod
    forefoot_width: float
    heel_width: float
    toeless_length: float

    @property
    def forward(self) -> NDArray[np.float64]:
        """``float64 (2,)`` unit vector from heel to toes."""
        along = self.tip - self.heel_centre
        return along / float(np.hypot(along[0], along[1]))

    @property
    def right(self) -> NDArray[np.float64]:
        """``float64 (2,)`` unit vector to the right of it, as seen."""
        return _right_of(self.forward)

    def front_third(self, sole: Polygons) -> NDArray[np.float64]:
        """Give the corners of the ball.

        Parameters
        ----------
        sole
            Toeless outlines, frame ``patch``.

        Returns
        -------
        numpy.ndarray
            ``float64 (n, 2)`` as :meth:`along` expresses them.
        """
        points = np.concatenate(self.along(sole))
        return np.asarray(points[points[:, 1] > points[:, 1].max() - self.toeless_length / 3])

    def along(self, polygons: Polygons) -> Polygons:
        """Express outlines by the axis.

        Parameters
        ----------
        polygons
            Frame ``patch``.

        Returns
        -------
        tuple of numpy.ndarray
            The same with the heel's centre at zero, ``y`` towards the toes and ``x`` to the
            right, as seen.
        """
        return _framed(polygons, self.heel_centre, self.forward)


def settle_axis(
    sole: Polygons, second_toe: NDArray[np.float64] | None, forward: NDArray[np.float64]
) -> Axis:
    """Go round heel centre and direction until they agree.

    Parameters
    ----------
    sole
        Without toes, frame ``patch``.
    second_toe
        ``float64 (2,)`` its tip, the same frame; ``None`` where it left no print.
    forward
        ``float64 (2,)`` unit vector roughly from heel to toes.

    Returns
    -------
    Axis
        From the heel's centre to the second toe, else to the middle of the forefoot.
    """
    origin = np.zeros(2)
    axis: Axis | None = None
    for _ in range(AXIS_ROUNDS):
        turned = _framed(sole, origin, forward)
        ends = np.concatenate(turned)[:, 1]
        rear, front = float(ends.min()), float(ends.max())
        third = (front - rear) / 3
        heel_y, heel_x, heel_width = _widest(turned, rear, rear + third)
        ball_y, ball_x, ball_width = _widest(turned, front - third, front)
        right = _right_of(forward)
        forefoot = ball_x * right + ball_y * forward
        axis = Axis(
            heel_centre=heel_x * right + heel_y * forward,
            tip=forefoot if second_toe is None else second_toe,
            method="forefoot" if second_toe is None else "toe2",
            forefoot_width=ball_width,
            heel_width=heel_width,
            toeless_length=front - rear,
        )
        settled = float(forward @ axis.forward) > SETTLED
        forward = axis.forward
        if settled:
            break
    assert axis is not None  # noqa: S101 - the loop runs at least once
    return axis


def _right_of(forward: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array([-forward[1], forward[0]])


def _framed(
    polygons: Polygons, origin: NDArray[np.float64], forward: NDArray[np.float64]
) -> Polygons:
    turn = np.stack([_right_of(forward), forward], axis=1)
    return tuple((polygon - origin) @ turn for polygon in polygons)


def _widest(sole: Polygons, low: float, high: float) -> tuple[float, float, float]:
    """Level, middle and width of the widest extent between two levels."""
    levels = np.linspace(low, high, 97)[1:-1]
    left, right = extents(sole, levels)
    if np.isnan(left).all():
        return (low + high) / 2, 0.0, 0.0
    widest = int(np.nanargmax(right - left))
    width = float(right[widest] - left[widest])
    return float(levels[widest]), float(left[widest] + right[widest]) / 2, width
