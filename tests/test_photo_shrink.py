"""A smaller picture shows the mean of what each of its pixels covers, in its place."""

from __future__ import annotations

import numpy as np
import pytest

from archscan.photo import Photo
from archscan.photo.shrink import halved, resizing, shrink


def means(picture: np.ndarray, width: int, height: int) -> np.ndarray:
    """Average areas, each with whatever share it has of a pixel."""

    def shares(small: int, large: int) -> np.ndarray:
        ends = np.arange(small + 1)[:, None] * large / small - np.arange(large)
        return np.diff(np.clip(ends, 0, 1), axis=0) * small / large

    across, down = shares(width, picture.shape[1]), shares(height, picture.shape[0])
    return np.einsum("ij,jk...,lk->il...", down, picture.astype(float), across)


@pytest.mark.parametrize("shape", [(60, 80), (60, 80, 3)])
@pytest.mark.parametrize("size", [(80, 60), (40, 30), (40, 59), (79, 30), (7, 50), (20, 15)])
def test_each_pixel_is_the_mean_of_what_it_covers(shape, size: tuple[int, int]) -> None:
    picture = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    small = shrink(picture, size)
    assert small.dtype == np.uint8
    # It is rounded at each halving.
    assert np.abs(small - means(picture, *size)).max() <= 1.5


def test_a_picture_of_one_row_keeps_it_when_halved() -> None:
    row = np.arange(12, dtype=np.uint8)[None]
    assert halved(row).shape == (1, 6)
    assert halved(row.T).shape == (6, 1)
    photo = Photo(np.zeros((1, 12, 3), np.uint8), 12, 1)
    assert photo.half.shape == (1, 6, 3)


def test_a_pixel_s_centre_is_taken_to_the_centre_of_what_it_becomes() -> None:
    matrix = resizing(np.array([0.5, 0.25]), (10.0, 20.0))
    # The first of the new pixels covers two across and four down.
    assert matrix @ [10.5, 21.5, 1.0] == pytest.approx([0.0, 0.0, 1.0])
    assert matrix @ [12.5, 25.5, 1.0] == pytest.approx([1.0, 1.0, 1.0])
    assert resizing(np.ones(2)) == pytest.approx(np.eye(3))


def test_each_way_is_enlarged_by_its_own_ratio_to_what_a_person_sees() -> None:
    # Of 301 by 99 pixels 100 by 50 are worked on.
    photo = Photo(np.zeros((50, 100, 3), np.uint8), 301, 99)
    corners = np.array([[-0.5, -0.5], [99.5, 49.5]])
    assert photo.to_seen(corners) == pytest.approx(np.array([[-0.5, -0.5], [300.5, 98.5]]))


def test_rows_that_are_kept_stay_as_they_are() -> None:
    stripes = np.repeat(np.array([0, 200, 40, 255], np.uint8), 24).reshape(4, 8, 3)
    assert np.array_equal(Photo(stripes, 8, 4).shrunk((2, 4)), stripes[:, :2])


@pytest.mark.parametrize(("shape", "small"), [((3, 1600), (2, 100)), ((1600, 8), (100, 2))])
def test_however_thin_a_photo_two_pixels_are_left(shape, small) -> None:
    photo = Photo(np.full((*shape, 3), 90, np.uint8), shape[1], shape[0])
    assert photo.within(100).shape == (*small, 3)
    assert photo.within(5000).shape == (*shape, 3)
