"""The printed page of markers as a reference."""

from __future__ import annotations

import io
import re

import cv2
import numpy as np
import pytest
from lenses import FOCAL_LENGTH
from PIL import Image
from typer.testing import CliRunner

from archscan.cli.app import app
from archscan.photo import Photo
from archscan.report.reference_page import reference_page
from archscan.sheet import SHEETS_MM, find_scene
from archscan.sheet.printed import FRAME_MM, MARKER_MM, find_printed, marker, marker_corners
from archscan.synthetic.camera import Camera, project

WIDTH, HEIGHT = 900, 1200
FINE = 12
"""Pixels a millimetre of the page as drawn: its edges are then exact."""

BORDER_MM = 12


def page() -> np.ndarray:
    width, height = (round((length + 2 * BORDER_MM) * FINE) for length in FRAME_MM)
    drawn = np.full((height, width), 255, np.uint8)
    for number, corners in marker_corners().items():
        x, y = np.rint((corners[0] + BORDER_MM) * FINE).astype(int)
        side = round(MARKER_MM * FINE)
        big = cv2.resize(marker(number), (side, side), interpolation=cv2.INTER_NEAREST)
        drawn[y : y + side, x : x + side] = big
    return drawn


def photo(tilt: float = 0.0, *, covered: int = 0, shade: float = 235.0) -> tuple[Photo, np.ndarray]:
    """The page on a floor as light as itself, and the true map from the photo to it."""
    camera = Camera(WIDTH, HEIGHT, 2.6, tilt, 35.0, 14.0, (110.0, 130.0))
    to_photo = camera.floor_to_photo()
    sheet = page()
    for number in range(covered):
        x, y = np.rint((marker_corners()[number][0] + BORDER_MM) * FINE).astype(int)
        sheet[y : y + round(MARKER_MM * FINE), x : x + 300] = 90
    to_pixels = np.diag([FINE, FINE, 1.0])
    to_pixels[:2, 2] = BORDER_MM * FINE - 0.5
    matrix = to_pixels @ np.linalg.inv(to_photo)
    # Reduced by areas: one sample a pixel would alias.
    finer = np.array([[1 / 4, 0, -3 / 8], [0, 1 / 4, -3 / 8], [0, 0, 1]])
    large = cv2.warpPerspective(
        sheet, matrix @ finer, (4 * WIDTH, 4 * HEIGHT), borderValue=255,
        flags=cv2.INTER_AREA | cv2.WARP_INVERSE_MAP,
    )  # fmt: skip
    seen = cv2.resize(large, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA) * (shade / 255)
    noise = np.random.default_rng(1).normal(0, 2, seen.shape)
    pixels = np.clip(seen + noise, 0, 255).astype(np.uint8)
    return Photo(np.repeat(pixels[..., None], 3, axis=2), WIDTH, HEIGHT, FOCAL_LENGTH), to_photo


@pytest.mark.parametrize("tilt", [0.0, 15.0, 35.0])
def test_scale_and_tilt_are_read_off_the_page(tilt: float) -> None:
    picture, to_photo = photo(tilt)
    scene = find_scene(picture, "printed")
    assert scene.sheet == "printed"
    assert scene.tilt_deg == pytest.approx(tilt, abs=1.0)
    frame = np.array([[0, 0], [1, 0], [1, 1], [0, 1.0]]) * FRAME_MM
    assert scene.corners is not None
    assert np.abs(scene.corners - project(to_photo, frame)).max() < 1.5
    # 100 mm apart on the floor, well away from the page.
    ends = np.array([[200.0, 20.0], [200.0, 120.0]])
    assert scene.photo_to_plane is not None
    measured = project(scene.photo_to_plane, project(to_photo, ends))
    assert np.hypot(*(measured[1] - measured[0])) == pytest.approx(100, rel=0.005)


def test_it_is_found_without_being_asked_for() -> None:
    assert find_scene(photo(10.0)[0]).sheet == "printed"
    assert find_scene(photo(10.0)[0], "none").sheet is None


def test_two_markers_are_enough_and_one_is_not() -> None:
    assert find_printed(photo(10.0, covered=2)[0]) is not None
    assert find_printed(photo(10.0, covered=3)[0]) is None


def test_a_marker_of_something_else_does_no_harm() -> None:
    picture, _ = photo()
    pixels = picture.pixels.copy()
    other = cv2.resize(marker(7), (120, 120), interpolation=cv2.INTER_NEAREST)
    pixels[30:150, 740:860] = other[..., None]
    found = find_printed(Photo(pixels, WIDTH, HEIGHT, FOCAL_LENGTH))
    alone = find_printed(picture)
    assert found is not None
    assert alone is not None
    assert found.to_plane == pytest.approx(alone.to_plane)


def test_markers_that_do_not_lie_where_they_belong_are_no_page() -> None:
    # Cut out and laid anew, one of them a third of the page off.
    picture, _ = photo()
    moved = np.roll(picture.pixels, 160, axis=0)
    pixels = picture.pixels.copy()
    pixels[:, :450] = moved[:, :450]
    assert find_printed(Photo(pixels, WIDTH, HEIGHT)) is None


def test_it_is_looked_for_where_a_sheet_may_be() -> None:
    picture, _ = photo()
    assert find_scene(picture, hinted=True).sheet == "printed"
    assert find_scene(picture, hinted=False).sheet is None
    assert find_scene(picture, "printed", hinted=False).sheet == "printed"


def test_a_page_seen_in_a_mirror_is_no_page() -> None:
    picture, _ = photo()
    flipped = np.ascontiguousarray(picture.pixels[:, ::-1])
    assert find_printed(Photo(flipped, WIDTH, HEIGHT, FOCAL_LENGTH)) is None


def test_through_a_lens_that_is_known_a_page_has_right_angles() -> None:
    picture, _ = photo()
    slanted = cv2.warpAffine(
        picture.pixels,
        np.array([[1, 0.15, -90], [0, 1, 0]]),
        (WIDTH, HEIGHT),
        borderValue=[235] * 3,
    )
    assert find_printed(Photo(slanted, WIDTH, HEIGHT, FOCAL_LENGTH)) is None
    # Through a lens that nobody knows it may be one that lies at a slant.
    assert find_printed(Photo(slanted, WIDTH, HEIGHT)) is not None


def test_noise_and_nothing_are_no_page() -> None:
    noise = np.random.default_rng(2).integers(0, 255, (400, 300, 3), dtype=np.uint8)
    assert find_printed(Photo(noise, 300, 400)) is None
    assert find_printed(Photo(np.zeros((1, 1, 3), np.uint8), 1, 1)) is None


@pytest.mark.parametrize("paper", SHEETS_MM)
def test_the_page_has_the_papers_size(paper: str) -> None:
    (box,) = re.findall(rb"MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", reference_page(paper))
    assert [float(side) / 72 * 25.4 for side in box] == pytest.approx(SHEETS_MM[paper], abs=0.1)


def test_the_page_leaves_a_margin_and_its_ruler_is_as_long_as_it_says() -> None:
    data = reference_page("a4")
    drawn = data[data.index(b"\xff\xd8\xff") : data.rindex(b"\xff\xd9") + 2]
    dark = np.asarray(Image.open(io.BytesIO(drawn))) < 128
    dots_per_mm = dark.shape[1] / SHEETS_MM["a4"][0]
    for axis, length_mm, used_mm in zip((0, 1), SHEETS_MM["a4"], FRAME_MM, strict=True):
        used = np.flatnonzero(dark.any(axis=axis)) / dots_per_mm
        assert used[0] == pytest.approx((length_mm - used_mm) / 2, abs=0.2)
        assert used[-1] == pytest.approx((length_mm + used_mm) / 2, abs=0.2)
    # No other line across is as long.
    between = [np.flatnonzero(np.diff(np.pad(row, 1).astype(int))) for row in dark]
    longest = max(int((ends[1::2] - ends[::2]).max()) for ends in between if len(ends))
    assert longest / dots_per_mm == pytest.approx(100, abs=0.3)


def test_the_command_writes_it(tmp_path) -> None:
    path = tmp_path / "reference.pdf"
    done = CliRunner().invoke(app, ["sheet", "--output", str(path), "--paper", "letter"])
    assert done.exit_code == 0
    assert path.read_bytes().startswith(b"%PDF")
    assert "100 %" in done.stderr


def test_pages_that_were_printed_before_are_still_measured_right() -> None:
    # What lies in drawers at home: four markers of 40 mm in the corners of 160 by 220 mm.
    corners = marker_corners()
    assert [corners[number].tolist()[0] for number in range(4)] == [
        [0.0, 0.0], [120.0, 0.0], [120.0, 180.0], [0.0, 180.0],
    ]  # fmt: skip
    for square in corners.values():
        assert (square - square[0]).tolist() == [[0, 0], [40, 0], [40, 40], [0, 40]]
