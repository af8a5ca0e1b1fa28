"""What is no whole print that can be measured, and is refused with a reason."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from drawn_feet import (
    BALL,
    BAND,
    HEEL,
    HEIGHT,
    TOES,
    WIDTH,
    band,
    contact,
    disc,
    distance_map,
    footprint,
    grid,
    upright,
)

from archscan.footprint import Footprint, find_footprint
from archscan.polygons import signed_area
from archscan.reasons import REFUSALS, Reason
from archscan.segmentation.contact import Contact


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


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize(("further", "usual"), [(0.0, True), (12.0, True), (36.0, False)])
def test_toes_that_lie_too_far_before_the_ball_are_told(
    mirror: bool, further: float, usual: bool
) -> None:
    # The ball lies 288 before the back of the heel, of 418 with the toes where they are.
    toes = tuple((x, y - further, radius) for x, y, radius in TOES)
    found = footprint(toes, mirror=mirror)
    assert found.axis_method == "toe2"
    assert ("unusual-proportions" in {one.code for one in found.cautions}) is not usual


def test_what_may_be_missing_beyond_the_photos_edge_is_told_so() -> None:
    assert find_footprint(replace(upright(3.5, 0.64), at_edge=True)) is REFUSALS["touches-edge"]
    assert isinstance(find_footprint(replace(upright(2.3, 0.64), at_edge=True)), Footprint)


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
