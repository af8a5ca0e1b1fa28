"""A tiled floor, seen by a known camera."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from lenses import FOCAL_LENGTH

from archscan.photo import Photo
from archscan.segmentation.patches import project as through
from archscan.sheet import find_scene
from archscan.sheet.lines import straighten
from archscan.sheet.sides import straight_edges
from archscan.sheet.straightening import Straightening
from archscan.synthetic.camera import Camera, project

WIDTH, HEIGHT = 1200, 1600


def floor(
    tilt: float, towards: float = 40.0, turn: float = 17.0, both: bool = True
) -> tuple[Photo, Camera]:
    """Joints every 120 mm, in both directions or in one."""
    camera = Camera(WIDTH, HEIGHT, 2.0, tilt, towards, turn, (0.0, 0.0))
    pixels = np.full((HEIGHT, WIDTH, 3), 190, np.uint8)
    reach = 900.0
    for place in np.arange(-reach, reach, 120.0):
        for across in (False, True) if both else (False,):
            ends = np.array([[place, -reach], [place, reach]])
            seen = project(camera.floor_to_photo(), ends[:, ::-1] if across else ends)
            start, end = (tuple(round(v) for v in point.tolist()) for point in seen)
            cv2.line(pixels, start, end, (110, 105, 100), 5, cv2.LINE_AA)
    return Photo(pixels, WIDTH, HEIGHT, FOCAL_LENGTH), camera


def shown(photo: Photo) -> Straightening | None:
    return straighten(photo, straight_edges(photo))


@pytest.mark.parametrize("tilt", [0, 8, 20, 33])
@pytest.mark.parametrize("towards", [0, 75, 200])
def test_the_joints_of_tiles_show_the_tilt(tilt: float, towards: float) -> None:
    found = shown(floor(tilt, towards)[0])
    assert found is not None
    assert found.tilt_deg == pytest.approx(tilt, abs=1.5)


def test_straightened_a_square_on_the_floor_is_a_square() -> None:
    photo, camera = floor(28)
    square = 80.0 * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1.0]])
    seen = project(camera.floor_to_photo(), square)
    scene = find_scene(photo)
    assert scene.sheet is None
    assert scene.photo_to_plane is None
    flat = through(seen, scene.photo_to_flat)
    steps = np.roll(flat, -1, axis=0) - flat
    sides = np.hypot(*steps.T)
    assert sides.max() / sides.min() == pytest.approx(1.0, abs=0.03)
    corner = steps[0] @ steps[1] / (sides[0] * sides[1])
    assert abs(corner) < 0.03
    # Not mirrored: still the same way round.
    assert np.linalg.det(scene.photo_to_flat) > 0
    before = np.roll(seen, -1, axis=0) - seen
    turned = steps[0][0] * steps[1][1] - steps[0][1] * steps[1][0]
    assert turned * (before[0][0] * before[1][1] - before[0][1] * before[1][0]) > 0


def test_boards_that_run_one_way_say_too_little() -> None:
    assert shown(floor(20, both=False)[0]) is None


def test_one_line_across_the_boards_says_too_little() -> None:
    # The edge of a carpet may run anywhere: alone it would be taken for square to the boards.
    photo, camera = floor(20, both=False)
    seen = project(camera.floor_to_photo(), np.array([[-900.0, 0.0], [900.0, 0.0]]))
    start, end = (tuple(round(v) for v in point.tolist()) for point in seen)
    cv2.line(photo.pixels, start, end, (110, 105, 100), 5, cv2.LINE_AA)
    assert shown(photo) is None


@pytest.mark.parametrize(("strays", "is_shown"), [(2, True), (6, False)])
def test_joints_among_many_other_lines_show_nothing(strays: int, is_shown: bool) -> None:
    picture, _ = floor(8.0, turn=0.0)
    pixels = picture.pixels.copy()
    middle = np.array([WIDTH, HEIGHT]) / 2
    for number in range(strays):
        angle = np.deg2rad(15 + 60 * number / strays + 90 * (number % 2))
        along = np.array([np.cos(angle), np.sin(angle)])
        start = middle + (number - strays / 2) * 60 * np.array([-along[1], along[0]])
        ends = np.rint([start - 700 * along, start + 700 * along]).astype(int).tolist()
        cv2.line(pixels, *map(tuple, ends), (60, 50, 40), 5, cv2.LINE_AA)
    found = shown(Photo(pixels, WIDTH, HEIGHT, FOCAL_LENGTH))
    assert (found is not None) == is_shown


@pytest.mark.parametrize("kind", ["plain", "noise", "discs"])
def test_where_nothing_is_straight_no_tilt_is_invented(kind: str) -> None:
    random = np.random.default_rng(4)
    pixels = np.full((HEIGHT, WIDTH, 3), 150, np.uint8)
    if kind == "noise":
        pixels = random.integers(0, 255, pixels.shape, dtype=np.uint8)
    if kind == "discs":
        for _ in range(200):
            centre = tuple(int(v) for v in random.integers(0, WIDTH, 2))
            cv2.circle(pixels, centre, int(random.integers(10, 80)), (90, 90, 90), -1)
    assert shown(Photo(pixels, WIDTH, HEIGHT)) is None


def test_a_photo_of_one_pixel_has_no_lines() -> None:
    assert shown(Photo(np.zeros((1, 1, 3), np.uint8), 1, 1)) is None
    assert shown(Photo(np.zeros((2000, 3, 3), np.uint8), 3, 2000)) is None
