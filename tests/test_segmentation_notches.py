"""Narrow notches in a sole's edge."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from archscan.footprint.anatomy import SURELY
from archscan.segmentation.notches import FILLED, INNER_ROUND, OUTER_ROUND, without_notches

SURE = 0.98


def sole() -> NDArray[np.float32]:
    """Heel, ball and a narrow midfoot, whose arch is a bay of 40 by 80 pixels."""
    drawn = np.zeros((256, 128), np.uint8)
    cv2.circle(drawn, (64, 200), 26, 1, -1)
    cv2.circle(drawn, (64, 80), 36, 1, -1)
    cv2.rectangle(drawn, (74, 80), (90, 200), 1, -1)
    return drawn * np.float32(SURE)


def sagitta(radius: float, chord: float) -> float:
    """How far a disc dips between two points on its rim."""
    return radius - (radius**2 - (chord / 2) ** 2) ** 0.5


@pytest.mark.parametrize("width", [2, 6, OUTER_ROUND])
def test_a_narrow_notch_is_filled_though_not_surely(width: int) -> None:
    whole = sole()
    cut = whole.copy()
    cut[140 : 140 + width, 82:] = 0
    filled = without_notches(cut)
    reach = 91 - round(sagitta(OUTER_ROUND, width) + 1)
    assert reach > 86
    assert (filled[140 : 140 + width, 83:reach] == np.float32(FILLED)).all()
    assert FILLED < SURELY
    assert ((filled >= 0.5) <= (without_notches(whole) >= 0.5)).all()


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_outer_border_may_bend_less_than_the_inner_one(mirrored: bool) -> None:
    def filled(columns: slice, width: int) -> float:
        """What share of a notch across the midfoot is filled."""
        cut, place = sole(), np.s_[140 : 140 + width, columns]
        missing = cut[place] > 0
        cut[place] = 0
        done = without_notches(cut[:, ::-1])[:, ::-1] if mirrored else without_notches(cut)
        return float((done[place] >= 0.5)[missing].mean())

    inner, outer = np.s_[74:80], np.s_[85:91]
    assert filled(inner, INNER_ROUND // 2) > 0.9
    assert filled(outer, INNER_ROUND // 2) > 0.95
    assert filled(outer, OUTER_ROUND) > 0.6
    assert filled(inner, OUTER_ROUND) < 0.4


def test_nothing_is_filled_up_to_the_border_of_the_patch() -> None:
    drawn = sole()
    drawn[140:146, 85:] = 0
    whole, cropped = without_notches(drawn), without_notches(drawn[:, :102])
    assert (whole[:, :102] == cropped).all()
    assert not (cropped[:, 101] >= 0.5).any()


def test_a_bay_as_broad_as_an_arch_stays() -> None:
    drawn = sole()
    changed = (without_notches(drawn) >= 0.5) != (drawn >= 0.5)
    # Only where the arch meets ball and heel in a corner.
    assert changed.sum() < 0.015 * (drawn >= 0.5).sum()
    assert not changed[125:165].any()


def test_heel_and_ball_stay_apart() -> None:
    drawn = sole()
    drawn[140:144] = 0
    assert without_notches(drawn)[140:144].max() < 0.5


@pytest.mark.parametrize("gap", [16, 2 * INNER_ROUND - 1, 2 * OUTER_ROUND, 60])
def test_nothing_grows_into_the_gap_of_an_interrupted_print(gap: int) -> None:
    drawn = np.zeros((256, 128), np.uint8)
    cv2.ellipse(drawn, (64, 60), (40, 30), 0, 0, 360, 1, -1)
    cv2.ellipse(drawn, (62, 90 + gap + 32), (26, 32), 0, 0, 360, 1, -1)
    seen = drawn * np.float32(SURE)
    assert without_notches(seen)[92 : 89 + gap].max() < 0.5


def test_a_speck_in_a_notch_is_no_piece_of_its_own() -> None:
    drawn = sole()
    drawn[140:148, 82:] = 0
    drawn[143:145, 84:86] = SURE
    assert (without_notches(drawn)[140:148, 83:85] >= np.float32(FILLED)).all()


def test_a_speck_outside_is_not_joined() -> None:
    drawn = sole()
    drawn[78:82, 105:108] = SURE
    assert without_notches(drawn)[78:82, 102:105].max() < 0.5


def test_no_contact_is_lost() -> None:
    noise = np.random.default_rng(3).random((256, 128), dtype=np.float32)
    drawn = cv2.GaussianBlur(noise * sole(), (0, 0), 2)
    assert (without_notches(drawn) >= drawn).all()


def test_nothing_has_no_notches() -> None:
    assert not without_notches(np.zeros((64, 64), np.float32)).any()
