"""A piece of cardboard or paper to step on: where it ends, and the floor it lies on."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from archscan.synthetic.drawing import convex, cover
from archscan.synthetic.floors import SURFACES, Floor, Picture, Random, noise

MARGIN_MM = (12.0, 170.0)
"""From the prints to each edge."""

TURN_DEG = 10.0
"""Standard deviation of how a foot stands on it."""

CUT_MM = 2.5
"""Standard deviation of a corner from a right angle's: cut by hand."""

FOLD_CHANCE, ODD_CHANCE = 0.35, 0.15
"""How often cardboard has a fold along an edge, and how often a corner is missing."""


def outline(prints: NDArray[np.float64], random: Random) -> NDArray[np.float64]:
    """Cut a piece that the prints lie on.

    Parameters
    ----------
    prints
        ``float (n, 2)`` points of the prints, millimetres of the floor.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        ``float64 (4, 2)`` corners, one after the other, the same millimetres.
    """
    angle = np.deg2rad(random.normal(0, TURN_DEG))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    points = prints @ turn
    least, most = np.log(MARGIN_MM)
    margins = np.exp(random.uniform(least, most, 4))
    left, top = points.min(axis=0) - margins[:2]
    right, bottom = points.max(axis=0) + margins[2:]
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    # Never so far that it would come to the print.
    corners += np.clip(random.normal(0, CUT_MM, (4, 2)), -5, 5)
    return np.asarray(corners @ turn.T)


def laid_on(
    picture: Picture, floor: Floor, beneath: str, corners: NDArray[np.float64], random: Random
) -> Picture:
    """Let what the picture shows end at its edges, and lay it on a floor.

    Parameters
    ----------
    picture
        ``float32 (h, w, 3)`` of cardboard or paper, 0 to 1.
    floor
        Size and scale.
    beneath
        Name in :data:`~archscan.synthetic.floors.SURFACES` of the floor.
    corners
        ``float64 (4, 2)`` floor pixels, one after the other.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w, 3)``.
    """
    ground = _turned(beneath, floor, random) * random.uniform(0.6, 1.2)
    share = _ragged(convex(floor, corners), floor, random)
    if random.random() < ODD_CHANCE:
        share = share * (1 - _missing(floor, corners, random))
    if random.random() < FOLD_CHANCE:
        picture = picture * (1 - _fold(floor, corners, random)[..., None])
    # Higher than paper, it hides some floor and throws a shadow to one side.
    away = random.normal(0, 2.5, 2) * floor.scale
    shadow = cv2.GaussianBlur(share, (0, 0), max(0.6, random.uniform(0.5, 4.0) * floor.scale))
    move = np.array([[1, 0, away[0]], [0, 1, away[1]]])
    shadow = cv2.warpAffine(shadow, move, (floor.width, floor.height))
    ground = ground * (1 - random.uniform(0.1, 0.6) * shadow[..., None])
    return cover(np.asarray(ground, dtype=np.float32), share, picture)


def _turned(beneath: str, floor: Floor, random: Random) -> Picture:
    """Draw the floor beneath, whose boards and joints run any way."""
    side = int(np.ceil(np.hypot(floor.height, floor.width))) + 4
    drawn = SURFACES[beneath].draw(Floor(side, side, floor.scale), random)[..., :3]
    angle = random.normal(0, 4) if random.random() < 0.5 else random.uniform(0, 360)
    matrix = cv2.getRotationMatrix2D(((side - 1) / 2, (side - 1) / 2), float(angle), 1.0)
    matrix[:, 2] += np.array([(floor.width - side) / 2, (floor.height - side) / 2])
    size = (floor.width, floor.height)
    seen = cv2.warpAffine(np.ascontiguousarray(drawn), matrix, size, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(seen, dtype=np.float32)


def _ragged(share: Picture, floor: Floor, random: Random) -> Picture:
    """Tear the edges a little, now and then."""
    if random.random() < 0.7:
        return share
    soft = cv2.GaussianBlur(share, (0, 0), max(0.5, 2.0 * floor.scale))
    grain = np.clip(noise(floor, random, random.uniform(1.5, 8)), -2, 2)
    return np.asarray(np.clip((soft - 0.5 - 0.12 * grain) * 8 + 0.5, 0, 1) * (share > 0))


def _missing(floor: Floor, corners: NDArray[np.float64], random: Random) -> Picture:
    """Cut off a corner, obliquely, no further in than an edge's margin reaches."""
    number = int(random.integers(0, 4))
    here, before, after = (corners[(number + step) % 4] for step in (0, -1, 1))
    least = MARGIN_MM[0] * floor.scale
    ends = [
        here + (there - here) / np.hypot(*(there - here)) * random.uniform(0.5, 1.6) * least
        for there in (before, after)
    ]
    return convex(floor, np.array([here, *ends]))


def _fold(floor: Floor, corners: NDArray[np.float64], random: Random) -> Picture:
    """Crease along an edge: a darker line, as boxes have."""
    number = int(random.integers(0, 4))
    first, second = corners[number], corners[(number + 1) % 4]
    inwards = corners.mean(axis=0) - (first + second) / 2
    inwards = inwards / np.hypot(*inwards) * random.uniform(0.2, 0.9) * MARGIN_MM[0] * floor.scale
    width = random.uniform(0.8, 3.0) * floor.scale * inwards / np.hypot(*inwards)
    strip = np.array([first + inwards, second + inwards, second + inwards + width])
    line = convex(floor, np.concatenate([strip, [first + inwards + width]]))
    return np.asarray(random.uniform(0.1, 0.45) * line, dtype=np.float32)
