"""Whether an area looks like paper: nearly colourless, of one shade, light."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from archscan.sheet.perspective import SQUARE

GRAIN = 64
"""Side of the square the area is looked at in, pixels."""

BORDER = 3
"""Pixels of it along the sides that are left out, and looked at on the far side."""

MOST_SPREAD = 0.3
"""Median absolute deviation within, of the brightness: paper half in the shade."""

MOST_COLOUR = 0.3
"""Spread between the colour channels, of the brightest: paper under a warm lamp."""

MOST_TINT = 0.09
"""Of green or its lack against red and blue, of the brightest: lamps are warm or cold,
pink and green is only the paper itself."""

LEAST_STEP = 0.03
"""Of the brightness, by which paper is lighter than what lies beside it, on most of its
sides: on the fourth there may be a lamp's reflection or another sheet."""

LIGHTER_SIDES = 3

JOINT, JOINT_REACH = 0.25, 4
"""Of the brightness, by which a line right through the area is darker or lighter than what
lies so many pixels to either side of it: several tiles together have joints, paper none."""

THROUGH = 5
"""Percentage of such a line that may look otherwise: an arm across paper ends on it."""

PALE = 0.7
"""Of the photo's bright places, that paper has at least where it is not lighter than what
lies beside it: grey paper on a white floor."""

BRIGHT_PERCENTILE = 90


def is_paper(pixels: NDArray[np.uint8], corners: NDArray[np.float64]) -> bool:
    """Tell a sheet of paper from books, tiles and tablets of the same proportions.

    Parameters
    ----------
    pixels
        ``uint8 (h, w, 3)`` working pixels.
    corners
        ``float64 (4, 2)`` clockwise.

    Returns
    -------
    bool
        ``True`` if it may be paper.
    """
    import cv2

    frame = (GRAIN * SQUARE + BORDER).astype(np.float32)
    to_square = cv2.getPerspectiveTransform(corners.astype(np.float32), frame)
    side = GRAIN + 2 * BORDER
    seen = cv2.warpPerspective(
        pixels, to_square, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    inside = seen[2 * BORDER : -2 * BORDER, 2 * BORDER : -2 * BORDER]
    grey = inside.mean(axis=2)
    middle = np.median(inside.reshape(-1, 3), axis=0)
    spread = float(np.median(np.abs(grey - np.median(grey)))) / max(1.0, float(middle.mean()))
    brightest = max(1.0, float(middle.max()))
    colour = float(np.ptp(middle)) / brightest
    tint = abs(float(middle[1] - (middle[0] + middle[2]) / 2)) / brightest
    if spread > MOST_SPREAD or colour > MOST_COLOUR or tint > MOST_TINT or _has_joint(grey):
        return False
    if _lighter_sides(seen.astype(np.float32).mean(axis=2)) >= LIGHTER_SIDES:
        return True
    bright = float(np.percentile(pixels[::16, ::16].mean(axis=2), BRIGHT_PERCENTILE))
    return float(middle.mean()) >= PALE * bright


def _has_joint(grey: NDArray[np.floating[Any]]) -> bool:
    """Whether a line runs right through, parallel to a side."""
    for axis in (0, 1):
        # Nearly its lightest and darkest: what does not run right through does not count.
        lightest, darkest = np.percentile(grey, (100 - THROUGH, THROUGH), axis=axis)
        usual = np.median(grey, axis=axis)
        before, after = usual[: -2 * JOINT_REACH], usual[2 * JOINT_REACH :]
        middle = slice(JOINT_REACH, -JOINT_REACH)
        darker = lightest[middle] < (1 - JOINT) * np.minimum(before, after)
        if np.any(darker | (darkest[middle] > (1 + JOINT) * np.maximum(before, after))):
            return True
    return False


def _lighter_sides(seen: NDArray[np.float32]) -> int:
    """Count the sides along which the area is lighter than what lies beside it."""
    count = 0
    for turn in range(4):
        turned = np.rot90(seen, turn)
        beside = float(np.median(turned[: BORDER - 1, BORDER:-BORDER]))
        within = float(np.median(turned[BORDER + 1 : 2 * BORDER, BORDER:-BORDER]))
        count += within > (1 + LEAST_STEP) * beside
    return count
