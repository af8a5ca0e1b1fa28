"""Prints in one solid paint, on rendered grounds and on photographed ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.segmentation.outcome import Outcome, compare

PAINTS = {
    "turquoise": (45, 180, 175),
    "blue": (35, 75, 185),
    "red": (190, 40, 45),
    "green": (45, 140, 65),
    "yellow": (235, 200, 50),
    "white": (240, 240, 238),
    "black": (25, 25, 28),
}
GROUNDS = ("paper", "wood", "cardboard")

EDGE = 0.8
"""Pixels that the edge of the paint is soft."""


def measure_painted(task: tuple[int, str, str | Path], long_side: int) -> list[Outcome]:
    """Lay a print in one colour on a ground, scan it and compare.

    Parameters
    ----------
    task
        Seed, name of the paint, and a surface's name or the file of its photo.
    long_side
        Of the photo, pixels.

    Returns
    -------
    list of Outcome
        One for each true print; its ``medium`` is the paint.
    """
    import cv2

    import archscan
    from archscan.synthetic import draw_recipe, render

    seed, paint, ground = task
    # What lies on a sheet or beside a print would be painted away, or not be there.
    recipe = draw_recipe(
        seed, content="print", medium="water", surface="paper", difficulty="easy", prints=1,
        sheet=None,
    )  # fmt: skip
    rendering = render(recipe, long_side=long_side)
    height, width = rendering.mask.shape
    if isinstance(ground, Path):
        beneath = _photographed(ground, width, height)
    else:
        bare = draw_recipe(seed, content="blank", surface=ground, difficulty="easy", sheet=None)
        beneath = render(replace(bare, portrait=recipe.portrait), long_side=long_side).photo
    touched = cv2.GaussianBlur((rendering.mask > 0).astype(np.float32), (0, 0), EDGE)[..., None]
    photo = np.rint(beneath * (1 - touched) + np.array(PAINTS[paint]) * touched).astype(np.uint8)
    outcomes = compare(recipe, rendering, archscan.scan(photo))
    surface = "photographed" if isinstance(ground, Path) else ground
    return [replace(outcome, medium=paint, surface=surface) for outcome in outcomes]


def _photographed(path: Path, width: int, height: int) -> NDArray[np.uint8]:
    """Cut as large a piece of a photo as has the proportions that are asked for."""
    from PIL import Image, ImageOps

    with Image.open(path) as opened:
        fitted = ImageOps.fit(opened.convert("RGB"), (width, height))
        return np.asarray(fitted, dtype=np.uint8)
