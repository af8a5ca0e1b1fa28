"""Which pieces of sole and toes belong to one print, and which way up it lies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.halves import join_halves
from archscan.segmentation.pads import shared_out, toes_of
from archscan.segmentation.patches import places_of
from archscan.segmentation.pieces import Piece, pieces_of
from archscan.segmentation.touching import is_long, told_apart

SMALLEST_SOLE = 0.003
"""Share of a square on the picture's longer side below which a sole is too small to be told
from spatter: a print one eighth as long as the picture still has twice as much."""

SMALLEST_PIECE = 0.08
"""Share of the largest sole below which a piece is not a heel or a ball of its own."""

SLENDER_HEEL = 2.6
"""A piece without toes is a heel unless it is at least this much longer than wide (ratio of
the standard deviations along its principal axes)."""

TOE_GAP = 0.1
"""Of two groups of pads at either end, one this share of the sole's length further away
counts a third: toes lie close to the ball, spatter lies anywhere."""

AT_WIDER_END = 2.0
"""And one at the sole's wider end, which is mostly the ball's, counts double."""


@dataclass(frozen=True, eq=False)
class FoundPrint:
    """One print on a picture.

    Attributes
    ----------
    sole, toes
        ``bool (h, w)`` where its parts are.
    up
        ``float64 (2,)`` unit vector from heel to toes, picture pixels.
    is_whole
        Whether it is no heel or ball alone: it has toes, or a sole's length.
    """

    sole: NDArray[np.bool_]
    toes: NDArray[np.bool_]
    up: NDArray[np.float64]
    is_whole: bool

    @property
    def mask(self) -> NDArray[np.bool_]:
        """``bool (h, w)`` where it is, toes included."""
        return self.sole | self.toes

    @cached_property
    def points(self) -> NDArray[np.float64]:
        """``float64 (n, 2)`` ``(x, y)`` of every pixel of the print."""
        return places_of(self.mask)


def find_prints(
    probability: NDArray[np.float32],
    *,
    toeless_join: bool = False,
    smallest_sole: float | None = None,
) -> list[FoundPrint]:
    """Group what the network saw into prints.

    Parameters
    ----------
    probability
        ``float32 (2, h, w)`` of sole and of toes.
    toeless_join
        Whether two pieces may be heel and ball of one print although no toe is seen
        anywhere. On a photo they may as well be two heels.
    smallest_sole
        Pixels below which a sole is spatter; :data:`SMALLEST_SOLE` of the picture unless given.

    Returns
    -------
    list of FoundPrint
        Largest first.
    """
    if smallest_sole is None:
        smallest_sole = SMALLEST_SOLE * max(probability.shape[1:]) ** 2
    pads = pieces_of(probability[1])
    soles = _join(pieces_of(probability[0]), pads, smallest_sole, toeless_join)
    found = []
    for sole, own in zip(soles, shared_out(pads, soles), strict=True):
        up, ahead = _upwards(sole, own)
        merged = np.zeros_like(sole.mask)
        for pad in ahead:
            merged |= pad.mask
        found.append(FoundPrint(sole.mask, merged, up, bool(ahead) or is_long(sole)))
    return sorted(found, key=lambda item: -int(np.count_nonzero(item.sole)))


def _join(pieces: list[Piece], pads: list[Piece], smallest: float, toeless: bool) -> list[Piece]:
    """Join the heel and the ball of an interrupted print; leave whole soles alone."""
    large = [piece for piece in pieces if piece.area >= smallest / 2]
    large = [piece for piece in large if piece.area >= SMALLEST_PIECE * large[0].area]
    large = told_apart(large, pads)
    toes = toes_of(large, pads)
    parts = [
        n
        for n, piece in enumerate(large)
        if not is_long(piece) or (toes[n] is None and piece.elongation < SLENDER_HEEL)
    ]
    whole = [piece for n, piece in enumerate(large) if n not in parts]
    # Beside one whole sole, what is left in two parts is the other foot's.
    any_ends = (toeless and not pads) or (len(whole) == 1 and len(parts) == 2)
    whole += join_halves(
        [large[n] for n in parts], [toes[n] for n in parts], whole, any_ends=any_ends
    )
    return [sole for sole in whole if sole.area >= smallest]


def _upwards(
    sole: Piece, near: list[tuple[Piece, float]]
) -> tuple[NDArray[np.float64], list[Piece]]:
    """Along the sole towards its toes, and which they are; without, to the wider end.

    Of the pads near it, each with its distance from the sole.
    """
    axis = sole.principal[0]
    centre = sole.points.mean(axis=0)
    along = (sole.points - centre) @ axis
    # The ball holds more contact than the heel, so the longer tail is the heel's.
    wider = 1.0 if float(np.mean(along * along * along)) <= 0 else -1.0
    if not near:
        return wider * axis, []
    pads = [pad for pad, _ in near]
    forward = np.array([(pad.points.mean(axis=0) - centre) @ axis for pad in pads])
    away = np.array([distance for _, distance in near]) / (TOE_GAP * sole.length)
    weight = np.array([pad.area for pad in pads]) * np.exp(-away)
    weight *= np.where(np.sign(forward) == wider, AT_WIDER_END, 1.0)
    way = 1.0 if float(weight @ np.sign(forward)) >= 0 else -1.0
    return way * axis, [pad for pad, at in zip(pads, way * forward, strict=True) if at >= 0]
