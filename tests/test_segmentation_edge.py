"""The photo across a print's edge."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from archscan.segmentation.contact import Contact
from archscan.segmentation.edge import REACH, STEPS, Edge, edge_of, shade_of

SIZE = 240
FLOOR, WET = 200, 80


def contact(*discs: tuple[int, int, int]) -> Contact:
    sole = np.zeros((SIZE, SIZE), np.float32)
    for x, y, radius in discs:
        cv2.circle(sole, (x, y), radius, 1.0, -1)
    return Contact(sole, np.zeros_like(sole), np.eye(3), None)


def photo(one: Contact) -> np.ndarray:
    shades = np.where(one.sole > 0, WET, FLOOR).astype(np.uint8)
    return np.repeat(shades[..., None], 3, axis=2)


def test_an_edge_is_seen_from_outside_to_inside_all_round() -> None:
    one = contact((120, 120, 60))
    edge = edge_of(photo(one), one)
    assert edge.colours.shape[1:] == (STEPS, 3)
    assert (edge.colours[:, 0] == FLOOR).all()
    assert (edge.colours[:, -1] == WET).all()
    # As far to either side as a print's edge may reach.
    assert edge.step * (STEPS - 1) == pytest.approx(2 * REACH * SIZE)
    towards = np.array([120, 120]) - edge.places
    towards /= np.linalg.norm(towards, axis=1, keepdims=True)
    assert (np.sum(towards * edge.inwards, axis=1) > 0.98).all()
    assert np.ptp(edge.places, axis=0) == pytest.approx([120, 120], abs=4)


@pytest.mark.parametrize(("radius", "counts"), [(5, False), (24, True)])
def test_a_heel_has_an_edge_and_spatter_has_none(radius: int, counts: bool) -> None:
    one = contact((70, 120, 50), (190, 120, radius))
    assert (edge_of(photo(one), one).places[:, 0] > 150).any() == counts


def across(*shades: float) -> Edge:
    """An edge whose three parts, outside, between and inside, have these shades."""
    row = np.repeat(shades, (14, 13, 14)).astype(np.float32)
    colours = np.repeat(np.tile(row, (50, 1))[..., None], 3, axis=2)
    return Edge(np.zeros((50, 2)), np.zeros((50, 2)), colours, 0.5)


@pytest.mark.parametrize(
    ("outside", "between", "inside", "shade"),
    [
        (200, 150, 180, 0.15),
        (180, 150, 200, 1 / 6),
        (200, 120, 100, 0.0),
        (0, 0, 0, 0.0),
        (0, 0, 90, 0.0),
    ],
)
def test_an_edge_is_shaded_by_what_it_is_darker_than_both_sides(
    outside: float, between: float, inside: float, shade: float
) -> None:
    assert shade_of(across(outside, between, inside)) == pytest.approx(shade)


def test_where_there_is_no_edge_it_is_called_shaded() -> None:
    none = contact()
    edge = edge_of(photo(none), none)
    assert len(edge.places) == 0
    assert shade_of(edge) == np.inf


@pytest.mark.filterwarnings("error")
def test_a_line_without_an_inside_has_no_edge() -> None:
    one = contact()
    one.sole[40:200, 120] = 1.0
    edge = edge_of(photo(one), one)
    assert np.isfinite(edge.inwards).all()
    assert np.hypot(*edge.inwards.T) == pytest.approx(np.ones(len(edge.inwards)))
