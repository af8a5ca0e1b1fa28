"""A drawn sheet of paper, seen by a known camera."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from lenses import FOCAL_LENGTH, LONG_SIDE_MM

from archscan.photo import Photo
from archscan.segmentation import first_look, likely_sheets
from archscan.sheet import SHEETS_MM, Scene, find_scene, search
from archscan.sheet.edges import refine
from archscan.sheet.perspective import camera_matrix
from archscan.synthetic.camera import Camera, project

WIDTH, HEIGHT = 900, 1200
FINER = 6


AROUND = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
PAPER, FLOOR = (235, 235, 230), (120, 120, 120)


def photo(
    sheet: str,
    tilt: float = 0.0,
    turn: float = 10.0,
    portrait: bool = True,
    scale: float = 2.0,
    paper: tuple = PAPER,
) -> tuple:
    short, long = SHEETS_MM[sheet]
    size = np.array([short, long] if portrait else [long, short])
    camera = Camera(WIDTH, HEIGHT, scale, tilt, 35.0, turn, (20.0, -10.0))
    seen = project(camera.floor_to_photo(), AROUND * size / 2)
    # Drawn large and reduced: a polygon is filled half a pixel too far on every side.
    large = np.full((FINER * HEIGHT, FINER * WIDTH, 3), FLOOR, np.uint8)
    cv2.fillPoly(large, [np.rint((seen + 0.5) * FINER - 0.5).astype(np.int32)], paper)
    pixels = cv2.resize(large, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    return Photo(pixels, WIDTH, HEIGHT, FOCAL_LENGTH), seen


def scene_of(picture: Photo, sheet: str = "auto") -> Scene:
    return find_scene(picture, sheet, likely_sheets(first_look(picture)))


def distance(corners: np.ndarray, truth: np.ndarray) -> float:
    return float(min(np.abs(np.roll(corners, k, 0) - truth).max() for k in range(4)))


def changed(picture: Photo, pixels: np.ndarray) -> Photo:
    return Photo(pixels, WIDTH, HEIGHT, picture.focal_length_35mm)


@pytest.mark.parametrize("sheet", SHEETS_MM)
@pytest.mark.parametrize("tilt", [0, 10, 25])
@pytest.mark.parametrize("portrait", [True, False])
def test_kind_corners_scale_and_tilt(sheet: str, tilt: float, portrait: bool) -> None:
    picture, seen = photo(sheet, tilt, portrait=portrait)
    scene = scene_of(picture)
    assert scene.sheet == sheet
    assert scene.tilt_deg == pytest.approx(tilt, abs=1.5)
    assert distance(scene.corners, seen) < 0.3
    flat = project(scene.photo_to_plane, seen)
    sides = np.hypot(*(flat - np.roll(flat, 1, axis=0)).T)
    assert sorted(sides)[::3] == pytest.approx(sorted(SHEETS_MM[sheet]), rel=0.01)


def test_the_plane_is_not_mirrored() -> None:
    scene = scene_of(photo("a4")[0])
    assert np.linalg.det(scene.photo_to_plane) > 0


def test_a_named_kind_is_the_only_one_looked_for() -> None:
    assert scene_of(photo("a4")[0], "letter").sheet is None
    assert scene_of(photo("a4")[0], "a4").sheet == "a4"
    assert scene_of(photo("a4")[0], "none").sheet is None


@pytest.mark.parametrize(
    ("sheet", "hinted", "found"), [("a4", False, "a4"), ("auto", False, None), ("auto", True, "a4")]
)
def test_a_sheet_is_looked_for_between_edges_where_one_is_said_or_hinted(
    sheet: str, hinted: bool, found: str | None
) -> None:
    picture, _ = photo("a4", 10.0)
    assert find_scene(picture, sheet, (), hinted=hinted).sheet == found


def test_corners_go_round_as_the_plane_does() -> None:
    for portrait in (True, False):
        scene = scene_of(photo("letter", 12, portrait=portrait)[0])
        short, long = SHEETS_MM["letter"]
        size = np.array([short, long] if portrait else [long, short])
        flat = project(scene.photo_to_plane, scene.corners)
        assert flat == pytest.approx((AROUND + 1) / 2 * size, abs=1e-3)


@pytest.mark.parametrize("darkest", [0.6, 0.35])
def test_noise_blur_and_a_lamp_to_one_side(darkest: float) -> None:
    picture, seen = photo("a4", 12)
    random = np.random.default_rng(5)
    lamp = np.linspace(darkest, 1.05, WIDTH)[None, :, None]
    pixels = cv2.GaussianBlur(picture.pixels * lamp, (0, 0), 1.5)
    pixels = np.clip(pixels + random.normal(0, 6, pixels.shape), 0, 255).astype(np.uint8)
    scene = scene_of(changed(picture, pixels))
    assert scene.sheet == "a4"
    assert distance(scene.corners, seen) < 0.8


def test_a_shadow_across_the_sheet() -> None:
    picture, seen = photo("a4", 5)
    pixels = picture.pixels.copy()
    pixels[600:] = pixels[600:] * 0.6
    scene = scene_of(changed(picture, pixels))
    assert scene.sheet == "a4"
    assert distance(scene.corners, seen) < 0.5


def test_a_pen_over_the_edge_and_a_print_on_the_sheet() -> None:
    picture, seen = photo("a4", 5)
    pixels = picture.pixels.copy()
    pen = np.rint((seen[0] + seen[1]) / 2).astype(int)
    cv2.line(pixels, tuple(pen - 60), tuple(pen + 60), (20, 30, 160), 12)
    cv2.ellipse(pixels, tuple(np.rint(seen.mean(axis=0)).astype(int)), (60, 190), 20, 0, 360,
                (170, 170, 165), -1)  # fmt: skip
    scene = scene_of(changed(picture, pixels))
    assert scene.sheet == "a4"
    assert distance(scene.corners, seen) < 0.5


def test_a_card_as_white_over_half_of_a_side_bends_nothing() -> None:
    picture, seen = photo("a4", turn=0)
    pixels = picture.pixels.copy()
    right, middle = round(float(seen[:, 0].max())), round(float(seen[:, 1].mean()))
    pixels[middle - 170 : middle + 170, right - 40 : right + 40] = PAPER
    scene = scene_of(changed(picture, pixels))
    assert scene.sheet is None or distance(scene.corners, seen) < 1.0


@pytest.mark.parametrize("paper", [(60, 60, 60), (121, 121, 121), (235, 120, 110), (205, 150, 200)])
def test_what_is_dark_or_coloured_is_no_sheet(paper: tuple) -> None:
    assert scene_of(photo("a4", paper=paper)[0]).sheet is None


def test_what_is_too_small_or_runs_out_of_the_photo_is_no_sheet() -> None:
    assert scene_of(photo("a4", scale=0.5)[0]).sheet is None
    assert scene_of(photo("a4", scale=3.6)[0]).sheet is None


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(("beyond", "found"), [(-6, "a4"), (6, None)])
def test_a_sheet_whose_corner_the_photo_cuts_off_is_none(side, beyond: int, found) -> None:
    picture, seen = photo("a4")
    first, last = 0, WIDTH
    if side == "left":
        first = round(seen[:, 0].min()) + beyond
    else:
        last = round(seen[:, 0].max()) - beyond
    pixels = np.ascontiguousarray(picture.pixels[:, first:last])
    cut = Photo(pixels, last - first, HEIGHT, FOCAL_LENGTH)
    assert find_scene(cut, "a4", [seen - [first, 0]]).sheet == found


@pytest.mark.parametrize(
    ("size", "focal_px"),
    # 36 mm on film is its long side; a frame of 3:4 of the same diagonal is less wide, so that
    # the same lens has more pixels of it: 26 / 43.27 * 5000. What is wider or square was cut
    # from such a frame.
    [
        ((3600, 2400), 2600.0),
        ((4000, 3000), 3004.4),
        ((3000, 4000), 3004.4),
        ((4000, 2250), 3004.4),
        ((3000, 3000), 3004.4),
    ],
)
def test_a_lens_is_told_by_what_it_sees_from_corner_to_corner(size, focal_px) -> None:
    matrix = camera_matrix(26.0, size)
    assert (matrix[0, 0], matrix[1, 1]) == pytest.approx((focal_px, focal_px), rel=1e-4)
    assert tuple(matrix[:2, 2]) == ((size[0] - 1) / 2, (size[1] - 1) / 2)


@pytest.mark.parametrize("sheet", SHEETS_MM)
def test_through_an_unknown_longer_lens_no_kind_is_taken_for_the_other(sheet: str) -> None:
    focal = 52 / LONG_SIDE_MM * HEIGHT
    middle = np.array([[focal, 0, (WIDTH - 1) / 2], [0, focal, (HEIGHT - 1) / 2], [0, 0, 1]])
    for portrait in (True, False):
        for tilt in range(0, 36, 5):
            short, long = SHEETS_MM[sheet]
            size = np.array([short, long] if portrait else [long, short])
            cosine, sine = np.cos(np.deg2rad(tilt)), np.sin(np.deg2rad(tilt))
            pose = np.array([[1, 0, 0], [0, cosine, 0], [0, sine, focal / 2.0]])
            seen = project(middle @ pose, AROUND * size / 2)
            pixels = np.full((HEIGHT, WIDTH, 3), FLOOR, np.uint8)
            cv2.fillPoly(pixels, [np.rint(seen * 16).astype(np.int32)], PAPER, cv2.LINE_AA, 4)
            blind = scene_of(Photo(pixels, WIDTH, HEIGHT))
            assert blind.sheet in (sheet, None)
            told = scene_of(Photo(pixels, WIDTH, HEIGHT, 52.0))
            assert told.sheet == sheet
            assert told.tilt_deg == pytest.approx(tilt, abs=5 if tilt < 10 else 2)


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
    far_tiles = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    for x in range(20, WIDTH, 420 + 28):
        for y in range(20, HEIGHT, 297 + 28):
            far_tiles[y : y + 297, x : x + 420] = 225
    leaning = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
    corners = np.array([[250, 300], [550, 300], [620, 718], [320, 718]])
    cv2.fillConvexPoly(leaning, corners, (240, 240, 240))
    for pixels in (square, cut, disc, noise, tiles, far_tiles, leaning, np.zeros_like(square)):
        assert scene_of(Photo(pixels, WIDTH, HEIGHT)).sheet is None


@pytest.mark.parametrize(
    ("supports", "moved", "is_sheet"),
    [
        # One side half hidden; two; one hardly seen; edges that are not those of the outline.
        ((0.5, 0.8, 0.9, 1.0), 0.0, True),
        ((0.5, 0.6, 0.9, 1.0), 0.0, False),
        ((0.3, 0.8, 0.9, 1.0), 0.0, False),
        ((0.5, 0.8, 0.9, 1.0), 20.0, True),
        ((0.5, 0.8, 0.9, 1.0), 40.0, False),
    ],
)
def test_an_outline_is_believed_where_three_of_its_edges_are_seen_nearby(
    monkeypatch, supports, moved, is_sheet
):
    outline = np.array([[100.0, 100.0], [310.0, 100.0], [310.0, 397.0], [100.0, 397.0]])
    monkeypatch.setattr(search, "refine", lambda _, rough: (rough + moved, np.array(supports)))
    monkeypatch.setattr(search, "is_paper", lambda *_: True)
    floor = Photo(np.full((800, 600, 3), 150, np.uint8), 600, 800)
    assert (find_scene(floor, "a4", [outline], hinted=False).sheet == "a4") is is_sheet


def test_a_side_is_not_seen_where_there_is_no_edge() -> None:
    picture, seen = photo("a4", 5)
    askew = seen.copy()
    askew[3, 0] -= 70
    corners, supports = refine(picture.pixels, askew)
    assert distance(corners, seen) > 10
    assert supports == pytest.approx([0, 1, 1, 1], abs=0.05)
