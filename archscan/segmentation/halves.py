"""Which heel and which ball of interrupted prints belong together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.likeness import unlikeness
from archscan.segmentation.pieces import Piece

JOINED_ELONGATION = (1.8, 5.2)
"""Heel and ball of one interrupted print, taken together, look like this: 3.1 to 4.2 on
drawn feet, and a camera that leans stretches them."""

JOINED_GAP = 0.75
"""Heel and ball lie no further apart than this share of their own lengths together."""

JOINED_AREAS = 0.22
"""The smaller of the two has at least this share of the larger one's area."""

MOST_PARTS = 6
"""Halves that are tried with one another: two prints have four, the rest is spatter."""


@dataclass(frozen=True, slots=True, eq=False)
class _Halves:
    """Two pieces that may be heel and ball of one print.

    Attributes
    ----------
    parts
        Their numbers.
    sole
        Both together.
    gap
        Between them, as a share of their lengths together.
    aside
        How far from straight ahead of heel and ball the toes lie, in right angles;
        ``None`` where they do not tell which is which: a ball has some, a heel has none.
    """

    parts: frozenset[int]
    sole: Piece
    gap: float
    aside: float | None


def join_halves(
    pieces: Sequence[Piece],
    toes: Sequence[NDArray[np.float64] | None],
    wholes: Sequence[Piece],
    *,
    any_ends: bool,
) -> list[Piece]:
    """Join the heels and the balls of interrupted prints.

    Side by side, two balls or two heels may lie nearer to each other than to their own
    other halves. Toes tell them apart; where the toes of one foot are not seen, its print
    is known by being as long as the other one and lying the same way. Of all ways to join
    as many as can be, the one with the smallest gaps, toes straight ahead and the most
    similar soles is taken.

    Parameters
    ----------
    pieces
        Which are no whole soles, largest first.
    toes
        ``float64 (2,)`` for each, where the middle of its toes lies; ``None`` without any.
    wholes
        Whole soles on the same picture.
    any_ends
        Whether two pieces may be joined whatever their toes say.

    Returns
    -------
    list of Piece
        The joined ones, then those that found no partner.
    """
    halves = [
        two
        for one, other in combinations(range(min(len(pieces), MOST_PARTS)), 2)
        if (two := _halves(pieces, toes, one, other)) is not None
    ]
    ways = [way for way in _ways(halves) if any_ends or _is_borne_out(way, wholes)]
    best = min(ways, key=lambda way: (-len(way), _strain(way, wholes)))
    taken = frozenset().union(*(two.parts for two in best))
    return [two.sole for two in best] + [
        piece for number, piece in enumerate(pieces) if number not in taken
    ]


def _halves(
    pieces: Sequence[Piece], toes: Sequence[NDArray[np.float64] | None], one: int, other: int
) -> _Halves | None:
    """Two pieces, or ``None`` if they are not heel and ball."""
    first, second = pieces[one], pieces[other]
    areas = sorted((first.area, second.area))
    if areas[0] < JOINED_AREAS * areas[1]:
        return None
    gap = first.distance_to(second) / (first.length + second.length)
    if gap > JOINED_GAP:
        return None
    sole = first | second
    if not JOINED_ELONGATION[0] <= sole.elongation <= JOINED_ELONGATION[1]:
        return None
    of_first, of_second = toes[one], toes[other]
    aside = None
    if of_first is None and of_second is not None:
        aside = _aside(first, second, of_second)
    elif of_first is not None and of_second is None:
        aside = _aside(second, first, of_first)
    return _Halves(frozenset((one, other)), sole, gap, aside)


def _aside(heel: Piece, ball: Piece, toes: NDArray[np.float64]) -> float:
    middle = ball.points.mean(axis=0)
    ways = (middle - heel.points.mean(axis=0), toes - middle)
    ahead, onward = (math.atan2(y, x) for x, y in ways)
    return abs(math.remainder(onward - ahead, math.tau)) / (math.pi / 2)


def _ways(halves: Sequence[_Halves]) -> Iterator[list[_Halves]]:
    """Every choice of pairs in which no piece is used twice."""
    yield []
    for number, two in enumerate(halves):
        others = [other for other in halves[number + 1 :] if not two.parts & other.parts]
        for way in _ways(others):
            yield [two, *way]


def _is_borne_out(way: Sequence[_Halves], wholes: Sequence[Piece]) -> bool:
    """Whether what no toes tell is like a sole that is told."""
    sure = [*wholes, *(two.sole for two in way if two.aside is not None)]
    return all(
        two.aside is not None or any(unlikeness(two.sole, sole) <= 1 for sole in sure)
        for two in way
    )


def _strain(way: Sequence[_Halves], wholes: Sequence[Piece]) -> float:
    """How far heels lie from balls, toes lie aside, and how unlike the soles are."""
    soles = [*wholes, *(two.sole for two in way)]
    total = 0.0
    for two in way:
        others = [sole for sole in soles if sole is not two.sole]
        total += two.gap + (two.aside or 0.0)
        total += min((unlikeness(two.sole, sole) for sole in others), default=0.0)
    return total
