"""The floor of a scene with everything that lies on it, before anything is wet."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from archscan.synthetic.arrangement import Arrangement, Placed, floor_points
from archscan.synthetic.boards import laid_on
from archscan.synthetic.camera import Matrix, project
from archscan.synthetic.floors import SURFACES, Floor, Picture, Random, cracks
from archscan.synthetic.glass import glass
from archscan.synthetic.photographed import photographed
from archscan.synthetic.printing import printed_sheet
from archscan.synthetic.recipe import Recipe
from archscan.synthetic.references import Reference, lay
from archscan.synthetic.soles import soles
from archscan.synthetic.things import scatter, stand_in
from archscan.synthetic.wear import bordered, worn

FINEST_FLOOR = 4.0
"""Floors are drawn with at most this many pixels a millimetre; sensor noise covers
what is finer."""

LARGEST_FLOOR = 3600
"""And with at most this many pixels a side."""

CLEAR_MM = 8.0
"""Nothing lies closer than this to a print: it would hide what is to be measured."""

CRACKED = ("concrete", "stone", "tile", "slate", "terrazzo")
"""Surfaces that crack."""

CRACK_CHANCE = 0.25

STANDS_IN = {"mark": 0.28, "thing": 0.26, "soles": 0.46}
"""What pictures without a print show, and how many: a wet mark, things, bare soles."""


def draw_floor(
    arrangement: Arrangement, ground: NDArray[np.uint8] | None
) -> tuple[Floor, Matrix, Picture]:
    """Draw as much floor as the camera sees.

    Parameters
    ----------
    arrangement
        Where everything is.
    ground
        ``uint8 (h, w, 3)`` RGB photo of a bare surface instead of a drawn one.

    Returns
    -------
    tuple
        The floor, ``float64 (3, 3)`` from millimetres to its pixels, and its picture.
    """
    recipe, camera = arrangement.recipe, arrangement.camera
    corners = np.array(
        [[0, 0], [camera.width, 0], [camera.width, camera.height], [0, camera.height]], dtype=float
    )
    ends = project(np.linalg.inv(arrangement.to_photo), corners)
    # Whole centimetres: a floor's size must not depend on the photo's resolution.
    low = 10 * np.floor(ends.min(axis=0) / 10 - 0.5)
    high = 10 * np.ceil(ends.max(axis=0) / 10 + 0.5)
    scale = min(1.1 * camera.scale, FINEST_FLOOR, LARGEST_FLOOR / float((high - low).max()))
    width, height = (int(np.ceil(v)) for v in (high - low) * scale)
    floor = Floor(height, width, scale)
    to_pixels = np.array([[scale, 0, -low[0] * scale], [0, scale, -low[1] * scale], [0, 0, 1]])
    random = np.random.default_rng([recipe.seed, 41])
    if recipe.medium == "plate":
        picture = glass(floor, random)
        if stands_in(recipe) == "soles":
            picture = soles(picture, floor, random)
        return floor, to_pixels, picture
    if ground is None:
        picture = SURFACES[recipe.surface].draw(floor, random)
    else:
        picture = photographed(ground, floor, random)
    if ground is None and recipe.surface in CRACKED and random.random() < CRACK_CHANCE:
        picture = _crack(picture, floor, random)
    dry = picture[..., 3:]
    picture = _used(picture[..., :3], floor, recipe)
    if arrangement.board is not None and recipe.beneath is not None:
        own = np.random.default_rng([recipe.seed, 79])
        board = project(to_pixels, arrangement.board)
        picture = laid_on(picture, floor, recipe.beneath, board, own)
    sheet = None if arrangement.sheet is None else project(to_pixels, arrangement.sheet)
    picture = _dress(picture, floor, recipe, sheet, random)
    clear = _round_prints(floor, to_pixels, arrangement.placed)
    picture = scatter(picture, floor, random, recipe.clutter, clear)
    if stands_in(recipe) == "soles":
        picture = soles(picture, floor, random)
    return floor, to_pixels, np.concatenate([picture, dry], axis=2)


def _used(picture: Picture, floor: Floor, recipe: Recipe) -> Picture:
    """Wear the floor, and let it end somewhere."""
    random = np.random.default_rng([recipe.seed, 67])
    if recipe.wear > 0:
        picture = worn(picture, floor, recipe.wear, random)
    if recipe.neighbour is not None:
        picture = bordered(picture, floor, recipe.neighbour, random)
    return picture


def _dress(
    picture: Picture,
    floor: Floor,
    recipe: Recipe,
    sheet: NDArray[np.float64] | None,
    random: Random,
) -> Picture:
    """Lay on the floor what the recipe names."""
    if stands_in(recipe) == "thing":
        picture = stand_in(picture, floor, random)
    if recipe.medium == "mesh" or (recipe.medium == "ink" and random.random() < 0.4):
        picture = printed_sheet(picture, floor, random)
    if sheet is not None and recipe.sheet is not None:
        worn = recipe.difficulty == "hard"
        reference = Reference(recipe.sheet, sheet, worn)
        picture = lay(picture, floor, reference, np.random.default_rng([recipe.seed, 59]))
    return picture


def stands_in(recipe: Recipe) -> str | None:
    """Tell what a picture shows instead of a print.

    Parameters
    ----------
    recipe
        The scene.

    Returns
    -------
    str or None
        One of :data:`STANDS_IN`; ``None`` where it has a print or nothing.
    """
    if recipe.content != "other":
        return None
    random = np.random.default_rng([recipe.seed, 47])
    drawn = str(random.choice(list(STANDS_IN), p=list(STANDS_IN.values())))
    return "thing" if drawn == "mark" and recipe.medium == "mesh" else drawn


def _crack(picture: Picture, floor: Floor, random: Random) -> Picture:
    """Darken cracks and keep them dry."""
    drawn = cracks(floor, random)[..., None]
    dry = picture[..., 3:] if picture.shape[2] == 4 else np.zeros_like(drawn)
    seen = picture[..., :3] * (1 - random.uniform(0.3, 0.8) * drawn)
    return np.concatenate([seen, np.maximum(dry, random.uniform(0, 1) * drawn)], axis=2)


def _round_prints(floor: Floor, to_pixels: Matrix, placed: list[Placed]) -> NDArray[np.bool_]:
    """Floor pixels on and close to a print."""
    near = np.zeros((floor.height, floor.width), dtype=np.uint8)
    if placed:
        radius = max(1, round(CLEAR_MM * floor.scale))
        for x, y in project(to_pixels, floor_points(placed)[::5]):
            cv2.circle(near, (int(x), int(y)), radius, 1, -1)
    return near > 0
