"""Outlines and landmarks of a foot that is drawn, so that each is known beforehand."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from drawn_feet import BALL, HEEL, TOES, band, contact, disc, distance_map, footprint

from archscan.footprint import Footprint, find_footprint
from archscan.footprint.axis import settle_axis
from archscan.footprint.outlines import outlines
from archscan.polygons import signed_area


def test_a_traced_disc_has_its_area_to_a_thousandth() -> None:
    (outline,) = outlines(distance_map(disc(160, 200, 60.3)))
    assert abs(signed_area(outline)) == pytest.approx(np.pi * 60.3**2, rel=1e-3)


def test_a_dry_hole_is_filled_and_spatter_dropped() -> None:
    ring = np.maximum(disc(160, 200, 60), -disc(160, 200, 20))
    with_spatter = np.minimum(ring, disc(30, 30, 4))
    (outline,) = outlines(distance_map(with_spatter))
    assert abs(signed_area(outline)) == pytest.approx(np.pi * 60**2, rel=2e-3)


def test_what_lies_in_a_dry_hole_is_no_second_piece() -> None:
    ring = np.maximum(disc(160, 200, 60), -disc(160, 200, 40))
    (outline,) = outlines(distance_map(np.minimum(ring, disc(160, 200, 20))))
    assert abs(signed_area(outline)) == pytest.approx(np.pi * 60**2, rel=2e-3)


def test_how_small_a_piece_may_be_can_be_said() -> None:
    # Of one fiftieth of the area: the radius is a seventh.
    two = distance_map(np.minimum(disc(120, 120, 56), disc(30, 30, 8)))
    assert len(outlines(two)) == 2
    assert len(outlines(two, smallest=0.03)) == 1


def test_landmarks_are_where_they_were_drawn() -> None:
    found = footprint()
    # The widest extent of the heel disc is its diameter, its middle the centre. Near it the
    # width hardly changes: three pixels off along the axis it is 0.2 % less.
    assert found.heel_centre == pytest.approx(HEEL[:2], abs=3.0)
    assert found.axis_method == "toe2"
    x, y, radius = TOES[1]
    assert found.axis_tip == pytest.approx((x, y - radius), abs=1.0)
    # The discs of the hallux and the second toe overlap: one pad with two tips.
    assert len(found.toes) == 4
    # Along the axis (22, -370) / 370.65 the hallux disc reaches (54 * 22 + 348 * 370) / 370.65
    # + 24 = 374.6 beyond the heel's centre, and the heel disc 48 behind it.
    assert found.length_px == pytest.approx(422.6, abs=0.5)


@pytest.mark.parametrize("turn_deg", [-25.0, 25.0])
def test_landmarks_do_not_hang_on_how_the_print_lies_on_its_patch(turn_deg: float) -> None:
    # The widest extent of a heel that lies at a slant is another across another axis: only
    # where heel centre and axis agree is it the same.
    heel = np.minimum(disc(175.0, 440.0, 36.0), disc(140.0, 400.0, 36.0))
    sole = np.minimum(np.minimum(heel, disc(*BALL)), band(130.0, 150.0, 190.0, 420.0))
    upright = replace(contact(), sole=distance_map(sole))
    turn = cv2.getRotationMatrix2D((160.0, 260.0), turn_deg, 1.0)
    turn[:, 2] += 190.0, 90.0
    maps = [cv2.warpAffine(one, turn, (700, 700)) for one in (upright.sole, upright.toes)]
    first = find_footprint(upright)
    second = find_footprint(replace(upright, sole=maps[0], toes=maps[1]))
    assert isinstance(first, Footprint)
    assert isinstance(second, Footprint)
    for point, other in (
        (first.heel_centre, second.heel_centre), (first.axis_tip, second.axis_tip),
    ):  # fmt: skip
        assert other == pytest.approx(turn @ np.append(point, 1.0), abs=0.3)


def test_heel_and_ball_are_looked_for_in_the_outer_thirds_alone() -> None:
    # 90 long, 20 wide in its middle but for a block of 100 that begins where the ball's third ends.
    rows = [(90, 40), (60, 40), (60, 20), (36, 20), (36, 100), (30, 100), (30, 60), (0, 60)]
    right = [(50 + width / 2, y) for y, width in rows]
    left = [(50 - width / 2, y) for y, width in rows[::-1]]
    axis = settle_axis((np.array(right + left, dtype=float),), None, np.array([0.0, -1.0]))
    assert (axis.heel_width, axis.forefoot_width) == pytest.approx((40, 60))
    assert axis.tip[1] < 30 < 60 < axis.heel_centre[1]


def test_an_interrupted_print_is_still_one_foot() -> None:
    found = footprint(with_band=False)
    assert len(found.sole) == 2
    assert found.side == "left"


def test_the_doubtful_band_brackets_the_edge() -> None:
    found = footprint()
    sizes = [
        sum(abs(signed_area(p)) for p in outline)
        for outline in (found.sole_surely, found.sole, found.sole_possibly)
    ]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[2]


def test_axis_frame_puts_medial_right_and_toes_up() -> None:
    for mirror in (False, True):
        found = footprint(mirror=mirror)
        hallux = found.in_axis_frame(found.toes)[0]
        assert hallux[:, 0].mean() > 20
        assert hallux[:, 1].mean() > 300
