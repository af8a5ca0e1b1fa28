"""How alike two soles are that may be one person's."""

from __future__ import annotations

import math

from archscan.segmentation.pieces import Piece

ALIKE_LENGTHS = 1.4
"""A person's two soles differ in length at most by this factor: an ellipse with the spread of
heel and ball alone is up to 1.25 times as long as one with the spread of a whole sole."""

ALIKE_DIRECTION_DEG = 45.0
"""And turn apart at most so much: people stand with each foot turned out by up to 20."""


def unlikeness(one: Piece, other: Piece) -> float:
    """How far two soles differ in length or direction, whichever is more.

    Parameters
    ----------
    one, other
        Soles on the same picture.

    Returns
    -------
    float
        0 for the same; 1 is the most for the feet of one person.
    """
    lengths = abs(math.log(one.length / other.length)) / math.log(ALIKE_LENGTHS)
    along = min(1.0, abs(float(one.principal[0] @ other.principal[0])))
    return max(lengths, math.degrees(math.acos(along)) / ALIKE_DIRECTION_DEG)
