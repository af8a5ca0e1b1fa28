"""What colours a print has: its own without its edge, and those close round it."""

from __future__ import annotations

import numpy as np
import pytest

from archscan.photo import Photo
from archscan.segmentation.contact import Contact
from archscan.segmentation.print_colour import PrintColour, print_colour

FLOOR, INK, OTHER = (200, 190, 180), (90, 60, 40), (0, 255, 0)

SHIFT = np.array([[1.0, 0, 40], [0, 1, 20], [0, 0, 1]])
"""Where the patch lies on the photo."""


def blob(x: float, y: float, radius: float) -> np.ndarray:
    """A disc on a patch that is wider than high."""
    rows, columns = np.mgrid[:160, :220]
    return np.hypot(columns - x, rows - y) < radius


def photo_of(patch: np.ndarray) -> Photo:
    pixels = np.full((240, 320, 3), OTHER, np.uint8)
    pixels[20:180, 40:260] = patch
    return Photo(pixels, 320, 240)


def contact(sole: np.ndarray, toes: np.ndarray | None = None) -> Contact:
    nothing = np.zeros_like(sole)
    parts = (one.astype(np.float32) for one in (sole, nothing if toes is None else toes))
    return Contact(*parts, SHIFT, None)


def test_neither_its_edge_nor_what_lies_further_off_counts() -> None:
    patch = np.full((160, 220, 3), OTHER, np.uint8)
    patch[blob(80, 80, 63)] = FLOOR
    # What dries or spreads at the edge, to either side of it.
    patch[blob(80, 80, 42)] = OTHER
    patch[blob(80, 80, 38)] = INK
    colour = print_colour(photo_of(patch), contact(blob(80, 80, 40)))
    assert colour is not None
    assert np.unique(colour.inside, axis=0).tolist() == [list(INK)]
    assert np.unique(colour.outside, axis=0).tolist() == [list(FLOOR)]
    assert colour.own.tolist() == list(INK)
    assert colour.brighter == pytest.approx(np.mean(INK) - np.mean(FLOOR))


def test_toes_are_no_floor() -> None:
    sole, toes = blob(80, 80, 40), blob(136, 80, 10)
    patch = np.full((160, 220, 3), FLOOR, np.uint8)
    patch[sole | toes] = INK
    colour = print_colour(photo_of(patch), contact(sole, toes))
    assert colour is not None
    assert np.unique(colour.outside, axis=0).tolist() == [list(FLOOR)]


@pytest.mark.parametrize("radius", [1.5, 400])
def test_a_print_that_is_all_edge_or_fills_its_patch_has_none(radius: float) -> None:
    patch = np.full((160, 220, 3), FLOOR, np.uint8)
    assert print_colour(photo_of(patch), contact(blob(80, 80, radius))) is None


def colours(*pixels: tuple[int, int, int]) -> np.ndarray:
    return np.array(pixels, np.uint8)


def test_a_few_spots_do_not_change_its_colour() -> None:
    spotted = PrintColour(colours(INK, INK, OTHER), colours(FLOOR, FLOOR, OTHER), 0.0)
    assert spotted.own.tolist() == list(INK)
    assert spotted.brighter == pytest.approx(np.mean(INK) - np.mean(FLOOR))


def test_black_has_no_hue() -> None:
    for floor in (50, 200):
        assert PrintColour(colours((0, 0, 0)), colours((floor, floor, floor)), 0.0).tint == 0
