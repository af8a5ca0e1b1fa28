"""A recipe, rendered: floor, print, light, camera."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from archscan.synthetic.beside import FAR, beside
from archscan.synthetic.boards import laid_on, outline
from archscan.synthetic.camera import Camera, Matrix, project, warped
from archscan.synthetic.drawing import cover
from archscan.synthetic.feet import PIXELS_PER_MM, FootField, foot_field
from archscan.synthetic.floors import SURFACES, Floor, Picture, Random, cracks
from archscan.synthetic.geometry import tip_of, true_indices
from archscan.synthetic.glass import glass
from archscan.synthetic.light import finish, light
from archscan.synthetic.marks import drops, no_print
from archscan.synthetic.photographed import photographed
from archscan.synthetic.printing import pen_marks, printed_sheet
from archscan.synthetic.recipe import SHEETS, Recipe
from archscan.synthetic.references import Reference, lay
from archscan.synthetic.soles import soles
from archscan.synthetic.things import scatter, stand_in
from archscan.synthetic.truth import PrintTruth, Truth, arch_of
from archscan.synthetic.wear import bordered, glare, worn
from archscan.synthetic.wetting import Wetness, apply

ASPECT = 0.75
"""Short side over long side of a phone photo."""

EDGE_ROOM = 0.025
"""Floor kept between a whole print and the photo's edge, share of its long side."""

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


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """One foot on the floor; ``to_floor`` takes field pixels to millimetres."""

    field: FootField
    to_floor: Matrix


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
    random = np.random.default_rng([recipe.seed, 23])
    placed = [_place(foot_field(foot), number, recipe) for number, foot in enumerate(recipe.feet)]
    if recipe.gap_mm is not None and len(placed) > 1:
        placed = _close_up(placed, recipe.gap_mm)
    sheet = _sheet_corners(recipe, placed, np.random.default_rng([recipe.seed, 29]))
    board = None if ground is not None else _board_corners(recipe, placed)
    camera = _frame(recipe, placed, sheet, long_side)
    to_photo = camera.floor_to_photo()
    size = (camera.width, camera.height)

    floor, floor_to_pixels, picture = _draw_floor(
        recipe, placed, camera, to_photo, sheet, board, ground
    )
    to_floor_pixels = floor_to_pixels @ np.linalg.inv(to_photo)
    seen = cv2.warpPerspective(
        picture, to_floor_pixels, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REFLECT,
    )  # fmt: skip
    fields = [_seen_field(item, to_photo, size) for item in placed]
    spatter = _spatter(recipe, floor, to_floor_pixels, size)
    if recipe.beside and placed:
        prints = np.minimum.reduce([np.minimum(sole, toes) for sole, toes, _ in fields])
        step = (placed[0].field, to_photo)
        mark = beside(
            recipe.beside, prints, floor, to_floor_pixels, step,
            np.random.default_rng([recipe.seed, 61]),
        )  # fmt: skip
        spatter = np.minimum(spatter, mark)
    wetness = Wetness(
        contact=np.minimum.reduce([np.full(size[::-1], FAR, np.float32), spatter]
                                  + [np.minimum(sole, toes) for sole, toes, _ in fields]),
        pressure=np.maximum.reduce(
            [np.zeros(size[::-1], np.float32)] + [pressure for _, _, pressure in fields]
        ),
        floor_x=None, floor_y=None,
        dry=np.asarray(seen[..., 3], np.float32) if seen.shape[2] == 4 else None,
        scale=camera.scale,
    )  # fmt: skip
    if recipe.medium == "mesh":
        x, y = _floor_coordinates(to_photo, size)
        wetness = replace(wetness, floor_x=x, floor_y=y)
    seen = apply(np.asarray(seen[..., :3], dtype=np.float32), wetness, recipe, random)
    if recipe.medium in ("ink", "mesh") and recipe.difficulty == "hard":
        seen = _pen(seen, recipe, floor, to_floor_pixels)
    seen = light(seen, recipe, np.random.default_rng([recipe.seed, 31]))
    if recipe.glare > 0:
        seen = glare(seen, recipe.glare, np.random.default_rng([recipe.seed, 71]))
    photo = finish(seen, recipe, np.random.default_rng([recipe.seed, 37]))

    mask = np.zeros(size[::-1], dtype=np.uint8)
    for foot, (sole, toes, _) in zip(recipe.feet, fields, strict=True):
        base = 1 if foot.left else 3
        mask[toes < 0] = base + 1
        mask[sole < 0] = base
    return Rendering(photo, mask, _truth(recipe, placed, camera, to_photo, sheet, board))


def _place(field: FootField, number: int, recipe: Recipe) -> _Placed:
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
    return _Placed(field, matrix)


def _close_up(placed: list[_Placed], gap_mm: float) -> list[_Placed]:
    """Move two feet together until so much is left between their prints."""
    left, right = (_points([item]) for item in placed)
    # Compared millimetre by millimetre from heel to toes; the samples lie nearly as close, and
    # those of feet that point alike may lie in turns: one foot's in the odd millimetres only.
    surplus = next(filter(np.isfinite, (_between(left, right, step) for step in (1, 2)))) - gap_mm
    moved = []
    for item, way in zip(placed, (0.5, -0.5), strict=True):
        to_floor = item.to_floor.copy()
        to_floor[0, 2] += way * surplus
        moved.append(_Placed(item.field, to_floor))
    return moved


def _between(left: NDArray[np.float64], right: NDArray[np.float64], step_mm: int) -> float:
    """Least room between two prints in the strips from heel to toes that both lie in."""
    reach = np.concatenate([left, right])[:, 1].min()
    rows = [np.rint((points[:, 1] - reach) / step_mm).astype(np.intp) for points in (left, right)]
    count = max(int(row.max()) for row in rows) + 1
    inner = np.full(count, -np.inf), np.full(count, np.inf)
    np.maximum.at(inner[0], rows[0], left[:, 0])
    np.minimum.at(inner[1], rows[1], right[:, 0])
    return float((inner[1] - inner[0]).min())


def _points(placed: list[_Placed]) -> NDArray[np.float64]:
    """Floor points of every print, millimetres."""
    found = []
    for item in placed:
        y, x = np.nonzero(np.minimum(item.field.sole, item.field.toes)[::4, ::4] < 0)
        found.append(project(item.to_floor, np.stack([x, y], axis=1) * 4.0))
    return np.concatenate(found)


def _stood_on(placed: list[_Placed]) -> NDArray[np.float64]:
    """Give the floor points of every print, or corners of where things lie instead."""
    return _points(placed) if placed else np.array([[-130.0, -130.0], [130.0, 130.0]])


def _sheet_corners(
    recipe: Recipe, placed: list[_Placed], random: Random
) -> NDArray[np.float64] | None:
    if recipe.sheet is None:
        return None
    width, height = SHEETS[recipe.sheet]
    if random.random() < 0.3:
        width, height = height, width
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * [width / 2, height / 2]
    angle = np.deg2rad(random.normal(0, 8))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = corners @ turn.T
    reach = np.abs(_points(placed)[:, 0]).max() if placed else 50.0
    beside = random.choice((-1, 1)) * (reach + np.ptp(corners[:, 0]) / 2 + random.uniform(8, 30))
    moved: NDArray[np.float64] = corners + np.array([beside, random.uniform(-40, 40)])
    return moved


def _board_corners(recipe: Recipe, placed: list[_Placed]) -> NDArray[np.float64] | None:
    if recipe.beneath is None:
        return None
    return outline(_stood_on(placed), np.random.default_rng([recipe.seed, 73]))


def _frame(
    recipe: Recipe, placed: list[_Placed], sheet: NDArray[np.float64] | None, long_side: int
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


def _draw_floor(
    recipe: Recipe,
    placed: list[_Placed],
    camera: Camera,
    to_photo: Matrix,
    sheet: NDArray[np.float64] | None,
    board: NDArray[np.float64] | None,
    ground: NDArray[np.uint8] | None,
) -> tuple[Floor, Matrix, Picture]:
    """Draw as much floor as the camera sees; also the map from millimetres to its pixels."""
    corners = np.array(
        [[0, 0], [camera.width, 0], [camera.width, camera.height], [0, camera.height]], dtype=float
    )
    ends = project(np.linalg.inv(to_photo), corners)
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
        if _stands_in(recipe) == "soles":
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
    if board is not None and recipe.beneath is not None:
        own = np.random.default_rng([recipe.seed, 79])
        picture = laid_on(picture, floor, recipe.beneath, project(to_pixels, board), own)
    picture = _dress(
        picture,
        floor,
        recipe,
        None if sheet is None else project(to_pixels, sheet),
        random,
    )
    clear = _round_prints(floor, to_pixels, placed)
    picture = scatter(picture, floor, random, recipe.clutter, clear)
    if _stands_in(recipe) == "soles":
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
    if _stands_in(recipe) == "thing":
        picture = stand_in(picture, floor, random)
    if recipe.medium == "mesh" or (recipe.medium == "ink" and random.random() < 0.4):
        picture = printed_sheet(picture, floor, random)
    if sheet is not None and recipe.sheet is not None:
        worn = recipe.difficulty == "hard"
        reference = Reference(recipe.sheet, sheet, worn)
        picture = lay(picture, floor, reference, np.random.default_rng([recipe.seed, 59]))
    return picture


def _stands_in(recipe: Recipe) -> str | None:
    """Tell what a picture shows instead of a print, one of :data:`STANDS_IN`."""
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


def _round_prints(floor: Floor, to_pixels: Matrix, placed: list[_Placed]) -> NDArray[np.bool_]:
    """Floor pixels on and close to a print."""
    near = np.zeros((floor.height, floor.width), dtype=np.uint8)
    if placed:
        radius = max(1, round(CLEAR_MM * floor.scale))
        for x, y in project(to_pixels, _points(placed)[::5]):
            cv2.circle(near, (int(x), int(y)), radius, 1, -1)
    return near > 0


def _seen_field(
    item: _Placed, to_photo: Matrix, size: tuple[int, int]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    matrix = to_photo @ item.to_floor
    return (
        warped(item.field.sole, matrix, size, FAR),
        warped(item.field.toes, matrix, size, FAR),
        warped(item.field.pressure, matrix, size, 0.0),
    )


def _spatter(
    recipe: Recipe, floor: Floor, to_floor_pixels: Matrix, size: tuple[int, int]
) -> NDArray[np.float32]:
    """Distance to whatever is wet besides the print."""
    random = np.random.default_rng([recipe.seed, 43])
    wet = np.full((floor.height, floor.width), FAR, dtype=np.float32)
    if _stands_in(recipe) == "mark":
        wet = no_print(floor, random)
    if recipe.medium in ("water", "ink") and random.random() < 0.5:
        count = int(random.integers(1, 25 if recipe.difficulty == "hard" else 7))
        wet = np.minimum(wet, drops(floor, random, count))
    return warped(wet, to_floor_pixels, size, FAR, inverse=True)


def _floor_coordinates(
    to_photo: Matrix, size: tuple[int, int]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    x, y = np.meshgrid(np.arange(size[0], dtype=np.float32), np.arange(size[1], dtype=np.float32))
    back = np.linalg.inv(to_photo).astype(np.float32)
    down = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    return (
        (back[0, 0] * x + back[0, 1] * y + back[0, 2]) / down,
        (back[1, 0] * x + back[1, 1] * y + back[1, 2]) / down,
    )


def _truth(
    recipe: Recipe,
    placed: list[_Placed],
    camera: Camera,
    to_photo: Matrix,
    sheet: NDArray[np.float64] | None,
    board: NDArray[np.float64] | None,
) -> Truth:
    prints = []
    for foot, item in zip(recipe.feet, placed, strict=True):
        tip = _second_toe(item.field)
        indices = true_indices(item.field, tip)
        matrix = to_photo @ item.to_floor
        ends = project(matrix, np.array([indices.heel_centre, indices.axis_tip]))
        heel, end = ((float(x), float(y)) for x, y in ends)
        prints.append(
            PrintTruth(
                side="left" if foot.left else "right",
                arch=arch_of(indices.chippaux_smirak),
                chippaux_smirak=indices.chippaux_smirak,
                cavanagh_rodgers=indices.cavanagh_rodgers,
                staheli=indices.staheli,
                heel_centre=heel,
                toe2_tip=None if tip is None else end,
                axis_tip=end,
                length_mm=indices.length_mm,
                width_mm=indices.width_mm,
                bleed_mm=foot.bleed,
                toes=tuple(size > 0 for size in foot.toe_sizes),
            )
        )
    codes = {"blank": "no-footprint", "other": "no-footprint", "cut": "touches-edge"}
    return Truth(
        prints=tuple(prints),
        width=camera.width,
        height=camera.height,
        mm_per_px=_mm_per_px(placed, camera, to_photo),
        tilt_deg=recipe.tilt_deg,
        sheet=recipe.sheet,
        sheet_corners=_seen_corners(sheet, to_photo),
        board_corners=_seen_corners(board, to_photo),
        surface=recipe.surface,
        medium=recipe.medium,
        difficulty=recipe.difficulty,
        content=recipe.content,
        seed=recipe.seed,
        refusal=codes.get(recipe.content),
    )


def _seen_corners(
    corners: NDArray[np.float64] | None, to_photo: Matrix
) -> tuple[tuple[float, float], ...] | None:
    if corners is None:
        return None
    return tuple((float(x), float(y)) for x, y in project(to_photo, corners))


def _mm_per_px(placed: list[_Placed], camera: Camera, to_photo: Matrix) -> float:
    """Millimetres a pixel at the middle of the first print, or of the photo."""
    middle = np.array(camera.shift) if not placed else _points(placed[:1]).mean(axis=0)
    here, right, down = project(to_photo, middle + np.array([[0, 0], [1.0, 0], [0, 1.0]]))
    across, along = right - here, down - here
    return float(1 / np.sqrt(abs(across[0] * along[1] - across[1] * along[0])))


def _second_toe(field: FootField) -> tuple[float, float] | None:
    """Tip of the second toe's pad, from where the pad was put."""
    if field.second_toe is None:
        return None
    x, y = field.second_toe
    pad = np.zeros(field.toes.shape, dtype=bool)
    left, right = max(0, int(x - field.second_toe_radius)), int(x + field.second_toe_radius) + 1
    pad[: int(y) + 1, left:right] = field.toes[: int(y) + 1, left:right] < 0
    return tip_of(pad, np.array([0.0, -1.0])) if pad.any() else None
