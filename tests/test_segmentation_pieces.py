"""Connected pixels and what is asked of them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from archscan.segmentation.likeness import ALIKE_DIRECTION_DEG, ALIKE_LENGTHS, unlikeness
from archscan.segmentation.pads import TOE_REACH, shared_out, toes_of
from archscan.segmentation.pieces import Piece, pieces_of

SIZE = 400


def pieces(*ellipses: tuple[tuple[int, int], tuple[int, int], float]) -> list[Piece]:
    """Pieces of ellipses, each by its middle, half axes and turn in degrees; largest first."""
    drawn = np.zeros((SIZE, SIZE), np.float32)
    for middle, axes, turn in ellipses:
        cv2.ellipse(drawn, middle, axes, turn, 0, 360, 1.0, -1)
    return pieces_of(drawn)


def of_pixels(*places: tuple[int, int]) -> NDArray[np.float32]:
    drawn = np.zeros((8, 8), np.float32)
    for row, column in places:
        drawn[row, column] = 1
    return drawn


def test_the_largest_piece_comes_first_wherever_it_lies() -> None:
    found = pieces(((60, 60), (10, 10), 0), ((300, 300), (40, 40), 0), ((200, 60), (20, 20), 0))
    assert [round(one.points.mean()) for one in found] == [300, 130, 60]


def test_pixels_that_touch_at_a_corner_are_one_piece() -> None:
    (found,) = pieces_of(of_pixels((2, 2), (3, 3), (4, 2)))
    assert found.area == 3


def test_a_single_pixel_has_an_extent_and_is_full() -> None:
    (found,) = pieces_of(of_pixels((2, 2)))
    assert found.elongation == pytest.approx(1)
    assert 0 < found.length < 2
    assert found.filling == pytest.approx(1)


def test_what_is_small_is_as_full_as_what_is_large() -> None:
    for size in (3, 40):
        drawn = np.zeros((60, 60), np.float32)
        drawn[5 : 5 + size, 5 : 5 + size] = 1
        assert pieces_of(drawn)[0].filling == pytest.approx(1, abs=0.03)


UPRIGHT = ((120, 200), (30, 90), 0.0)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (((280, 200), (30, 90), 0.0), 0.0),
        (((280, 200), (40, 90), 0.0), 0.0),
        (((280, 200), (30, round(90 * ALIKE_LENGTHS)), 0.0), 1.0),
        (((280, 200), (30, round(90 / ALIKE_LENGTHS)), 0.0), 1.0),
        (((280, 200), (30, 90), ALIKE_DIRECTION_DEG), 1.0),
        (((280, 200), (30, 90), -ALIKE_DIRECTION_DEG / 2), 0.5),
        # Whichever is more.
        (((280, 200), (30, round(90 / ALIKE_LENGTHS)), ALIKE_DIRECTION_DEG / 2), 1.0),
    ],
)
def test_soles_are_as_unlike_as_their_lengths_or_directions(other, expected: float) -> None:
    one, other = (pieces(ellipse)[0] for ellipse in (UPRIGHT, other))
    assert unlikeness(one, other) == pytest.approx(expected, abs=0.03)
    assert unlikeness(other, one) == pytest.approx(expected, abs=0.03)


def test_an_axis_has_no_direction() -> None:
    (one,) = pieces(UPRIGHT)
    opposite = Piece(one.mask, one.points)
    axis, deviations = one.principal
    # Rounding may take such a product beyond what an angle has.
    opposite.__dict__["principal"] = -axis * (1 + 1e-15), deviations
    assert unlikeness(one, opposite) == pytest.approx(0, abs=1e-6)


def test_feet_of_one_person_are_up_to_two_fifths_longer_and_turned_by_an_eighth() -> None:
    """A sole whose heel and ball alone are seen, and feet that are turned out."""
    (one,) = pieces(UPRIGHT)
    for alike, half, turn in (
        (True, 115, 0), (False, 150, 0), (True, 90, 40), (False, 90, 60),
    ):  # fmt: skip
        (other,) = pieces(((200, 200), (30, half), turn))
        assert (unlikeness(one, other) <= 1) == alike


def toe(below: float, radius: int = 9) -> tuple[tuple[int, int], tuple[int, int], float]:
    """A pad some pixels in front of a ball that ends at row 160."""
    return ((120, round(160 - below - radius)), (radius, radius), 0.0)


BALL = ((120, 200), (40, 40), 0.0)


@pytest.mark.parametrize(("share", "is_near"), [(0.3, True), (0.4, True), (0.55, False)])
def test_toes_lie_near_their_ball(share: float, is_near: bool) -> None:
    sole, pad = pieces(BALL, toe(share * 80))
    assert sole.length == pytest.approx(80, abs=2)
    assert [len(own) for own in shared_out([pad], [sole])] == [is_near]


def test_how_near_they_lie_is_a_matter_of_the_sole_next_to_them() -> None:
    """Of a small one, though a large one lies further off."""
    long, ball, pad = pieces(((330, 200), (40, 190), 0.0), BALL, toe(50))
    assert long.length > ball.length
    assert ball.distance_to(pad) > TOE_REACH * ball.length
    assert shared_out([pad], [long, ball]) == [[], []]


def test_pads_without_a_sole_are_nobody_s() -> None:
    assert shared_out(pieces(BALL), []) == []


@pytest.mark.parametrize(("radius", "is_toe"), [(6, False), (8, True), (10, True)])
def test_the_hallux_alone_is_toes_and_a_drop_is_none(radius: int, is_toe: bool) -> None:
    ball, pad = pieces(BALL, toe(10, radius))
    (toes,) = toes_of([ball], [pad])
    assert (toes is not None) == is_toe
