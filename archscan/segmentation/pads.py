"""Which toe pads are whose."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.pieces import Piece

TOE_REACH = 0.45
"""A toe's pad lies within this share of the sole's length from the sole."""

LEAST_TOES = 0.03
"""Share of a ball's area that its toe pads have at least: less is spatter beside a heel.
The hallux alone has more than twice as much."""


LEAST_TOES_OF_SOLE = 0.015
"""The same of a whole sole, of which the ball is a half."""


def shared_out(pads: Sequence[Piece], soles: Sequence[Piece]) -> list[list[tuple[Piece, float]]]:
    """Tell whose toes the pads are.

    Parameters
    ----------
    pads
        Of toes.
    soles
        Soles, or balls and heels of interrupted ones.

    Returns
    -------
    list of list of tuple of Piece and float
        For each sole the pads nearest to it, each with its distance, pixels; a pad that
        is near none is left out.
    """
    own: list[list[tuple[Piece, float]]] = [[] for _ in soles]
    for pad in pads if soles else []:
        away = [sole.distance_to(pad) for sole in soles]
        nearest = int(np.argmin(away))
        if away[nearest] <= TOE_REACH * soles[nearest].length:
            own[nearest].append((pad, away[nearest]))
    return own


def toes_of(
    pieces: Sequence[Piece], pads: Sequence[Piece], least: float = LEAST_TOES
) -> list[NDArray[np.float64] | None]:
    """Find the toes of each piece.

    Parameters
    ----------
    pieces
        Of sole.
    pads
        Of toes.
    least
        Share of a piece's area that its toes have at least.

    Returns
    -------
    list of numpy.ndarray or None
        ``float64 (2,)`` for each piece, the middle of the pads nearest to it, pixels;
        ``None`` where they are too small beside it to be toes.
    """
    return [
        np.concatenate([pad.points for pad, _ in toes]).mean(axis=0)
        if sum(pad.area for pad, _ in toes) >= least * piece.area
        else None
        for toes, piece in zip(shared_out(pads, pieces), pieces, strict=True)
    ]
