"""Sheets that only their straight edges show."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from archscan.photo import Photo
from archscan.sheet import find_scene
from archscan.sheet.sides import straight_quadrilaterals

WIDTH, HEIGHT = 900, 1200
CORNERS = np.array([[210.0, 300.0], [610.0, 370.0], [512.0, 930.0], [112.0, 860.0]])
"""An A4 sheet seen from straight above, turned by ten degrees."""


def drawn(
    floor: np.ndarray, shade: float, noise: float = 2.0, corners: np.ndarray = CORNERS
) -> np.ndarray:
    area = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.fillConvexPoly(area, np.rint(corners * 16).astype(np.int32), 255, cv2.LINE_AA, 4)
    share = area[..., None] / 255.0
    pixels = floor * (1 - share) + shade * share
    pixels = pixels + np.random.default_rng(1).normal(0, noise, pixels.shape)
    return np.clip(pixels, 0, 255).astype(np.uint8)


def plain(shade: float) -> np.ndarray:
    return np.full((HEIGHT, WIDTH, 3), shade)


def grained() -> np.ndarray:
    """Fine dark lines nearly along the sheet's long sides, as on wood."""
    random = np.random.default_rng(3)
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    across = x + (y - HEIGHT / 2) * 0.16
    grain = np.interp(across, np.arange(-200, 1100, 4), random.uniform(70, 130, 325))
    return np.repeat(grain[..., None], 3, axis=2)


def photo_of(pixels: np.ndarray) -> Photo:
    return Photo(pixels, pixels.shape[1], pixels.shape[0], 26.0)


def off(found: np.ndarray) -> float:
    return float(min(np.abs(np.roll(found, k, 0) - CORNERS).max() for k in range(4)))


@pytest.mark.parametrize("floor", [plain(221), plain(60), grained()], ids=["white", "dark", "wood"])
def test_a_sheet_is_found_between_its_edges(floor: np.ndarray) -> None:
    pixels = drawn(floor, 229)
    found = straight_quadrilaterals(photo_of(pixels))
    assert np.abs(found[0] - CORNERS).max() < 6
    scene = find_scene(photo_of(pixels))
    assert scene.sheet == "a4"
    assert off(scene.corners) < 1.0


def test_a_corner_may_be_covered() -> None:
    pixels = drawn(plain(90), 230)
    cv2.circle(pixels, tuple(np.rint(CORNERS[1]).astype(int)), 100, (150, 110, 90), -1)
    scene = find_scene(photo_of(pixels))
    assert scene.sheet == "a4"
    assert off(scene.corners) < 1.0


def lines(*shares: float) -> np.ndarray:
    """The outline of a sheet, of each side of which so much is drawn, about its middle."""
    pixels = drawn(plain(225), 225)
    for one, other, share in zip(CORNERS, np.roll(CORNERS, -1, axis=0), shares, strict=True):
        ends = [one + place * (other - one) for place in ((1 - share) / 2, (1 + share) / 2)]
        start, end = (tuple(np.rint(place).astype(int)) for place in ends)
        cv2.line(pixels, start, end, (60, 60, 60), 2, cv2.LINE_AA)
    return pixels


@pytest.mark.parametrize(
    ("shares", "is_found"),
    [
        ((1.0, 1.0, 1.0, 1.0), True),
        ((1.0, 1.0, 1.0, 0.6), True),
        ((1.0, 1.0, 1.0, 0.25), False),
        ((0.6, 0.6, 0.6, 0.6), False),
    ],
)
def test_of_each_side_some_is_seen_and_most_of_all(shares, is_found: bool) -> None:
    found = straight_quadrilaterals(photo_of(lines(*shares)))
    assert any(off(one) < 8 for one in found) == is_found


@pytest.mark.parametrize(("scale", "is_found"), [(0.4, True), (0.22, False)])
def test_an_area_is_no_small_part_of_the_photo(scale: float, is_found: bool) -> None:
    small = CORNERS.mean(axis=0) + scale * (CORNERS - CORNERS.mean(axis=0))
    found = straight_quadrilaterals(photo_of(drawn(plain(60), 229, corners=small)))
    assert bool(found) == is_found


@pytest.mark.parametrize("moved", [(-130.0, 0.0), (310.0, 0.0), (0.0, -320.0), (0.0, 290.0)])
def test_an_area_lies_within_the_photo(moved: tuple[float, float]) -> None:
    # By twenty pixels a corner lies outside; without that it is found.
    for share, count in ((0.8, 1), (1.0, 0)):
        pixels = drawn(plain(60), 229, corners=CORNERS + share * np.array(moved))
        assert len(straight_quadrilaterals(photo_of(pixels))) == count


def test_lines_that_go_on_are_no_edges_of_a_sheet() -> None:
    """A printed form: ruled lines leave areas of any proportions between them."""
    pixels = drawn(plain(225), 225)
    for one, other in zip(CORNERS, np.roll(CORNERS, -1, axis=0), strict=True):
        along = (other - one) * 0.6
        ends = [tuple(np.rint(end).astype(int)) for end in (one - along, other + along)]
        cv2.line(pixels, *ends, (60, 60, 60), 2, cv2.LINE_AA)
    assert straight_quadrilaterals(photo_of(pixels)) == []


@pytest.mark.parametrize(
    ("dark_from", "dark_to", "is_found"),
    [(0.5, 1.0, True), (0.35, 0.65, False)],
    ids=["a shadow over half of it", "a strip across it"],
)
@pytest.mark.parametrize("way", [0, 1])
def test_one_edge_may_run_through_a_sheet_and_two_may_not(
    dark_from: float, dark_to: float, is_found: bool, way: int
) -> None:
    pixels = drawn(plain(90), 230)
    start, end, far_end, far_start = np.roll(CORNERS, way, axis=0)
    near = [start + share * (end - start) for share in (dark_from, dark_to)]
    far = [far_start + share * (far_end - far_start) for share in (dark_to, dark_from)]
    dark = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.fillConvexPoly(dark, np.rint([*near, *far]).astype(np.int32), 1)
    pixels[dark == 1] = pixels[dark == 1] * 0.7
    assert any(off(one) < 6 for one in straight_quadrilaterals(photo_of(pixels))) == is_found


def test_nothing_is_found_where_there_are_no_edges() -> None:
    assert straight_quadrilaterals(photo_of(drawn(plain(128), 128))) == []
    assert straight_quadrilaterals(photo_of(np.full((40, 30, 3), 7, np.uint8))) == []
