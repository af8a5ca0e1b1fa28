"""What a print is if the camera was tilted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archscan.polygons import Polygons


@dataclass(frozen=True, slots=True, eq=False)
class Viewpoint:
    """Where the camera was, if it looked straight down. Frame ``axis``.

    Attributes
    ----------
    below
        ``float64 (2,)``: what the middle of the photo shows. The further from it a print
        lies, the more a tilt changes it.
    height
        Of the camera above the floor, in the outlines' unit.
    """

    below: NDArray[np.float64]
    height: float


def untilted(sole: Polygons, tilt_deg: float, towards_deg: float, viewpoint: Viewpoint) -> Polygons:
    """Lay outlines out on the floor as they are if the camera was tilted after all.

    Parameters
    ----------
    sole
        Outlines as seen, frame ``axis``.
    tilt_deg
        Angle between the camera's axis and the floor's normal, degrees.
    towards_deg
        The direction that receded from the camera: 0 the toes, 90 the medial side.
    viewpoint
        Of a pinhole camera.

    Returns
    -------
    tuple of numpy.ndarray
        The outlines in a frame of the same directions, to the same scale in the middle
        of the photo.

    Raises
    ------
    ValueError
        If a camera tilted so far sees a part of the outlines beyond the horizon.
    """
    direction = np.deg2rad(towards_deg)
    receding = np.array([np.sin(direction), np.cos(direction)])
    level = np.array([receding[1], -receding[0]])
    sine, cosine = np.sin(np.deg2rad(tilt_deg)), np.cos(np.deg2rad(tilt_deg))

    laid = []
    for polygon in sole:
        seen = (polygon - viewpoint.below) / viewpoint.height
        away, beside = seen @ receding, seen @ level
        # The ray through each point meets the floor this many times further down.
        down = cosine - away * sine
        if down.min() <= 0:
            raise ValueError("a part lies beyond the horizon")
        on_floor = np.outer((away * cosine + sine) / down - sine / cosine, receding)
        on_floor += np.outer(beside / down, level)
        laid.append(viewpoint.below + viewpoint.height * cosine * on_floor)
    return tuple(laid)
