"""What a tilt of the camera may have done, and what a print's own shape says of it."""

import numpy as np
import pytest
from shapes import arched_foot, blocks_foot, rectangle

from archscan.indices import (
    INDICES,
    TiltDoubt,
    Viewpoint,
    construct,
    known_tilt_doubt,
    tilt_doubt,
    tilts,
    usual_tilt_doubt,
)
from archscan.indices.tilt import untilted

ABOVE = Viewpoint(np.array([0.0, 80.0]), 300.0)


def usual_foot(midfoot=33.0):
    """A foot with the proportions that feet usually have."""
    return arched_foot(midfoot=midfoot, heel=57.0, length=220.5)


def seen_tilted(sole, tilt_deg, towards_deg):
    """What a camera above the foot sees that is tilted: what recedes is nearer and smaller.

    A point a ahead and b beside what the photo's middle shows, from h above: h a cos t and
    h b, both over h + a sin t.
    """
    angle, tilt, height = np.deg2rad(towards_deg), np.deg2rad(tilt_deg), ABOVE.height
    ahead, beside = np.array([[np.sin(angle), np.cos(angle)], [np.cos(angle), -np.sin(angle)]])
    seen = []
    for polygon in sole:
        a, b = (polygon - ABOVE.below) @ ahead, (polygon - ABOVE.below) @ beside
        depth = height + a * np.sin(tilt)
        there = np.outer(height * a * np.cos(tilt) / depth, ahead)
        seen.append(ABOVE.below + there + np.outer(height * b / depth, beside))
    return tuple(seen)


def spans(doubt):
    return {name: sum(reach) for name, reach in doubt.reach.items()}


def read(sole):
    return {name: index.function(construct(sole)) for name, index in INDICES.items()}


def test_a_known_tilt_leaves_the_more_in_doubt_the_less_well_it_is_known():
    by_sheet, by_lines = (spans(known_tilt_doubt(usual_foot(), ABOVE, deg)) for deg in (2.0, 5.0))
    assert list(by_sheet) == list(INDICES)
    for name in INDICES:
        assert 0.0 < 2.0 * by_sheet[name] < by_lines[name] < 3.5 * by_sheet[name]


def test_of_a_known_tilt_the_print_s_shape_says_nothing_more():
    assert known_tilt_doubt(blocks_foot(), ABOVE, 5.0).steep == 0.0
    assert known_tilt_doubt(blocks_foot(), ABOVE, 5.0).cautions == ()


def test_far_from_the_photo_s_middle_a_tilt_may_do_more():
    beside = Viewpoint(np.array([300.0, -300.0]), 300.0)
    near, far = (spans(known_tilt_doubt(usual_foot(), one, 10.0)) for one in (ABOVE, beside))
    assert far["cavanagh_rodgers"] > 1.2 * near["cavanagh_rodgers"]


@pytest.mark.parametrize("over_deg", [11.0, 25.0])
def test_a_print_whose_shape_says_nothing_was_seen_as_steeply_as_phones_are_held(
    over_deg, monkeypatch
):
    monkeypatch.setattr(tilt_doubt, "PROPORTIONS_SPREAD", np.array([1e6, 1e6]))
    monkeypatch.setattr(tilts, "MOST_TILT_DEG", 90.0)
    monkeypatch.setattr(tilt_doubt, "STEEP_DEG", over_deg)
    # Four in five by 7 degrees either way and the fifth by 20: over so many with these chances.
    steep = 0.8 * np.exp(-0.5 * (over_deg / 7) ** 2) + 0.2 * np.exp(-0.5 * (over_deg / 20) ** 2)
    assert usual_tilt_doubt(usual_foot(), ABOVE).steep == pytest.approx(steep, abs=0.01)


def test_of_the_tilts_that_phones_are_held_at_a_few_lead_beyond_either_end(monkeypatch):
    monkeypatch.setattr(tilt_doubt, "PROPORTIONS_SPREAD", np.array([1e6, 1e6]))
    sole, random = usual_foot(), np.random.default_rng(5)
    reach, measured = usual_tilt_doubt(sole, ABOVE).reach, read(sole)
    beyond = {name: np.zeros(2) for name in INDICES}
    for number in range(400):
        tilt = random.normal(0.0, 20.0 if number % 5 == 0 else 7.0, 2)
        towards_deg = float(np.rad2deg(np.arctan2(tilt[1], tilt[0])))
        true = read(untilted(sole, float(np.hypot(*tilt)), towards_deg, ABOVE))
        for name, (below, above) in reach.items():
            moved = true[name] - measured[name]
            beyond[name] += moved < -below, moved > above
    # One in 40 were it not for the parabola, which steep tilts leave.
    assert all(((ends >= 4) & (ends <= 24)).all() for ends in beyond.values()), beyond


def test_a_usual_print_is_taken_to_be_photographed_from_above():
    doubt = usual_tilt_doubt(usual_foot(), ABOVE)
    assert doubt.steep < 0.1
    assert doubt.cautions == ()
    assert all(below > 0.0 and above > 0.0 for below, above in doubt.reach.values())


@pytest.mark.parametrize("towards_deg", [0.0, 180.0])
@pytest.mark.parametrize("midfoot", [20.0, 33.0, 50.0])
@pytest.mark.parametrize("tilt_deg", [10.0, 20.0])
def test_the_true_value_is_within_reach(tilt_deg, midfoot, towards_deg):
    sole = usual_foot(midfoot)
    seen = seen_tilted(sole, tilt_deg, towards_deg)
    reach = usual_tilt_doubt(seen, ABOVE).reach
    true, measured = read(sole), read(seen)
    for name, (below, above) in reach.items():
        assert measured[name] - below <= true[name] <= measured[name] + above


@pytest.mark.parametrize("towards_deg", [0.0, 90.0, 180.0])
def test_a_print_seen_from_the_side_is_told(towards_deg):
    doubt = usual_tilt_doubt(seen_tilted(usual_foot(), 40.0, towards_deg), ABOVE)
    assert doubt.steep > 0.5
    assert [caution.code for caution in doubt.cautions] == ["slanted"]


@pytest.mark.parametrize(
    ("steep", "said", "refused"),
    [
        (0.49, [], None),
        (0.5, ["slanted"], None),
        (0.79, ["slanted"], None),
        (0.8, ["slanted"], "too-tilted"),
    ],
)
def test_what_was_likely_seen_from_the_side_is_told_and_what_surely_was_refused(
    steep, said, refused
):
    doubt = TiltDoubt({}, steep)
    assert [caution.code for caution in doubt.cautions] == said
    assert (doubt.refusal and doubt.refusal.code) == refused


def test_a_finer_outline_says_the_same():
    coarse, fine = (
        usual_tilt_doubt(arched_foot(heel=57.0, length=220.5, steps=steps), ABOVE)
        for steps in (400, 4000)
    )
    assert fine.steep == pytest.approx(coarse.steep, abs=0.01)
    for name, reach in fine.reach.items():
        assert reach == pytest.approx(coarse.reach[name], abs=0.003)


def test_what_has_no_foot_s_proportions_is_weighed_all_the_same():
    strip = (rectangle(-5.0, 5.0, 0.0, 700.0),)
    doubt = usual_tilt_doubt(strip, Viewpoint(np.array([0.0, 350.0]), 900.0))
    assert np.isfinite([*doubt.reach["cavanagh_rodgers"], doubt.steep]).all()


@pytest.mark.parametrize("towards_deg", [0.0, 30.0, 90.0, 180.0, 250.0])
def test_a_tilt_that_is_known_is_undone(towards_deg):
    (sole,) = usual_foot()
    (again,) = untilted(seen_tilted((sole,), 20.0, towards_deg), 20.0, towards_deg, ABOVE)
    assert again == pytest.approx(sole, abs=1e-9)


@pytest.mark.parametrize("towards_deg", range(0, 360, 45))
def test_what_a_tilt_that_is_nearly_known_did_is_within_reach(towards_deg):
    sole = usual_foot()
    seen = seen_tilted(sole, 4.5, float(towards_deg))
    reach = known_tilt_doubt(seen, ABOVE, 5.0).reach
    true, measured = read(sole), read(seen)
    for name, (below, above) in reach.items():
        assert 0.0 < below < 0.02
        assert 0.0 < above < 0.02
        assert below != above
        assert measured[name] - below <= true[name] <= measured[name] + above


@pytest.mark.parametrize("towards_deg", [0.0, 90.0, 180.0])
def test_a_tilt_that_can_be_measured_is_not_called_steep(towards_deg):
    assert usual_tilt_doubt(seen_tilted(usual_foot(), 22.0, towards_deg), ABOVE).steep < 0.2


def test_tilts_that_the_print_would_vanish_in_are_left_out():
    near = Viewpoint(np.array([0.0, 80.0]), 25.0)
    with pytest.raises(ValueError, match="horizon"):
        untilted(usual_foot(), tilt_doubt.TRIED_TILT_DEG, 180.0, near)
    doubt = usual_tilt_doubt(usual_foot(), near)
    assert all(np.isfinite(reach).all() for reach in doubt.reach.values())
