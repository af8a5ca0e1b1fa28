"""The truth about a rendered foot, by geometry of its own.

Nothing here is shared with the rooms that measure, so that a mistake in one
cannot hide in the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from archscan.synthetic.feet import PIXELS_PER_MM, FootField

ROUNDS = 4
MM_PER_CM = 10.0
FINE = 2
"""Rows are read off a copy this many times finer than the field."""


@dataclass(frozen=True, slots=True)
class Indices:
    """True indices and landmarks of one foot, field pixels.

    Attributes
    ----------
    chippaux_smirak, cavanagh_rodgers, staheli
        Fractions of 1, on the wet outline without toes.
    heel_centre
        Middle of the widest chord of the rear third.
    axis_tip
        Tip of the second toe, or the middle of the forefoot's widest chord.
    length_mm, width_mm
        Length with toes along the axis; widest forefoot chord.
    contact_area_cm2
        Of sole and toes.
    """

    chippaux_smirak: float
    cavanagh_rodgers: float
    staheli: float
    heel_centre: tuple[float, float]
    axis_tip: tuple[float, float]
    length_mm: float
    width_mm: float
    contact_area_cm2: float


def true_indices(field: FootField, second_toe: tuple[float, float] | None) -> Indices:
    """Measure a field along its own axis.

    Parameters
    ----------
    field
        The foot.
    second_toe
        Tip of the second toe's pad in field pixels, or ``None`` when missing.

    Returns
    -------
    Indices
        The field is turned until the axis is upright, then its rows are counted.
    """
    height, width = field.sole.shape
    heel = np.array([width / 2, height * 0.8])
    tip = np.array(second_toe) if second_toe is not None else heel - [0, 100.0]
    for _ in range(ROUNDS):
        turn = _upright(heel, tip)
        rows = _Rows(field, turn)
        heel = rows.back(rows.middle(rows.heel_row), rows.heel_row)
        forefoot = rows.back(rows.middle(rows.forefoot_row), rows.forefoot_row)
        tip = forefoot if second_toe is None else np.array(second_toe)
    rows = _Rows(field, _upright(heel, tip))
    widths = rows.widths
    between = widths[rows.forefoot_row : rows.heel_row + 1]
    narrowest = 0.0 if (between < 0.5).any() else float(between.min())
    low, high = rows.thirds[1:3]
    unit = FINE * PIXELS_PER_MM
    return Indices(
        chippaux_smirak=narrowest / float(widths[rows.forefoot_row]),
        cavanagh_rodgers=float(widths[low:high].sum() / widths.sum()),
        staheli=narrowest / float(widths[rows.heel_row]),
        heel_centre=(float(heel[0]), float(heel[1])),
        axis_tip=(float(tip[0]), float(tip[1])),
        length_mm=rows.length / unit,
        width_mm=float(widths[rows.forefoot_row]) / unit,
        contact_area_cm2=rows.contact / (unit * MM_PER_CM) ** 2,
    )


def tip_of(toe: NDArray[np.bool_], upwards: NDArray[np.float64]) -> tuple[float, float]:
    """Find the foremost pixel of a pad.

    Parameters
    ----------
    toe
        ``bool (h, w)``.
    upwards
        ``float (2,)`` direction of the toes.

    Returns
    -------
    tuple of float
        ``(x, y)``.
    """
    y, x = np.nonzero(toe)
    best = int(np.argmax(x * upwards[0] + y * upwards[1]))
    return float(x[best]), float(y[best])


def _upright(heel: NDArray[np.float64], tip: NDArray[np.float64]) -> NDArray[np.float64]:
    """Affine map that turns the axis upright, about the heel, and enlarges."""
    ahead = tip - heel
    angle = np.arctan2(ahead[0], -ahead[1])
    linear = FINE * np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.column_stack([linear, FINE * heel - linear @ heel])


class _Rows:
    """Contact widths row by row, after turning."""

    def __init__(self, field: FootField, turn: NDArray[np.float64]) -> None:
        self.turn = turn
        height, width = field.sole.shape
        size = (FINE * width, FINE * height)
        sole, toes = (
            np.asarray(
                cv2.warpAffine(
                    part,
                    turn,
                    size,
                    flags=cv2.INTER_LINEAR,
                    borderMode=cv2.BORDER_CONSTANT,
                    borderValue=99.0,
                )
            )
            for part in (field.sole, field.toes)
        )
        # Part of a pixel counts by how far the edge lies from its middle.
        self.cover, with_toes = (
            np.clip(0.5 - part * FINE * PIXELS_PER_MM, 0, 1)
            for part in (sole, np.minimum(sole, toes))
        )
        self.contact = float(with_toes.sum())
        self.widths = self.cover.sum(axis=1)
        touched = np.nonzero(self.widths > 0.5)[0]
        front, rear = int(touched[0]), int(touched[-1]) + 1
        third = (rear - front) / 3
        self.thirds = (front, round(front + third), round(rear - third), rear)
        self.forefoot_row = front + int(np.argmax(self.widths[front : self.thirds[1]]))
        self.heel_row = self.thirds[2] + int(np.argmax(self.widths[self.thirds[2] : rear]))
        touching = np.nonzero(((sole < 0) | (toes < 0)).any(axis=1))[0]
        self.length = float(touching[-1] - touching[0] + 1)

    def middle(self, row: int) -> float:
        x = np.nonzero(self.cover[row] > 0.5)[0]
        return float(x[0] + x[-1]) / 2

    def back(self, x: float, y: float) -> NDArray[np.float64]:
        inverse = np.linalg.inv(np.vstack([self.turn, [0, 0, 1]]))
        point: NDArray[np.float64] = (inverse @ np.array([x, y, 1.0]))[:2]
        return point
