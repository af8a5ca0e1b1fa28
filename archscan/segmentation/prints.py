"""Which pieces of sole and toes belong to one print, and which way up it lies."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.contact import LEVEL

SMALLEST_SOLE = 0.003
"""Share of the picture below which a sole is too small to be told from spatter: a
print one eighth as long as the picture still has twice as much."""

SMALLEST_PIECE = 0.08
"""Share of the largest sole below which a piece is not a heel or a ball of its own."""

WHOLE_SOLE_ELONGATION = 2.3
"""A piece at least this much longer than wide (ratio of the standard deviations along
its principal axes) is a whole sole; a lone heel or ball is rounder, and so is a
flat, broad sole, which finds no partner."""

JOINED_ELONGATION = (1.8, 4.2)
"""Heel and ball of one interrupted print, taken together, look like this."""

JOINED_GAP = 0.75
"""Heel and ball lie no further apart than this share of their own lengths together."""

JOINED_AREAS = 0.22
"""The smaller of the two has at least this share of the larger one's area."""

TOE_REACH = 0.45
"""A toe's pad lies within this share of the sole's length from the sole."""

LEAST_TOES = 0.03
"""Share of a ball's area that its toe pads have at least: less is spatter beside a heel.
The hallux alone has more than twice as much."""


@dataclass(frozen=True, slots=True, eq=False)
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
    def points(self) -> NDArray[np.float64]:
        """``float64 (n, 2)`` ``(x, y)`` of every pixel of the print."""
        y, x = np.nonzero(self.sole | self.toes)
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
    pads = _pieces(probability[1])
    soles = _join(_pieces(probability[0]), pads, probability[0].size, toeless_join)
    if not soles:
        return []
    toes: list[list[NDArray[np.bool_]]] = [[] for _ in soles]
    lengths = [_principal(sole)[1][0] * 4 for sole in soles]
    distances = [_distance_to(sole) for sole in soles]
    for pad in pads:
        near = [float(distance[pad].min()) for distance in distances]
        nearest = int(np.argmin(near))
        if near[nearest] <= TOE_REACH * lengths[nearest]:
            toes[nearest].append(pad)
    found = []
    for sole, own in zip(soles, toes, strict=True):
        merged = np.any(own, axis=0) if own else np.zeros_like(sole)
        found.append(FoundPrint(sole, merged, _upwards(sole, merged)))
    return sorted(found, key=lambda item: -int(item.sole.sum()))


def _pieces(probability: NDArray[np.float32]) -> list[NDArray[np.bool_]]:
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        (probability >= LEVEL).astype(np.uint8), connectivity=8
    )
    order = sorted(range(1, count), key=lambda label: -int(stats[label, cv2.CC_STAT_AREA]))
    return [labels == label for label in order]


def _principal(piece: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Long axis and the standard deviations along and across it."""
    y, x = np.nonzero(piece)
    points = np.stack([x, y], axis=1).astype(np.float64)
    # Biased, because a piece may be a single pixel.
    spread = np.cov(points.T, bias=True) + np.eye(2) / 12
    values, vectors = np.linalg.eigh(spread)
    return vectors[:, 1], np.sqrt(values[::-1])


def _elongation(piece: NDArray[np.bool_]) -> float:
    deviations = _principal(piece)[1]
    return float(deviations[0] / deviations[1])


def _join(
    pieces: list[NDArray[np.bool_]], pads: list[NDArray[np.bool_]], pixels: int, toeless: bool
) -> list[NDArray[np.bool_]]:
    """Join the heel and the ball of an interrupted print; leave whole soles alone.

    Side by side, two balls or two heels lie nearer to each other than to their own
    other halves. The toes tell them apart: a ball has some, a heel has none.
    """
    large = [piece for piece in pieces if piece.sum() >= SMALLEST_SOLE * pixels / 2]
    large = [piece for piece in large if piece.sum() >= SMALLEST_PIECE * large[0].sum()]
    is_ball = _have_toes(large, pads)
    any_ends = toeless and not pads
    parts = [n for n in range(len(large)) if _elongation(large[n]) < WHOLE_SOLE_ELONGATION]
    whole = [piece for n, piece in enumerate(large) if n not in parts]
    while True:
        pairs = [
            (gap, one, other)
            for one, other in combinations(parts, 2)
            if (is_ball[one] != is_ball[other] or any_ends)
            and (gap := _joining_gap(large[one], large[other])) is not None
        ]
        if not pairs:
            break
        _, one, other = min(pairs)
        whole.append(large[one] | large[other])
        parts = [n for n in parts if n not in (one, other)]
    whole += [large[n] for n in parts]
    return [sole for sole in whole if sole.sum() >= SMALLEST_SOLE * pixels]


def _have_toes(pieces: list[NDArray[np.bool_]], pads: list[NDArray[np.bool_]]) -> list[bool]:
    """Which pieces are nearest to toe pads."""
    distances = [_distance_to(piece) for piece in pieces]
    areas = [0] * len(pieces)
    for pad in pads if pieces else []:
        near = [float(distance[pad].min()) for distance in distances]
        nearest = int(np.argmin(near))
        if near[nearest] <= TOE_REACH * 4 * float(_principal(pieces[nearest])[1][0]):
            areas[nearest] += int(pad.sum())
    return [area >= LEAST_TOES * piece.sum() for area, piece in zip(areas, pieces, strict=True)]


def _distance_to(piece: NDArray[np.bool_]) -> NDArray[np.float32]:
    import cv2

    outside = (~piece).astype(np.uint8)
    return np.asarray(cv2.distanceTransform(outside, cv2.DIST_L2, 3), dtype=np.float32)


def _joining_gap(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float | None:
    """Distance between a heel and a ball, or ``None`` if they are no such pair."""
    areas = sorted((int(one.sum()), int(other.sum())))
    if areas[0] < JOINED_AREAS * areas[1]:
        return None
    if not JOINED_ELONGATION[0] <= _elongation(one | other) <= JOINED_ELONGATION[1]:
        return None
    gap = float(_distance_to(one)[other].min())
    lengths = 4 * (float(_principal(one)[1][0]) + float(_principal(other)[1][0]))
    return gap if gap <= JOINED_GAP * lengths else None


def _upwards(sole: NDArray[np.bool_], toes: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Along the sole, towards the toes; without toes, towards the wider end."""
    axis = _principal(sole)[0]
    y, x = np.nonzero(sole)
    centre = np.array([x.mean(), y.mean()])
    along = (np.stack([x, y], axis=1) - centre) @ axis
    if toes.any():
        toe_y, toe_x = np.nonzero(toes)
        forward = float((np.array([toe_x.mean(), toe_y.mean()]) - centre) @ axis)
    else:
        # The ball holds more contact than the heel, so the longer tail is the heel's.
        forward = -float(np.mean(along**3))
    return axis if forward >= 0 else -axis
