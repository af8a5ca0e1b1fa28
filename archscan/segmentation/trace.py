"""Second look: one print up close, toes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.contact import Contact
from archscan.segmentation.find import Found
from archscan.segmentation.network import SIDE, see
from archscan.segmentation.patches import project, upright_patch
from archscan.segmentation.prints import find_prints
from archscan.sheet import Scene

if TYPE_CHECKING:
    import cv2

PRINT_SHARE = 0.78
"""Share of the patch's height that the print fills: as in the close views the
network was trained on, with room for what the first look missed."""

LOOKS = 2
"""The second close look starts from the outline of the first, better centred and
turned; a third changes nothing."""

KEPT_ROUND_PRINT = 9
"""Pixels round a print whose faint contact still belongs to it; beyond lies another."""


def trace(network: cv2.dnn.Net, scene: Scene, found: Found) -> Contact | None:
    """Outline one print.

    Parameters
    ----------
    network
        From :func:`archscan.segmentation.network.load_network`.
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
    points, up = found.points, found.up
    contact = None
    for _ in range(LOOKS):
        patch = upright_patch(points, up, scene.photo_to_plane, side=SIDE, share=PRINT_SHARE)
        picture = patch.cut(scene.photo.pixels)
        probability = see(network, np.asarray(picture, dtype=np.uint8))
        prints = find_prints(probability)
        if not prints:
            return contact
        item = max(prints, key=lambda one: _weight(one.points))
        own = _dilated(item.sole | item.toes)
        contact = Contact(
            sole=np.where(own, probability[0], 0).astype(np.float32),
            toes=np.where(own, probability[1], 0).astype(np.float32),
            patch_to_photo=patch.to_photo,
            mm_per_px=patch.mm_per_px,
            at_edge=found.at_edge,
        )
        centre = item.points.mean(axis=0)
        points = project(item.points, patch.to_photo)
        ends = project(np.stack([centre + item.up * SIDE / 4, centre]), patch.to_photo)
        up = (ends[0] - ends[1]) / float(np.hypot(*(ends[0] - ends[1])))
    return contact


def _weight(points: NDArray[np.float64]) -> float:
    """Size of a print, less when it lies off the middle of the patch."""
    off = float(np.hypot(*(points.mean(axis=0) - (SIDE - 1) / 2))) / SIDE
    return len(points) * float(np.exp(-((off / 0.2) ** 2)))


def _dilated(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    import cv2

    size = 2 * KEPT_ROUND_PRINT + 1
    brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return cv2.dilate(mask.astype(np.uint8), brush).astype(bool)
