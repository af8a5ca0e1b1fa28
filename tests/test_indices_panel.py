"""The further measures on shapes whose answers were worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_scans import made_print, made_scan
from shapes import blocks_foot, disc_foot, footprint_of

from archscan.indices.chippaux_smirak import chippaux_smirak
from archscan.indices.panel import PANEL, details
from archscan.indices.panel.drawing import draw
from archscan.indices.tilt import Viewpoint, untilted
from archscan.indices.tilts import Tilts
from archscan.report.record import to_record


def box(low_x: float, high_x: float, low_y: float, high_y: float) -> np.ndarray:
    return np.array([[low_x, low_y], [high_x, low_y], [high_x, high_y], [low_x, high_y]])


def blocky() -> np.ndarray:
    """Heel, lateral band 12 wide and ball, each 30 long; tangent at x = 20, 60 long."""
    return np.array(
        [
            [16, 0], [20, 15], [16, 30], [2, 30], [2, 60], [16, 60], [20, 75], [16, 90],
            [-20, 90], [-20, 60], [-10, 60], [-10, 30], [-10, 0],
        ],
        dtype=float,
    )  # fmt: skip


TOES = (box(8, 20, 95, 110), box(-4, 4, 96, 106))


def value(name: str, sole=None, toes=TOES) -> float | None:
    found = PANEL[name].function(draw((blocky() if sole is None else sole,), toes))
    return None if found is None else PANEL[name].told(found)


def test_the_tangents_touch_ball_and_heel() -> None:
    drawn = draw((blocky(),), TOES)
    assert drawn.medial_line == pytest.approx([0.0, 1.0], abs=1e-6)
    assert (drawn.lateral_heel[0], drawn.lateral_forefoot[0]) == pytest.approx((-10.0, -20.0))
    assert not drawn.interrupted


def test_values_worked_out_by_hand() -> None:
    # Heel 28 wide on average, band 12, ball 38; the gap is 18 deep, with two slivers.
    area = 30 * 28 + 30 * 12 + 30 * 38
    assert value("footprint_index") == pytest.approx((18 * 30 + 2 * 30) / area, rel=0.02)
    # From the ball's tangent point at level 75 the line grazes the corner 18 in, at 60.
    assert value("clarke_angle") == pytest.approx(np.rad2deg(np.arctan2(18, 15)), abs=0.5)
    around = 2 * np.hypot(4, 15) + 2 * 14 + 30
    assert value("arch_length_index") == pytest.approx(60 / around, rel=0.01)
    # Across the middle, level 45: 12 of contact beside a gap of 18.
    assert value("sztriter_godunov") == pytest.approx(12 / 30)
    assert value("heel_angle") == pytest.approx(np.rad2deg(np.arctan2(10, 60)), abs=0.1)
    assert value("wejsflog") == pytest.approx(110 / 40)
    assert value("denis_grade") == 0.0
    assert value("hallux_drift") == pytest.approx(0.0, abs=0.01)


def slanting() -> np.ndarray:
    """A band 12 wide and a ball whose widest line rises by 10 in 40 to the medial side."""
    return np.array(
        [
            [16, 0], [16, 30], [6, 30], [6, 60], [20, 80], [0, 95], [-20, 70], [-6, 60], [-6, 30],
            [-16, 30], [-16, 0],
        ],
        dtype=float,
    )  # fmt: skip


def test_the_headline_ratio_is_read_along_the_ball_too() -> None:
    # At right angles to the axis the ball is 33 wide at most, at level 70; along its own line
    # it is as much longer than 40 as the band is than 12.
    plain = chippaux_smirak(draw((slanting(),)).construction)
    assert plain == pytest.approx(12 / 33)
    assert value("chippaux_smirak_oblique", sole=slanting()) == pytest.approx(12 / 40)
    # Where the ball's line lies at right angles to the axis both are one.
    assert value("chippaux_smirak_oblique", sole=disc_foot()[0]) == pytest.approx(21 / 60, rel=1e-3)


def bulging(*, medial: bool) -> np.ndarray:
    """The same foot with a midfoot that reaches over the line between ball and heel."""
    sole = blocky().tolist()
    if medial:
        sole[4:4] = [[2, 40], [26, 40], [26, 50], [2, 50]]
    else:
        sole[10:10] = [[-10, 50], [-24, 50], [-24, 40], [-10, 40]]
    return np.array(sole, dtype=float)


def test_a_midfoot_that_bulges_out_is_neither_ball_nor_heel() -> None:
    for medial in (True, False):
        plain, other = draw((blocky(),), TOES), draw((bulging(medial=medial),), TOES)
        for name in ("medial_heel", "medial_forefoot", "lateral_heel", "lateral_forefoot"):
            assert getattr(other, name) == pytest.approx(getattr(plain, name)), name
    # Two borders that are drawn from ball to heel meet at the same angle.
    assert value("heel_angle", sole=bulging(medial=False)) == value("heel_angle")
    # The fundamental measure still ends at the ball: Y is all of the bulge at 45, 36 wide.
    toes = (box(8, 20, 95, 105),)
    found = value("hernandez_corvo", sole=bulging(medial=True), toes=toes)
    assert found == pytest.approx((40 - 36) / 40)
    # No gap is left where contact reaches over the tangent.
    assert value("sztriter_godunov", sole=bulging(medial=True)) == 1.0


def test_what_reaches_over_the_tangent_takes_nothing_from_the_gap() -> None:
    sole = blocky().tolist()
    # A midfoot that reaches 6 over it up to level 55, and lies 4 beside it from there to 60.
    sole[3:5] = [[26, 30], [26, 55], [16, 55]]
    area = 30 * 28 + (25 * 36 + 5 * 26) + 30 * 38
    found = value("footprint_index", sole=np.array(sole, dtype=float))
    # There are slivers of 30 before and behind the midfoot as well.
    assert found == pytest.approx((2 * 30 + 5 * 4) / area, rel=0.01)


def test_the_contour_is_followed_under_a_ball_that_overhangs_the_arch() -> None:
    sole = np.array(
        [
            [0, 0], [60, 0], [60, 60], [20, 60], [20, 160], [60, 160], [60, 130], [90, 130],
            [90, 200], [0, 200],
        ],
        dtype=float,
    )  # fmt: skip
    # The tangent runs from (60, 0) to (90, 130), the contour between them over seven corners.
    contact = 60 * 60 + 20 * 100 + 90 * 40 + 30 * 30
    # Beside heel and band up to level 130, and the bay under the ball.
    gap = (130 * 75 - 60 * 60 - 20 * 70) + 40 * 30
    for outline in (sole, sole[::-1], np.roll(sole, 4, axis=0)):
        assert value("arch_length_index", sole=outline) == pytest.approx(np.hypot(30, 130) / 300)
        assert value("footprint_index", sole=outline) == pytest.approx(gap / contact)


def test_the_fundamental_measure_steps_back_from_the_toes() -> None:
    # From the ball's point at 75 to the toes' end at 105: a step of 30, then Y at 45.
    found = value("hernandez_corvo", toes=(box(8, 20, 95, 105),))
    assert found == pytest.approx((40 - 12) / 40)


def test_toes_that_lie_behind_the_ball_make_no_step() -> None:
    # What is taken for toes on a coarse pressure map may be a speck beside the foot.
    assert value("hernandez_corvo", toes=(box(24, 28, 50, 56),)) is None


def test_toes_that_hardly_reach_before_the_ball_leave_it_its_width() -> None:
    # No corner but the tangent's own, at 75, lies within half a step of a hundredth.
    found = value("hernandez_corvo", toes=(box(24, 28, 60, 75.01),))
    assert found == pytest.approx(0.0, abs=1e-3)


def test_what_lies_beside_the_ball_is_no_hallux() -> None:
    assert value("hallux_drift") is not None
    assert value("hallux_drift", toes=(box(24, 28, 70, 110),)) is None


def test_where_the_hallux_left_no_pad_another_toe_does_not_stand_for_it() -> None:
    footprint = replace(footprint_of(disc_foot()), toes=(box(305, 325, 485, 505),))
    without = details(
        replace(footprint, has_hallux=False), Tilts(Viewpoint(np.zeros(2), 900.0), 9.0)
    )
    assert set(PANEL) - set(without) == {"hallux_drift"}
    assert set(details(footprint)) == set(PANEL)


def test_without_toes_what_needs_them_is_left_out() -> None:
    for name in ("hernandez_corvo", "wejsflog", "hallux_drift"):
        assert value(name, toes=()) is None


def test_an_interrupted_print_has_no_contour_but_a_gap() -> None:
    heel = np.array([[16, 0], [20, 15], [16, 30], [-10, 30], [-10, 0]], dtype=float)
    ball = np.array([[16, 60], [20, 75], [16, 90], [-20, 90], [-20, 60]], dtype=float)
    drawn = draw((ball, heel), TOES)
    assert drawn.interrupted
    for name in ("clarke_angle", "footprint_index", "arch_length_index"):
        assert PANEL[name].function(drawn) is None
    assert PANEL["sztriter_godunov"].function(drawn) == 0.0
    assert PANEL["chippaux_smirak_oblique"].function(drawn) == 0.0


@given(st.floats(0.2, 50), st.floats(-30, 30), st.floats(-30, 30))
def test_scale_and_place_change_nothing(scale: float, x: float, y: float) -> None:
    def moved(polygon):
        return polygon * scale + np.array([x, y])

    one = draw((blocky(),), TOES)
    other = draw((moved(blocky()),), tuple(map(moved, TOES)))
    for measure in PANEL.values():
        assert measure.function(other) == pytest.approx(measure.function(one), rel=2e-3, abs=1e-3)


def test_every_print_of_a_record_has_its_details() -> None:
    found = details(made_print().footprint)
    assert set(found) <= set(PANEL)
    for one in found.values():
        assert one.low <= one.value <= one.high
    record = to_record(made_scan())["prints"][0]["details"]
    assert set(record) == set(found)
    for name, one in found.items():
        told = [record[name][end] for end in ("low", "value", "high")]
        assert told == pytest.approx([one.low, one.value, one.high], abs=1e-4)
    assert record["clarke_angle"]["unit"] == "degree"


def test_no_interval_reaches_beyond_what_can_be() -> None:
    apart = footprint_of(blocks_foot(midfoot=0.0))
    apart = replace(apart, toes=(apart.sole[0] - np.array([0.0, 250.0]),))
    found = details(apart)
    assert (found["sztriter_godunov"].value, found["sztriter_godunov"].low) == (0.0, 0.0)
    assert (found["hernandez_corvo"].value, found["hernandez_corvo"].high) == (1.0, 1.0)


def test_a_print_that_may_be_interrupted_keeps_the_measures_of_its_contour() -> None:
    footprint = footprint_of(disc_foot(), sole_surely=blocks_foot(midfoot=0.0))
    one, certain = details(footprint), details(footprint_of(disc_foot()))
    for name in ("clarke_angle", "footprint_index", "arch_length_index"):
        assert one[name] == certain[name]
    assert one["sztriter_godunov"].low == 0.0


@pytest.mark.parametrize("axis_doubt_deg", [0.0, 20.0])
def test_one_doubt_of_a_grade_or_two_leave_one_grade_open(axis_doubt_deg: float) -> None:
    # Half the ball's width is 30: a possible outline reaches it, as an axis turned by 40 does.
    footprint = footprint_of(
        disc_foot(band=27.0), sole_possibly=disc_foot(band=31.0), axis_doubt_deg=axis_doubt_deg
    )
    found = details(footprint)["denis_grade"]
    assert (found.value, found.low, found.high) == (0.0, 0.0, 1.0)


def test_a_grade_is_open_where_what_it_grades_nearly_reaches_the_next() -> None:
    # Of the ball's 60: within the 0.02 that the ratio is open at least, and not within.
    for band, low, high in ((29.0, 0.0, 1.0), (28.6, 0.0, 0.0), (31.0, 0.0, 1.0), (31.4, 1.0, 1.0)):
        found = details(footprint_of(disc_foot(band=band)))["denis_grade"]
        assert (found.low, found.high) == (low, high), band


def test_looks_widen_the_interval_by_how_far_they_usually_lie_from_the_value() -> None:
    looks = tuple(disc_foot(band=band) for band in (28.0, 25.0, 2.0))
    found = details(footprint_of(disc_foot(band=28.0), sole_looks=looks))["sztriter_godunov"]
    # The middle one counts.
    apart = 2.9 * (found.value - PANEL["sztriter_godunov"].function(draw(looks[1])))
    assert (found.value - found.low, found.high - found.value) == pytest.approx((apart, apart))


def test_a_tilt_leaves_open_what_it_may_have_done() -> None:
    # Seen from so far that nothing but the direction that recedes is foreshortened.
    tilts = Tilts(Viewpoint(np.zeros(2), 1e6), 30.0)
    footprint = footprint_of(disc_foot())
    footprint = replace(footprint, toes=footprint.sole)
    plain, found = (details(footprint, one)["wejsflog"] for one in (None, tilts))
    shorter, longer = np.cos(np.pi / 6), 1 / np.cos(np.pi / 6)
    assert found.value == plain.value == pytest.approx(210 / 60, rel=1e-3)
    assert found.low == pytest.approx(shorter * found.value, rel=0.02)
    assert found.high == pytest.approx(longer * found.value, rel=0.02)


def test_what_a_tilt_leaves_open_holds_the_truth() -> None:
    tilts = Tilts(Viewpoint(np.array([30.0, 60.0]), 300.0), 12.0)
    toes = (box(305, 325, 485, 505),)
    footprint = replace(footprint_of(disc_foot()), toes=toes)
    seen = draw(footprint.in_axis_frame(footprint.sole), footprint.in_axis_frame(toes))
    found = details(footprint, tilts)
    for towards_deg in (0.0, 45.0, 130.0, 270.0):
        lines = (*seen.construction.sole, *seen.toes)
        (sole, pad) = untilted(lines, 12.0, towards_deg, tilts.viewpoint)
        for name, one in found.items():
            true = PANEL[name].told(PANEL[name].function(draw((sole,), (pad,))))
            # What a tilt does is a parabola but for a little.
            little = 0.02 * PANEL[name].guard
            assert one.low - little <= true <= one.high + little, (name, towards_deg)


def test_a_tilt_that_would_hide_the_print_behind_the_horizon_leaves_nothing_open() -> None:
    tilts = Tilts(Viewpoint(np.array([0.0, 90.0]), 40.0), 89.0)
    footprint = footprint_of(disc_foot())
    assert details(footprint, tilts) == details(footprint)


def test_an_axis_turned_either_way_counts_once_though_nothing_of_the_print_is_sure() -> None:
    certain = footprint_of(disc_foot(), axis_doubt_deg=15.0)
    certain = replace(certain, toes=certain.sole)
    for footprint in (certain, replace(certain, sole_surely=())):
        one = details(footprint)["wejsflog"]
        # Along an axis turned by 30 degrees both discs, 160 apart, are that much shorter.
        assert one.value == pytest.approx(210 / 60, rel=1e-3)
        assert one.value - one.low == pytest.approx(160 * (1 - np.cos(np.pi / 6)) / 60, rel=1e-2)


@pytest.mark.parametrize(
    ("midfoot", "grade"), [(44, 0), (45, 1), (85, 1), (86, 2), (94, 2), (95, 3)]
)
def test_denis_grades_are_half_the_ball_the_same_and_more(midfoot: float, grade: float) -> None:
    # Of the ball's 90; the same is what is less than a twentieth off.
    assert value("denis_grade", sole=blocks_foot(midfoot)[0]) == grade


def test_a_certain_print_has_the_least_interval_of_each_measure() -> None:
    # The print's heel lies at (300, 700): a pad before the ball, which ends 190 further up.
    found = details(replace(footprint_of(disc_foot()), toes=(box(305, 325, 485, 505),)))
    guards = {
        "chippaux_smirak_oblique": 0.02,
        "clarke_angle": 4.0, "footprint_index": 0.025, "arch_length_index": 0.015,
        "hernandez_corvo": 0.03, "sztriter_godunov": 0.025, "wejsflog": 0.05, "denis_grade": 0.0,
        "heel_angle": 1.0, "hallux_drift": 2.5,
    }  # fmt: skip
    assert list(found) == list(guards)
    for name, guard in guards.items():
        one = found[name]
        assert (one.value - one.low, one.high - one.value) == pytest.approx((guard, guard)), name


def test_no_interval_is_narrower_than_what_a_rim_of_water_moves() -> None:
    def print_in(rim: float):
        sole = disc_foot(28 + 2 * rim, 45 + rim, 28 + rim, 210 + 2 * rim)
        # The heel's middle stays where it is.
        return draw(sole, (box(5 - rim, 25 + rim, 186 - rim, 206 + rim),))

    dry, wet = print_in(0.0), print_in(1.3)
    for name, measure in PANEL.items():
        moved = measure.function(wet) - measure.function(dry)
        # About as much: they are medians, and this is one foot.
        assert abs(moved) <= 1.2 * measure.guard, name


@pytest.mark.parametrize(
    ("name", "limits", "bands"),
    [
        ("clarke_angle", (30, 35, 42), ("flat", "lowered", "intermediate", "normal")),
        (
            "hernandez_corvo",
            (0.35, 0.40, 0.55, 0.60, 0.75, 0.85),
            ("flat", "flat to normal", "normal", "normal to high", "high", "strongly high",
             "extremely high"),
        ),
        # Published to two decimals: normal from 0.26, lowered from 0.46, flat from 0.50 and 0.76.
        (
            "sztriter_godunov",
            (0.255, 0.455, 0.495, 0.755),
            ("high", "normal", "lowered", "flat", "very flat"),
        ),
        ("heel_angle", (15, 18), ("narrow", "usual", "wide")),
    ],
)  # fmt: skip
def test_bands_are_the_published_ones(
    name: str, limits: tuple[float, ...], bands: tuple[str, ...]
) -> None:
    # A midfoot broader than the ball is below 0.
    ends = [-0.05, *(end for limit in limits for end in (limit - 1e-6, limit)), 90.0]
    assert [PANEL[name].band(end) for end in ends] == [band for band in bands for _ in range(2)]


@pytest.mark.parametrize(
    "name", ["chippaux_smirak_oblique", "footprint_index", "arch_length_index", "wejsflog"]
)
def test_a_measure_without_published_limits_has_no_bands(name: str) -> None:
    assert PANEL[name].band(0.5) is None
