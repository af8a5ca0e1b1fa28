"""Wet marks that lie beside a print: a spill, a hand, a second step that only half landed."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from archscan.synthetic.camera import Matrix, warped
from archscan.synthetic.drawing import ahead
from archscan.synthetic.feet import PIXELS_PER_MM, FootField
from archscan.synthetic.floors import Floor, Random
from archscan.synthetic.marks import no_print

FAR = 80.0
"""Distance (millimetres) where the field of a foot or a mark ends."""

TRIES = 6
MOST_HIDDEN = 0.15
"""Share of a mark that may fall on or close to a print, where it is left out."""

GAP_MM = (4.0, 20.0)
"""Dry floor between print and mark: one that ran into the print would leave no outline
to be measured."""

STEP_SHARE = (0.25, 0.6)
"""Of a foot's length, from the heel, that a half step wets."""

Field = NDArray[np.float32]


def beside(
    kind: str,
    prints: Field,
    floor: Floor,
    to_floor_pixels: Matrix,
    step: tuple[FootField, Matrix],
    random: Random,
) -> Field:
    """Draw one wet mark that keeps off the prints.

    Parameters
    ----------
    kind
        ``"spill"`` or ``"step"``.
    prints
        ``float32 (h, w)`` distance to the nearest print, millimetres, in the photo.
    floor
        Size and scale of the floor.
    to_floor_pixels
        ``(3, 3)`` from photo to floor pixels.
    step
        The foot that steps again, and the map from its millimetres on the floor,
        heel and toes along y, to the photo.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w)`` signed distance in millimetres, negative where wet; nothing
        is wet if no place was found for it.
    """
    size = prints.shape[::-1]
    draw = (
        partial(_spill, floor, to_floor_pixels, size, random)
        if kind == "spill"
        else partial(_half_step, *step, size, random)
    )
    gap = random.uniform(*GAP_MM)
    for _ in range(TRIES):
        wet = draw()
        whole = np.count_nonzero(wet < 0)
        kept = np.maximum(wet, gap - prints)
        if whole and np.count_nonzero(kept < 0) >= (1 - MOST_HIDDEN) * whole:
            return np.asarray(kept, dtype=np.float32)
    return np.full(prints.shape, FAR, dtype=np.float32)


def _spill(floor: Floor, to_floor_pixels: Matrix, size: tuple[int, int], random: Random) -> Field:
    """Wet the floor somewhere, in any shape but a print's."""
    return warped(no_print(floor, random), to_floor_pixels, size, FAR, inverse=True)


def _half_step(foot: FootField, to_photo: Matrix, size: tuple[int, int], random: Random) -> Field:
    """Set down the rear of a foot, some way off."""
    height, width = foot.sole.shape
    wet_rows = np.flatnonzero((foot.sole < 0).any(axis=1))
    length = wet_rows[-1] - wet_rows[0]
    front = wet_rows[-1] - random.uniform(*STEP_SHARE) * length
    rows = np.arange(height, dtype=np.float32)[:, None]
    off = (np.arange(width, dtype=np.float32)[None, :] - width / 2) / width
    border = front + random.uniform(-0.5, 0.5) * length * off**2
    rear = np.asarray(np.maximum(foot.sole, (border - rows) / PIXELS_PER_MM), dtype=np.float32)
    angle = random.normal(0, 0.5)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    place = ahead(random.uniform(0, 2 * np.pi)) * random.uniform(70, 230)
    linear = turn / PIXELS_PER_MM
    matrix = np.eye(3)
    matrix[:2, :2] = linear
    matrix[:2, 2] = place - linear @ np.array([width / 2, height / 2])
    return warped(rear, to_photo @ matrix, size, FAR)
