"""Pictures evened out for a second look."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from archscan.segmentation.evening import GREY, evened

SIDE = 256


def floor(contrast: float) -> NDArray[np.float64]:
    """Even grain with a print-sized mark in the middle."""
    grain = np.random.default_rng(1).normal(0, 1.5, (SIDE, SIDE, 3))
    grain[60:200, 100:150] -= 6
    return grain * contrast


def picture(values: NDArray[np.float64]) -> NDArray[np.uint8]:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def lead(even: NDArray[np.uint8]) -> float:
    """Grey levels by which the mark is darker than what is beside it."""
    return float(even[60:200, 20:80].mean()) - float(even[60:200, 100:150].mean())


def test_nothing_stands_out_from_one_colour() -> None:
    blank = np.full((SIDE, 128, 3), (30, 90, 200), np.uint8)
    assert np.abs(evened(blank) - GREY).max() <= 1


def test_a_faint_mark_stands_out_like_a_bold_one() -> None:
    faint, bold = (lead(evened(picture(120 + floor(contrast)))) for contrast in (1.0, 6.0))
    assert bold > 30
    assert faint == pytest.approx(bold, rel=0.5)
    assert lead(picture(120 + floor(1.0))) < 8


def test_shade_across_the_floor_goes() -> None:
    shade = np.linspace(0.4, 1.0, SIDE)[None, :, None] * 200
    seen = picture(shade + floor(1.0))
    # Towards the picture's sides half of the surroundings are unknown.
    left, right = (
        [float(one[:40, columns].mean()) for one in (seen, evened(seen))]
        for columns in (slice(70, 100), slice(156, 186))
    )
    assert right[0] - left[0] > 30
    assert abs(right[1] - left[1]) < 6


def test_the_mirror_image_is_evened_like_the_picture() -> None:
    seen = picture(120 + floor(3.0))
    mirrored = np.ascontiguousarray(seen[:, ::-1])
    difference = evened(mirrored)[:, ::-1].astype(int) - evened(seen)
    assert np.abs(difference).max() <= 2
