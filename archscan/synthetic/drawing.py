"""Shapes laid on a floor: what clutter, print and marks are made of."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from archscan.synthetic.floors import Floor, Picture, Random

Coverage = Picture
"""``float32 (h, w)``: share of each pixel that a shape covers."""


def place(floor: Floor, random: Random, spread: float = 0.45) -> NDArray[np.float64]:
    """Choose a place near the middle of a floor.

    Parameters
    ----------
    floor
        Size and scale.
    random
        Source.
    spread
        How far from the middle, as a share of the floor.

    Returns
    -------
    numpy.ndarray
        ``float64 (2,)`` floor pixels.
    """
    size = np.array([floor.width, floor.height])
    return np.asarray(size / 2 + random.uniform(-spread, spread, 2) * size)


def ahead(angle: float) -> NDArray[np.float64]:
    """Give the direction that ``angle`` (radians, clockwise from up) points to.

    Parameters
    ----------
    angle
        Radians; 0 points up.

    Returns
    -------
    numpy.ndarray
        ``float64 (2,)`` unit vector, floor pixels.
    """
    return np.array([np.sin(angle), -np.cos(angle)])


def blank(floor: Floor) -> NDArray[np.uint8]:
    """Make an empty layer.

    Parameters
    ----------
    floor
        Size.

    Returns
    -------
    numpy.ndarray
        ``uint8 (h, w)`` zeros.
    """
    return np.zeros((floor.height, floor.width), dtype=np.uint8)


def convex(floor: Floor, corners: NDArray[np.float64]) -> Coverage:
    """Fill a convex polygon, its edge exact to a fraction of a pixel.

    Parameters
    ----------
    floor
        Size.
    corners
        ``float (n, 2)`` in floor pixels, either way round.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w)`` covered share.
    """
    drawn = np.zeros((floor.height, floor.width), dtype=np.float32)
    low = np.maximum(np.floor(corners.min(axis=0)).astype(int) - 1, 0)
    high = np.ceil(corners.max(axis=0)).astype(int) + 2
    x = np.arange(low[0], min(high[0], floor.width), dtype=np.float32)[None, :]
    y = np.arange(low[1], min(high[1], floor.height), dtype=np.float32)[:, None]
    if x.size == 0 or y.size == 0:
        return drawn
    after = np.roll(corners, -1, axis=0)
    turn = np.sum(corners[:, 0] * after[:, 1] - after[:, 0] * corners[:, 1])
    outside = np.full((y.size, x.size), -np.inf, dtype=np.float32)
    for start, end in zip(corners, after, strict=True):
        along = (end - start) / max(1e-9, float(np.hypot(*(end - start))))
        normal = np.sign(turn) * np.array([along[1], -along[0]])
        outside = np.maximum(outside, normal[0] * (x - start[0]) + normal[1] * (y - start[1]))
    drawn[low[1] : low[1] + y.size, low[0] : low[0] + x.size] = np.clip(0.5 - outside, 0, 1)
    return drawn


def bar(
    floor: Floor, middle: NDArray[np.float64], size_mm: tuple[float, float], angle: float
) -> Coverage:
    """Fill a rectangle.

    Parameters
    ----------
    floor
        Size and scale.
    middle
        ``float (2,)`` floor pixels.
    size_mm
        Width and height, millimetres.
    angle
        Turn, radians.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w)`` covered share.
    """
    half = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * np.array(size_mm) / 2 * floor.scale
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return convex(floor, half @ turn + middle)


def disc(
    layer: NDArray[np.uint8],
    centre: NDArray[np.float64],
    axes: tuple[float, float],
    angle: float,
) -> None:
    """Fill an ellipse on a layer.

    Parameters
    ----------
    layer
        ``uint8 (h, w)``, changed in place.
    centre
        ``float (2,)`` floor pixels.
    axes
        Half axes across and along ``angle``, pixels.
    angle
        Radians, clockwise from up.
    """
    sizes = (max(1, int(axes[0])), max(1, int(axes[1])))
    middle = (int(centre[0]), int(centre[1]))
    cv2.ellipse(layer, middle, sizes, float(np.rad2deg(angle)), 0, 360, 255, -1, cv2.LINE_AA)


def share_of(layer: NDArray[np.uint8]) -> Coverage:
    """Turn a drawn layer into covered shares.

    Parameters
    ----------
    layer
        ``uint8 (h, w)``.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w)`` from 0 to 1.
    """
    return layer.astype(np.float32) / 255


def cover(picture: Picture, coverage: Coverage, colour: NDArray[np.floating]) -> Picture:
    """Paint over a picture.

    Parameters
    ----------
    picture
        ``float32 (h, w, 3)``.
    coverage
        ``float32 (h, w)``.
    colour
        ``float (3,)`` or ``float (h, w, 3)``.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w, 3)``.
    """
    share = coverage[..., None]
    return np.asarray(picture * (1 - share) + share * colour.astype(np.float32), dtype=np.float32)


def distance(wet: NDArray[np.uint8], floor: Floor) -> NDArray[np.float32]:
    """Measure how far each pixel lies from the edge of a shape.

    Parameters
    ----------
    wet
        ``uint8 (h, w)``, 0 outside.
    floor
        Scale.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w)`` millimetres, negative inside.
    """
    solid = (wet > 127).astype(np.uint8)
    inside = cv2.distanceTransform(solid, cv2.DIST_L2, 3)
    outside = cv2.distanceTransform(1 - solid, cv2.DIST_L2, 3)
    return np.asarray((outside - inside) / floor.scale, dtype=np.float32)


def words(
    picture: Picture,
    floor: Floor,
    random: Random,
    where: NDArray[np.float64],
    ink: NDArray[np.floating],
    height: tuple[float, float] = (0.15, 0.4),
) -> Picture:
    """Write a few letters.

    Parameters
    ----------
    picture
        ``float32 (h, w, 3)``.
    floor
        Size and scale.
    random
        Source.
    where
        ``float (2,)`` where the line starts, floor pixels.
    ink
        ``float (3,)`` colour.
    height
        Least and most size, in units of about 22 mm.

    Returns
    -------
    numpy.ndarray
        The written picture.
    """
    letters = "".join(random.choice(list("ABCDEFGHIKLMNOPRSTU aeiou"), int(random.integers(5, 18))))
    size = float(random.uniform(*height) * floor.scale)
    drawn = blank(floor)
    origin = (int(where[0]), int(where[1]))
    font = cv2.FONT_HERSHEY_SIMPLEX
    cv2.putText(drawn, letters, origin, font, max(0.1, size), 255, max(1, round(size * 2)))
    return cover(picture, share_of(drawn), ink)
