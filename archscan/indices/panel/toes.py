"""Measures that need the toes."""

from __future__ import annotations

import numpy as np

from archscan.indices.panel.drawing import Drawing
from archscan.polygons import chords

HALLUX_FIRST = 0
"""Toe pads come from the hallux, where it left one, outwards."""


def hernandez_corvo(drawing: Drawing) -> float | None:
    """How much narrower the midfoot is than the ball, at fixed steps from the toes.

    Construction: on the medial tangent, the distance from its point at the ball to the
    perpendicular before the toes is the fundamental measure. Stepped back from the toes
    it marks the ball (one step), the midfoot (two) and the heel (three). ``X`` is the
    ball's width: from the tangent to the outermost contact within half a step of the
    first mark. ``Y`` is the contact on the perpendicular at the second. The index is
    ``(X - Y) / X``. Unit: ratio (printed in percent elsewhere). Lower = flatter.
    Published limits: flat below 0.35, normal from 0.40 to 0.54, high from 0.60; they
    call normal what the Chippaux-Smirak index calls flat.

    Caveat: the levels hang on where the toes end, so a toe that left no print moves
    them.

    Parameters
    ----------
    drawing
        With toes.

    Returns
    -------
    float or None
        ``None`` without toes before the ball.

    References
    ----------
    Hernandez Corvo R (1989).
    """
    if not drawing.toes:
        return None
    sole, ball = drawing.sole_beside_medial_line, drawing.ball_level
    toes = np.concatenate([drawing.beside_medial_line(line) for line in drawing.toes])
    step = float(toes[:, 1].max()) - ball
    if step <= 0:
        return None
    points = np.concatenate(sole)
    near = points[np.abs(points[:, 1] - ball) <= step / 2, 0]
    # Of a step shorter than from corner to corner nothing but the tangent's point is near.
    metatarsal = float(np.concatenate([near, chords(sole, ball)[:, 1]]).max())
    pieces = chords(sole, ball - step)
    arch = float(np.sum(pieces[:, 1] - pieces[:, 0]))
    return (metatarsal - arch) / metatarsal


def wejsflog(drawing: Drawing) -> float | None:
    """Length of the print with toes over the width of its forefoot.

    Construction: both along and across the foot's axis. Unit: ratio, usually between 2
    and 3; nearer 2 = a splayed forefoot. It is about the forefoot's width, not the arch
    along the foot.

    Parameters
    ----------
    drawing
        With toes.

    Returns
    -------
    float or None
        ``None`` without toes.

    References
    ----------
    Wejsflog (1956), after the Polish school of plantography.
    """
    if not drawing.toes:
        return None
    points = np.concatenate([*drawing.construction.sole, *drawing.toes])
    return float(np.ptp(points[:, 1])) / drawing.construction.forefoot.width


def hallux_drift(drawing: Drawing) -> float | None:
    """Angle by which the hallux's pad lies off the medial tangent.

    Construction: the line from the ball's tangent point that touches the medial side of
    the hallux's pad; its angle with the medial tangent. Unit: degrees, positive towards
    the other toes. A wet print shows pads only: it says nothing about the joint.

    Parameters
    ----------
    drawing
        With toes.

    Returns
    -------
    float or None
        ``None`` where the hallux left no pad, or what is taken for it does not lie wholly
        before the ball.
    """
    if not (drawing.toes and drawing.has_hallux):
        return None
    pad = drawing.beside_medial_line(drawing.toes[HALLUX_FIRST])
    ball = drawing.beside_medial_line(drawing.medial_forefoot[None])[0]
    ahead = pad[:, 1] - ball[1]
    if ahead.min() <= 0.0:
        return None
    angles = np.arctan2(pad[:, 0] - ball[0], ahead)
    return float(np.rad2deg(angles.min()))
