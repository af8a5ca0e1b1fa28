"""The three indices on feet whose values are computed by hand."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapes import BLOCKS, arched_foot, between, blocks_foot, disc_foot, footprint_of, rectangle

from archscan.indices import INDICES, construct, measures


def values(sole):
    drawn = construct(sole)
    return {name: index.function(drawn) for name, index in INDICES.items()}


def test_blocks_on_exact_thirds():
    assert values(blocks_foot()) == pytest.approx(BLOCKS)


def test_the_construction_of_the_blocks():
    drawn = construct(blocks_foot())
    assert drawn.thirds == pytest.approx((-35, 35, 105, 175))
    assert drawn.areas == pytest.approx((60 * 70, 36 * 70, 90 * 70))
    assert (drawn.heel.width, drawn.midfoot.width, drawn.forefoot.width) == pytest.approx(
        (60, 36, 90)
    )
    # The narrow band is equally wide all along: its middle is drawn.
    assert drawn.midfoot.level == pytest.approx(70.0)
    assert drawn.midfoot.chords == pytest.approx(np.array([[-30.0, 6.0]]))
    assert drawn.heel.chords == pytest.approx(np.array([[-30.0, 30.0]]))
    assert drawn.forefoot.chords == pytest.approx(np.array([[-30.0, 60.0]]))


def test_of_two_equal_waists_one_is_drawn_not_the_broader_middle_between_them():
    levels = np.array([-35.0, 35.0, 45.0, 60.0, 80.0, 95.0, 105.0, 175.0])
    widths = np.array([60.0, 60.0, 36.0, 36.0, 36.0, 36.0, 90.0, 90.0])
    plain = np.stack([widths - 30.0, levels], axis=1)
    bulging = np.insert(plain, 4, [20.0, 70.0], axis=0)
    for medial, level in ((plain, 70.0), (bulging, 45.0)):
        lateral = np.array([[-30.0, 175.0], [-30.0, -35.0]])
        midfoot = construct((np.concatenate([medial, lateral]),)).midfoot
        assert midfoot.level == pytest.approx(level)
        assert midfoot.chords == pytest.approx(np.array([[-30.0, 6.0]]))


def test_a_line_is_drawn_on_the_side_of_a_step_where_it_was_measured():
    # Steps lie at 0 in the heel (40 below, 60 above) and at 35 and 105, the ends of the midfoot.
    def drawn(*steps):
        levels, widths = np.transpose(steps).astype(float)
        return construct((between(levels, -30.0, widths - 30.0),))

    heel = ((-35, 40), (0, 40), (0, 60), (35, 50))
    lowest = drawn(*heel, (35, 36), (105, 80), (105, 90), (175, 90))
    highest = drawn(*heel, (70, 45), (105, 36), (105, 90), (175, 90))
    for one, level in ((lowest, 35.0), (highest, 105.0)):
        assert (one.heel.level, one.midfoot.level) == pytest.approx((0.0, level))
        assert one.heel.chords == pytest.approx(np.array([[-30.0, 30.0]]))
        assert one.midfoot.chords == pytest.approx(np.array([[-30.0, 6.0]]))


def test_two_discs_and_a_band():
    # Heel disc r = 20 about 0, ball disc R = 30 about 160, band of half-width h = 10.5
    # between the centres. Toeless length -20..190, thirds at 50 and 120, which both lie
    # where only the band is (heel disc ends at 20, ball disc begins at 130).
    #   widths: narrowest 2h = 21, heel 2r = 40, forefoot 2R = 60
    #   middle third: 2h * 70
    #   whole: both discs and the band less what they share; a disc of radius q shares with
    #   the band, above or below its centre, integral of sqrt(q² - x²) over -h..h
    #   = h sqrt(q² - h²) + q² asin(h / q)
    h, r, big = 10.5, 20.0, 30.0

    def shared(q):
        return h * math.sqrt(q * q - h * h) + q * q * math.asin(h / q)

    whole = math.pi * (r * r + big * big) + 2 * h * 160 - shared(r) - shared(big)
    assert values(disc_foot(band=2 * h, ball=big, heel=r)) == pytest.approx(
        {
            "chippaux_smirak": 21 / 60,
            "cavanagh_rodgers": 2 * h * 70 / whole,
            "staheli": 21 / 40,
        },
        rel=1e-4,
    )


def test_an_interrupted_print_has_no_midfoot():
    drawn = construct(blocks_foot(midfoot=0.0))
    assert drawn.midfoot.width == 0.0
    assert drawn.midfoot.chords.shape == (0, 2)
    assert drawn.midfoot.level == pytest.approx(70.0)
    panel = measures(footprint_of(blocks_foot(midfoot=0.0)))
    for name in ("chippaux_smirak", "staheli"):
        assert panel[name].value == panel[name].low == 0.0
        assert panel[name].high > 0.0
        assert panel[name].arch == "high"
    assert panel["cavanagh_rodgers"].value == 0.0


def test_a_gap_inside_a_width_is_not_contact():
    # A slit 10 wide and 20 long in the ball: its widest contact lies beside the slit, the
    # forefoot's area loses 200. A slit through the midfoot narrows it by its own width.
    slit_ball = (*blocks_foot(), rectangle(0, 10, 130, 150))
    assert values(slit_ball)["chippaux_smirak"] == pytest.approx(0.4)
    assert construct(slit_ball).areas[2] == pytest.approx(90 * 70 - 200)
    slit_midfoot = construct((*blocks_foot(), rectangle(-10, -4, 60, 80)[::-1]))
    assert slit_midfoot.midfoot.width == pytest.approx(30.0)
    assert slit_midfoot.midfoot.chords == pytest.approx(np.array([[-30.0, -10.0], [-4.0, 6.0]]))


def test_outlines_may_run_either_way_round():
    for sole in (blocks_foot(), blocks_foot(midfoot=0.0), disc_foot()):
        assert values(tuple(p[::-1] for p in sole)) == pytest.approx(values(sole))


def test_a_wider_midfoot_outside_its_third_is_not_the_forefoot():
    # The band is widest (100) in the middle third, yet the forefoot's 90 is measured.
    sole = blocks_foot(midfoot=100.0)
    assert construct(sole).forefoot.width == pytest.approx(90.0)


def test_of_equal_maxima_the_one_nearest_the_midfoot_counts():
    # Ball and heel each have a waist of 10 between two levels of full width; the midfoot of
    # 36 is still the narrowest between the levels nearest to it.
    waists = (rectangle(-25, 55, 145, 155), rectangle(-25, 25, -10, 10))
    drawn = construct((*blocks_foot(), *waists))
    assert drawn.midfoot.width == pytest.approx(36.0)
    assert (drawn.heel.level, drawn.forefoot.level) == pytest.approx((35.0, 105.0))


def test_a_foot_of_one_width():
    one = values((rectangle(-30, 30, -35, 175),))
    assert one == pytest.approx({"chippaux_smirak": 1.0, "cavanagh_rodgers": 1 / 3, "staheli": 1.0})


LINE = np.array([[0.0, 0.0], [0.0, 9.0], [0.0, 4.0]])


@pytest.mark.parametrize(
    "sole",
    [
        (),
        (rectangle(0, 10, 5, 5),),
        (LINE,),
        (LINE, rectangle(-30, 30, 140, 200)),
        (LINE, rectangle(-30, 30, -200, -140)),
    ],
)
def test_nothing_to_measure_is_an_error(sole):
    with pytest.raises(ValueError, match=r"outline|contact"):
        construct(sole)


feet = st.builds(
    arched_foot,
    midfoot=st.floats(5.0, 88.0),
    forefoot=st.floats(80.0, 100.0),
    heel=st.floats(45.0, 65.0),
    steps=st.just(160),
)


@settings(max_examples=25)
@given(
    feet,
    st.floats(-180.0, 180.0),
    st.floats(0.1, 8.0),
    st.sampled_from(["left", "right"]),
)
def test_size_pose_and_side_change_nothing(sole, turned_deg, scale, side):
    straight = measures(footprint_of(sole, axis_doubt_deg=1.0))
    posed = measures(
        footprint_of(sole, axis_doubt_deg=1.0, turned_deg=turned_deg, scale=scale, side=side)
    )
    for name, measure in straight.items():
        for field in ("value", "low", "high"):
            # A mirrored foot is turned the other way first, which the span does not notice.
            assert getattr(posed[name], field) == pytest.approx(getattr(measure, field), abs=1e-6)


@pytest.mark.parametrize("turn_deg", [-20.0, 6.0])
def test_an_axis_at_a_slant_crosses_the_band_at_a_slant(turn_deg):
    # Discs are as wide as before, the band's chord grows to 21 / cos(turn).
    footprint = footprint_of(disc_foot(band=21.0))
    turned = values(footprint.in_axis_frame(footprint.sole, turn_deg=turn_deg))
    slant = math.cos(math.radians(turn_deg))
    assert turned["chippaux_smirak"] == pytest.approx(21 / slant / 60, rel=1e-3)
    assert turned["staheli"] == pytest.approx(21 / slant / 40, rel=1e-3)
