"""From where a sheet of paper seems to lie to the plane of the floor."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo
from archscan.sheet.boards import by_board
from archscan.sheet.edges import WELL_SEEN, refine
from archscan.sheet.lines import straighten
from archscan.sheet.paper import is_paper
from archscan.sheet.perspective import Fit, fit
from archscan.sheet.printed import PRINTED, find_printed
from archscan.sheet.scene import SHEETS_MM, Scene, SheetOption
from archscan.sheet.sides import straight_edges, straight_quadrilaterals
from archscan.sheet.straightening import by_gravity

LEAST_SEEN = 0.4
"""Share of one side along which its edge must be seen at least: more than half of it may
lie under something, if the other three are well seen."""

ROUGHLY = 2.0
"""How many times as far from a sheet's shape an area may be before its sides are placed."""

MOST_MOVED = 0.1
"""Share of its longest side by which a corner may move from where it seemed to be: more,
and the edges found are not the ones that were seen."""


def find_scene(
    photo: Photo,
    sheet: SheetOption = "auto",
    outlines: Iterable[NDArray[np.float64]] = (),
    hinted: bool = True,
    prints: NDArray[np.float64] | None = None,
) -> Scene:
    """Measure the floor's plane on a sheet of paper.

    Where none was seen, or not well, it is looked for between straight edges. An area is
    believed when straight edges run along all four sides and when, seen
    through a lens of the photo's focal length, its sides stand at right angles and have
    the proportions of the kind. When in doubt there is none; the edges of what the print
    lies on may then still show the camera's tilt, or straight lines on the floor, or the
    phone may have written it.

    Parameters
    ----------
    photo
        Upright.
    sheet
        Kind to look for, ``"auto"`` for any, ``"none"`` not to look.
    outlines
        ``float64 (4, 2)`` corners each, clockwise, working pixels, good to a percent or
        two of its length: where sheets seem to lie, most likely first. No more are taken
        than are needed.
    hinted
        Whether there may be one besides; unless a kind is asked for, only then are its
        edges looked for where no outline helps.
    prints
        ``float64 (n, 2)`` corners of the hull of all prints, working pixels, or ``None``:
        the edges of what they lie on enclose it.

    Returns
    -------
    Scene
        With a plane when a reference with four visible sides was found.
    """
    found = _reference(photo, sheet, outlines, hinted)
    if found is not None:
        return Scene(photo, found.to_plane, found.kind, found.corners, found.tilt_deg)
    edges = straight_edges(photo)
    shown = [straighten(photo, edges), by_gravity(photo)]
    if prints is not None:
        shown.append(by_board(photo, edges, prints))
    sure = [one for one in shown if one is not None]
    if not sure:
        return Scene(photo)
    straight = min(sure, key=lambda one: one.doubt_deg)
    return Scene(
        photo,
        tilt_deg=straight.tilt_deg,
        tilt_doubt_deg=straight.doubt_deg,
        straightening=straight.homography,
    )


def _reference(
    photo: Photo, sheet: SheetOption, outlines: Iterable[NDArray[np.float64]], hinted: bool
) -> Fit | None:
    if sheet == "none":
        return None
    if sheet == PRINTED:
        return find_printed(photo)
    kinds = tuple(SHEETS_MM) if sheet == "auto" else (sheet,)
    found = _as_seen(photo, outlines, kinds)
    if found is None and sheet == "auto" and hinted:
        found = find_printed(photo)
    if found is None and (hinted or sheet != "auto"):
        found = _between_edges(photo, kinds)
    return found


def _as_seen(
    photo: Photo, outlines: Iterable[NDArray[np.float64]], kinds: tuple[str, ...]
) -> Fit | None:
    """Measure on the first outline seen that has straight edges along it."""
    for outline in outlines:
        placed = _placed(photo, outline)
        found = None if placed is None else fit(photo, placed[0], kinds)
        if found is not None:
            return found
    return None


def _between_edges(photo: Photo, kinds: tuple[str, ...]) -> Fit | None:
    """Measure on what lies between four straight edges."""
    seen = [
        placed
        for corners in straight_quadrilaterals(photo)
        if fit(photo, corners, kinds, tolerance=ROUGHLY) is not None
        and (placed := _placed(photo, corners)) is not None
    ]
    # Only the one with the clearest sides: among many, some would fit by chance.
    best = max(seen, key=lambda one: one[1], default=None)
    return None if best is None else fit(photo, best[0], kinds)


def _placed(photo: Photo, rough: NDArray[np.float64]) -> tuple[NDArray[np.float64], float] | None:
    """Place the sides, and tell how much of the least visible one was seen."""
    height, width = photo.pixels.shape[:2]
    placed = refine(photo.pixels, rough)
    if placed is None:
        return None
    corners, supports = placed
    longest = float(np.ptp(rough, axis=0).max())
    moved = float(np.abs(corners - rough).max())
    if supports[0] < LEAST_SEEN or supports[1] < WELL_SEEN or moved > MOST_MOVED * longest:
        return None
    if not _is_whole(corners, (width, height)):
        return None
    return (corners, float(supports[0])) if is_paper(photo.pixels, corners) else None


def _is_whole(corners: NDArray[np.float64], size: tuple[int, int]) -> bool:
    return bool(corners.min() > 1 and (corners < np.array(size) - 2).all())
