"""A recipe, rendered: floor, print, light, camera."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from archscan.synthetic.arrangement import Arrangement, Placed, arrange
from archscan.synthetic.beside import FAR, beside
from archscan.synthetic.camera import Matrix, warped
from archscan.synthetic.drawing import cover
from archscan.synthetic.floors import Floor
from archscan.synthetic.ground import draw_floor, stands_in
from archscan.synthetic.light import finish, light
from archscan.synthetic.marks import drops, no_print
from archscan.synthetic.printing import pen_marks
from archscan.synthetic.recipe import Recipe
from archscan.synthetic.scene_truth import truth_of
from archscan.synthetic.truth import Truth
from archscan.synthetic.wear import glare
from archscan.synthetic.wetting import Wetness, apply


@dataclass(frozen=True, slots=True, eq=False)
class Rendering:
    """A rendered photo.

    Attributes
    ----------
    photo
        ``uint8 (h, w, 3)`` RGB.
    mask
        ``uint8 (h, w)``: 0 background, 1 left sole, 2 left toes, 3 right sole,
        4 right toes.
    truth
        Everything else that is known.
    """

    photo: NDArray[np.uint8]
    mask: NDArray[np.uint8]
    truth: Truth


def render(
    recipe: Recipe, long_side: int = 1600, ground: NDArray[np.uint8] | None = None
) -> Rendering:
    """Render a scene.

    Parameters
    ----------
    recipe
        The scene.
    long_side
        Of the photo, pixels; the scene is the same at any size.
    ground
        ``uint8 (h, w, 3)`` RGB photo of a bare surface to lay the print on, instead of
        drawing one; the recipe's surface then only says what water does to it.

    Returns
    -------
    Rendering
        Photo, mask and truth.
    """
    arrangement = arrange(recipe, long_side, on_bare_ground=ground is not None)
    size = (arrangement.camera.width, arrangement.camera.height)
    floor, floor_to_pixels, picture = draw_floor(arrangement, ground)
    to_floor_pixels = floor_to_pixels @ np.linalg.inv(arrangement.to_photo)
    seen = cv2.warpPerspective(
        picture, to_floor_pixels, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REFLECT,
    )  # fmt: skip
    prints = [_seen_print(item, arrangement.to_photo, size) for item in arrangement.placed]
    wetness = Wetness(
        contact=_contact(arrangement, prints, floor, to_floor_pixels),
        pressure=np.maximum.reduce(
            [np.zeros(size[::-1], np.float32)] + [one.pressure for one in prints]
        ),
        on_floor=_on_floor(arrangement.to_photo, size) if recipe.medium == "mesh" else None,
        dry=np.asarray(seen[..., 3], np.float32) if seen.shape[2] == 4 else None,
        scale=arrangement.camera.scale,
    )
    seen = apply(
        np.asarray(seen[..., :3], np.float32), wetness, recipe,
        np.random.default_rng([recipe.seed, 23]),
    )  # fmt: skip
    if recipe.medium in ("ink", "mesh") and recipe.difficulty == "hard":
        seen = _pen(seen, recipe, floor, to_floor_pixels)
    seen = light(seen, recipe, np.random.default_rng([recipe.seed, 31]))
    if recipe.glare > 0:
        seen = glare(seen, recipe.glare, np.random.default_rng([recipe.seed, 71]))
    photo = finish(seen, recipe, np.random.default_rng([recipe.seed, 37]))
    return Rendering(photo, _mask(recipe, prints, size), truth_of(arrangement))


@dataclass(frozen=True, slots=True, eq=False)
class _SeenPrint:
    """One foot's field as the camera sees it, ``float32 (h, w)`` each."""

    sole: NDArray[np.float32]
    toes: NDArray[np.float32]
    pressure: NDArray[np.float32]

    @property
    def contact(self) -> NDArray[np.float32]:
        """Signed distance to the wet edge of both, millimetres."""
        return np.minimum(self.sole, self.toes)


def _seen_print(item: Placed, to_photo: Matrix, size: tuple[int, int]) -> _SeenPrint:
    matrix = to_photo @ item.to_floor
    return _SeenPrint(
        warped(item.field.sole, matrix, size, FAR),
        warped(item.field.toes, matrix, size, FAR),
        warped(item.field.pressure, matrix, size, 0.0),
    )


def _contact(
    arrangement: Arrangement, prints: list[_SeenPrint], floor: Floor, to_floor_pixels: Matrix
) -> NDArray[np.float32]:
    """Distance to whatever is wet: the prints, drops, and a mark beside them."""
    recipe, camera = arrangement.recipe, arrangement.camera
    wet = [_spatter(recipe, floor, to_floor_pixels, (camera.width, camera.height))]
    wet += [one.contact for one in prints]
    if recipe.beside and prints:
        step = (arrangement.placed[0].field, arrangement.to_photo)
        mark = beside(
            recipe.beside, np.minimum.reduce(wet[1:]), floor, to_floor_pixels, step,
            np.random.default_rng([recipe.seed, 61]),
        )  # fmt: skip
        wet.append(mark)
    return np.asarray(np.minimum.reduce([np.full_like(wet[0], FAR), *wet]), dtype=np.float32)


def _mask(recipe: Recipe, prints: list[_SeenPrint], size: tuple[int, int]) -> NDArray[np.uint8]:
    mask = np.zeros(size[::-1], dtype=np.uint8)
    for foot, one in zip(recipe.feet, prints, strict=True):
        base = 1 if foot.left else 3
        mask[one.toes < 0] = base + 1
        mask[one.sole < 0] = base
    return mask


def _pen(
    seen: NDArray[np.float32], recipe: Recipe, floor: Floor, to_floor_pixels: Matrix
) -> NDArray[np.float32]:
    """Draw pen marks over the print."""
    random = np.random.default_rng([recipe.seed, 53])
    if random.random() < 0.4:
        return seen
    drawn = cv2.warpPerspective(
        pen_marks(floor, random), to_floor_pixels, seen.shape[1::-1],
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
    )  # fmt: skip
    ink = np.array(random.choice([(0.1, 0.1, 0.4), (0.1, 0.1, 0.1), (0.6, 0.1, 0.1)]))
    return np.asarray(cover(seen, 0.85 * drawn, ink), dtype=np.float32)


def _spatter(
    recipe: Recipe, floor: Floor, to_floor_pixels: Matrix, size: tuple[int, int]
) -> NDArray[np.float32]:
    """Distance to whatever is wet besides the print."""
    random = np.random.default_rng([recipe.seed, 43])
    wet = np.full((floor.height, floor.width), FAR, dtype=np.float32)
    if stands_in(recipe) == "mark":
        wet = no_print(floor, random)
    if recipe.medium in ("water", "ink") and random.random() < 0.5:
        count = int(random.integers(1, 25 if recipe.difficulty == "hard" else 7))
        wet = np.minimum(wet, drops(floor, random, count))
    return warped(wet, to_floor_pixels, size, FAR, inverse=True)


def _on_floor(
    to_photo: Matrix, size: tuple[int, int]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Tell where on the floor each pixel lies, millimetres."""
    x, y = np.meshgrid(np.arange(size[0], dtype=np.float32), np.arange(size[1], dtype=np.float32))
    back = np.linalg.inv(to_photo).astype(np.float32)
    down = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    return (
        (back[0, 0] * x + back[0, 1] * y + back[0, 2]) / down,
        (back[1, 0] * x + back[1, 1] * y + back[1, 2]) / down,
    )
