"""The Denis grade: how wide the outer band is beside the ball."""

from __future__ import annotations

from archscan.indices.chippaux_smirak import chippaux_smirak
from archscan.indices.panel.drawing import Drawing

GRADES = ((1.05, 3.0), (0.95, 2.0), (0.5, 1.0))
"""Least share of the ball's width, and grade. Denis names half the width, the same width
and more than the width; how near to the same width counts as the same is ours."""


def midfoot_share(drawing: Drawing) -> float:
    """Width of the midfoot's contact over the ball's, which the Denis grade grades.

    Construction: that of the Chippaux-Smirak index. Unit: ratio. Higher = flatter.

    Parameters
    ----------
    drawing
        From :func:`archscan.indices.panel.drawing.draw`.

    Returns
    -------
    float
        0 where the print is interrupted.
    """
    return chippaux_smirak(drawing.construction)


def denis_grade(share: float) -> float:
    """Grade the contact of the midfoot by its share of the ball's width.

    1: the outer band is half as wide as the ball or more; 2: as wide; 3: wider; 0: less
    than half. Higher = flatter. It was made for children's flat prints.

    Parameters
    ----------
    share
        From :func:`midfoot_share`.

    Returns
    -------
    float
        0, 1, 2 or 3.

    References
    ----------
    Denis A (1974).
    """
    return next((grade for least, grade in GRADES if share >= least), 0.0)
