"""Which foot left a print, told by its toes, its arch and its ball."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from drawn_feet import BALL, WIDTH, contact, footprint, upright

from archscan.footprint import Footprint, find_footprint
from archscan.footprint.side import side_clues


def test_side_follows_the_hallux_and_mirrors() -> None:
    left, right = footprint(), footprint(mirror=True)
    assert (left.side, right.side) == ("left", "right")
    assert min(left.side_confidence, right.side_confidence) > 0.95
    assert right.axis_tip[0] == pytest.approx(WIDTH - 1 - left.axis_tip[0], abs=1e-6)


def test_side_is_told_without_toes() -> None:
    found = footprint(toes=())
    assert found.side == "left"
    assert found.axis_method == "forefoot"
    # The middle of the ball disc's widest extent.
    assert found.axis_tip == pytest.approx(BALL[:2], abs=2.5)
    assert "toe2-missing" in {caution.code for caution in found.cautions}


def test_a_said_side_is_believed() -> None:
    found = find_footprint(contact(), "right")
    assert isinstance(found, Footprint)
    assert (found.side, found.side_confidence) == ("right", 1.0)


def test_a_side_said_with_a_print_is_believed_unless_a_person_says_another() -> None:
    labelled = replace(contact(), side="right")
    for said, side in (("auto", "right"), ("left", "left")):
        found = find_footprint(labelled, said)
        assert isinstance(found, Footprint)
        assert (found.side, found.side_confidence) == (side, 1.0)


def test_the_biggest_of_equal_pads_says_nothing_of_the_side() -> None:
    sole = tuple(np.array([(-30, y), (30, y), (30, y + 60), (-30, y + 60)]) for y in (-30.0, 100.0))

    def pad(x: float, size: float):
        return np.array([(x, 180), (x + size, 180), (x + size, 180 + size), (x, 180 + size)])

    equal = side_clues(sole, (pad(-30, 10), pad(-10, 10), pad(20, 10)))
    larger = side_clues(sole, (pad(-30, 10), pad(-10, 12), pad(20, 20)))
    assert equal.hallux == 0
    # The next has 0.36 of its area; it is at the right end of a row 55 long of the ball's 60.
    assert larger.hallux == pytest.approx(0.64 * 55 / 60)


def test_the_arch_is_a_gap_on_the_medial_side() -> None:
    # 60 wide and 190 long; of 17 levels from 27 to 88 all but the first lie in a bay 40 deep.
    corners = [
        (-30, -30), (30, -30), (30, 30), (-10, 30), (-10, 100), (30, 100), (30, 160), (-30, 160),
    ]  # fmt: skip
    sole = np.array(corners, dtype=float)
    assert side_clues((sole,), ()).arch == pytest.approx(16 / 17 * 40 / 60)
    assert side_clues((sole * [-1.0, 1.0],), ()).arch == pytest.approx(-16 / 17 * 40 / 60)


def test_the_half_of_the_ball_that_lies_further_ahead_tells_the_side() -> None:
    heel = np.array([(-20, -30), (40, -30), (40, 30), (-20, 30)], dtype=float)
    # From -20 to 40 the ball is 60 wide, its middle is 10. Left of that it reaches 190, right of
    # it 170: the corner at 37 lies in the outermost fifth, which is rounded anyhow.
    ball = np.array(
        [(-20, 100), (40, 100), (40, 150), (37, 178), (30, 170), (8, 190), (-10, 158), (-20, 150)],
        dtype=float,
    )
    assert side_clues((heel, ball), ()).ball == pytest.approx(-20 / 60)
    mirrored = (heel * [-1.0, 1.0], ball * [-1.0, 1.0])
    assert side_clues(mirrored, ()).ball == pytest.approx(20 / 60)


@pytest.mark.parametrize(
    ("tops", "slope"),
    [((200, 204, 208), 0.4), ((208, 204, 200), -0.4), ((200, 230, 260), 1.5), ((200, 208), 0.0)],
)
def test_toes_that_rise_to_the_right_tell_the_side(tops: tuple[int, ...], slope: float) -> None:
    # Ten from one to the next; of two no row can be told, and steeper ones are no toes' row.
    sole = (np.array([(-30, -30), (30, -30), (30, 160), (-30, 160)], dtype=float),)
    toes = tuple(
        np.array([(10 * number, 180), (10 * number + 6, 180), (10 * number + 3, top)], dtype=float)
        for number, top in enumerate(tops)
    )
    assert side_clues(sole, toes).toe_slope == pytest.approx(slope)


def test_a_ball_that_ends_obliquely_does_not_outvote_the_toes() -> None:
    # Of the waist only a twelfth shows contact, at the lateral corner of the ball.
    heel = np.array([(-25, -20), (25, -20), (25, 30), (-25, 30)], dtype=float)
    ball = np.array([(-40, 200), (-40, 150), (45, 106), (45, 200)], dtype=float)
    clues = side_clues((heel, ball), ())
    assert 0 > clues.arch > -0.2


def test_a_print_that_is_like_its_mirror_image_leaves_the_side_unsure() -> None:
    found = find_footprint(upright(2.3, 0.64))
    assert isinstance(found, Footprint)
    assert found.side_confidence == pytest.approx(0.5, abs=0.05)
    assert {one.code for one in found.cautions} == {"toe2-missing", "side-unsure"}
    said = find_footprint(upright(2.3, 0.64), "right")
    assert isinstance(said, Footprint)
    assert {one.code for one in said.cautions} == {"toe2-missing"}
