"""Pictures that no camera took: prints as scanners, plates and drawings show them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.segmentation.outcome import Outcome, compare

SCALES = ("JET", "TURBO", "VIRIDIS", "PLASMA", "HOT")
"""Colour scales of plates, as OpenCV names them."""

LOOKS = ("black on white", "white on black", "blue on white", *SCALES)
"""How a picture shows what touched the ground."""

INK_BLUE = (40, 70, 170)

LEAST_PRESSURE, FULL_DEPTH_MM = 0.25, 18.0
"""Pressure at the rim of what touches, as a share of the most, and how far from it that is
reached."""


def measure_picture(task: tuple[int, str], long_side: int) -> list[Outcome]:
    """Draw what is true of a render as a picture, scan it and compare.

    Parameters
    ----------
    task
        Seed of the print, seen from straight above, and how it is drawn.
    long_side
        Of the picture, pixels.

    Returns
    -------
    list of Outcome
        One for each true print; its ``medium`` tells how it was drawn.
    """
    import archscan
    from archscan.synthetic import draw_recipe, render

    seed, look = task
    recipe = draw_recipe(
        seed, content="print", medium="ink", surface="paper", difficulty="easy", tilt_deg=0.0
    )
    rendering = render(recipe, long_side=long_side)
    touched = rendering.mask > 0
    picture = (
        _in_ink(touched, look)
        if look not in SCALES
        else _in_false_colours(_pressure(touched, rendering.truth.mm_per_px), look)
    )
    outcomes = compare(recipe, rendering, archscan.scan(picture))
    return [replace(outcome, medium=look) for outcome in outcomes]


def _in_ink(touched: NDArray[np.bool_], look: str) -> NDArray[np.uint8]:
    colours = {"black": (0, 0, 0), "white": (255, 255, 255), "blue": INK_BLUE}
    ink, ground = look.split(" on ")
    return np.where(touched[..., None], colours[ink], colours[ground]).astype(np.uint8)


def _pressure(touched: NDArray[np.bool_], mm_per_px: float) -> NDArray[np.float64]:
    """Give a pressure from 0 to 1, which is highest far from the rim of what touches."""
    import cv2

    depth = mm_per_px * cv2.distanceTransform(touched.astype(np.uint8), cv2.DIST_L2, 5)
    share = np.minimum(depth / FULL_DEPTH_MM, 1.0)
    return np.asarray(touched * (LEAST_PRESSURE + (1.0 - LEAST_PRESSURE) * share))


def _in_false_colours(pressure: NDArray[np.float64], scale: str) -> NDArray[np.uint8]:
    import cv2

    steps = np.rint(255.0 * pressure).astype(np.uint8)
    return np.asarray(cv2.applyColorMap(steps, getattr(cv2, f"COLORMAP_{scale}"))[..., ::-1])
