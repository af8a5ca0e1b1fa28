"""A print that is seen only when the one beside it is painted over."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest
from conftest import SAMPLES

from archscan.photo import Photo, load_photo
from archscan.segmentation import first_look, segment
from archscan.segmentation.find import find
from archscan.segmentation.painting import MARGIN, without_print
from archscan.sheet import Scene

GROUND, WET = (180, 140, 100), (90, 70, 50)


def photo_with_a_patch(height: int, width: int) -> tuple[Photo, np.ndarray]:
    """A wet patch on plain ground, and the points of it."""
    pixels = np.full((height, width, 3), GROUND, dtype=np.uint8)
    pixels[300:700, 200:360] = WET
    rows, columns = np.mgrid[300:700:2, 200:360:2]
    return Photo(pixels, width, height), np.stack([columns.ravel(), rows.ravel()], 1).astype(float)


@pytest.mark.parametrize("size", [(1000, 800), (800, 1000), (1600, 1200)])
def test_a_print_is_painted_over_with_its_ground_and_nothing_else_is(size) -> None:
    photo, points = photo_with_a_patch(*size)
    painted = without_print(photo, points)
    assert np.abs(painted.pixels.astype(int) - GROUND).max() <= 12
    # Nor is the photo itself touched.
    assert tuple(photo.pixels[500, 280]) == WET
    assert (painted.width, painted.height) == size[::-1]


def test_what_lies_beside_a_print_is_left_alone() -> None:
    photo, points = photo_with_a_patch(1600, 1200)
    gap = round(3 * MARGIN * 400)
    photo.pixels[300:700, 360 + gap : 420 + gap] = WET
    painted = without_print(photo, points)
    assert (painted.pixels[300:700, 360 + gap : 420 + gap] == WET).all()
    assert np.abs(painted.pixels[:, : 360 + gap // 2].astype(int) - GROUND).max() <= 120


def test_the_other_print_of_a_pair_is_found_without_the_one_that_hides_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    photo = load_photo(SAMPLES / "cardboard_pair_neutral.jpg")
    look = first_look(photo)
    (one, _), _ = find(photo, look)
    segmenting = import_module("archscan.segmentation.segment")
    module = import_module("archscan.segmentation.other_foot")
    # As if nothing but a suspicion had been seen of the other.
    monkeypatch.setattr(segmenting, "find", lambda *_: ([one], False))
    monkeypatch.setattr(module, "_left_over", lambda *_: [])
    found = segment(Scene(photo), look)
    assert len(found.contacts) == 2
    assert found.missed == ()
    monkeypatch.setattr(module, "SURE_BESIDE", 0.0)
    assert len(segment(Scene(photo), look).contacts) == 1
