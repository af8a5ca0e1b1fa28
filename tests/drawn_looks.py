"""Prints drawn as a close look sees them, and views of them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from ovals import NOTHING

from archscan.segmentation.aim import View
from archscan.segmentation.network import log_odds_of
from archscan.segmentation.patches import Patch
from archscan.segmentation.prints import find_prints

HIGH, WIDE = 256, 256


def foot(x: int, *, sure: float = 0.99, gap: float | None = None) -> NDArray[np.float32]:
    """Sole and toes of a print, its midfoot as probable as asked."""
    layers = np.zeros((2, HIGH, WIDE), np.float32)
    cv2.rectangle(layers[0], (x - 20, 60), (x + 20, 240), sure, -1)
    if gap is not None:
        layers[0, 130:170, x - 20 : x + 21] = gap
    for beside in (-10, 8):
        cv2.circle(layers[1], (x + beside, 45), 7, sure, -1)
    return layers


def view(*looks: NDArray[np.float32], mm_per_px: float | None = None) -> View:
    """Looks at one print, the largest one in their mean."""
    first, *others = find_prints(np.mean(looks, axis=0, dtype=np.float32))
    odds = np.stack([log_odds_of(look) for look in looks])
    return View(Patch(np.eye(3), mm_per_px, WIDE, HIGH), odds, first, tuple(others), NOTHING)
