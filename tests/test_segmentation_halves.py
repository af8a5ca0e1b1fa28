"""Which heel and which ball are one print's, on drawn ellipses."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from archscan.segmentation.halves import join_halves
from archscan.segmentation.pieces import Piece, pieces_of

Ellipse = tuple[tuple[int, int], tuple[int, int]]
"""Its middle and its half axes across and down."""

BALL: Ellipse = ((200, 120), (40, 40))
HEEL: Ellipse = ((200, 250), (30, 30))
TOES = np.array([200.0, 60.0])
WHOLE: Ellipse = ((350, 190), (30, 95))


def piece(ellipse: Ellipse) -> Piece:
    drawn = np.zeros((480, 480), np.float32)
    cv2.ellipse(drawn, *ellipse, 0, 0, 360, 1.0, -1)
    return pieces_of(drawn)[0]


def joined(
    *ellipses: Ellipse,
    toes: Sequence[np.ndarray | None] = (),
    wholes: Sequence[Ellipse] = (),
    any_ends: bool = False,
) -> list[list[Ellipse]]:
    """Which of them, largest first, make up each sole."""
    parts = [piece(ellipse) for ellipse in ellipses]
    of_each = [*toes, *[None] * (len(parts) - len(toes))]
    soles = join_halves(parts, of_each, list(map(piece, wholes)), any_ends=any_ends)
    return [
        [one for one, part in zip(ellipses, parts, strict=True) if (sole.mask & part.mask).any()]
        for sole in soles
    ]


def test_heel_and_ball_are_joined_where_toes_tell_which_is_which() -> None:
    assert joined(BALL, HEEL, toes=[TOES]) == [[BALL, HEEL]]
    assert joined(BALL, HEEL) == [[BALL], [HEEL]]
    assert joined(BALL, HEEL, any_ends=True) == [[BALL, HEEL]]


@pytest.mark.parametrize(("radius", "is_heel"), [(14, False), (22, True)])
def test_a_heel_is_not_much_smaller_than_its_ball(radius: int, is_heel: bool) -> None:
    small = ((200, 220), (radius, radius))
    assert len(joined(BALL, small, any_ends=True)) == 2 - is_heel


@pytest.mark.parametrize(("gap", "is_one"), [(80, True), (100, True), (150, False)])
def test_heel_and_ball_lie_near_each_other(gap: int, is_one: bool) -> None:
    ball, heel = ((200, 100), (50, 35)), ((200, 100 + 35 + 28 + gap), (34, 28))
    assert len(joined(ball, heel, any_ends=True)) == 2 - is_one


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        # Side by side they are as broad as long.
        (((160, 200), (20, 50)), ((235, 200), (20, 50)), False),
        # Two streaks one behind the other.
        (((200, 120), (10, 30)), ((200, 200), (10, 30)), False),
        # Heel and ball of a print that is seen from behind, and is short.
        (((200, 120), (40, 40)), ((200, 210), (40, 40)), True),
        (((200, 100), (35, 35)), ((200, 230), (30, 30)), True),
    ],
)
def test_together_they_are_as_slender_as_a_foot(one: Ellipse, other: Ellipse, is_one: bool) -> None:
    assert len(joined(one, other, any_ends=True)) == 2 - is_one


def test_toes_lie_straight_ahead_of_heel_and_ball() -> None:
    beside = ((120, 120), (28, 28))
    assert joined(BALL, HEEL, beside, toes=[TOES]) == [[BALL, HEEL], [beside]]
    # So they do where the heel is the larger one.
    heel = ((200, 240), (44, 44))
    assert joined(heel, BALL, beside, toes=[None, TOES]) == [[heel, BALL], [beside]]


def test_of_two_heels_behind_a_ball_the_nearer_one_is_its_own() -> None:
    far = ((200, 300), (32, 32))
    near = ((200, 215), (30, 30))
    assert joined(BALL, far, near, toes=[TOES]) == [[BALL, near], [far]]


def test_the_heel_is_its_own_that_makes_it_as_long_as_the_other_foot_s_print() -> None:
    blot, heel = ((200, 190), (26, 26)), ((200, 255), (24, 24))
    assert joined(BALL, blot, heel, toes=[TOES]) == [[BALL, blot], [heel]]
    long = ((350, 190), (35, 125))
    assert joined(BALL, blot, heel, toes=[TOES], wholes=[long]) == [[BALL, heel], [blot]]


def test_without_toes_heel_and_ball_are_joined_if_they_are_like_a_whole_print() -> None:
    assert joined(BALL, HEEL, wholes=[WHOLE]) == [[BALL, HEEL]]
    short = ((350, 190), (20, 45))
    assert joined(BALL, HEEL, wholes=[short]) == [[BALL], [HEEL]]
    # Or like another of which toes tell.
    ball, heel = ((350, 120), (40, 40)), ((350, 250), (30, 30))
    found = joined(BALL, ball, HEEL, heel, toes=[TOES])
    assert sorted(found) == [[BALL, HEEL], [ball, heel]]
