"""Pictures on a ground of one colour: told by it, and shown by how much they differ from it."""

from __future__ import annotations

import numpy as np
import pytest

from archscan.photo import Photo
from archscan.photo.even_ground import (
    COLOURED,
    FULL,
    LEAST_GROUND,
    against,
    even_ground,
    is_coloured,
)

DARK_BLUE = (0, 0, 127)


def photo_of(pixels: np.ndarray) -> Photo:
    return Photo(pixels, pixels.shape[1], pixels.shape[0])


def ground(colour: tuple[int, int, int], size: int = 100) -> np.ndarray:
    return np.full((size, size, 3), colour, dtype=np.uint8)


def shades(pixels: np.ndarray) -> np.ndarray:
    photo = photo_of(pixels)
    found = even_ground(photo)
    assert found is not None
    plain = against(photo, found)
    assert (plain.width, plain.height) == (pixels.shape[1], pixels.shape[0])
    assert np.ptp(plain.pixels, axis=2).max() == 0
    return plain.pixels[..., 0]


@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 0), DARK_BLUE])
def test_what_differs_from_the_ground_is_bright_and_the_ground_black(colour) -> None:
    pixels = ground(colour)
    pixels[40:60, 40:60] = (200, 100, 30)
    shown = shades(pixels)
    assert (shown[40:60, 40:60] == 255).all()
    assert shown.sum() == 20 * 20 * 255


def test_colours_of_the_same_levels_in_other_channels_are_not_one() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (100, 100, 3), dtype=np.uint8)
    pixels[:30] = (90, 160, 20)
    pixels[30:75] = (160, 90, 20)
    assert even_ground(photo_of(pixels)).tolist() == [160, 90, 20]
    assert even_ground(photo_of(pixels[..., ::-1])).tolist() == [20, 90, 160]


def test_the_more_it_differs_the_brighter_until_that_is_full() -> None:
    pixels = ground(DARK_BLUE)
    # Differences of 40, 80 and, as the largest, 100: full from FULL times that on.
    for row, red in ((10, 40), (20, 80), (30, 100)):
        pixels[row : row + 5] = (red, 0, 127)
    shown = shades(pixels)
    expected = [round(255 * min(1.0, red / (FULL * 100))) for red in (40, 80, 100)]
    assert [int(shown[row + 2, 50]) for row in (10, 20, 30)] == expected
    assert expected[0] < expected[1] == 255


def test_a_few_pixels_of_another_colour_do_not_say_what_is_full() -> None:
    pixels = ground((255, 255, 255))
    pixels[40:60, 40:60] = (225, 255, 255)
    pixels[0, 0] = 0
    assert (shades(pixels)[40:60, 40:60] == 255).all()


def test_storing_may_change_the_ground_by_a_level() -> None:
    pixels = ground((250, 250, 250))
    pixels[::2, ::3] -= 1
    pixels[::3, ::2, 1] += 1
    pixels[40:60, 40:60] = 20
    assert (shades(pixels)[40:60, 40:60] == 255).all()
    pixels[::2] -= 4
    pixels[::3] += 2
    assert even_ground(photo_of(pixels)) is None


def test_a_ground_of_several_levels_is_one() -> None:
    pixels = np.random.default_rng(0).integers(0, 200, (100, 100, 3), dtype=np.uint8)
    for row, level in enumerate((250, 249, 251)):
        pixels[row:60:3] = level
    assert even_ground(photo_of(pixels)) is not None


@pytest.mark.parametrize("more", [-0.05, 0.05])
def test_a_ground_is_a_third_of_the_picture_at_least(more: float) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (100, 100, 3), dtype=np.uint8)
    pixels[: round(100 * (LEAST_GROUND + more))] = (250, 250, 250)
    assert (even_ground(photo_of(pixels)) is not None) == (more > 0)


@pytest.mark.parametrize("level", [0, 128, 255])
def test_nothing_is_shown_on_an_empty_ground(level: int) -> None:
    assert (shades(ground((level, level, level))) == 0).all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (700, 3)])
def test_pictures_of_any_size_have_a_ground(shape: tuple[int, int]) -> None:
    assert (shades(np.full((*shape, 3), 200, np.uint8)) == 0).all()


@pytest.mark.parametrize(
    ("colour", "coloured"),
    [(DARK_BLUE, True), ((68, 1, 84), True), ((0, 0, 0), False), ((255, 250, 235), False),
     ((100, 100, 100 + COLOURED), True), ((100, 101, 99 + COLOURED), False)],
)  # fmt: skip
def test_paper_and_the_dark_have_no_colour_but_scales_have(colour, coloured: bool) -> None:
    assert is_coloured(np.array(colour)) is coloured
