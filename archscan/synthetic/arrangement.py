"""Where the feet, the sheet of paper and the camera of a scene are."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from archscan.synthetic.boards import outline
from archscan.synthetic.camera import Camera, Matrix, project
from archscan.synthetic.feet import PIXELS_PER_MM, FootField, foot_field
from archscan.synthetic.floors import Random
from archscan.synthetic.recipe import SHEETS, Recipe

ASPECT = 0.75
"""Short side over long side of a phone photo."""

EDGE_ROOM = 0.025
"""Floor kept between a whole print and the photo's edge, share of its long side."""

ROW_MM = 0.5
"""Two feet that stand close are held against each other in rows of this size, a pixel of theirs."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """One foot on the floor.

    Attributes
    ----------
    field
        The foot.
    to_floor
        ``float64 (3, 3)`` from the field's pixels to millimetres on the floor.
    """

    field: FootField
    to_floor: Matrix


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """Where everything of a scene is.

    Attributes
    ----------
    recipe
        The scene.
    placed
        Its feet, left first; empty where it has no print.
    sheet, board
        ``float64 (4, 2)`` corners on the floor, millimetres, of the sheet or card beside the
        prints and of the piece of cardboard or paper under them, if there is one.
    camera
        That takes the photo.
    """

    recipe: Recipe
    placed: list[Placed]
    sheet: NDArray[np.float64] | None
    board: NDArray[np.float64] | None
    camera: Camera

    @property
    def to_photo(self) -> Matrix:
        """``float64 (3, 3)`` from millimetres on the floor to photo pixels."""
        return self.camera.floor_to_photo()


def arrange(recipe: Recipe, long_side: int, *, on_bare_ground: bool) -> Arrangement:
    """Put a scene's feet, paper and camera in their places.

    Parameters
    ----------
    recipe
        The scene.
    long_side
        Of the photo, pixels.
    on_bare_ground
        Without the piece of cardboard or paper that the recipe may have under the prints.

    Returns
    -------
    Arrangement
        All of them.
    """
    placed = _feet_on_floor(recipe)
    sheet = _sheet_corners(recipe, placed, np.random.default_rng([recipe.seed, 29]))
    board = None if on_bare_ground else _board_corners(recipe, placed)
    return Arrangement(recipe, placed, sheet, board, _framed(recipe, placed, sheet, long_side))


def _feet_on_floor(recipe: Recipe) -> list[Placed]:
    placed = [_place(foot_field(foot), number, recipe) for number, foot in enumerate(recipe.feet)]
    if recipe.gap_mm is not None and len(placed) > 1:
        return _close_up(placed, recipe.gap_mm)
    return placed


def _place(field: FootField, number: int, recipe: Recipe) -> Placed:
    """Lay a foot on the floor; two feet stand side by side."""
    foot = recipe.feet[number]
    outwards = recipe.toe_out_deg[number] * (-1 if foot.left else 1)
    angle = np.deg2rad(outwards)
    height, width = field.sole.shape
    middle = np.array([width / 2, height / 2])
    linear = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    linear = linear / PIXELS_PER_MM
    apart = 0.0 if len(recipe.feet) < 2 else recipe.apart_mm / 2 * (-1 if foot.left else 1)
    matrix = np.eye(3)
    matrix[:2, :2] = linear
    matrix[:2, 2] = np.array([apart, 0.0]) - linear @ middle
    return Placed(field, matrix)


def _close_up(placed: list[Placed], gap_mm: float) -> list[Placed]:
    """Move two feet sideways until so much is left between their prints."""
    left, right = (_border_points(item) for item in placed)
    apart = _needed(left, right, gap_mm)
    moved = []
    for item, way in zip(placed, (-0.5, 0.5), strict=True):
        to_floor = item.to_floor.copy()
        to_floor[0, 2] += way * apart
        moved.append(Placed(item.field, to_floor))
    return moved


def _needed(left: NDArray[np.float64], right: NDArray[np.float64], gap_mm: float) -> float:
    """How far the right print must move outwards until no two points are closer than the gap.

    Points whose rows are ``d`` apart are as far as the gap where ``sqrt(gap^2 - d^2)`` lies
    between them across.
    """
    rear = min(left[:, 1].min(), right[:, 1].min())
    rows = [np.rint((points[:, 1] - rear) / ROW_MM).astype(np.intp) for points in (left, right)]
    count = max(int(row.max()) for row in rows) + 1
    inner = np.full(count, -np.inf), np.full(count, np.inf)
    np.maximum.at(inner[0], rows[0], left[:, 0])
    np.minimum.at(inner[1], rows[1], right[:, 0])
    reach = int(gap_mm / ROW_MM)
    beyond = np.pad(inner[1], reach, constant_values=np.inf)
    return max(
        float((inner[0] - beyond[reach + off : reach + off + count]).max())
        + float(np.sqrt(gap_mm**2 - (off * ROW_MM) ** 2))
        for off in range(-reach, reach + 1)
    )


def _border_points(item: Placed) -> NDArray[np.float64]:
    """Give the points of one print's outlines on the floor, ``float64 (n, 2)`` millimetres."""
    import cv2

    wet = (np.minimum(item.field.sole, item.field.toes) < 0).astype(np.uint8)
    outlines, _ = cv2.findContours(wet, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return project(item.to_floor, np.concatenate(outlines)[:, 0])


def floor_points(placed: list[Placed]) -> NDArray[np.float64]:
    """Give the floor points of every print.

    Parameters
    ----------
    placed
        Feet on the floor.

    Returns
    -------
    numpy.ndarray
        ``float64 (n, 2)`` millimetres, a point for each few pixels.
    """
    found = []
    for item in placed:
        y, x = np.nonzero(np.minimum(item.field.sole, item.field.toes)[::4, ::4] < 0)
        found.append(project(item.to_floor, np.stack([x, y], axis=1) * 4.0))
    return np.concatenate(found)


def _stood_on(placed: list[Placed]) -> NDArray[np.float64]:
    """Give the floor points of every print, or corners of where things lie instead."""
    return floor_points(placed) if placed else np.array([[-130.0, -130.0], [130.0, 130.0]])


def _sheet_corners(
    recipe: Recipe, placed: list[Placed], random: Random
) -> NDArray[np.float64] | None:
    """Lay a sheet of paper or a card beside the prints."""
    if recipe.sheet is None:
        return None
    width, height = SHEETS[recipe.sheet]
    if random.random() < 0.3:
        width, height = height, width
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * [width / 2, height / 2]
    angle = np.deg2rad(random.normal(0, 8))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = corners @ turn.T
    reach = np.abs(floor_points(placed)[:, 0]).max() if placed else 50.0
    beside = random.choice((-1, 1)) * (reach + np.ptp(corners[:, 0]) / 2 + random.uniform(8, 30))
    moved: NDArray[np.float64] = corners + np.array([beside, random.uniform(-40, 40)])
    return moved


def _board_corners(recipe: Recipe, placed: list[Placed]) -> NDArray[np.float64] | None:
    """Tell where the piece of cardboard or paper ends that the prints are on."""
    if recipe.beneath is None:
        return None
    return outline(_stood_on(placed), np.random.default_rng([recipe.seed, 73]))


def _framed(
    recipe: Recipe, placed: list[Placed], sheet: NDArray[np.float64] | None, long_side: int
) -> Camera:
    """Hold the camera so that everything that matters is in the photo."""
    short_side = round(long_side * ASPECT)
    width, height = (short_side, long_side) if recipe.portrait else (long_side, short_side)
    points = _stood_on(placed)
    shown = points if sheet is None else np.concatenate([points, sheet])
    camera = Camera(
        width, height, 1.0, recipe.tilt_deg, recipe.azimuth_deg, recipe.turn_deg, (0, 0)
    )
    middle = (shown.min(axis=0) + shown.max(axis=0)) / 2
    camera = replace(camera, shift=(float(middle[0]), float(middle[1])))
    room = EDGE_ROOM * long_side
    scale = recipe.fill * long_side / float(np.ptp(points, axis=0).max())
    for _ in range(40):
        camera = replace(camera, scale=scale)
        seen = project(camera.floor_to_photo(), shown)
        low, high = seen.min(axis=0), seen.max(axis=0)
        if (high - low < np.array([width, height]) - 2 * room).all():
            break
        scale *= 0.96
    return _move(recipe, camera, shown, room)


def _move(recipe: Recipe, camera: Camera, shown: NDArray[np.float64], room: float) -> Camera:
    """Slide the photo over the floor: off centre, or so far that the print is cut."""
    size = np.array([camera.width, camera.height])
    for _ in range(3):
        seen = project(camera.floor_to_photo(), shown)
        low, high = seen.min(axis=0), seen.max(axis=0)
        free = np.maximum((size - 2 * room - (high - low)) / 2, 0)
        wanted = (size - 1) / 2 + np.array(recipe.off_centre) * free
        if recipe.content == "cut":
            cut = 0.5 + 0.25 * np.abs(recipe.off_centre)
            wanted[1] = (
                -(cut[1] - 0.5) * (high - low)[1]
                if recipe.off_centre[1] < 0
                else (size[1] + (cut[1] - 0.5) * (high - low)[1])
            )
        off = wanted - (low + high) / 2
        back = np.linalg.inv(camera.floor_to_photo())
        centre = (size - 1) / 2
        here, there = project(back, np.stack([centre, centre - off]))
        move = there - here
        camera = replace(
            camera, shift=(camera.shift[0] + float(move[0]), camera.shift[1] + float(move[1]))
        )
    return camera
