"""Widths and areas of outlines against an independent clipper."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapes import blocks_foot, disc, disc_foot, rectangle

from archscan.polygons import chords, contact_area, extent, extents, width_profile


def clipped_area(polygon, low, high):
    """Shoelace area of a polygon clipped to ``low <= y <= high`` (Sutherland-Hodgman)."""
    for level, sign in ((low, 1.0), (high, -1.0)):
        kept = []
        for a, b in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
            inside_a, inside_b = sign * (a[1] - level) >= 0, sign * (b[1] - level) >= 0
            if inside_a:
                kept.append(a)
            if inside_a != inside_b:
                kept.append(a + (level - a[1]) / (b[1] - a[1]) * (b - a))
        if not kept:
            return 0.0
        polygon = np.array(kept)
    x, y = polygon[:, 0], polygon[:, 1]
    return abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2.0


def width_at(polygons, level, above=True):
    pieces = chords(polygons, level, above=above)
    return float(np.sum(pieces[:, 1] - pieces[:, 0]))


def test_extent_spans_all_pieces():
    assert extent((rectangle(0, 1, -3, 2), rectangle(0, 1, 5, 9))) == (-3.0, 9.0)


def test_width_jumps_where_an_edge_lies_along_the_level():
    profile = width_profile(blocks_foot())
    assert profile.levels == pytest.approx([-35, 35, 105, 175])
    assert profile.widths[:, 0] == pytest.approx([0, 60, 36, 90])
    assert profile.widths[:, 1] == pytest.approx([60, 36, 90, 0])


def test_chord_of_a_disc():
    # At height h the chord of a disc of radius r is 2 sqrt(r² - h²) = 2 sqrt(25² - 15²) = 40.
    (piece,) = chords((disc(10.0, 0.0, 25.0),), 15.0)
    assert piece == pytest.approx([-10.0, 30.0], abs=1e-3)


def test_area_of_a_disc_between_two_levels():
    # Lower half: pi r² / 2.
    profile = width_profile((disc(3.0, 0.0, 20.0),))
    assert profile.area(-20.0, 0.0) == pytest.approx(math.pi * 200.0, rel=1e-4)


@pytest.mark.parametrize("turn_outline", [False, True])
@pytest.mark.parametrize("turn_hole", [False, True])
def test_a_hole_is_subtracted_whichever_way_either_runs(turn_outline, turn_hole):
    outline, hole = rectangle(0, 10, 0, 10), rectangle(3, 5, 2, 8)
    outline, hole = outline[:: -1 if turn_outline else 1], hole[:: -1 if turn_hole else 1]
    profile = width_profile((hole, outline))
    assert profile.area(0.0, 10.0) == pytest.approx(100 - 12)
    assert profile.area(2.0, 8.0) == pytest.approx(8 * 6)
    assert chords((outline, hole), 5.0).tolist() == [[0, 3], [5, 10]]


def test_contact_inside_a_hole_counts_again():
    nested = (rectangle(0, 10, 0, 10), rectangle(1, 9, 1, 9), rectangle(4, 6, 4, 6))
    assert width_profile(nested).area(0.0, 10.0) == pytest.approx(100 - 64 + 4)


def test_contact_is_what_all_pieces_hold_without_their_holes():
    outlines = rectangle(0, 10, 0, 10), rectangle(3, 5, 2, 8), rectangle(12, 14, 7, 20)
    assert contact_area(outlines) == pytest.approx(100 - 12 + 26)
    assert contact_area(()) == 0.0


def test_pieces_side_by_side_add_up():
    pieces = (rectangle(0, 2, 0, 10), rectangle(5, 9, 0, 10)[::-1])
    assert width_profile(pieces).widths[0, 1] == pytest.approx(6.0)


def test_a_far_away_origin_changes_nothing():
    near = width_profile(disc_foot()).area(-20.0, 190.0)
    far = width_profile(tuple(np.add(p, 1e5) for p in disc_foot()))
    assert far.area(far.levels[0], far.levels[-1]) == pytest.approx(near, rel=1e-9)


stars = st.lists(st.floats(0.2, 1.0), min_size=3, max_size=40)


@settings(max_examples=60)
@given(stars, st.floats(-1.0, 1.0), st.floats(0.05, 1.0), st.booleans())
def test_any_star_agrees_with_clipping_and_with_chords(radii, low, reach, reverse):
    angle = np.linspace(0.0, 2.0 * np.pi, len(radii), endpoint=False)
    star = np.array(radii)[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    star = star[::-1] if reverse else star
    profile = width_profile((star,), (low, low + reach))
    assert profile.area(low, low + reach) == pytest.approx(
        clipped_area(star, low, low + reach), abs=1e-9
    )
    for level, (below, above) in zip(profile.levels, profile.widths, strict=True):
        assert width_at((star,), level, above=True) == pytest.approx(above, abs=1e-6)
        assert width_at((star,), level, above=False) == pytest.approx(below, abs=1e-6)


def test_extents_are_the_outermost_crossings() -> None:
    # A triangle (0,0) (4,0) (2,4) and beside it a square from x = 6 to 8, y = 0 to 2.
    triangle = np.array([[0.0, 0.0], [4.0, 0.0], [2.0, 4.0]])
    square = np.array([[6.0, 0.0], [8.0, 0.0], [8.0, 2.0], [6.0, 2.0]])
    left, right = extents((triangle, square), np.array([3.0, -1.0, 1.0, 5.0]))
    assert left == pytest.approx([1.5, np.nan, 0.5, np.nan], nan_ok=True)
    assert right == pytest.approx([2.5, np.nan, 8.0, np.nan], nan_ok=True)
