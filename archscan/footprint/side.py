"""Left or right, from the shape of the print alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from archscan.footprint.footprint import Side
from archscan.polygons import Polygons, extents, signed_area
from archscan.reasons import Caution
from archscan.segmentation.notches import MIDFOOT

MIDFOOT_LEVELS = np.linspace(*MIDFOOT, 17)
"""Where the arch lies, as shares of the toeless length from the heel."""

EVIDENCE_WEIGHTS = (26.0, 3.0, 2.2, 6.0)
"""Log-odds per unit of each clue in :class:`SideClues`, in its order. Chosen by hand
from how far each clue lies from zero on rendered feet; the clues agree on nearly every
print, so the answer does not hang on their exact size."""

SURE_SIDE = 0.9
"""Below this the side is reported with a caution."""


@dataclass(frozen=True, slots=True)
class SideClues:
    """What tells a left print from a right one; positive means left.

    All are shares of the forefoot's width, as seen from above with toes up.

    Attributes
    ----------
    arch
        How much deeper the waist is cut in from the right than from the left.
    hallux
        How far right of the toes' middle the biggest pad lies.
    toe_slope
        How steeply the toe tips rise towards the right.
    ball
        How much further forward the ball's right half reaches than its left.
    """

    arch: float
    hallux: float
    toe_slope: float
    ball: float

    def log_odds(self) -> float:
        """Weigh the clues.

        Returns
        -------
        float
            Natural logarithm of the odds that the print is a left foot's.
        """
        clues = (self.arch, self.hallux, self.toe_slope, self.ball)
        return float(np.dot(EVIDENCE_WEIGHTS, clues))


def decide_side(
    sole: Polygons, toes: Polygons, wanted: Literal["auto", "left", "right"]
) -> tuple[Side, float]:
    """Tell which foot it is.

    Parameters
    ----------
    sole, toes
        As for :func:`side_clues`.
    wanted
        The side if it is known, else ``"auto"``.

    Returns
    -------
    side, confidence
        The probability that it is right: 0.5 to 1.
    """
    if wanted != "auto":
        return wanted, 1.0
    clues = side_clues(sole, toes)
    left = 1.0 / (1.0 + float(np.exp(-np.clip(clues.log_odds(), -30, 30))))
    return ("left", left) if left >= 0.5 else ("right", 1.0 - left)


def side_cautions(confidence: float) -> tuple[Caution, ...]:
    """Say of a side that it is hard to tell.

    Parameters
    ----------
    confidence
        From :func:`decide_side`.

    Returns
    -------
    tuple of Caution
        ``side-unsure``, or none.
    """
    if confidence >= SURE_SIDE:
        return ()
    return (
        Caution(
            "side-unsure",
            "It is hard to tell whether this is a left or a right foot; say which, with "
            "--side or under 'Which foot' on the page.",
        ),
    )


def side_clues(sole: Polygons, toes: Polygons) -> SideClues:
    """Gather the clues.

    Parameters
    ----------
    sole, toes
        Outlines in a frame with the origin at the heel centre, ``x`` to the
        right as seen from above and ``y`` towards the toes.

    Returns
    -------
    SideClues
        In shares of the forefoot's width.
    """
    points = np.concatenate(sole)
    rear, front = points[:, 1].min(), points[:, 1].max()
    ball_levels = np.linspace(front - (front - rear) / 3, front, 33)[:-1]
    ball_left, ball_right = extents(sole, ball_levels)
    widest = int(np.nanargmax(ball_right - ball_left))
    width = float(ball_right[widest] - ball_left[widest])
    ball_middle = float(ball_right[widest] + ball_left[widest]) / 2
    return SideClues(
        arch=_waist(sole, rear, front) / width,
        hallux=_hallux_offset(toes) / width,
        toe_slope=_toe_slope(toes),
        ball=_front_lead(points, ball_middle, width) / width,
    )


def _waist(sole: Polygons, rear: float, front: float) -> float:
    """Mean gap between hull and contact on the right, less that on the left; 0 where neither is."""
    import cv2

    hull = cv2.convexHull(np.concatenate(sole).astype(np.float32))[:, 0].astype(np.float64)
    levels = rear + MIDFOOT_LEVELS * (front - rear)
    hull_left, hull_right = extents((hull,), levels)
    left, right = extents(sole, levels)
    # An interrupted arch says nothing between heel and ball, and what those two reach of
    # the waist says little: the gap there depends on how obliquely each ends.
    gaps = np.nan_to_num((hull_right - right) - (left - hull_left))
    return float(np.mean(gaps))


def _hallux_offset(toes: Polygons) -> float:
    """Offset of the biggest pad, discounted when it is hardly the biggest."""
    if len(toes) < 2:
        return 0.0
    areas = np.array([abs(signed_area(toe)) for toe in toes])
    middles = np.array([toe[:, 0].mean() for toe in toes])
    order = np.argsort(areas)
    lead = 1.0 - areas[order[-2]] / areas[order[-1]]
    return float(lead * (middles[order[-1]] - (middles.min() + middles.max()) / 2) * 2)


def _toe_slope(toes: Polygons) -> float:
    if len(toes) < 3:
        return 0.0
    tips = np.array([toe[int(np.argmax(toe[:, 1]))] for toe in toes])
    slope = np.polyfit(tips[:, 0], tips[:, 1], 1)[0]
    return float(np.clip(slope, -1.5, 1.5))


def _front_lead(points: NDArray[np.float64], middle: float, width: float) -> float:
    """Forward reach of the right half of the ball, less that of the left."""
    reach = width / 2
    right = points[(points[:, 0] > middle) & (points[:, 0] < middle + 0.8 * reach)]
    left = points[(points[:, 0] < middle) & (points[:, 0] > middle - 0.8 * reach)]
    if len(right) == 0 or len(left) == 0:
        return 0.0
    return float(right[:, 1].max() - left[:, 1].max())
