"""What a quadrilateral may be a sheet of, drawn by its corners alone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from lenses import FOCAL_LENGTH

from archscan.photo import Photo
from archscan.segmentation.patches import project
from archscan.sheet import SHEETS_MM
from archscan.sheet.perspective import fit
from archscan.sheet.quadrilaterals import four_sides

PHOTO = Photo(np.zeros((1200, 900, 3), np.uint8), 900, 1200, FOCAL_LENGTH)
KINDS = tuple(SHEETS_MM)
CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("on_its_side", [False, True])
def test_from_straight_above_a_sheet_has_its_own_proportions(kind: str, on_its_side: bool) -> None:
    size = np.array(SHEETS_MM[kind][::-1] if on_its_side else SHEETS_MM[kind])
    found = fit(PHOTO, 150 + 2 * size * CORNERS, KINDS)
    assert found is not None
    assert found.kind == kind
    assert found.tilt_deg == pytest.approx(0, abs=0.1)
    assert project(found.corners, found.to_plane) == pytest.approx(size * CORNERS, abs=1e-3)


def test_neither_a_square_nor_a_slanted_shape_is_a_sheet() -> None:
    assert fit(PHOTO, 150 + 500 * CORNERS, KINDS) is None
    slanted = 2 * np.array(SHEETS_MM["a4"]) * CORNERS
    for slant, expected in ((0.02, True), (0.15, False)):
        corners = 150 + slanted + slant * slanted[:, ::-1] * (1, 0)
        assert (fit(PHOTO, corners, ("a4",)) is not None) == expected


def contour_of(mask: np.ndarray) -> np.ndarray:
    (contour,), _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return contour


def test_the_sides_of_an_area_lie_round_its_outermost_pixels() -> None:
    mask = np.zeros((400, 500), np.uint8)
    mask[80:320, 100:340] = 1
    wanted = np.array([[99.5, 79.5], [339.5, 79.5], [339.5, 319.5], [99.5, 319.5]])
    assert four_sides(contour_of(mask)) == pytest.approx(wanted, abs=1e-3)
    # A corner that is covered is where the sides would meet.
    cv2.circle(mask, (100, 80), 20, 0, -1)
    assert four_sides(contour_of(mask)) == pytest.approx(wanted, abs=1.5)


def test_a_disc_has_no_four_sides() -> None:
    assert (
        four_sides(contour_of(cv2.circle(np.zeros((400, 500), np.uint8), (250, 200), 150, 1, -1)))
        is None
    )
