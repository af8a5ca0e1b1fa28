"""The sides of a quadrilateral, placed on the edges of a drawn sheet."""

from __future__ import annotations

import numpy as np
import pytest

from archscan.sheet.edges import refine

ROUGH = np.array([[103.0, 78.0], [396.0, 83.0], [401.0, 317.0], [98.0, 322.0]])
CORNERS = np.array([[99.5, 79.5], [399.5, 79.5], [399.5, 319.5], [99.5, 319.5]])
FLOOR = 100


def sheet(shade: int = 200) -> np.ndarray:
    """Paper from column 100 to 399 and from row 80 to 319."""
    pixels = np.full((400, 500, 3), FLOOR, np.uint8)
    pixels[80:320, 100:400] = shade
    return pixels


@pytest.mark.parametrize("shade", [200, 40])
def test_sides_are_placed_on_the_edges_near_them(shade: int) -> None:
    found = refine(sheet(shade), ROUGH)
    assert found is not None
    assert np.abs(found[0] - CORNERS).max() < 0.05
    assert found[1].tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("covered", "seen"),
    [((200, 300), 2 / 3), ((190, 310), 0.6), ((180, 220), 0.87), ((100, 210), 0.0)],
    ids=["middle", "more of it", "a little", "end"],
)
def test_a_side_counts_by_what_is_seen_of_it_if_both_its_ends_are(covered, seen: float) -> None:
    pixels = sheet()
    pixels[300:330, slice(*covered)] = FLOOR
    found = refine(pixels, ROUGH)
    assert found is not None
    assert found[1][0] == pytest.approx(seen, abs=0.03)
    assert np.abs(found[0] - CORNERS).max() < 1


def test_paper_is_told_from_a_lighter_floor_beyond_a_gap_beside_it() -> None:
    # A step of 60 up to the paper, and ten pixels further out one of 80 down to the gap.
    pixels = sheet(FLOOR + 60)
    pixels[:70] = FLOOR + 80
    found = refine(pixels, ROUGH)
    assert found is not None
    assert np.abs(found[0] - CORNERS).max() < 0.05
