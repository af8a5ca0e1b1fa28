"""What may be paper, drawn on a floor of one shade."""

from __future__ import annotations

import numpy as np
import pytest

from archscan.sheet.paper import is_paper

CORNERS = np.array([[99.5, 79.5], [399.5, 79.5], [399.5, 319.5], [99.5, 319.5]])
ROWS, COLUMNS = slice(80, 320), slice(100, 400)


def drawn(colour=(230, 230, 230), floor=(120, 120, 120)) -> np.ndarray:
    pixels = np.full((400, 500, 3), floor, np.uint8)
    pixels[ROWS, COLUMNS] = colour
    return pixels


def seems(pixels: np.ndarray) -> bool:
    return is_paper(pixels, CORNERS)


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ((230, 230, 230), True),
        # By a warm lamp, and what no lamp makes of white.
        ((230, 200, 170), True),
        ((230, 195, 150), False),
        ((230, 205, 230), False),
        ((205, 230, 205), False),
    ],
)
def test_paper_has_hardly_any_colour(colour: tuple[int, int, int], expected: bool) -> None:
    assert seems(drawn(colour)) is expected


@pytest.mark.parametrize(("dark", "expected"), [(130, True), (40, False)])
def test_paper_is_of_one_shade_or_half_in_the_shade(dark: int, expected: bool) -> None:
    pixels = drawn()
    # Small squares, so that no line of one shade runs through.
    rows, columns = np.mgrid[ROWS, COLUMNS]
    pixels[ROWS, COLUMNS][(rows // 10 + columns // 10) % 2 == 0] = dark
    assert seems(pixels) is expected


@pytest.mark.parametrize("shade", [120, 255])
@pytest.mark.parametrize("upright", [True, False])
@pytest.mark.parametrize(("share", "expected"), [(1.0, False), (0.6, True)])
def test_a_line_right_through_is_a_joint(
    shade: int, upright: bool, share: float, expected: bool
) -> None:
    pixels = drawn((180, 180, 180), floor=(100, 100, 100))
    if upright:
        pixels[80 : 80 + round(240 * share), 240:252] = shade
    else:
        pixels[195:205, 100 : 100 + round(300 * share)] = shade
    assert seems(pixels) is expected


@pytest.mark.parametrize(("lighter_sides", "expected"), [(1, True), (2, False)])
def test_paper_is_lighter_than_the_floor_on_three_sides(lighter_sides: int, expected: bool) -> None:
    # Beside it lie other sheets, in the light.
    pixels = drawn((140, 140, 140), floor=(90, 90, 90))
    pixels[:, 400:] = 250
    if lighter_sides == 2:
        pixels[:, :100] = 250
    assert seems(pixels) is expected


@pytest.mark.parametrize(("floor", "expected"), [(133, True), (138, False)])
def test_paper_is_lighter_than_the_floor_by_more_than_grain(floor: int, expected: bool) -> None:
    pixels = drawn((140, 140, 140), floor=3 * (floor,))
    # In the same photo there is what is whiter.
    pixels[:60] = 250
    assert seems(pixels) is expected


@pytest.mark.parametrize(("shade", "expected"), [(180, True), (150, False)])
def test_on_a_white_floor_paper_may_be_a_little_darker(shade: int, expected: bool) -> None:
    assert seems(drawn(3 * (shade,), floor=(235, 235, 235))) is expected
