"""A foot drawn from discs and a band, so that every landmark is known beforehand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archscan.footprint import Footprint, find_footprint
from archscan.footprint.axis import settle_axis
from archscan.footprint.outlines import outlines
from archscan.footprint.side import side_clues
from archscan.footprint.toe_pads import TOE_SLOTS, name_toes, tips
from archscan.polygons import signed_area
from archscan.reasons import REFUSALS, Reason
from archscan.segmentation.contact import Contact

HEIGHT, WIDTH = 520, 320
HEEL = (160.0, 430.0, 48.0)  # x, y, radius
BALL = (165.0, 190.0, 76.0)
BAND = (112.0, 150.0, 190.0, 430.0)  # left, right, top, bottom: lateral on a left foot
TOES = (  # x, y, radius; hallux first, a left foot seen from above
    (214.0, 82.0, 24.0),
    (182.0, 72.0, 12.0),
    (157.0, 80.0, 11.0),
    (135.0, 94.0, 10.0),
    (112.0, 114.0, 10.0),
)


def distance_map(shape_distance):
    """Probability of contact for a signed distance in pixels: 0.5 on the edge."""
    return np.clip(0.5 - shape_distance, 0.0, 1.0).astype(np.float32)


def grid():
    return np.meshgrid(np.arange(WIDTH, dtype=float), np.arange(HEIGHT, dtype=float))


def disc(x, y, radius):
    across, down = grid()
    return np.hypot(across - x, down - y) - radius


def band(left, right, top, bottom):
    across, down = grid()
    return np.maximum(
        np.maximum(left - across, across - right), np.maximum(top - down, down - bottom)
    )


def contact(toes=TOES, with_band=True, mirror=False, mm_per_px=None):
    sole = np.minimum(disc(*HEEL), disc(*BALL))
    if with_band:
        sole = np.minimum(sole, band(*BAND))
    pads = np.full((HEIGHT, WIDTH), 99.0)
    for toe in toes:
        pads = np.minimum(pads, disc(*toe))
    maps = [distance_map(sole), distance_map(pads)]
    if mirror:
        maps = [np.ascontiguousarray(item[:, ::-1]) for item in maps]
    return Contact(maps[0], maps[1], np.eye(3), mm_per_px)


def footprint(*arguments, **options) -> Footprint:
    found = find_footprint(contact(*arguments, **options))
    assert isinstance(found, Footprint), found
    return found


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


@pytest.mark.parametrize("missing", range(5))
def test_the_second_toe_is_known_whichever_toe_is_missing(missing: int) -> None:
    found = footprint(toes=tuple(toe for number, toe in enumerate(TOES) if number != missing))
    if missing == 1:
        assert found.axis_method == "forefoot"
    else:
        assert found.axis_tip == pytest.approx((182, 60), abs=1.0)


def test_more_tips_than_toes_name_none_of_them() -> None:
    found = footprint(toes=(*TOES, (92.0, 138.0, 9.0)))
    assert len(found.toes) == 5
    assert found.axis_method == "forefoot"


def test_of_six_pads_the_smallest_is_no_toe() -> None:
    hallux = (214.0, 82.0, 20.0)
    found = footprint(toes=(hallux, *TOES[1:], (92.0, 138.0, 6.0)))
    assert len(found.toes) == 5
    assert min(abs(signed_area(toe)) for toe in found.toes) == pytest.approx(np.pi * 100, rel=0.01)
    assert found.axis_tip == pytest.approx((182, 60), abs=1.0)


@pytest.mark.parametrize(("share", "pads"), [(0.0013, 4), (0.0017, 5)])
def test_a_speck_beside_the_toes_is_no_toe(share: float, pads: int) -> None:
    area = sum(abs(signed_area(polygon)) for polygon in footprint().sole)
    speck = (70.0, 60.0, float(np.sqrt(share * area / np.pi)))
    assert len(footprint(toes=(*TOES, speck)).toes) == pads


def test_the_axis_is_the_more_in_doubt_where_the_second_toe_left_no_print() -> None:
    assert (footprint().axis_doubt_deg, footprint(toes=()).axis_doubt_deg) == (1.0, 2.5)


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


def test_medial_toe_comes_first() -> None:
    for mirror in (False, True):
        found = footprint(mirror=mirror)
        areas = [abs(signed_area(toe)) for toe in found.toes]
        assert areas[0] == max(areas)


def test_an_interrupted_print_is_still_one_foot() -> None:
    found = footprint(with_band=False)
    assert len(found.sole) == 2
    assert found.side == "left"


def test_a_ball_that_ends_obliquely_does_not_outvote_the_toes() -> None:
    # Of the waist only a twelfth shows contact, at the lateral corner of the ball.
    heel = np.array([(-25, -20), (25, -20), (25, 30), (-25, 30)], dtype=float)
    ball = np.array([(-40, 200), (-40, 150), (45, 106), (45, 200)], dtype=float)
    clues = side_clues((heel, ball), ())
    assert 0 > clues.arch > -0.2


def test_the_doubtful_band_brackets_the_edge() -> None:
    found = footprint()
    sizes = [
        sum(abs(signed_area(p)) for p in outline)
        for outline in (found.sole_surely, found.sole, found.sole_possibly)
    ]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[2]


def refusal(sole, mm_per_px=None) -> str:
    nothing = np.zeros((HEIGHT, WIDTH), dtype=np.float32)
    found = find_footprint(Contact(distance_map(sole), nothing, np.eye(3), mm_per_px))
    assert isinstance(found, Reason), "this must not be measured"
    return found.code


def test_a_lone_ball_is_a_partial_print() -> None:
    assert refusal(disc(*BALL)) == "partial-print"


@pytest.mark.parametrize(("ball_at", "line_at"), [(60.0, 500.0), (460.0, 20.0)])
def test_a_ball_and_a_line_across_the_floor_are_no_whole_print(ball_at, line_at) -> None:
    # The line is a pixel high: no level that a third of the print is looked at need meet it.
    line = band(20.0, 300.0, line_at - 0.5, line_at + 0.5)
    assert refusal(np.minimum(disc(160.0, ball_at, 50.0), line)) == "partial-print"


@pytest.mark.parametrize(("share", "pieces"), [(0.025, 1), (0.035, 2)])
def test_a_sliver_beside_a_sole_is_none_of_it(share: float, pieces: int) -> None:
    radius = float(np.sqrt(share * abs(signed_area(footprint().sole[0])) / np.pi))
    sliver = distance_map(disc(275.0, 300.0, radius))
    found = find_footprint(replace(contact(), sole=np.maximum(contact().sole, sliver)))
    assert isinstance(found, Footprint)
    assert len(found.sole) == pieces


def test_an_empty_patch_is_a_partial_print() -> None:
    assert refusal(np.full((HEIGHT, WIDTH), 9.0)) == "partial-print"


@pytest.mark.parametrize(("blur_px", "smeared"), [(28, False), (33, True)])
def test_a_smear_is_refused(blur_px: float, smeared: bool) -> None:
    # From 0.75 to 0.25 it is half of the whole blur; a tenth of the ball's width is 15 pixels.
    sole = np.minimum(np.minimum(disc(*HEEL), disc(*BALL)), band(*BAND))
    found = find_footprint(replace(contact(), sole=distance_map(sole / blur_px)))
    assert found is REFUSALS["smeared"] if smeared else isinstance(found, Footprint)


def test_how_broad_an_edge_is_does_not_hang_on_pieces_dry_spots_or_spatter() -> None:
    parts = np.minimum(disc(*HEEL), disc(*BALL))
    apart = find_footprint(replace(contact(), sole=distance_map(parts / 28)))
    assert isinstance(apart, Footprint)
    dry = np.maximum(np.minimum(parts, band(*BAND)), -disc(165.0, 190.0, 25.0))
    assert find_footprint(replace(contact(), sole=distance_map(dry / 33))) is REFUSALS["smeared"]
    drops = [disc(x, y, 12.0) for x in (20.0, 50.0, 265.0, 295.0) for y in range(20, 500, 40)]
    spattered = np.maximum(contact().sole, 0.4 * distance_map(np.minimum.reduce(drops)))
    assert isinstance(find_footprint(replace(contact(), sole=spattered)), Footprint)


def test_a_print_cut_into_strips_is_a_partial_print() -> None:
    sole = np.minimum(np.minimum(disc(*HEEL), disc(*BALL)), band(*BAND))
    for top in range(150, 470, 20):
        sole = np.maximum(sole, -band(0.0, 170.0, top, top + 3.0))
    found = find_footprint(replace(contact(), sole=distance_map(sole)))
    assert isinstance(found, Reason)
    assert found.code == "partial-print"


def bar() -> np.ndarray:
    across, down = grid()
    wide = 60.0 - 0.04 * (down - 120)
    return np.maximum(np.abs(across - 160) - wide, np.maximum(120 - down, down - 440))


def pear() -> np.ndarray:
    discs = (
        disc(160.0, 180.0 + 224.0 * share, 60.0 - 24.0 * share) for share in np.arange(65) / 64
    )
    return np.minimum.reduce(list(discs))


@pytest.mark.parametrize("shape", [bar, pear])
def test_what_has_neither_toes_nor_a_waist_is_a_puddle(shape) -> None:
    sole = shape()
    assert refusal(sole) == "partial-print"
    found = find_footprint(replace(contact(), sole=distance_map(sole)))
    assert isinstance(found, Footprint)


def peanut() -> np.ndarray:
    ends = np.minimum(disc(160.0, 400.0, 53.0), disc(160.0, 190.0, 60.0))
    return np.minimum(ends, band(130.0, 190.0, 190.0, 400.0))


def test_what_has_no_toes_no_side_and_hardly_a_foots_proportions_is_no_print() -> None:
    assert refusal(peanut()) == "partial-print"
    toeless = replace(contact(toes=()), sole=distance_map(peanut()))
    # With toes, a side that a person has named, or an arch on one side it may be a foot; also
    # where the toes tell no side.
    alike = tuple((x, 80.0, 10.0) for x in (100.0, 130.0, 160.0, 190.0, 220.0))
    found = [
        find_footprint(replace(contact(), sole=distance_map(peanut()))),
        find_footprint(replace(contact(toes=alike), sole=distance_map(peanut()))),
        find_footprint(toeless, "left"),
        find_footprint(contact(toes=())),
    ]
    assert all(isinstance(one, Footprint) for one in found)


@pytest.mark.parametrize(("turned_deg", "whole"), [(15, True), (-15, True), (40, False)])
def test_a_sole_that_lies_across_its_patch_is_a_part_of_one(turned_deg: float, whole: bool) -> None:
    one = contact()
    turn = cv2.getRotationMatrix2D((160, 260), turned_deg, 0.75)
    sole, toes = (cv2.warpAffine(item, turn, (WIDTH, HEIGHT)) for item in (one.sole, one.toes))
    found = find_footprint(replace(one, sole=sole, toes=toes))
    assert isinstance(found, Footprint) if whole else found is REFUSALS["partial-print"]


@pytest.mark.parametrize(
    ("rim_px", "code"), [(None, None), (2.0, None), (4.0, "soft-edge"), (6.5, "too-wet")]
)
def test_water_that_crept_on_is_told_and_too_much_of_it_refused(rim_px, code) -> None:
    found = find_footprint(replace(contact(), rim_px=rim_px))
    if isinstance(found, Reason):
        assert found.code == code == "too-wet"
        return
    # From the back of the heel to the front of the ball it is 364 pixels.
    assert found.bleed_mm == pytest.approx(205 / 364 * (rim_px or 0.0), rel=0.01)
    assert [one.code for one in found.cautions] == ([] if code is None else [code])


@pytest.mark.parametrize(("rim_px", "told"), [(3.5, False), (3.6, True), (6.0, True)])
def test_where_a_scale_is_known_it_tells_how_far_water_crept_on(rim_px: float, told: bool) -> None:
    found = find_footprint(replace(contact(mm_per_px=0.5), rim_px=rim_px))
    assert isinstance(found, Footprint)
    assert found.bleed_mm == pytest.approx(rim_px / 2)
    assert [one.code for one in found.cautions] == (["soft-edge"] if told else [])
    # It is half of the edge that lies outwards, and half a millimetre a pixel.
    assert all(f"over about {rim_px:.0f} mm" in one.message for one in found.cautions)
    assert find_footprint(replace(contact(mm_per_px=0.5), rim_px=6.1)) is REFUSALS["too-wet"]


@pytest.mark.parametrize(
    ("toeless_mm", "whole"), [(98, False), (102, True), (328, True), (332, False)]
)
def test_a_print_that_no_standing_foot_makes_is_refused(toeless_mm: float, whole: bool) -> None:
    # From the back of the heel to the front of the ball it is 364 pixels.
    found = find_footprint(contact(mm_per_px=toeless_mm / 364))
    assert isinstance(found, Footprint) == whole
    if not whole:
        assert found is REFUSALS["implausible-size"]


def upright(length: float, heel: float):
    """A heel disc and a ball disc of 100 pixels' width, in line; shares of that width."""
    ball, middle = 50.0, 160.0
    sole = np.minimum(
        disc(middle, 10 + ball, ball), disc(middle, 10 + 100 * length - 50 * heel, 50 * heel)
    )
    nothing = np.zeros((HEIGHT, WIDTH), dtype=np.float32)
    return Contact(distance_map(sole), nothing, np.eye(3), None)


@pytest.mark.parametrize(
    ("length", "heel", "whole", "usual"),
    [
        (1.48, 0.64, False, False),
        (1.52, 0.64, True, False),
        (1.68, 0.64, True, False),
        (1.72, 0.64, True, True),
        (2.68, 0.64, True, True),
        (2.72, 0.64, True, False),
        (3.22, 0.64, True, False),
        (3.28, 0.64, False, False),
        (2.30, 0.35, False, False),
        (2.30, 0.37, True, False),
        (2.30, 0.44, True, False),
        (2.30, 0.46, True, True),
        (2.30, 0.84, True, True),
        (2.30, 0.86, True, False),
        (2.30, 0.89, True, False),
        (2.30, 0.91, False, False),
    ],
)
def test_odd_proportions_are_told_and_those_of_no_foot_refused(
    length: float, heel: float, whole: bool, usual: bool
) -> None:
    found = find_footprint(upright(length, heel), "left")
    if not whole:
        assert found is REFUSALS["partial-print"]
        return
    assert isinstance(found, Footprint)
    assert ("unusual-proportions" in {one.code for one in found.cautions}) is not usual


def test_what_may_be_missing_beyond_the_photos_edge_is_told_so() -> None:
    assert find_footprint(replace(upright(3.5, 0.64), at_edge=True)) is REFUSALS["touches-edge"]
    assert isinstance(find_footprint(replace(upright(2.3, 0.64), at_edge=True)), Footprint)


def test_a_print_that_is_like_its_mirror_image_leaves_the_side_unsure() -> None:
    found = find_footprint(upright(2.3, 0.64))
    assert isinstance(found, Footprint)
    assert found.side_confidence == pytest.approx(0.5, abs=0.05)
    assert {one.code for one in found.cautions} == {"toe2-missing", "side-unsure"}
    said = find_footprint(upright(2.3, 0.64), "right")
    assert isinstance(said, Footprint)
    assert {one.code for one in said.cautions} == {"toe2-missing"}


@pytest.mark.parametrize(("most", "seen"), [(0.74, False), (0.76, True)])
def test_a_print_that_is_nowhere_surely_wet_is_too_faint(most: float, seen: bool) -> None:
    found = find_footprint(replace(contact(), sole=most * contact().sole))
    assert isinstance(found, Footprint) if seen else found is REFUSALS["too-faint"]


@pytest.mark.parametrize(("doubt", "seen"), [(0.50, True), (0.60, False)])
def test_looks_that_leave_more_than_half_in_doubt_are_too_faint(doubt: float, seen: bool) -> None:
    # Of contact that is everywhere as probable the doubt is 4 p (1 - p).
    sole = (1 + np.sqrt(1 - doubt)) / 2 * contact().sole
    found = find_footprint(replace(contact(), sole=sole, sole_looks=np.stack([sole, sole])))
    assert isinstance(found, Footprint) if seen else found is REFUSALS["too-faint"]
    # One look alone says how wet it is, not how sure that is.
    assert isinstance(find_footprint(replace(contact(), sole=sole)), Footprint)


def test_axis_frame_puts_medial_right_and_toes_up() -> None:
    for mirror in (False, True):
        found = footprint(mirror=mirror)
        hallux = found.in_axis_frame(found.toes)[0]
        assert hallux[:, 0].mean() > 20
        assert hallux[:, 1].mean() > 300


@given(
    st.lists(st.floats(0.05, 1.0), min_size=1, max_size=5, unique=True).map(sorted),
)
@settings(deadline=None)
def test_toe_names_rise(positions: list[float]) -> None:
    names = name_toes(positions)
    assert list(names) == sorted(set(names))
    assert set(names) <= {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("least_valley", "expected"),
    [(4.5, [(5, 10), (20, 14), (35, 9)]), (5.5, [(20, 14)])],
)
def test_a_pad_of_several_toes_has_a_tip_beyond_each_deep_valley(least_valley, expected) -> None:
    # Between two neighbours the front falls 5 below the lower of them.
    front = [(40, 1), (35, 9), (28, 4), (20, 14), (12, 5), (5, 10), (0, 2)]
    for mirror in (1.0, -1.0):
        pad = np.array([(0, 0), (40, 0), *front]) * [mirror, 1.0]
        found = tips(pad, least_valley)
        assert np.array(found) == pytest.approx(
            np.array(expected, dtype=float)[:: int(mirror)] * [mirror, 1.0], abs=0.6
        )


def test_a_row_that_lies_between_two_namings_lacks_the_little_toe_not_the_hallux() -> None:
    # A hundredth of the ball's width nearer to where the second toe and the others lie.
    between = [(one + other) / 2 + 0.01 for one, other in pairwise(TOE_SLOTS)]
    assert name_toes(between) == (1, 2, 3, 4)


def test_six_toes_are_too_many() -> None:
    with pytest.raises(ValueError, match="five"):
        name_toes([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
