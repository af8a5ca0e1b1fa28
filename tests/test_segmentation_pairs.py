"""Prints of two feet that stand close together."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

import archscan
from archscan.photo import load_photo
from archscan.segmentation import first_look, segment
from archscan.segmentation.find import find, without
from archscan.segmentation.pads import LEAST_TOES_OF_SOLE, toes_of
from archscan.segmentation.pairs import BROAD, border, pairs_in
from archscan.segmentation.patches import project
from archscan.segmentation.pieces import pieces_of
from archscan.segmentation.prints import find_prints
from archscan.segmentation.trace import Traced
from archscan.sheet import Scene
from archscan.synthetic import draw_recipe, render

SAMPLES = Path(__file__).parents[1] / "sample_images"
SIZE = 320
HEEL, BALL = 250, 120
TOES = ((-22, 62, 10), (-2, 55, 7), (12, 60, 6), (24, 68, 6))
"""Of a right foot: from the ball's middle, row, radius."""


def pair(apart: int, bridge: int | None = None) -> NDArray[np.uint8]:
    """Left 1 and 2, right 3 and 4, soles and toes, toes up; a bridge at a row joins the soles."""
    drawn = np.zeros((SIZE, SIZE), np.uint8)
    for way, sole in ((-1, 1), (1, 3)):
        middle = SIZE // 2 + way * apart // 2
        cv2.circle(drawn, (middle, HEEL), 26, sole, -1)
        cv2.circle(drawn, (middle, BALL), 36, sole, -1)
        outer = middle + way * 16
        cv2.rectangle(drawn, (outer - 10, BALL), (outer + 10, HEEL), sole, -1)
        for x, row, radius in TOES:
            cv2.circle(drawn, (middle + way * x, row), radius, sole + 1, -1)
    if bridge is not None:
        row = drawn[bridge - 12 : bridge + 12]
        between = slice(SIZE // 2 - apart // 2, SIZE // 2 + apart // 2)
        gap = row[:, between] == 0
        row[:, between][gap] = 1
    return drawn


def maps(drawn: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.stack([drawn % 2 == 1, (drawn > 0) & (drawn % 2 == 0)]).astype(np.float32)


def overlap(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    return float((one & other).sum() / (one | other).sum())


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("bridge", [HEEL, BALL])
def test_soles_that_touch_are_two_prints_with_their_own_toes(bridge: int, turns: int) -> None:
    drawn = np.rot90(pair(84, bridge), turns)
    assert len(pieces_of(maps(drawn)[0])) == 1
    found = find_prints(maps(drawn))
    assert len(found) == 2
    for sole in (1, 3):
        (own,) = [one for one in found if overlap(one.sole, drawn == sole) > 0.85]
        assert overlap(own.toes, drawn == sole + 1) == 1


@pytest.mark.parametrize("bridge", [HEEL, BALL])
def test_a_part_by_itself_stays_with_its_own_foot(bridge: int) -> None:
    drawn = pair(84, bridge)
    drawn[BALL + 45 : HEEL - 30, SIZE // 2 :] = 0
    assert len(pieces_of(maps(drawn)[0])) == 2
    found = find_prints(maps(drawn))
    assert len(found) == 2
    assert sorted(overlap(one.sole, drawn == 3) > 0.85 for one in found) == [False, True]


ARCH = slice(BALL + 45, HEEL - 30)
"""Rows between ball and heel."""


def told_apart(drawn: NDArray[np.uint8]) -> bool:
    """Whether two prints are found, and each is one foot's."""
    found = find_prints(maps(drawn))
    soles = [[overlap(one.sole, drawn == sole) for one in found] for sole in (1, 3)]
    return len(found) == 2 and all(max(of_each) > 0.85 for of_each in soles)


@pytest.mark.parametrize("turns", range(4))
def test_heel_and_ball_without_toes_are_joined_as_the_other_print_says(turns: int) -> None:
    drawn = pair(84)
    drawn[ARCH] = 0
    assert len(pieces_of(maps(drawn)[0])) == 4
    drawn[drawn == 2] = 0
    assert told_apart(np.rot90(drawn, turns))


def test_two_pieces_of_which_no_toes_tell_are_joined_only_where_both_must_be_one_print() -> None:
    drawn = pair(120)
    drawn[ARCH] = 0
    drawn[:, : SIZE // 2] = 0
    drawn[drawn == 4] = 0
    assert [len(find_prints(maps(drawn), toeless_join=one)) for one in (False, True)] == [2, 1]


def test_what_are_too_small_toes_for_a_ball_may_be_a_sole_s() -> None:
    drawn = np.zeros((2, SIZE, SIZE), np.float32)
    cv2.ellipse(drawn[0], (160, 180), (40, 100), 0, 0, 360, 1.0, -1)
    for x in (150, 170):
        cv2.circle(drawn[1], (x, 70), 6, 1.0, -1)
    soles, pads = pieces_of(drawn[0]), pieces_of(drawn[1])
    assert toes_of(soles, pads) == [None]
    (toes,) = toes_of(soles, pads, LEAST_TOES_OF_SOLE)
    assert toes == pytest.approx([160, 70])


def test_two_slender_feet_that_touch_at_ball_and_heel_are_no_foot_with_a_hole() -> None:
    drawn = np.maximum(pair(78, BALL), pair(78, HEEL))
    slender = cv2.resize(drawn, (int(0.65 * SIZE), SIZE), interpolation=cv2.INTER_NEAREST)
    (ring,) = pieces_of(maps(slender)[0])
    assert ring.elongation > BROAD
    assert told_apart(slender)


def test_a_hole_is_measured_as_a_share_of_what_is_round_it() -> None:
    drawn = np.zeros((120, 120), np.float32)
    cv2.circle(drawn, (60, 60), 50, 1.0, -1)
    (disc,) = pieces_of(drawn)
    assert disc.hole == 0
    cv2.circle(drawn, (60, 60), 25, 0.0, -1)
    cv2.circle(drawn, (60, 22), 4, 0.0, -1)
    (ring,) = pieces_of(drawn)
    assert ring.hole == pytest.approx(1 / 3, rel=0.05)


def test_a_blot_between_the_feet_is_nobodys_heel() -> None:
    drawn = pair(120)
    middle = SIZE // 2
    drawn[ARCH, middle:] = 0
    # Nearer to the ball than the heel is.
    cv2.circle(drawn, (middle + 20, BALL + 72), 24, 5, -1)
    found = find_prints(maps(drawn))
    assert max(overlap(one.sole, drawn == 3) for one in found) == 1


@pytest.mark.parametrize("turns", range(4))
def test_two_balls_that_touch_are_not_one_sole(turns: int) -> None:
    drawn = pair(84, BALL)
    drawn[ARCH] = 0
    both, *heels = pieces_of(maps(drawn)[0])
    assert both.elongation > 2.3
    assert len(heels) == 2
    assert told_apart(np.rot90(drawn, turns))


def test_spatter_beside_balls_that_touch_is_left_out() -> None:
    drawn = pair(84, BALL)
    drawn[ARCH] = 0
    # The largest of what lies by itself.
    cv2.circle(drawn, (40, 60), 30, 5, -1)
    found = find_prints(maps(drawn))
    for sole in (1, 3):
        assert max(overlap(one.sole, drawn == sole) for one in found) > 0.85


def test_a_slender_heel_is_no_sole() -> None:
    drawn = pair(120)
    drawn[ARCH.start :, SIZE // 2 :] = 0
    cv2.ellipse(drawn, (SIZE // 2 + 60, HEEL), (14, 36), 0, 0, 360, 3, -1)
    assert pieces_of(maps(drawn)[0])[-1].elongation > 2.3
    assert told_apart(drawn)


@pytest.mark.parametrize("bridge", [HEEL, BALL])
def test_soles_that_touch_are_two_prints_though_one_shows_no_toes(bridge: int) -> None:
    drawn = pair(84, bridge)
    drawn[drawn == 2] = 0
    assert told_apart(drawn)
    drawn[drawn == 4] = 0
    assert not told_apart(drawn)


def scaled(drawn: NDArray[np.uint8], wide: float, high: float = 1.0) -> NDArray[np.uint8]:
    size = round(wide * drawn.shape[1]), round(high * drawn.shape[0])
    return np.asarray(cv2.resize(drawn, size, interpolation=cv2.INTER_NEAREST), np.uint8)


@pytest.mark.parametrize(("wide", "told"), [(1.15, True), (1.3, False)])
def test_broad_soles_that_touch_are_two_prints_only_if_both_show_toes(
    wide: float, told: bool
) -> None:
    drawn = scaled(pair(84, HEEL), wide)
    assert told_apart(drawn)
    drawn[drawn == 2] = 0
    assert told_apart(drawn) == told


@pytest.mark.parametrize(("high", "told"), [(0.9, True), (0.8, False)])
def test_soles_of_two_lengths_that_touch_are_two_prints_only_if_both_show_toes(
    high: float, told: bool
) -> None:
    drawn, middle = pair(84, BALL), SIZE // 2
    left = scaled(drawn[:, :middle], 1.0, high)
    # The balls stay beside each other.
    top = round(BALL - high * BALL)
    drawn[:, :middle] = 0
    drawn[top : top + len(left), :middle] = left
    drawn = scaled(drawn, 0.9)
    assert told_apart(drawn)
    drawn[drawn == 2] = 0
    assert told_apart(drawn) == told


def test_a_single_pad_beside_what_may_be_two_prints_tells_nothing() -> None:
    drawn = pair(84, BALL)
    drawn[drawn % 2 == 0] = 0
    cv2.circle(drawn, (SIZE // 2 + 20, 62), 10, 4, -1)
    assert len(find_prints(maps(drawn))) == 1


def test_drops_far_from_either_foot_are_no_toes_of_it() -> None:
    drawn = pair(84, HEEL)
    drawn[drawn % 2 == 0] = 0
    for x in (6, SIZE - 6):
        cv2.circle(drawn, (x, 8), 6, 2, -1)
    assert len(find_prints(maps(drawn))) == 1


@pytest.mark.parametrize("toes", [(2, 4), (4,)])
def test_what_lies_beside_two_prints_that_touch_is_kept(toes: tuple[int, ...]) -> None:
    drawn = pair(84, BALL)
    drawn[(drawn % 2 == 0) & ~np.isin(drawn, toes)] = 0
    cv2.ellipse(drawn, (20, 200), (15, 60), 0, 0, 360, 5, -1)
    assert sorted(overlap(one.sole, drawn == 5) == 1 for one in find_prints(maps(drawn))) == [
        False, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize("row", [BALL, HEEL])
def test_one_print_is_never_two(row: int) -> None:
    drawn = pair(84)
    drawn[:, : SIZE // 2] = 0
    # A blot beside it makes it as broad as two.
    cv2.circle(drawn, (SIZE // 2 + 42 - 40, row), 22, 3, -1)
    (found,) = find_prints(maps(drawn))
    assert (found.sole == (drawn == 3)).all()


def test_a_ball_cut_in_two_is_not_two_soles() -> None:
    drawn = np.zeros((SIZE, SIZE), np.float32)
    cv2.circle(drawn, (160, 160), 50, 1.0, -1)
    (ball,) = pieces_of(drawn)
    assert pairs_in(ball) == []


def test_what_would_be_cut_along_its_whole_length_is_not_two_soles() -> None:
    drawn = np.zeros((SIZE, SIZE), np.float32)
    drawn[60:260, 100:220] = 1.0
    (block,) = pieces_of(drawn)
    assert block.elongation < BROAD
    assert pairs_in(block) == []


def test_the_border_runs_where_contact_is_least_likely() -> None:
    sole = np.zeros((40, 60), np.float32)
    sole[5:35, 5:55] = 0.9
    sole[5:35, 22] = 0.6
    own, other = np.zeros((2, 40, 60), bool)
    own[15:25, 8:12] = True
    other[15:25, 45:50] = True
    line = border(sole, own, other)
    assert line is not None
    assert np.abs(np.nonzero(line)[1] - 22).max() <= 1
    assert len(pieces_of(np.where(line, 0, sole).astype(np.float32))) == 2


def test_there_is_no_border_between_what_does_not_touch() -> None:
    drawn = pair(100)
    assert border(maps(drawn)[0], drawn == 1, drawn == 3) is None


def test_a_mask_of_two_prints_that_touch_is_measured_as_two() -> None:
    drawn = pair(84, BALL)
    apart = archscan.measure(pair(84) > 0)
    scan = archscan.measure(drawn > 0)
    assert [one.footprint.side for one in scan.prints] == ["left", "right"]
    for one, alone in zip(scan.prints, apart.prints, strict=True):
        wanted = alone.measures["chippaux_smirak"].value
        assert one.measures["chippaux_smirak"].value == pytest.approx(wanted, abs=0.03)


@pytest.mark.parametrize("seed", [610_003, 610_004])
def test_two_feet_close_together_are_both_measured(seed: int) -> None:
    recipe = draw_recipe(seed, content="print", prints=2, difficulty="easy", medium="water")
    rendering = render(replace(recipe, gap_mm=2.0), long_side=1000)
    scan = archscan.scan(rendering.photo)
    assert [one.footprint.side for one in scan.prints] == ["left", "right"]
    for one, truth in zip(scan.prints, rendering.truth.prints, strict=True):
        found = one.measures["chippaux_smirak"]
        assert found.low <= truth.chippaux_smirak <= found.high


@pytest.mark.parametrize(
    ("seed", "difficulty"),
    [
        # The heel of an interrupted print touches the other sole.
        (1_340_278, "easy"),
        # Two thirds of the way to such a cut, but the parts are as they should be.
        (1_350_064, "easy"),
        # Their middles are a quarter of their length apart.
        (1_300_026, "hard"),
    ],
)
def test_prints_that_were_once_confused_are_told_apart(seed: int, difficulty: str) -> None:
    recipe = draw_recipe(seed, content="print", difficulty=difficulty)
    rendering = render(recipe, long_side=1600)
    scan = archscan.scan(rendering.photo)
    assert [one.footprint.side for one in scan.prints] == ["left", "right"]
    for one, truth in zip(scan.prints, rendering.truth.prints, strict=True):
        measured = one.measures["chippaux_smirak"].value
        assert measured == pytest.approx(truth.chippaux_smirak, abs=0.06)


def test_a_print_whose_toes_are_not_seen_from_afar_is_known_beside_another() -> None:
    photo = load_photo(SAMPLES / "cardboard_pair_neutral.jpg")
    look = first_look(photo)
    contact = look.contact.copy()
    contact[1, :, contact.shape[2] // 2 :] = 0.0
    (one, other), _ = find(photo, replace(look, contact=contact))
    assert (one.has_toes, other.has_toes) == (True, False)
    assert np.array_equal(one.beside, other.points)
    assert np.array_equal(other.beside, one.points)


def test_a_print_that_only_comes_into_view_beside_another_is_measured_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    photo = load_photo(SAMPLES / "cardboard_pair_neutral.jpg")
    look = first_look(photo)
    (one, other), _ = find(photo, look)
    segmenting, other_foot, outlining = (
        import_module(f"archscan.segmentation.{name}")
        for name in ("segment", "other_foot", "outlining")
    )
    trace = outlining.trace

    def with_a_glimpse(scene, found, **options):
        return Traced(trace(scene, found, **options).contact, (other.points[::2],))

    monkeypatch.setattr(segmenting, "find", lambda *_: ([one], False))
    monkeypatch.setattr(other_foot, "_left_over", lambda *_: [])
    monkeypatch.setattr(other_foot, "find_beside", lambda *_: [])
    assert len(segment(Scene(photo), look).contacts) == 1
    monkeypatch.setattr(outlining, "trace", with_a_glimpse)
    found = segment(Scene(photo), look)
    assert len(found.contacts) == 2
    assert found.missed == ()
    # What is much shorter than the print beside it is not the same person's other foot.
    monkeypatch.setattr(other_foot, "ALIKE", 1.1)
    assert len(segment(Scene(photo), look).contacts) == 1


def test_a_print_that_is_known_is_taken_out_of_a_look() -> None:
    scene = Scene(load_photo(SAMPLES / "cardboard_pair_neutral.jpg"))
    first = first_look(scene.photo)
    one, other = find(scene.photo, first)[0]
    rest = without(first, one.points)
    (left,) = find_prints(rest.contact)
    there = np.zeros(left.mask.shape, dtype=bool)
    x, y = np.rint(project(other.points, np.linalg.inv(first.to_photo))).astype(int).T
    there[y, x] = True
    assert (left.mask & there).sum() > 0.95 * (left.mask | there).sum()


def test_a_foot_that_was_not_told_from_the_other_is_looked_for_in_what_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene = Scene(load_photo(SAMPLES / "cardboard_pair_neutral.jpg"))
    first = first_look(scene.photo)
    found, _ = find(scene.photo, first)
    module = import_module("archscan.segmentation.segment")
    monkeypatch.setattr(module, "find", lambda *_: (found[:1], False))
    assert len(segment(scene, first).contacts) == 2


def test_where_one_print_is_all_there_is_no_other_is_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene = Scene(load_photo(SAMPLES / "tile_flat_left.jpg"))
    module = import_module("archscan.segmentation.other_foot")
    monkeypatch.setattr(module, "find_near", lambda *_: pytest.fail("looked for another"))
    assert len(segment(scene, first_look(scene.photo)).contacts) == 1
