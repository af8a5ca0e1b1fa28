"""Two prints that touch, told apart."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.contact import LEVEL
from archscan.segmentation.pieces import Piece, grown

WAYS = 6
"""Lines through the middle of two prints that are tried for a first cut."""

MOST_ROUNDS = 25
"""Times the cut is drawn anew; it settles sooner, or has found nothing."""

FEWEST_PIXELS = 30
"""That have an extent in two directions worth speaking of."""

SLENDER = 2.1
"""Each of two soles is at least so much longer than wide (ratio of the standard deviations
along its principal axes): 2.4 or more on drawn feet that stand together. What a ball or a
heel is cut into is rounder."""

BROAD = 1.8
"""Both together are at most so much longer than wide: 1.5 on drawn feet that stand together.
One sole that is cut lengthwise stays as slender as it was."""

RING, BROAD_RING = 0.1, 2.3
"""Share of a piece that a hole in it has from which it rather is two prints that touch at
ball and heel, and how much longer than wide two slender feet are that stand so."""

ALIKE = 0.4
"""The smaller of a person's two prints has at least this share of the larger one's area."""

LONGEST_CUT = 0.6
"""Share of the shorter sole along which two touch: 0.3 on drawn feet that stand together.
A ball that is cut in two is cut along most of its length."""

PIXEL = 1 / 12
"""Variance within a pixel, of which only the middle is counted."""

MOST_POINTS = 3000
"""Pixels of a piece by which the shapes are fitted: more make it slower and no better."""


def pairs_in(piece: Piece) -> list[tuple[Piece, Piece]]:
    """Ways in which a piece may be two soles that touch.

    Each pixel goes to the one of two normal distributions that it fits better, and these
    are fitted to their pixels again until none changes hands (classification
    expectation-maximisation: Celeux G, Govaert G 1992, Comput Stat Data Anal
    14(3):315-332, doi:10.1016/0167-9473(92)90042-E).

    Parameters
    ----------
    piece
        Of sole.

    Returns
    -------
    list of pair of Piece
        The most slender soles first; empty if it cannot be two soles side by side.
    """
    if piece.elongation > BROAD and (piece.elongation > BROAD_RING or piece.hole < RING):
        return []
    found = []
    centred = piece.points - piece.points.mean(axis=0)
    for angle in np.arange(WAYS) * np.pi / WAYS:
        first = _settle(centred, centred @ np.array([np.cos(angle), np.sin(angle)]) > 0)
        if first is None:
            continue
        pair = piece.share_out(first)
        if _are_soles(*pair):
            found.append(pair)
    return sorted(found, key=lambda pair: -_slenderness(*pair))


def _settle(points: NDArray[np.float64], first: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    """Fit two shapes, starting from a first cut."""
    step = -(-len(points) // MOST_POINTS)
    terms, cut = _terms(points[::step]), first[::step]
    of_both = terms.sum(axis=0)
    for _ in range(MOST_ROUNDS):
        if not FEWEST_PIXELS <= int(cut.sum()) <= len(cut) - FEWEST_PIXELS:
            return None
        of_first = cut @ terms
        misfit = _misfit(of_first) - _misfit(of_both - of_first)
        again = terms @ misfit < 0
        if (again == cut).all():
            break
        cut = again
    return np.asarray(_terms(points) @ misfit < 0)


def _terms(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """``float64 (n, 6)``: of what a quadratic of each point consists."""
    x, y = points.T
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)


def _misfit(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Twice the negative log-likelihood under the normal distribution of some points.

    From the sums of their terms, as ``float64 (6,)`` factors of any point's terms: a
    quadratic, so that no point is gone through twice.
    """
    # On numbers, not arrays: two by two is done by hand sooner than by a library.
    count, *rest = (float(value) for value in sums)
    x, y, xx, xy, yy = (value / count for value in rest)
    wide, skew, high = xx - x * x + PIXEL, xy - x * y, yy - y * y + PIXEL
    area = wide * high - skew * skew
    a, b, c = high / area, -skew / area, wide / area
    constant = a * x * x + 2 * b * x * y + c * y * y + math.log(area) - 2 * math.log(count)
    return np.array([constant, -2 * (a * x + b * y), -2 * (b * x + c * y), a, 2 * b, c])


def _slenderness(one: Piece, other: Piece) -> float:
    return min(one.elongation, other.elongation)


def _are_soles(one: Piece, other: Piece) -> bool:
    areas = sorted((one.area, other.area))
    if areas[0] < ALIKE * areas[1] or _slenderness(one, other) < SLENDER:
        return False
    cut = np.count_nonzero(grown(one.mask, 1) & other.mask)
    return bool(cut <= LONGEST_CUT * min(one.length, other.length))


def border(
    sole: NDArray[np.float32], own: NDArray[np.bool_], other: NDArray[np.bool_]
) -> NDArray[np.bool_] | None:
    """Where a sole ends and one that it touches begins.

    Parameters
    ----------
    sole
        ``float32 (h, w)`` probability of contact.
    own, other
        ``bool (h, w)`` where the two prints surely are.

    Returns
    -------
    numpy.ndarray or None
        ``bool (h, w)`` a line that no path of touching pixels crosses, along the least
        probable contact between the two; ``None`` where they do not touch.
    """
    import cv2

    mask = sole >= LEVEL
    own, other = own & mask, other & mask
    _, labels = cv2.connectedComponents(mask.astype(np.uint8), connectivity=8)
    shared = np.intersect1d(labels[own], labels[other])
    if not shared.any():
        return None
    from skimage.segmentation import watershed

    markers = np.where(own, 1, np.where(other, 2, 0))
    told = watershed(-sole, markers, mask=mask)
    return np.asarray((told == 1) & grown(told == 2, 1))
