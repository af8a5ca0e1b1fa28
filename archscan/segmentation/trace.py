"""Second look: one print up close, toes up."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.contact import Contact
from archscan.segmentation.find import Found
from archscan.segmentation.network import CONTACT, SIDE, probability_of, see, see_mirrored
from archscan.segmentation.patches import Patch, project, upright_patch
from archscan.segmentation.prints import FoundPrint, find_prints
from archscan.sheet import Scene

PRINT_SHARE = 0.84
"""Share of the patch's height that the print fills: as large as in most close views that the
network was trained on, with little room for what the first look missed."""

NARROW = 128
"""Width of the patch at first, pixels: a print is slimmer than long, and a look takes as
long as its picture is large. What that leaves in doubt is seen with its surroundings."""

WELL_TURNED_DEG, WELL_PLACED, WELL_SIZED = 6.0, 0.04, (0.72, 0.92)
"""How far a first close look may have been off (the print's turn; its middle, as a share
of the patch; its share of the patch's height) and still be good enough: the network was
trained on close views that are off by as much. Beyond, it looks again, better aimed."""

SURE = 0.12
"""Doubt (share of the sole that is guesswork) below which a wider look and one at the
mirror image have nothing to add: on development renders errors hardly shrink by asking for
less. Without toes it may be no print at all, which the surroundings show."""

SMOOTHED = 1.0
"""Standard deviation, patch pixels, by which what is seen up close is smoothed: an edge that
is frayed by a pixel would be measured at its deepest notch."""

KEPT_ROUND_PRINT = 9
"""Pixels round a print whose faint contact still belongs to it; beyond lies another."""


def trace(scene: Scene, found: Found) -> Contact | None:
    """Outline one print.

    Parameters
    ----------
    scene
        The photo and, if known, its plane; with a plane the patch is seen from
        straight above.
    found
        Where the print is.

    Returns
    -------
    Contact or None
        ``None`` when nothing is there up close.
    """
    narrow = _aimed(scene, found.points, found.up, NARROW)
    points, up = found.points, found.up
    if narrow is not None:
        contact = _contact(narrow, narrow.seen, found)
        if contact.doubt < SURE and narrow.item.toes.any():
            return contact
        points, up = _in_photo(narrow)
    wide = _aimed(scene, points, up, SIDE)
    if wide is None:
        return None
    looks = np.stack([wide.seen, _smoothed(see_mirrored(wide.picture))])
    mean = np.asarray(looks.mean(axis=0), dtype=np.float32)
    item = _main_print(mean, wide.patch)
    if item is None:
        return None
    both = replace(wide, item=item)
    soles = np.where(_own(item), probability_of(looks[:, 0]), 0).astype(np.float32)
    return replace(_contact(both, mean, found), sole_looks=soles)


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """One look at a print: where, at what, what was seen, and the print in it."""

    patch: Patch
    picture: NDArray[np.uint8]
    seen: NDArray[np.float32]
    item: FoundPrint


def _aimed(
    scene: Scene, points: NDArray[np.float64], up: NDArray[np.float64], width: int
) -> _View | None:
    """Look, and if the print was not where it should be, look again where it is."""
    view = _look(scene, points, up, width)
    if view is None or _is_well_aimed(view):
        return view
    return _look(scene, *_in_photo(view), width)


def _look(
    scene: Scene, points: NDArray[np.float64], up: NDArray[np.float64], width: int
) -> _View | None:
    patch = upright_patch(
        points,
        up,
        scene.photo_to_flat,
        scene.photo_to_plane is not None,
        side=SIDE,
        share=PRINT_SHARE,
        width=width,
    )
    picture = np.asarray(patch.cut(scene.photo.pixels), dtype=np.uint8)
    seen = _smoothed(see(picture))
    item = _main_print(seen, patch)
    return None if item is None else _View(patch, picture, seen, item)


def _smoothed(log_odds: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sole and toes without their edges' fraying."""
    import cv2

    return np.stack([cv2.GaussianBlur(one, (0, 0), SMOOTHED) for one in log_odds[:CONTACT]])


def _contact(view: _View, log_odds: NDArray[np.float32], found: Found) -> Contact:
    own = _own(view.item)
    sole, toes = np.where(own, probability_of(log_odds), 0).astype(np.float32)
    return Contact(
        sole=sole,
        toes=toes,
        patch_to_photo=view.patch.to_photo,
        mm_per_px=view.patch.mm_per_px,
        at_edge=found.at_edge,
    )


def _main_print(log_odds: NDArray[np.float32], patch: Patch) -> FoundPrint | None:
    """Pick the print that the patch was laid over, of all that are seen on it."""
    prints = find_prints(probability_of(log_odds))
    return max(prints, key=lambda one: _weight(one.points, patch)) if prints else None


def _is_well_aimed(view: _View) -> bool:
    points, up = view.item.points, view.item.up
    low, high = points.min(axis=0), points.max(axis=0)
    off = np.abs((low + high) / 2 - _middle(view.patch)).max() / SIDE
    turn = np.rad2deg(np.arctan2(abs(up[0]), -up[1]))
    share = (high[1] - low[1]) / SIDE
    return bool(
        turn <= WELL_TURNED_DEG and off <= WELL_PLACED and WELL_SIZED[0] <= share <= WELL_SIZED[1]
    )


def _middle(patch: Patch) -> NDArray[np.float64]:
    return np.array([patch.width - 1, patch.height - 1]) / 2


def _in_photo(view: _View) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points and upward direction of a print in working pixels."""
    item, patch = view.item, view.patch
    centre = item.points.mean(axis=0)
    ends = project(np.stack([centre + item.up * SIDE / 4, centre]), patch.to_photo)
    up = ends[0] - ends[1]
    return project(item.points, patch.to_photo), up / float(np.hypot(*up))


def _weight(points: NDArray[np.float64], patch: Patch) -> float:
    """Size of a print, less when it lies off the middle of the patch."""
    off = float(np.hypot(*(points.mean(axis=0) - _middle(patch)))) / SIDE
    return len(points) * float(np.exp(-((off / 0.2) ** 2)))


def _own(item: FoundPrint) -> NDArray[np.bool_]:
    """Where a print is, and a little round it."""
    import cv2

    mask = item.sole | item.toes
    size = 2 * KEPT_ROUND_PRINT + 1
    brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return cv2.dilate(mask.astype(np.uint8), brush).astype(bool)
