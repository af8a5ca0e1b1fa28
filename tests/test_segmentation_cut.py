"""Prints that the photo's edge cuts, and those that only lie beside it."""

from __future__ import annotations

import numpy as np
import pytest

from archscan.segmentation.contact import Contact
from archscan.segmentation.cut import is_cut

LENGTH, WIDTH = 180, 60


def contact(*, flat_heel: float = 0.0) -> Contact:
    """An ellipse as long as a print whose lower end is cut off straight by some of its length."""
    rows, columns = np.mgrid[:256, :128]
    inside = ((columns - 64) / (WIDTH / 2)) ** 2 + ((rows - 128) / (LENGTH / 2)) ** 2 <= 1
    inside &= rows <= 128 + LENGTH / 2 - flat_heel * LENGTH
    sole = np.where(inside, np.float32(0.95), np.float32(0.02))
    to_photo = np.array([[3.0, 0, 30.0], [0, 3.0, 30.0], [0, 0, 1.0]])
    return Contact(
        sole=sole, toes=np.zeros_like(sole), patch_to_photo=to_photo, mm_per_px=None, at_edge=False
    )


def photo(one: Contact, below: float) -> np.ndarray:
    """A photo that ends ``below`` (share of the print's length) under the print."""
    lowest = 3 * float(one.points[:, 1].max()) + 30
    return np.zeros((round(lowest + below * 3 * LENGTH) + 1, 450, 3), np.uint8)


@pytest.mark.parametrize("below", [0.012, 0.05])
@pytest.mark.parametrize("flat_heel", [0.0, 0.1])
def test_floor_all_round_a_print_shows_that_it_is_whole(flat_heel: float, below: float) -> None:
    one = contact(flat_heel=flat_heel)
    assert not is_cut(one, photo(one, below))


@pytest.mark.parametrize("below", [0.004, 0.0075])
# Of the shorter side fewer pixels lie at the edge than a whole print may have there.
@pytest.mark.parametrize("flat_heel", [0.05, 0.1])
def test_a_straight_side_just_before_the_edge_is_a_cut(flat_heel: float, below: float) -> None:
    one = contact(flat_heel=flat_heel)
    assert is_cut(one, photo(one, below))


@pytest.mark.parametrize("below", [0.0055, 0.0075])
@pytest.mark.parametrize("flat_heel", [0.0, 0.02])
def test_a_round_heel_just_before_the_edge_is_none(flat_heel: float, below: float) -> None:
    one = contact(flat_heel=flat_heel)
    assert not is_cut(one, photo(one, below))


def test_a_print_on_the_edge_is_cut() -> None:
    one = contact(flat_heel=0.05)
    assert is_cut(one, photo(one, -0.01))


def test_a_streak_of_shade_along_the_edge_is_no_cut() -> None:
    one = contact()
    lowest = int(one.points[:, 1].max())
    one.sole[lowest + 1, 66:90] = 0.95
    one.sole[lowest - 6 : lowest + 1, 66:90:4] = 0.95
    assert not is_cut(one, photo(one, 0.004))


@pytest.mark.parametrize("turns", [1, 2, 3])
@pytest.mark.parametrize("flat_heel", [0.05, 0.1])
def test_every_edge_counts(flat_heel: float, turns: int) -> None:
    one = contact(flat_heel=flat_heel)
    seen = photo(one, 0.004)
    height, width = seen.shape[:2]
    turned = {
        1: np.array([[0, 1, 0], [-1, 0, width - 1], [0, 0, 1.0]]),
        2: np.array([[-1, 0, width - 1], [0, -1, height - 1], [0, 0, 1.0]]),
        3: np.array([[0, -1, height - 1], [1, 0, 0], [0, 0, 1.0]]),
    }[turns]
    other = Contact(
        sole=one.sole, toes=one.toes, patch_to_photo=turned @ one.patch_to_photo,
        mm_per_px=None, at_edge=False,
    )  # fmt: skip
    assert is_cut(other, np.rot90(seen, turns))


def test_what_has_no_pixel_is_not_cut() -> None:
    none = contact()
    none.sole[:] = 0
    assert not is_cut(none, np.zeros((600, 450, 3), np.uint8))
