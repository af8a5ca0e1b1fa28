"""First look: where on the photo the prints are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo
from archscan.segmentation.contact import LEVEL
from archscan.segmentation.look import Look, Region, look_at, region_round, whole
from archscan.segmentation.network import SIDE
from archscan.segmentation.overlap import is_same_print
from archscan.segmentation.patches import marked, project
from archscan.segmentation.pieces import grown
from archscan.segmentation.prints import find_prints
from archscan.segmentation.sheets import likely_sheets

HINT_LEVEL = 0.15
"""Probability from which a pixel hints at contact where none is found."""

CLOSER_SHARE = 0.62
"""Width and height of the parts that are looked at when the whole photo shows no print
with toes: nine of them overlap so far that a print of up to two fifths of the photo's length
lies whole in one; of four, one in the middle is cut by each."""

ROUND_A_SHEET = 0.06
"""Margin, as a share of its larger extent, round a sheet of paper that may have a print on it."""

OTHER_WAYS = ((1, False), (3, False), (1, True), (3, True), (2, False), (0, True), (2, True))
"""Quarter turns, and whether mirrored: ways to look at a photo once more. The network was
taught all of them, yet what one look overlooks altogether another mostly sees; on its side
a photo is least like what was seen before, so that comes first."""

ROUND_A_SIGHTING = 0.6, 1.5
"""Margins, as shares of its own extent, round what came into view of a print beside another:
up to a half of it may lie out of view, or all but its ball."""

ROUND_KNOWN = 2
"""Pixels of a look round a print that is known: its edge, seen from afar."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """One print in working pixels of the photo.

    Attributes
    ----------
    points
        ``float64 (n, 2)`` ``(x, y)`` of pixels that belong to it.
    up
        ``float64 (2,)`` unit vector from heel to toes.
    at_edge
        Whether it seems to reach the photo's edge.
    has_toes
        Whether toes were seen with it.
    look
        In which it was seen.
    beside
        ``float64 (n, 2)`` the same for every other print that is no heel or ball alone.
    """

    points: NDArray[np.float64]
    up: NDArray[np.float64]
    at_edge: bool
    has_toes: bool
    look: Look
    beside: NDArray[np.float64]


def find(photo: Photo, first: Look) -> tuple[list[Found], bool]:
    """Find every print on a photo.

    Where the first look shows no print with toes, sheets of paper and nine overlapping parts
    are looked at too: a small print hides from a coarse look.

    Parameters
    ----------
    photo
        Upright.
    first
        The look at the whole photo.

    Returns
    -------
    found
        Largest first; may be empty.
    hinted
        Whether there is something too faint to be found that has the make of a print.
    """
    pixels = photo.pixels
    found, hinted = _prints(first, pixels)
    if any(item.has_toes for item in found):
        return found, False
    closer = []
    for region in (*_sheets(first, pixels), *_parts(*pixels.shape[1::-1])):
        items, more = _whole_prints(look_at(photo, region), pixels)
        hinted = hinted or more
        closer += items
    found = _distinct(closer) or found
    return found, hinted and not found


def find_otherwise(photo: Photo, first: Look) -> Iterator[list[Found]]:
    """Look at a whole photo every other way round, and so at each sheet of paper on it.

    Parameters
    ----------
    photo
        Upright.
    first
        The look at the whole photo.

    Yields
    ------
    list of Found
        The prints with toes that were seen each time, largest first.
    """
    for turns, mirrored in OTHER_WAYS:
        found, _ = _prints(look_at(photo, whole(photo.pixels), turns, mirrored), photo.pixels)
        yield [item for item in found if item.has_toes]
    for region in _sheets(first, photo.pixels):
        for turns, mirrored in OTHER_WAYS:
            yield _whole_prints(look_at(photo, region, turns, mirrored), photo.pixels)[0]


def find_near(photo: Photo, points: NDArray[np.float64], known: NDArray[np.float64]) -> list[Found]:
    """Look at the part of a photo where a print came into view beside another.

    Parameters
    ----------
    photo
        Upright.
    points
        ``float64 (n, 2)`` working pixels of what was seen of it.
    known
        ``float64 (n, 2)`` of every print that is outlined already.

    Returns
    -------
    list of Found
        The prints with toes there, largest first.
    """
    for margin in ROUND_A_SIGHTING:
        region = region_round(points, margin, photo.pixels)
        items, _ = _whole_prints(without(look_at(photo, region), known), photo.pixels)
        if items:
            return _told_of(known, items)
    return []


def find_beside(painted: Photo, known: NDArray[np.float64]) -> list[Found]:
    """Look at a whole photo on which the print that is outlined was painted over.

    Parameters
    ----------
    painted
        Upright, by :func:`archscan.segmentation.painting.without_print`.
    known
        ``float64 (n, 2)`` working pixels of that print.

    Returns
    -------
    list of Found
        The prints with toes that are seen then, largest first.
    """
    look = look_at(painted, whole(painted.pixels), mirrored=True, even=True)
    items, _ = _prints(without(look, known), painted.pixels)
    return _told_of(known, [item for item in items if item.has_toes])


def _told_of(known: NDArray[np.float64], items: Sequence[Found]) -> list[Found]:
    """Tell finds of prints that are known already and lie beside them."""
    return [replace(item, beside=np.concatenate([item.beside, known])) for item in items]


def halves_of(found: Sequence[Found]) -> Iterator[Found]:
    """Take two finds each for the heel and the ball of one print, either way round.

    Not two that have toes both.

    Parameters
    ----------
    found
        What was found, no whole print among it.

    Yields
    ------
    Found
        Both together, which way up they then lie; those whose toes lie ahead first.
    """
    pairs = sorted(permutations(found, 2), key=lambda pair: pair[0].has_toes - pair[1].has_toes)
    for heel, ball in pairs:
        if heel.has_toes and ball.has_toes:
            continue
        yield replace(
            ball,
            points=np.concatenate([heel.points, ball.points]),
            up=_unit(ball.points.mean(axis=0) - heel.points.mean(axis=0)),
            at_edge=heel.at_edge or ball.at_edge,
            beside=np.empty((0, 2)),
        )


def without(look: Look, known: NDArray[np.float64]) -> Look:
    """Take prints that are known out of a look.

    Parameters
    ----------
    look
        At the photo or a part of it.
    known
        ``float64 (n, 2)`` working pixels of them, close together.

    Returns
    -------
    Look
        With no contact there and a little round it.
    """
    height, width = look.paper.shape
    mask = marked(known, look.to_photo, height, width)
    contact = np.where(grown(mask, ROUND_KNOWN), np.float32(0), look.contact)
    return replace(look, contact=contact)


def _whole_prints(look: Look, pixels: NDArray[np.uint8]) -> tuple[list[Found], bool]:
    """Find the whole prints with toes in a part of a photo, and whether something hints at one."""
    items, hinted = _prints(look, pixels)
    whole_ones = [item for item in items if not _is_cut(item, look.region)]
    return [item for item in whole_ones if item.has_toes], hinted


def _sheets(first: Look, pixels: NDArray[np.uint8]) -> list[Region]:
    """Give the parts of a photo that show a sheet of paper: people step on one."""
    return [region_round(corners, ROUND_A_SHEET, pixels) for corners in likely_sheets(first)]


def _parts(width: int, height: int) -> list[Region]:
    wide, high = max(1, round(CLOSER_SHARE * width)), max(1, round(CLOSER_SHARE * height))
    return [
        Region(left, top, wide, high)
        for top in (0, height - high, (height - high) // 2)
        for left in (0, width - wide, (width - wide) // 2)
    ]


def _prints(look: Look, pixels: NDArray[np.uint8]) -> tuple[list[Found], bool]:
    """Find the prints in a part of the photo, and whether something hints at one."""
    found = []
    prints = find_prints(look.contact)
    places = [project(item.points, look.to_photo) for item in prints]
    for item, points in zip(prints, places, strict=True):
        others = [
            place
            for other, place in zip(prints, places, strict=True)
            if other is not item and other.is_whole
        ]
        found.append(
            Found(
                points=points,
                up=_unit(item.up * look.ratio),
                at_edge=_reaches(points, float(look.ratio.max()), 0, 0, *pixels.shape[1::-1]),
                has_toes=bool(item.toes.any()),
                look=look,
                beside=np.concatenate([np.empty((0, 2)), *others]),
            )
        )
    return found, not found and _hinted(look.contact)


def _is_cut(item: Found, region: Region) -> bool:
    """Whether a print runs out of a part of the photo, but not out of the photo."""
    step = max(region.width, region.height) / SIDE
    right, bottom = region.left + region.width, region.top + region.height
    return not item.at_edge and _reaches(item.points, step, region.left, region.top, right, bottom)


def _distinct(found: list[Found]) -> list[Found]:
    """Leave out what was seen in two parts, largest first."""
    kept: list[Found] = []
    for item in sorted(found, key=lambda one: -float(np.ptp(one.points @ one.up))):
        if not any(is_same_print(item.points, other.points) for other in kept):
            kept.append(item)
    return kept


def _hinted(probability: NDArray[np.float32]) -> bool:
    """Whether a sole with toes would be found if less were asked of each pixel."""
    # The level is a probability of one half: raise the hint to it.
    raised = np.asarray(probability * (LEVEL / HINT_LEVEL), dtype=np.float32)
    return any(item.toes.any() for item in find_prints(raised))


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    return vector / float(np.hypot(vector[0], vector[1]))


def _reaches(
    points: NDArray[np.float64], step: float, left: int, top: int, right: int, bottom: int
) -> bool:
    """Whether points come within a picture pixel of the border of a box."""
    low, high = points.min(axis=0), points.max(axis=0)
    return bool(
        low[0] < left + step
        or low[1] < top + step
        or high[0] > right - 1 - step
        or high[1] > bottom - 1 - step
    )
