"""The headline ratio as it is drawn by hand: its lines parallel to the ball's own line."""

from __future__ import annotations

import numpy as np

from archscan.indices.chippaux_smirak import chippaux_smirak
from archscan.indices.construction import construct
from archscan.indices.panel.drawing import Drawing


def chippaux_smirak_oblique(drawing: Drawing) -> float:
    """Narrowest midfoot contact width over widest forefoot contact width, slanting.

    Construction: that of the Chippaux-Smirak index, but for its lines' direction. They lie
    parallel to the line across the metatarsal heads, from where the lateral tangent touches
    the ball to where the medial one does, not perpendicular to the axis. Unit: ratio.
    Higher = flatter.

    Caveat: the classical drawing was only seen described. The bands that are used with the
    index are held against the other direction, which decides a class; none is given here.

    Parameters
    ----------
    drawing
        From :func:`archscan.indices.panel.drawing.draw`.

    Returns
    -------
    float
        0 where the print is interrupted.

    References
    ----------
    Chippaux (1947) and Smirak (1960); Forriol F, Pascual J, Foot Ankle
    1990;11(2):101-104.
    """
    across = drawing.medial_forefoot - drawing.lateral_forefoot
    across = across / float(np.hypot(across[0], across[1]))
    turned = np.stack([across, np.array([-across[1], across[0]])], axis=1)
    return chippaux_smirak(construct(tuple(line @ turned for line in drawing.construction.sole)))
