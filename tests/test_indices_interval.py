"""The 95 % interval: what widens it, and what it never does."""

from dataclasses import replace

import numpy as np
import pytest
from shapes import arched_foot, blocks_foot, disc, disc_foot, footprint_of

from archscan.indices import INDICES, TiltDoubt, construct, measures
from archscan.indices.tilt import Viewpoint, untilted


def spans(panel):
    return {name: measure.high - measure.low for name, measure in panel.items()}


def test_a_certain_print_has_the_guard_on_either_side():
    panel = measures(footprint_of(blocks_foot()))
    assert list(panel) == ["chippaux_smirak", "cavanagh_rodgers", "staheli"]
    guards = {"chippaux_smirak": 0.02, "cavanagh_rodgers": 0.008, "staheli": 0.04}
    for name, measure in panel.items():
        assert measure.name == name
        assert measure.low == pytest.approx(measure.value - guards[name])
        assert measure.high == pytest.approx(measure.value + guards[name])


def test_doubtful_contact_widens_each_side_by_its_own_amount():
    footprint = footprint_of(
        blocks_foot(midfoot=36.0),
        sole_surely=blocks_foot(midfoot=27.0),
        sole_possibly=blocks_foot(midfoot=39.0),
    )
    measure = measures(footprint)["chippaux_smirak"]
    assert (measure.low, measure.high) == pytest.approx((27 / 90, 39 / 90))


def test_two_doubts_combine_as_root_of_squares():
    # Possible contact widens the band from 21 to 27, so the ratio from 0.35 to 0.45. Turned
    # by 2 * 15 degrees a line crosses the band at a slant: 0.35 / cos 30°. The discs stay.
    footprint = footprint_of(
        disc_foot(band=21.0), sole_possibly=disc_foot(band=27.0), axis_doubt_deg=15.0
    )
    measure = measures(footprint)["chippaux_smirak"]
    by_axis = 0.35 / np.cos(np.pi / 6) - 0.35
    assert measure.high - measure.value == pytest.approx(np.hypot(0.1, by_axis), rel=1e-3)
    assert measure.value - measure.low == pytest.approx(0.02)


def test_a_doubtful_axis_is_a_wider_interval():
    certain, doubtful = (
        spans(measures(footprint_of(arched_foot(), axis_doubt_deg=doubt))) for doubt in (0.0, 20.0)
    )
    assert all(certain[name] < doubtful[name] for name in INDICES)


def test_a_tilt_widens_each_side_by_what_it_may_have_done():
    tilt = TiltDoubt({"chippaux_smirak": (0.05, 0.03)})
    panel = measures(footprint_of(blocks_foot()), tilt)
    headline = panel["chippaux_smirak"]
    assert (headline.low, headline.high) == pytest.approx((0.35, 0.43))
    assert panel["staheli"] == measures(footprint_of(blocks_foot()))["staheli"]


def test_water_that_crept_on_may_have_made_the_print_wider_but_not_narrower():
    panel = measures(replace(footprint_of(blocks_foot()), bleed_mm=3.0))
    # By 0.016, 0.008 and 0.021 for each millimetre.
    for name, by in {"chippaux_smirak": 0.048, "cavanagh_rodgers": 0.024, "staheli": 0.063}.items():
        one = panel[name]
        assert one.value - one.low == pytest.approx(by)
        assert one.high - one.value == pytest.approx(INDICES[name].guard)


def test_where_nothing_is_sure_the_interval_reaches_nought():
    measure = measures(footprint_of(blocks_foot(), sole_surely=()))["chippaux_smirak"]
    assert (measure.value, measure.low) == (pytest.approx(0.4), 0.0)


def test_the_interval_never_reaches_below_nought():
    measure = measures(footprint_of(blocks_foot(midfoot=0.9)))["chippaux_smirak"]
    assert measure.low == 0.0 < measure.value


@pytest.mark.parametrize("towards_deg", [0.0, 90.0, 200.0])
def test_what_a_tilted_camera_saw_is_laid_out_again(towards_deg):
    # A point a ahead and b beside what the photo's middle shows, seen from h above with the
    # floor ahead receding by t: h a cos t / (h + a sin t) and h b / (h + a sin t).
    tilt, height, below = np.deg2rad(30.0), 300.0, np.array([-40.0, 150.0])
    (foot,) = blocks_foot()
    angle = np.deg2rad(towards_deg)
    ahead, beside = np.array([[np.sin(angle), np.cos(angle)], [np.cos(angle), -np.sin(angle)]])
    a, b = (foot - below) @ ahead, (foot - below) @ beside
    depth = height + a * np.sin(tilt)
    seen = below + np.outer(height * a * np.cos(tilt) / depth, ahead)
    seen += np.outer(height * b / depth, beside)
    (laid,) = untilted((seen,), 30.0, towards_deg, Viewpoint(below, height))
    np.testing.assert_allclose(laid, foot, atol=1e-9)


def test_beyond_the_horizon_there_is_no_floor():
    with pytest.raises(ValueError, match="horizon"):
        untilted(blocks_foot(), 60.0, 0.0, Viewpoint(np.zeros(2), 100.0))


def test_the_value_is_the_construction_s():
    footprint = footprint_of(arched_foot())
    drawn = construct(footprint.in_axis_frame(footprint.sole))
    for name, measure in measures(footprint).items():
        assert measure.value == INDICES[name].function(drawn)
        assert measure.low <= measure.value <= measure.high


def test_one_look_that_loses_the_midfoot_does_not_widen_the_interval():
    looks = tuple(blocks_foot(midfoot=width) for width in (36.0, 36.0, 36.0, 1.0))
    certain = measures(footprint_of(blocks_foot(midfoot=36.0)))
    doubtful = measures(footprint_of(blocks_foot(midfoot=36.0), sole_looks=looks))
    assert spans(doubtful) == pytest.approx(spans(certain))


@pytest.mark.parametrize("widths", [(35.1, 38.7, 45.0), (36.9, 33.3, 27.0)])
def test_looks_widen_the_interval_by_how_far_they_usually_lie_from_the_value(widths):
    looks = tuple(blocks_foot(midfoot=width) for width in widths)
    measure = measures(footprint_of(blocks_foot(midfoot=36.0), sole_looks=looks))
    # Off by 0.01, 0.03 and 0.10 of the forefoot's 90; the middle one counts 2.9 times.
    assert measure["chippaux_smirak"].high == pytest.approx(0.40 + 2.9 * 0.03)
    assert measure["chippaux_smirak"].low == pytest.approx(0.40 - 2.9 * 0.03)


@pytest.mark.parametrize(("name", "highest"), [("chippaux_smirak", 1.0), ("cavanagh_rodgers", 1.0)])
def test_no_interval_reaches_beyond_what_an_index_can_be(name: str, highest: float) -> None:
    tilt = TiltDoubt(dict.fromkeys(INDICES, (3.0, 3.0)))
    panel = measures(footprint_of(blocks_foot()), tilt)
    assert (panel[name].low, panel[name].high) == (0.0, highest)
    # A midfoot may be broader than the heel.
    assert panel["staheli"].high == pytest.approx(panel["staheli"].value + 3.0)


def test_a_disc_lies_in_its_own_interval_though_rounding_makes_it_wider_than_wide() -> None:
    panel = measures(footprint_of((disc(0.3, 0.1, 20.0),)))
    for one in panel.values():
        assert one.low <= one.value <= one.high
    assert panel["chippaux_smirak"].high == pytest.approx(1.0)
