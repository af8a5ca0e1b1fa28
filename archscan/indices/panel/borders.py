"""Measures read off the medial and lateral tangents and the inner contour."""

from __future__ import annotations

import numpy as np

from archscan.indices.panel.drawing import Drawing
from archscan.polygons import chords, signed_area


def clarke_angle(drawing: Drawing) -> float | None:
    """Angle between the medial tangent and the line from the ball into the arch.

    Construction: from the point where the medial tangent touches the ball, the line that
    just touches the inner contour of the arch; the angle between the two. Unit: degrees.
    Lower = flatter. It is not the angle at the deepest point of the arch, which is
    about 140 to 170 degrees and sometimes given the same name.

    Caveat: limits between classes contradict each other (31 and 42 degrees in some
    places, 42 and 54 in others); repeats agree less well than those of widths (Papuga
    and Burke 2011). ``None`` where the print is interrupted, for then there is no
    contour to touch.

    Parameters
    ----------
    drawing
        From :func:`archscan.indices.panel.drawing.draw`.

    Returns
    -------
    float or None
        Degrees.

    References
    ----------
    Clarke HH (1933); classes: Forriol F, Pascual J, Foot Ankle 1990;11(2):101-104.
    """
    if drawing.interrupted:
        return None
    placed = drawing.beside_medial_line(drawing.inner_contour)
    back = drawing.ball_level - placed[1:, 1]
    beside = np.maximum(placed[1:, 0], 0.0)
    behind = back > 0
    return float(np.rad2deg(np.arctan2(beside[behind], back[behind]).max()))


def footprint_index(drawing: Drawing) -> float | None:
    """Area of the gap under the arch over the toeless contact area.

    Construction: the area between the medial tangent and the inner contour, from the
    ball's tangent point to the heel's, over the contact area without toes. Unit: ratio.
    Lower = flatter. No limits are given because none can be cited.

    Parameters
    ----------
    drawing
        As for :func:`clarke_angle`.

    Returns
    -------
    float or None
        ``None`` where the print is interrupted: the gap then has no inner border.

    References
    ----------
    Irwin LW (1937).
    """
    if drawing.interrupted:
        return None
    placed = drawing.beside_medial_line(drawing.inner_contour)
    gap = float(np.trapezoid(np.maximum(placed[:, 0], 0.0), -placed[:, 1]))
    contact = sum(abs(signed_area(polygon)) for polygon in drawing.construction.sole)
    return gap / contact


def arch_length_index(drawing: Drawing) -> float | None:
    """Length of the medial tangent over the length of the inner contour beside it.

    Construction: both between the points where the tangent touches ball and heel. Unit:
    ratio up to 1. Higher (nearer 1) = flatter. Caveat: its authors found such measures
    to tell little of the height of the bony arch. No limits can be cited.

    Parameters
    ----------
    drawing
        As for :func:`clarke_angle`.

    Returns
    -------
    float or None
        ``None`` where the print is interrupted.

    References
    ----------
    Hawes MR, Nachbauer W, Sovak D, Nigg BM, Foot Ankle 1992;13(1):22-26.
    """
    if drawing.interrupted:
        return None
    contour = drawing.inner_contour
    steps = np.diff(contour, axis=0)
    along = float(np.hypot(*(drawing.medial_forefoot - drawing.medial_heel)))
    return along / float(np.hypot(steps[:, 0], steps[:, 1]).sum())


def sztriter_godunov(drawing: Drawing) -> float:
    """Contact across the middle of the medial tangent, over contact and gap together.

    Construction: the perpendicular to the medial tangent at its middle between ball and
    heel; the contact width on it over that width plus the gap up to the tangent (index
    KY). Unit: ratio. Higher = flatter. Limits in the Polish and Russian literature: high
    to 0.25, usual to 0.45, lowered to 0.49, flat above; they were not checked at their
    source, so no class is given.

    Parameters
    ----------
    drawing
        As for :func:`clarke_angle`.

    Returns
    -------
    float
        0 where there is no contact.
    """
    pieces = chords(drawing.sole_beside_medial_line, drawing.ball_level / 2)
    if len(pieces) == 0:
        return 0.0
    width = float(np.sum(pieces[:, 1] - pieces[:, 0]))
    gap = max(0.0, float(pieces[:, 0].min()))
    return width / (width + gap)


def heel_angle(drawing: Drawing) -> float:
    """Angle between the medial and the lateral tangent (gamma).

    Construction: the two border lines, which meet behind the heel. Unit: degrees. Larger
    = a forefoot that is broad beside the heel; 15 to 18 degrees are said to be usual. It
    is about the width of the foot, not its arch.

    Parameters
    ----------
    drawing
        As for :func:`clarke_angle`.

    Returns
    -------
    float
        Degrees; negative where the heel is the broader end.
    """
    medial = drawing.medial_forefoot - drawing.medial_heel
    lateral = drawing.lateral_forefoot - drawing.lateral_heel
    return float(np.rad2deg(np.arctan2(medial[0], medial[1]) - np.arctan2(lateral[0], lateral[1])))
