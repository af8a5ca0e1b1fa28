"""Prints that touch: which pieces are two soles, or two balls, in one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import chain, combinations
from operator import or_

import numpy as np

from archscan.segmentation.likeness import unlikeness
from archscan.segmentation.pads import LEAST_TOES_OF_SOLE, toes_of
from archscan.segmentation.pairs import pairs_in
from archscan.segmentation.pieces import Piece

WHOLE_SOLE_ELONGATION = 2.3
"""A piece at least this much longer than wide (ratio of the standard deviations along
its principal axes) is a whole sole; a lone heel or ball is rounder, and so is a
flat, broad sole, which finds no partner."""

HOLLOW = 0.86
"""Share of its convex hull that two prints which touch fill at most; a lone ball or heel
fills more."""

MOST_LOST = 0.05
"""Share of a heel or ball by itself that may come to the wrong one of two prints."""

SLENDER_WITHOUT_TOES = 2.7
"""Two prints that touch, of which one shows no toes, are each at least so much longer than
wide (ratio of the standard deviations along the principal axes). A broad print on tiles
was once cut into two of 2.5."""

MOST_UNLIKE = 0.6
"""Two prints that touch, of which one shows no toes or the balls are as long as a sole, are
at most so unlike, where 1 is the most for one person's feet. On development renders those
that were two were 0.2 to 0.55 apart, and what was wrongly cut 0.7 or more."""

LEAST_HALF = 0.3
"""Share that either foot has at least of two balls that touch."""

LEAST_HEEL = 0.15
"""Share that a heel or ball has at least of a piece in which it touches the other foot's sole,
where its own ball or heel lies by itself: heels have 0.2."""

MOST_UNLIKE_WITH_TOES, MOST_SLENDER = 0.85, 4.5
"""Such two prints, both with toes, are at most so unlike and so much longer than wide: on
development renders up to 0.8 and 3.7, what was wrongly cut from 0.88 and from 5.2."""

HEELS = 2
"""Of two feet."""

MOST_BESIDE = 4
"""Pieces beside two prints that touch that may be their heels or balls; the largest ones."""


def told_apart(large: list[Piece], pads: list[Piece]) -> list[Piece]:
    """Part two prints that touch.

    Parameters
    ----------
    large
        Pieces of sole, largest first.
    pads
        Of toes.

    Returns
    -------
    list of Piece
        The same where no two prints touch; else these two, then the pieces that are of
        neither.
    """
    hollow = [piece for piece in large if piece.filling < HOLLOW]
    if not hollow or len(pads) < 2:
        return large
    # A sole is longer than what two soles side by side are; two balls may be as long.
    touching = next((piece for piece in hollow if not is_long(piece)), hollow[0])
    by_itself = pairs_in(touching)
    for group in _groups(touching, [piece for piece in large if not is_long(piece)]):
        for pair in by_itself if len(group) == 1 else pairs_in(reduce(or_, group)):
            if _fits(pair, group, touching) and all(_have_toes(pair, pads)):
                return [*pair, *(piece for piece in large if piece not in group)]
    for pair in by_itself:
        if _are_alike(pair) and any(_have_toes(pair, pads)):
            return [*pair, *(piece for piece in large if piece is not touching)]
    return large


def is_long(piece: Piece) -> bool:
    """Tell whether a piece is as long as a whole sole.

    Parameters
    ----------
    piece
        Of sole.

    Returns
    -------
    bool
        Whether it is, beside its width.
    """
    return piece.elongation >= WHOLE_SOLE_ELONGATION


def _groups(touching: Piece, parts: list[Piece]) -> Iterator[list[Piece]]:
    """With which heels and balls that lie by themselves a piece may be two prints."""
    beside = [part for part in parts if part is not touching][:MOST_BESIDE]
    few = chain.from_iterable(combinations(beside, count) for count in range(HEELS + 1))
    for some in few:
        yield [touching, *some]
    if len(beside) > HEELS:
        yield [touching, *beside]


def _fits(pair: tuple[Piece, Piece], group: list[Piece], touching: Piece) -> bool:
    """Whether two prints cut no heel or ball that lies by itself, and halve a long piece."""
    alone = (piece for piece in group if piece is not touching)
    if not all(min(_shares(piece, pair)) <= MOST_LOST for piece in alone):
        return False
    if not is_long(touching):
        return True
    if len(group) == 1:
        return _are_halves(pair, touching, LEAST_HALF, MOST_UNLIKE)
    # What lies by itself bears a second foot out.
    slender = max(piece.elongation for piece in pair) <= MOST_SLENDER
    return slender and _are_halves(pair, touching, LEAST_HEEL, MOST_UNLIKE_WITH_TOES)


def _are_halves(
    pair: tuple[Piece, Piece], touching: Piece, least: float, most_unlike: float
) -> bool:
    return min(_shares(touching, pair)) >= least and unlikeness(*pair) <= most_unlike


def _are_alike(pair: tuple[Piece, Piece]) -> bool:
    """Whether the shape alone says that these are two prints, not one cut in two."""
    slender = min(piece.elongation for piece in pair) >= SLENDER_WITHOUT_TOES
    return slender and unlikeness(*pair) <= MOST_UNLIKE


def _have_toes(pair: tuple[Piece, Piece], pads: list[Piece]) -> list[bool]:
    return [toes is not None for toes in toes_of(pair, pads, LEAST_TOES_OF_SOLE)]


def _shares(piece: Piece, pair: tuple[Piece, Piece]) -> tuple[float, float]:
    """How much of a piece is in either one of a pair, of which it is a part."""
    share = np.count_nonzero(piece.mask & pair[0].mask) / piece.area
    return share, 1 - share
