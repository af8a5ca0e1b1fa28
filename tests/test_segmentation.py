"""Grouping, patches and the network's refusals."""

from __future__ import annotations

import time

import cv2
import numpy as np
import pytest

from archscan.photo import Photo
from archscan.segmentation import contacts_from_mask, first_look, segment
from archscan.segmentation.look import Region, letterbox, look_at, region_round
from archscan.segmentation.masks import opened, separate_toes
from archscan.segmentation.patches import Patch, marked, project, upright_patch
from archscan.segmentation.prints import find_prints
from archscan.sheet import Scene

SIZE = 500
TOES = ((285, 108, 15), (256, 100, 9), (238, 106, 8), (222, 116, 8), (208, 130, 7))


def foot(gap: bool = False, turn_deg: float = 0.0) -> np.ndarray:
    """Sole 1 and toes 2 of a left foot drawn from discs; toes up before turning."""
    drawn = np.zeros((SIZE, SIZE), np.uint8)
    cv2.circle(drawn, (250, 380), 34, 1, -1)
    cv2.circle(drawn, (250, 190), 52, 1, -1)
    if not gap:
        cv2.rectangle(drawn, (212, 190), (240, 380), 1, -1)
    for x, y, radius in TOES:
        cv2.circle(drawn, (x, y), radius, 2, -1)
    matrix = cv2.getRotationMatrix2D((249.5, 249.5), -turn_deg, 1.0)
    return cv2.warpAffine(drawn, matrix, (SIZE, SIZE), flags=cv2.INTER_NEAREST)


def maps(drawn: np.ndarray) -> np.ndarray:
    return np.stack([drawn == 1, drawn == 2]).astype(np.float32)


@pytest.mark.parametrize("turn_deg", range(0, 360, 30))
@pytest.mark.parametrize("gap", [False, True])
def test_a_print_is_one_print_whichever_way_it_lies(turn_deg: int, gap: bool) -> None:
    (item,) = find_prints(maps(foot(gap, turn_deg)))
    upwards = np.array([np.sin(np.deg2rad(turn_deg)), -np.cos(np.deg2rad(turn_deg))])
    # The wider ball leans the principal axis by a few degrees.
    assert float(item.up @ upwards) > np.cos(np.deg2rad(12))
    assert item.toes.any()


def test_large_drops_behind_the_heel_are_no_toes() -> None:
    drawn = foot()
    for x, radius in ((215, 20), (262, 24)):
        cv2.circle(drawn, (x, 470), radius, 2, -1)
    assert (drawn[400:] == 2).sum() > (drawn[:200] == 2).sum()
    (item,) = find_prints(maps(drawn))
    assert item.up[1] < -0.95
    assert not item.toes[400:].any()
    assert item.toes[:200].any()


def test_many_specks_behind_the_heel_are_no_toes() -> None:
    drawn = foot()
    for x in range(190, 311, 8):
        for y in (420, 428, 436):
            cv2.circle(drawn, (x, y), 2, 2, -1)
    (item,) = find_prints(maps(drawn))
    assert item.up[1] < -0.95


def beside_a_whole_one(scale: float) -> np.ndarray:
    """A whole print with its toes, and the heel and ball of another so many times as large."""
    drawn = np.zeros((SIZE, SIZE), np.uint8)
    for gap, start, size in ((False, 0, 0.5), (True, SIZE // 2, 0.5 * scale)):
        part = cv2.resize(foot(gap), None, fx=size, fy=size, interpolation=cv2.INTER_NEAREST)
        drawn[100 : 100 + len(part), start : start + len(part)] = part
    drawn[:, SIZE // 2 :][drawn[:, SIZE // 2 :] == 2] = 0
    return drawn


def test_two_parts_beside_a_whole_sole_are_the_other_foot_s_though_no_toe_is_seen() -> None:
    found = find_prints(maps(beside_a_whole_one(1.0)))
    assert len(found) == 2
    assert [item.toes.any() for item in found] == [True, False]
    # Heel and ball: as long as the whole sole beside them.
    lengths = [np.ptp(np.nonzero(item.sole)[0]) for item in found]
    assert lengths[0] == pytest.approx(lengths[1], abs=2)


def test_so_they_are_where_a_camera_that_leans_makes_it_much_shorter() -> None:
    found = find_prints(maps(beside_a_whole_one(0.65)))
    assert [item.toes.any() for item in found] == [True, False]
    assert [item.is_whole for item in found] == [True, True]


def test_of_three_parts_beside_a_whole_sole_nobody_knows() -> None:
    drawn = beside_a_whole_one(0.65)
    cv2.circle(drawn, (450, 162), 16, 1, -1)
    # By itself the heel is no more than a drop.
    assert [item.is_whole for item in find_prints(maps(drawn))] == [True, False, False]


def test_the_largest_print_comes_first_though_it_was_joined_last() -> None:
    drawn = np.zeros((SIZE, SIZE), np.uint8)
    for gap, start, size in ((False, 0, 0.4), (True, 200, 0.6)):
        part = cv2.resize(foot(gap), None, fx=size, fy=size, interpolation=cv2.INTER_NEAREST)
        drawn[100 : 100 + len(part), start : start + len(part)] = part
    whole, joined = (int((drawn[:, sides] == 1).sum()) for sides in (np.s_[:200], np.s_[200:]))
    assert whole < joined
    assert [int(item.sole.sum()) for item in find_prints(maps(drawn))] == [joined, whole]


@pytest.mark.parametrize(
    ("height", "toes", "is_whole"),
    [(104, False, False), (104, True, True), (126, False, True), (126, True, True)],
)
def test_a_heel_or_a_ball_alone_is_no_whole_print(height: int, toes: bool, is_whole: bool) -> None:
    drawn = np.zeros((SIZE, SIZE), np.uint8)
    cv2.ellipse(drawn, (250, 250), (50, height), 0, 0, 360, 1, -1)
    if toes:
        for x in (230, 255, 275):
            cv2.circle(drawn, (x, 250 - height - 20), 9, 2, -1)
    (item,) = find_prints(maps(drawn))
    assert item.is_whole == is_whole


def test_a_heel_smaller_than_any_sole_still_belongs_to_its_ball() -> None:
    drawn = foot(gap=True)
    heel = int((drawn[340:] == 1).sum())
    (item,) = find_prints(maps(drawn), smallest_sole=1.2 * heel)
    assert item.sole[380, 250]
    assert (
        find_prints(
            maps(np.where(np.arange(SIZE)[:, None] < 340, 0, drawn)), smallest_sole=1.2 * heel
        )
        == []
    )


def test_two_heels_of_a_mask_whose_toes_are_drawn_are_not_one_print() -> None:
    """They lie nearer to each other than to the only ball."""
    drawn = np.zeros((SIZE, SIZE), np.uint8)
    drawn[:, :300] = foot(gap=True)[:, 50:350]
    cv2.circle(drawn, (290, 380), 34, 1, -1)
    found = find_prints(maps(drawn), toeless_join=True)
    assert [bool(item.sole[380, 200]) for item in found] == [True, False]


def test_two_prints_keep_their_own_toes() -> None:
    drawn = np.zeros((SIZE, SIZE), np.uint8)
    half = cv2.resize(foot(), (SIZE // 2, SIZE // 2), interpolation=cv2.INTER_NEAREST)
    drawn[100 : 100 + SIZE // 2, : SIZE // 2] = half
    drawn[100 : 100 + SIZE // 2, SIZE // 2 :] = half[:, ::-1]
    found = find_prints(maps(drawn))
    assert len(found) == 2
    for item in found:
        sides = item.points[:, 0] < SIZE / 2
        assert sides.all() or not sides.any()


@pytest.mark.parametrize("radius", [6, 13])
def test_spatter_is_no_print(radius: int) -> None:
    drawn = np.zeros((2, SIZE, SIZE), np.float32)
    cv2.circle(drawn[0], (100, 100), radius, 1.0, -1)
    assert find_prints(drawn) == []


def test_what_is_far_smaller_than_the_print_beside_it_is_none() -> None:
    drawn = foot()
    cv2.circle(drawn, (420, 250), 18, 1, -1)
    assert len(find_prints(maps(drawn))) == 1
    # By itself it would be one.
    drawn[:, :350] = 0
    assert len(find_prints(maps(drawn))) == 1


def test_toes_grown_onto_the_ball_are_cut_off() -> None:
    drawn = foot()
    wet = drawn > 0
    cv2.rectangle(drawn, (276, 115), (294, 150), 2, -1)
    wet |= drawn > 0
    sole, toes = separate_toes(wet)
    assert toes[105, 285]
    assert toes[110, 222]
    assert sole[190, 250]
    # The lateral band is as narrow as a neck, but lies behind the ball.
    assert sole[290, 225]
    assert not (sole & toes).any()


@pytest.mark.parametrize("radius", [1, 4, 12])
def test_opening_by_distances_is_opening_with_a_disc(radius: int) -> None:
    mask = foot(gap=False, turn_deg=20.0) > 0
    brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    expected = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, brush) > 0
    found = opened(mask, radius)
    assert not (found & ~mask).any()
    # Their discs differ by a pixel here and there.
    assert (found != expected).sum() <= 0.01 * mask.sum()
    assert not opened(mask, SIZE).any()


def test_a_large_disc_takes_no_longer_than_a_small_one() -> None:
    mask = cv2.resize(foot(), (1500, 1500), interpolation=cv2.INTER_NEAREST) > 0

    def seconds(radius: int) -> float:
        before = time.process_time()
        opened(mask, radius)
        return time.process_time() - before

    small, large = (min(seconds(radius) for _ in range(3)) for radius in (4, 60))
    assert large < 5 * small, "a brush takes a hundred times as long"


def test_a_labelled_mask_keeps_its_sides_and_scale() -> None:
    drawn = foot()
    both = np.hstack([drawn, np.where(drawn[:, ::-1] > 0, drawn[:, ::-1] + 2, 0)])
    found = contacts_from_mask(both.astype(np.uint8), mm_per_px=0.5)
    assert [contact.side for contact in found.contacts] == ["left", "right"]
    for contact in found.contacts:
        area = contact.sole.sum() * contact.mm_per_px**2
        assert area == pytest.approx((drawn == 1).sum() * 0.25, rel=0.01)


def test_a_patch_turns_the_toes_up_and_never_mirrors() -> None:
    points = np.array([[100.0, 300.0], [300.0, 300.0], [200.0, 280.0], [200.0, 320.0]])
    patch = upright_patch(points, np.array([1.0, 0.0]), None, side=200, share=0.8)
    heel, toes, left = (
        project(point[None], np.linalg.inv(patch.to_photo))[0]
        for point in (points[0], points[1], points[2])
    )
    assert toes[1] < heel[1]
    assert heel[1] - toes[1] == pytest.approx(160)
    # Looking towards the toes (to the right in the photo), what is above lies to the left.
    assert left[0] < heel[0]
    assert np.linalg.det(patch.to_photo[:2, :2]) > 0


def test_a_patch_over_a_known_plane_has_its_scale() -> None:
    plane = np.array([[0.5, 0, 0], [0, 0.5, 0], [0, 0, 1.0]])
    points = np.array([[100.0, 100.0], [100.0, 500.0]])
    patch = upright_patch(points, np.array([0.0, -1.0]), plane, side=256, share=0.8)
    # 400 photo pixels are 200 mm and fill 0.8 * 256 patch pixels.
    assert patch.mm_per_px == pytest.approx(200 / (0.8 * 256))
    # Of a floor that is flat but has no scale nobody knows millimetres.
    flat = upright_patch(points, np.array([0.0, -1.0]), plane, False, side=256, share=0.8)
    assert flat.mm_per_px is None
    assert flat.to_photo == pytest.approx(patch.to_photo)


def test_a_patch_beside_the_picture_shows_nothing_of_it() -> None:
    picture = np.full((60, 40, 3), 90, np.uint8)
    beyond = np.array([[1.0, 0, 500], [0, 1, 500], [0, 0, 1]])
    assert (Patch(beyond, None, 32, 48).cut(picture) == 90).all()
    assert (Patch(beyond, None, 32, 48).cut(np.ones((60, 40), np.float32)) == 0).all()


def test_what_lies_beyond_a_patch_is_not_marked_on_its_other_side() -> None:
    points = np.array([[2.0, 3.0], [-1.0, 3.0], [2.0, -4.0], [20.0, 3.0], [2.0, 30.0]])
    assert np.argwhere(marked(points, np.eye(3), 30, 20)).tolist() == [[3, 2]]


def test_the_part_of_a_photo_round_some_places_ends_with_the_photo() -> None:
    pixels = np.zeros((200, 100, 3), np.uint8)
    middle = np.array([[40.0, 90.0], [50.0, 110.0]])
    assert region_round(middle, 0.5, pixels) == Region(30, 80, 31, 41)
    corner = np.array([[2.0, 3.0], [12.0, 23.0]])
    assert region_round(corner, 1.0, pixels) == Region(0, 0, 33, 44)
    assert region_round(np.array([99, 199]) - corner, 1.0, pixels) == Region(67, 156, 33, 44)


def test_beyond_a_photo_there_is_nothing() -> None:
    look = look_at(grey(300, 60), Region(0, 0, 300, 60))
    left, top, width, height = look.place
    inside = np.zeros(look.paper.shape, bool)
    inside[top : top + height, left : left + width] = True
    assert not inside.all()
    assert (look.paper[~inside] == 0).all()
    assert (look.contact[:, ~inside] == 0).all()
    assert (look.paper[inside] > 0).all()


def grey(width: int, height: int) -> Photo:
    return Photo(np.full((height, width, 3), 50, np.uint8), width, height)


def test_letterbox_keeps_proportions() -> None:
    picture, (left, top, width, height) = letterbox((600, 300), grey(600, 300).shrunk)
    assert (left, top, width, height) == (0, 0, 256, 128)
    assert picture.shape == (128, 256, 3)
    picture, (left, top, width, height) = letterbox((400, 500), grey(400, 500).shrunk)
    assert (left, top, width, height) == (9, 0, 205, 256)
    assert picture.shape == (256, 224, 3)
    # Some way round a narrow one is shown.
    picture, (left, top, width, height) = letterbox((600, 100), grey(600, 100).shrunk)
    assert (left, top, width, height) == (0, 26, 256, 43)
    assert picture.shape == (96, 256, 3)


@pytest.mark.parametrize(
    "pixels",
    [
        np.full((400, 300, 3), 128, np.uint8),
        np.random.default_rng(1).integers(0, 255, (400, 300, 3), dtype=np.uint8),
        np.zeros((1, 1, 3), np.uint8),
        np.zeros((2000, 3, 3), np.uint8),
    ],
    ids=["grey", "noise", "one pixel", "a line"],
)
def test_nothing_is_found_where_nothing_is(pixels: np.ndarray) -> None:
    scene = Scene(Photo(pixels, width=pixels.shape[1], height=pixels.shape[0]))
    found = segment(scene, first_look(scene.photo))
    assert found.contacts == ()
    assert found.refusal.code == "no-footprint"
