"""Which pieces of sole and toes belong to one print, and which way up it lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import chain, combinations
from operator import or_

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.halves import join_halves
from archscan.segmentation.likeness import unlikeness
from archscan.segmentation.pairs import pairs_in
from archscan.segmentation.pieces import Piece, pieces_of

SMALLEST_SOLE = 0.003
"""Share of a square on the picture's longer side below which a sole is too small to be told
from spatter: a print one eighth as long as the picture still has twice as much."""

SMALLEST_PIECE = 0.08
"""Share of the largest sole below which a piece is not a heel or a ball of its own."""

WHOLE_SOLE_ELONGATION = 2.3
"""A piece at least this much longer than wide (ratio of the standard deviations along
its principal axes) is a whole sole; a lone heel or ball is rounder, and so is a
flat, broad sole, which finds no partner."""

SLENDER_HEEL = 2.6
"""The same of a piece without toes, which is rather a heel than a sole."""

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

HEELS = 2
"""Of two feet."""

MOST_BESIDE = 4
"""Pieces beside two prints that touch that may be their heels or balls; the largest ones."""

TOE_REACH = 0.45
"""A toe's pad lies within this share of the sole's length from the sole."""

TOE_GAP = 0.1
"""Of two groups of pads at either end, one this share of the sole's length further away
counts a third: toes lie close to the ball, spatter lies anywhere."""

AT_WIDER_END = 2.0
"""And one at the sole's wider end, which is mostly the ball's, counts double."""

LEAST_TOES = 0.03
"""Share of a ball's area that its toe pads have at least: less is spatter beside a heel.
The hallux alone has more than twice as much."""


@dataclass(frozen=True, eq=False)
class FoundPrint:
    """One print on a picture.

    Attributes
    ----------
    sole, toes
        ``bool (h, w)`` where its parts are.
    up
        ``float64 (2,)`` unit vector from heel to toes, picture pixels.
    """

    sole: NDArray[np.bool_]
    toes: NDArray[np.bool_]
    up: NDArray[np.float64]

    @property
    def mask(self) -> NDArray[np.bool_]:
        """``bool (h, w)`` where it is, toes included."""
        return self.sole | self.toes

    @cached_property
    def points(self) -> NDArray[np.float64]:
        """``float64 (n, 2)`` ``(x, y)`` of every pixel of the print."""
        y, x = np.nonzero(self.mask)
        return np.stack([x, y], axis=1).astype(np.float64)


def find_prints(
    probability: NDArray[np.float32], *, toeless_join: bool = False
) -> list[FoundPrint]:
    """Group what the network saw into prints.

    Parameters
    ----------
    probability
        ``float32 (2, h, w)`` of sole and of toes.
    toeless_join
        Whether two pieces may be heel and ball of one print although no toe is seen
        anywhere. On a photo they may as well be two heels.

    Returns
    -------
    list of FoundPrint
        Largest first.
    """
    pads = pieces_of(probability[1])
    soles = _join(pieces_of(probability[0]), pads, max(probability.shape[1:]) ** 2, toeless_join)
    if not soles:
        return []
    toes: list[list[tuple[Piece, float]]] = [[] for _ in soles]
    for pad in pads:
        near = [sole.distance_to(pad) for sole in soles]
        nearest = int(np.argmin(near))
        if near[nearest] <= TOE_REACH * soles[nearest].length:
            toes[nearest].append((pad, near[nearest]))
    found = []
    for sole, own in zip(soles, toes, strict=True):
        up, ahead = _upwards(sole, own)
        merged = np.zeros_like(sole.mask)
        for pad in ahead:
            merged |= pad.mask
        found.append(FoundPrint(sole.mask, merged, up))
    return sorted(found, key=lambda item: -int(np.count_nonzero(item.sole)))


def _join(pieces: list[Piece], pads: list[Piece], pixels: int, toeless: bool) -> list[Piece]:
    """Join the heel and the ball of an interrupted print; leave whole soles alone."""
    large = [piece for piece in pieces if piece.area >= SMALLEST_SOLE * pixels / 2]
    large = [piece for piece in large if piece.area >= SMALLEST_PIECE * large[0].area]
    large = _told_apart(large, pads)
    toes = _toes_of(large, pads)
    parts = [
        n
        for n, piece in enumerate(large)
        if not _is_long(piece) or (toes[n] is None and piece.elongation < SLENDER_HEEL)
    ]
    whole = [piece for n, piece in enumerate(large) if n not in parts]
    # Beside one whole sole, what is left in two parts is the other foot's.
    any_ends = (toeless and not pads) or (len(whole) == 1 and len(parts) == 2)
    whole += join_halves(
        [large[n] for n in parts], [toes[n] for n in parts], whole, any_ends=any_ends
    )
    return [sole for sole in whole if sole.area >= SMALLEST_SOLE * pixels]


def _told_apart(large: list[Piece], pads: list[Piece]) -> list[Piece]:
    """Part two prints that touch."""
    hollow = [piece for piece in large if piece.filling < HOLLOW]
    if not hollow or len(pads) < 2:
        return large
    # A sole is longer than what two soles side by side are; two balls may be as long.
    touching = next((piece for piece in hollow if not _is_long(piece)), hollow[0])
    for group in _groups(touching, [piece for piece in large if not _is_long(piece)]):
        for pair in pairs_in(reduce(or_, group)):
            if _fits(pair, group, touching) and all(_have_toes(pair, pads)):
                return [*pair, *(piece for piece in large if piece not in group)]
    for pair in pairs_in(touching):
        if _are_alike(pair) and any(_have_toes(pair, pads)):
            return [*pair, *(piece for piece in large if piece is not touching)]
    return large


def _is_long(piece: Piece) -> bool:
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
    if not _is_long(touching):
        return True
    return min(_shares(touching, pair)) >= LEAST_HALF and unlikeness(*pair) <= MOST_UNLIKE


def _are_alike(pair: tuple[Piece, Piece]) -> bool:
    """Whether the shape alone says that these are two prints, not one cut in two."""
    slender = min(piece.elongation for piece in pair) >= SLENDER_WITHOUT_TOES
    return slender and unlikeness(*pair) <= MOST_UNLIKE


def _shares(piece: Piece, pair: tuple[Piece, Piece]) -> tuple[float, float]:
    """How much of a piece is in either one of a pair, of which it is a part."""
    share = np.count_nonzero(piece.mask & pair[0].mask) / piece.area
    return share, 1 - share


def _have_toes(pieces: Sequence[Piece], pads: list[Piece]) -> list[bool]:
    """Which pieces are nearest to toe pads."""
    return [toes is not None for toes in _toes_of(pieces, pads)]


def _toes_of(pieces: Sequence[Piece], pads: list[Piece]) -> list[NDArray[np.float64] | None]:
    """Where the middle of the toe pads lies that are nearest to each piece."""
    own: list[list[Piece]] = [[] for _ in pieces]
    for pad in pads if pieces else []:
        near = [piece.distance_to(pad) for piece in pieces]
        nearest = int(np.argmin(near))
        if near[nearest] <= TOE_REACH * pieces[nearest].length:
            own[nearest].append(pad)
    return [
        np.concatenate([pad.points for pad in toes]).mean(axis=0)
        if sum(pad.area for pad in toes) >= LEAST_TOES * piece.area
        else None
        for toes, piece in zip(own, pieces, strict=True)
    ]


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
    wider = 1.0 if float(np.mean(along**3)) <= 0 else -1.0
    if not near:
        return wider * axis, []
    pads = [pad for pad, _ in near]
    forward = np.array([(pad.points.mean(axis=0) - centre) @ axis for pad in pads])
    away = np.array([distance for _, distance in near]) / (TOE_GAP * sole.length)
    weight = np.array([pad.area for pad in pads]) * np.exp(-away)
    weight *= np.where(np.sign(forward) == wider, AT_WIDER_END, 1.0)
    way = 1.0 if float(weight @ np.sign(forward)) >= 0 else -1.0
    return way * axis, [pad for pad, at in zip(pads, way * forward, strict=True) if at >= 0]
