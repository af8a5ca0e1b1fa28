"""What a tilted camera would have made of a print."""

from __future__ import annotations

import numpy as np

from archscan.polygons import Polygons, extent

UNKNOWN_TILT_DOUBT_DEG = 12.0
"""How far off the vertical a phone is held by somebody asked to photograph from
straight above: our assumption, about two standard deviations."""

KNOWN_TILT_DOUBT_DEG = 2.0
"""What is left of that when a sheet of paper in the photo has shown the plane: our
assumption, about two standard deviations."""

LINES_TILT_DOUBT_DEG = 5.0
"""What is left of it when straight lines on the floor have shown the tilt: nineteen in
twenty such tilts of rendered photos are within this."""

CAMERA_HEIGHT = 1.4
"""Height of the camera above the print in toeless print lengths where the photo does
not say: a phone's main camera (26 mm in 35 mm terms) at this height fills six tenths of
the photo's long side with the print. The closer the camera, the more a tilt matters."""


def seen_tilted(
    sole: Polygons, tilt_deg: float, towards_deg: float, camera_height: float = CAMERA_HEIGHT
) -> Polygons:
    """Project outlines as a tilted pinhole camera above the print sees them.

    Parameters
    ----------
    sole
        Outlines, frame ``axis``; at least one.
    tilt_deg
        Angle between the camera's axis and the floor's normal, degrees.
    towards_deg
        The direction on the floor that recedes: 0 the toes, 90 the medial side.
    camera_height
        Of the camera above the print, in toeless print lengths.

    Returns
    -------
    tuple of numpy.ndarray
        The outlines in a frame of the same directions, to the same scale at
        the middle of the print.
    """
    low, high = extent(sole)
    x = np.concatenate([polygon[:, 0] for polygon in sole])
    middle = np.array([(x.min() + x.max()) / 2.0, (low + high) / 2.0])
    distance = camera_height * (high - low)
    direction = np.deg2rad(towards_deg)
    receding = np.array([np.sin(direction), np.cos(direction)])
    level = np.array([receding[1], -receding[0]])
    sine, cosine = np.sin(np.deg2rad(tilt_deg)), np.cos(np.deg2rad(tilt_deg))

    seen = []
    for polygon in sole:
        from_middle = polygon - middle
        away = from_middle @ receding
        nearness = 1.0 / (1.0 + away * sine / distance)
        seen.append(
            np.outer(away * cosine * nearness, receding)
            + np.outer((from_middle @ level) * nearness, level)
        )
    return tuple(seen)
