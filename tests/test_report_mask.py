"""The mask: the right number at the right pixel."""

from __future__ import annotations

import numpy as np
import pytest
from made_scans import made_photo, made_print, made_scan, pair, refused, unreadable
from shapes import disc, rectangle

from archscan.report.mask import mask_image


def test_a_mask_has_the_size_of_the_photo_as_seen():
    mask = mask_image(made_scan())
    assert (mask.shape, mask.dtype) == ((3000, 2400), np.uint8)
    assert set(np.unique(mask)) == {0, 1, 2}


def test_each_foot_has_its_numbers():
    mask = mask_image(pair())
    assert set(np.unique(mask)) == {0, 1, 2, 3, 4}
    assert np.nonzero(mask == 1)[1].mean() < np.nonzero(mask == 3)[1].mean()
    assert np.nonzero(mask == 4)[1].mean() > np.nonzero(mask == 2)[1].mean()


@pytest.mark.parametrize("off", [-0.3, 0.3])
def test_a_known_shape_fills_the_pixels_whose_middles_it_holds(off: float):
    # 60 by 210 patch pixels on a photo of the same size, from 370 to 430 and from 490 to 700.
    sole = rectangle(-30.0, 30.0, 0.0, 210.0) + off
    mask = mask_image(made_scan(made_print(sole=(sole,), scale=1.0), photo=made_photo(times=1)))
    rows, columns = np.nonzero(mask == 1)
    first = 371 if off > 0 else 370
    assert (columns.min(), columns.max()) == (first, first + 59)
    first = 490 if off > 0 else 491
    assert (rows.min(), rows.max()) == (first, first + 209)
    assert len(rows) == 60 * 210


@pytest.mark.parametrize("radius", [5.0, 20.0, 80.0])
def test_a_mask_is_as_large_as_its_outline(radius: float):
    sole = (disc(0.3, 0.1, radius),)
    mask = mask_image(made_scan(made_print(sole=sole, scale=1.0), photo=made_photo(times=1)))
    # Half a pixel along the edge would be 20 % of the smallest and 1.25 % of the largest.
    assert np.count_nonzero(mask == 1) == pytest.approx(np.pi * radius**2, rel=0.1 / radius)


def test_of_a_print_that_runs_out_of_the_photo_the_rest_is_drawn():
    sole = (rectangle(-900.0, 900.0, -900.0, 900.0),)
    mask = mask_image(made_scan(made_print(sole=sole, scale=1.0), photo=made_photo(times=1)))
    assert (mask == 1).all()


def test_an_outline_within_another_is_a_hole():
    sole = (rectangle(-60.0, 60.0, -30.0, 200.0), rectangle(-20.0, 20.0, 130.0, 170.0)[::-1])
    mask = mask_image(made_scan(made_print(sole=sole, scale=1.0), photo=made_photo(times=1)))
    assert mask[700 - 150, 400] == 0
    assert mask[700 - 100, 400] == 1


def test_a_refused_photo_has_an_empty_mask_and_an_unreadable_one_none():
    assert not mask_image(refused()).any()
    with pytest.raises(ValueError, match="no mask"):
        mask_image(unreadable())
