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


def nearest_sole(pad: Piece, soles: Sequence[Piece]) -> tuple[int, float] | None:
    """Tell whose toe a pad is.

    Parameters
    ----------
    pad
        Of a toe.
    soles
        Soles, or balls and heels of interrupted ones, at least one.

    Returns
    -------
    tuple of int and float or None
        Which of them, and how far away, pixels; ``None`` where none is near.
    """
    away = [sole.distance_to(pad) for sole in soles]
    nearest = int(np.argmin(away))
    if away[nearest] > TOE_REACH * soles[nearest].length:
        return None
    return nearest, away[nearest]


def have_toes(pieces: Sequence[Piece], pads: Sequence[Piece]) -> list[bool]:
    """Tell which pieces have toes.

    Parameters
    ----------
    pieces
        Of sole.
    pads
        Of toes.

    Returns
    -------
    list of bool
        For each piece whether enough pads are nearest to it.
    """
    return [toes is not None for toes in toes_of(pieces, pads)]


def toes_of(pieces: Sequence[Piece], pads: Sequence[Piece]) -> list[NDArray[np.float64] | None]:
    """Find the toes of each piece.

    Parameters
    ----------
    pieces
        Of sole.
    pads
        Of toes.

    Returns
    -------
    list of numpy.ndarray or None
        ``float64 (2,)`` for each piece, the middle of the pads nearest to it, pixels;
        ``None`` where they are too small beside it to be toes.
    """
    own: list[list[Piece]] = [[] for _ in pieces]
    for pad in pads if pieces else []:
        nearest = nearest_sole(pad, pieces)
        if nearest is not None:
            own[nearest[0]].append(pad)
    return [
        np.concatenate([pad.points for pad in toes]).mean(axis=0)
        if sum(pad.area for pad in toes) >= LEAST_TOES * piece.area
        else None
        for toes, piece in zip(own, pieces, strict=True)
    ]
