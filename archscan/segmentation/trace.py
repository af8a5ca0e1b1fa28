"""Second look: one print up close, toes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.contact import Contact
from archscan.segmentation.find import Found
from archscan.segmentation.network import SIDE, see
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
        patch_to_photo, mm_per_px = _patch(scene, points, up)
        probability = see(network, _cut_out(scene, patch_to_photo))
        prints = find_prints(probability)
        if not prints:
            return contact
        item = max(prints, key=lambda one: _weight(one.points))
        own = _dilated(item.sole | item.toes)
        contact = Contact(
            sole=np.where(own, probability[0], 0).astype(np.float32),
            toes=np.where(own, probability[1], 0).astype(np.float32),
            patch_to_photo=patch_to_photo,
            mm_per_px=mm_per_px,
        )
        centre = item.points.mean(axis=0)
        points = _project(item.points, patch_to_photo)
        up = np.subtract(*_project(np.stack([centre + item.up * SIDE / 4, centre]), patch_to_photo))
        up = up / float(np.hypot(up[0], up[1]))
    return contact


def _weight(points: NDArray[np.float64]) -> float:
    """Size of a print, less when it lies off the middle of the patch."""
    off = float(np.hypot(*(points.mean(axis=0) - (SIDE - 1) / 2))) / SIDE
    return len(points) * float(np.exp(-((off / 0.2) ** 2)))


def _project(points: NDArray[np.float64], matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    projected = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return projected[:, :2] / projected[:, 2:]


def _patch(
    scene: Scene, points: NDArray[np.float64], up: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float | None]:
    """Homography from patch to photo, and millimetres per patch pixel."""
    to_flat = np.eye(3) if scene.photo_to_plane is None else scene.photo_to_plane
    middle = points.mean(axis=0)
    reach = float(np.ptp(points, axis=0).max()) / 4
    ahead = np.subtract(*_project(np.stack([middle + up * reach, middle]), to_flat))
    angle = np.arctan2(ahead[0], -ahead[1])
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    turned = _project(points, to_flat) @ turn.T
    low, high = turned.min(axis=0), turned.max(axis=0)
    scale = SIDE * PRINT_SHARE / max(high[1] - low[1], 1.7 * (high[0] - low[0]))
    flat_to_patch = np.eye(3)
    flat_to_patch[:2, :2] = scale * turn
    flat_to_patch[:2, 2] = (SIDE - 1) / 2 - scale * (low + high) / 2
    patch_to_photo = np.linalg.inv(flat_to_patch @ to_flat)
    return patch_to_photo / patch_to_photo[2, 2], (
        None if scene.photo_to_plane is None else 1.0 / scale
    )


def _cut_out(scene: Scene, patch_to_photo: NDArray[np.float64]) -> NDArray[np.uint8]:
    import cv2

    pixels = scene.photo.pixels
    corners = _project(np.array([[0, 0], [SIDE, 0], [0, SIDE]], dtype=np.float64), patch_to_photo)
    step = float(np.hypot(*(corners[1] - corners[0]))) / SIDE
    if step > 1:
        # Against aliasing: the blur that reducing by areas would have given.
        sigma = 0.45 * (step - 0.6)
        pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), dtype=np.uint8)
    mean = [float(value) for value in pixels.reshape(-1, 3)[::97].mean(axis=0)]
    cut = cv2.warpPerspective(
        pixels,
        patch_to_photo,
        (SIDE, SIDE),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=mean,
    )
    return np.asarray(cut, dtype=np.uint8)


def _dilated(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    import cv2

    size = 2 * KEPT_ROUND_PRINT + 1
    brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return cv2.dilate(mask.astype(np.uint8), brush).astype(bool)
