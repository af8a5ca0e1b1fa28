"""The 95 % interval: what widens it, and what it never does."""

import numpy as np
import pytest
from shapes import arched_foot, blocks_foot, disc_foot, footprint_of

from archscan.indices import INDICES, UNKNOWN_TILT_DOUBT_DEG, construct, measures
from archscan.indices.tilt import CAMERA_HEIGHT, seen_tilted


def spans(panel):
    return {name: measure.high - measure.low for name, measure in panel.items()}


def test_a_certain_print_has_the_guard_on_either_side():
    panel = measures(footprint_of(blocks_foot()), tilt_doubt_deg=0.0)
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
    measure = measures(footprint, tilt_doubt_deg=0.0)["chippaux_smirak"]
    assert (measure.low, measure.high) == pytest.approx((27 / 90, 39 / 90))


def test_two_doubts_combine_as_root_of_squares():
    # Possible contact widens the band from 21 to 27, so the ratio from 0.35 to 0.45. Turned
    # by 2 * 15 degrees a line crosses the band at a slant: 0.35 / cos 30°. The discs stay.
    footprint = footprint_of(
        disc_foot(band=21.0), sole_possibly=disc_foot(band=27.0), axis_doubt_deg=15.0
    )
    measure = measures(footprint, tilt_doubt_deg=0.0)["chippaux_smirak"]
    by_axis = 0.35 / np.cos(np.pi / 6) - 0.35
    assert measure.high - measure.value == pytest.approx(np.hypot(0.1, by_axis), rel=1e-3)
    assert measure.value - measure.low == pytest.approx(0.02)


def test_more_doubt_is_a_wider_interval():
    def panel(axis_doubt_deg, tilt_doubt_deg):
        footprint = footprint_of(arched_foot(), axis_doubt_deg=axis_doubt_deg)
        return spans(measures(footprint, tilt_doubt_deg))

    certain, axis, tilt = panel(0.0, 0.0), panel(20.0, 0.0), panel(0.0, 40.0)
    assert all(certain[name] < axis[name] for name in INDICES)
    assert all(certain[name] < tilt[name] for name in INDICES)


def test_tilt_is_doubted_unless_it_is_known():
    footprint = footprint_of(arched_foot(midfoot=60.0))
    assert measures(footprint) == measures(footprint, UNKNOWN_TILT_DOUBT_DEG)
    assert spans(measures(footprint))["chippaux_smirak"] > 0.04


def test_where_nothing_is_sure_the_interval_reaches_nought():
    measure = measures(footprint_of(blocks_foot(), sole_surely=()))["chippaux_smirak"]
    assert (measure.value, measure.low) == (pytest.approx(0.4), 0.0)


def test_the_interval_never_reaches_below_nought():
    measure = measures(footprint_of(blocks_foot(midfoot=0.9)))["chippaux_smirak"]
    assert measure.low == 0.0 < measure.value


def test_what_recedes_is_seen_shorter_and_narrower():
    # A point straight ahead, half a length from the middle, seen with the toes receding by
    # t: a * cos t / (1 + a * sin t / H), with a = 105 and H twice the length of 210.
    (seen,) = seen_tilted(blocks_foot(), 30.0, 0.0)
    front = 105 * np.cos(np.pi / 6) / (1 + 105 * 0.5 / (CAMERA_HEIGHT * 210))
    assert seen[:, 1].max() == pytest.approx(front)
    # Widths shrink with the distance alone: 90 at the front.
    at_front = seen[np.isclose(seen[:, 1], front), 0]
    assert np.ptp(at_front) == pytest.approx(90 / (1 + 105 * 0.5 / (CAMERA_HEIGHT * 210)))


def test_the_value_is_the_construction_s():
    footprint = footprint_of(arched_foot())
    drawn = construct(footprint.in_axis_frame(footprint.sole))
    for name, measure in measures(footprint).items():
        assert measure.value == INDICES[name].function(drawn)
        assert measure.low <= measure.value <= measure.high
