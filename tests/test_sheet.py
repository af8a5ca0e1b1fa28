"""A drawn sheet of paper, seen by a known camera."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from archscan.photo import Photo
from archscan.sheet import SHEETS_MM, find_scene
from archscan.synthetic.camera import FOCAL_SHARE, Camera, project

WIDTH, HEIGHT = 900, 1200
FINER = 6
FOCAL_LENGTH = FOCAL_SHARE * 36


def photo(sheet: str, tilt: float = 0.0, turn: float = 10.0, portrait: bool = True) -> tuple:
    short, long = SHEETS_MM[sheet]
    size = np.array([short, long] if portrait else [long, short])
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * size / 2
    camera = Camera(WIDTH, HEIGHT, 2.0, tilt, 35.0, turn, (20.0, -10.0))
    seen = project(camera.floor_to_photo(), corners)
    # Drawn large and reduced: a polygon is filled half a pixel too far on every side.
    large = np.full((FINER * HEIGHT, FINER * WIDTH, 3), 120, np.uint8)
    cv2.fillPoly(large, [np.rint((seen + 0.5) * FINER - 0.5).astype(np.int32)], (235, 235, 230))
    pixels = cv2.resize(large, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    return Photo(pixels, WIDTH, HEIGHT, FOCAL_LENGTH), seen


@pytest.mark.parametrize("sheet", SHEETS_MM)
@pytest.mark.parametrize("tilt", [0, 10, 25])
@pytest.mark.parametrize("portrait", [True, False])
def test_kind_corners_scale_and_tilt(sheet: str, tilt: float, portrait: bool) -> None:
    picture, seen = photo(sheet, tilt, portrait=portrait)
    scene = find_scene(picture)
    assert scene.sheet == sheet
    assert scene.tilt_deg == pytest.approx(tilt, abs=1.5)
    assert min(np.abs(np.roll(scene.corners, k, 0) - seen).max() for k in range(4)) < 0.5
    flat = project(scene.photo_to_plane, seen)
    sides = np.hypot(*(flat - np.roll(flat, 1, axis=0)).T)
    assert sorted(sides)[::3] == pytest.approx(sorted(SHEETS_MM[sheet]), rel=0.01)


def test_the_plane_is_not_mirrored() -> None:
    scene = find_scene(photo("a4")[0])
    assert np.linalg.det(scene.photo_to_plane) > 0


def test_a_named_kind_is_the_only_one_looked_for() -> None:
    assert find_scene(photo("a4")[0], "letter").sheet is None
    assert find_scene(photo("a4")[0], "a4").sheet == "a4"
    assert find_scene(photo("a4")[0], "none").sheet is None


def test_no_sheet_is_invented() -> None:
    random = np.random.default_rng(2)
    square = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
    square[300:700, 200:600] = 240
    cut = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
    cut[:420, 200:497] = 240
    disc = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
    cv2.circle(disc, (450, 600), 250, (240, 240, 240), -1)
    noise = random.integers(0, 255, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    tiles = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    for x in range(20, WIDTH, 215):
        for y in range(20, HEIGHT, 302):
            tiles[y : y + 297, x : x + 210] = 225
    for pixels in (square, cut, disc, noise, tiles, np.zeros_like(square)):
        assert find_scene(Photo(pixels, WIDTH, HEIGHT)).sheet is None
