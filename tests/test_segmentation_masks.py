"""Masks that somebody drew: what they are taken for, and which prints they hold."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from archscan.segmentation.contact import Segmentation
from archscan.segmentation.masks import contacts_from_mask, labels_of, opened, separate_toes

SIZE = 300


def foot(x: int = 100, y: int = 60, scale: float = 1.0, *, gap: bool = False) -> NDArray[np.uint8]:
    """Sole 1 and toes 2 of a left foot, its ball ``y`` rows down; 180 rows long in all."""
    drawn = np.zeros((SIZE, SIZE), np.uint8)

    def disc(right: float, down: float, radius: float, part: int) -> None:
        centre = round(x + scale * right), round(y + scale * down)
        cv2.circle(drawn, centre, max(1, round(scale * radius)), part, -1)

    disc(0, 0, 30, 1)
    disc(0, 115, 20, 1)
    if not gap:
        left, right = round(x - scale * 22), round(x - scale * 6)
        drawn[y : round(y + scale * 115), left : right + 1] = 1
    for right, down, radius in ((20, -46, 9), (3, -52, 6), (-8, -48, 5), (-17, -42, 5)):
        disc(right, down, radius, 2)
    return drawn


def code(found: Segmentation) -> str | None:
    return None if found.refusal is None else found.refusal.code


def sides(mask: NDArray[np.uint8]) -> list[str | None]:
    return [one.side for one in contacts_from_mask(mask).contacts]


def test_a_mask_of_noughts_and_ones_is_wet_and_dry() -> None:
    """Not a left sole without toes."""
    wet = foot() > 0
    for mask in (wet, wet.astype(np.uint8), wet.astype(np.int64)):
        (one,) = contacts_from_mask(mask).contacts
        assert one.side is None
        assert one.has_toes


def test_of_a_label_the_largest_sole_counts_and_of_wet_ones_two() -> None:
    drawn = foot(60)
    drawn[foot(160, 60, 0.6) == 1] = 1
    assert sides(drawn) == ["left"]
    (one,) = contacts_from_mask(drawn).contacts
    assert one.sole_places[:, 0].mean() == pytest.approx(60, abs=12)
    three = np.maximum(np.maximum(foot(50), foot(240)), foot(150, 80, 0.6)) > 0
    places = [one.sole_places[:, 0].mean() for one in contacts_from_mask(three).contacts]
    assert sorted(places) == pytest.approx([45, 235], abs=15)


def test_heel_and_ball_without_toes_are_one_print() -> None:
    drawn = foot(gap=True)
    drawn[drawn == 2] = 0
    assert len(contacts_from_mask(drawn > 0).contacts) == 1


@pytest.mark.parametrize(("scale", "is_print"), [(0.14, True), (0.12, True), (0.06, False)])
def test_a_print_of_few_pixels_is_one_however_large_its_mask(scale: float, is_print: bool) -> None:
    found = contacts_from_mask(foot(scale=scale) > 0)
    assert (code(found) is None) == is_print


@pytest.mark.parametrize(
    ("share", "is_background"), [(0.3, False), (0.45, False), (0.6, True), (0.8, True)]
)
def test_what_covers_most_of_its_border_is_the_background(
    share: float, is_background: bool
) -> None:
    wet = foot() > 0
    wet[[0, -1], : round(share * SIZE)] = True
    wet[: round(share * SIZE), [0, -1]] = True
    assert (code(contacts_from_mask(wet)) == "no-footprint") == is_background


def test_nothing_and_everything_are_no_print() -> None:
    for mask in (np.zeros((90, 60), bool), np.ones((90, 60), bool), np.zeros((90, 60), np.uint8)):
        assert code(contacts_from_mask(mask)) == "no-footprint"


def tightly(drawn: NDArray[np.uint8], *, lost: tuple[int, int, int, int] = (0, 0, 0, 0)):
    """Cut out without a margin, and so many pixels more from above, below, left and right."""
    rows, columns = (np.flatnonzero(drawn.any(axis=axis)) for axis in (1, 0))
    above, below, left, right = lost
    return drawn[
        rows[0] + above : rows[-1] + 1 - below, columns[0] + left : columns[-1] + 1 - right
    ]


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize(
    ("lost", "is_cut"),
    [
        ((0, 0, 0, 0), False),
        ((0, 14, 0, 0), True),
        # Toes may lie outside, a third of the ball not.
        ((20, 0, 0, 0), False),
        ((60, 0, 0, 0), True),
        ((0, 0, 25, 0), True),
        ((0, 0, 0, 20), True),
    ],
)
def test_a_print_cut_out_tightly_is_whole_and_one_cut_off_is_told(
    lost: tuple[int, int, int, int], is_cut: bool, turns: int
) -> None:
    mask = np.rot90(tightly(cv2.resize(foot(), None, fx=1.5, fy=1.5), lost=lost), turns) > 0
    found = contacts_from_mask(np.ascontiguousarray(mask))
    assert (code(found) == "touches-edge") == is_cut
    assert len(found.contacts) == (not is_cut)


def test_beside_a_whole_print_one_that_is_cut_is_told_of() -> None:
    both = np.maximum(foot(60), foot(200, 180))
    found = contacts_from_mask(both > 0)
    assert len(found.contacts) == 1
    assert [reason.code for reason in found.missed] == ["touches-edge"]


def test_a_patch_is_as_fine_as_its_mask() -> None:
    """And no finer than is worth its time."""
    small = contacts_from_mask(foot(scale=0.14) > 0).contacts[0]
    assert small.sole.shape[0] == 64
    usual = contacts_from_mask(foot() > 0, mm_per_px=1.4).contacts[0]
    length = np.ptp(usual.points[:, 1])
    assert length == pytest.approx(192, abs=6)
    assert length * usual.mm_per_px == pytest.approx(192 * 1.4, abs=6)
    large = cv2.resize(foot(), None, fx=6, fy=6, interpolation=cv2.INTER_NEAREST)
    (finest,) = contacts_from_mask(large > 0, mm_per_px=1.4 / 6).contacts
    assert finest.sole.shape[0] == 1100
    assert np.ptp(finest.points[:, 1]) * finest.mm_per_px == pytest.approx(192 * 1.4, abs=6)


def test_a_ball_at_the_border_of_a_mask_is_opened_like_any() -> None:
    mask = foot(20, 20) > 0
    roomy = np.pad(mask, 40)
    assert (opened(mask, 12) == opened(roomy, 12)[40:-40, 40:-40]).all()


@pytest.mark.parametrize(("radius", "is_pad"), [(1, False), (4, True), (16, True), (22, False)])
def test_pads_are_as_large_as_toes(radius: int, is_pad: bool) -> None:
    """A lone piece before the ball."""
    drawn = foot(y=100)
    drawn[drawn == 2] = 0
    cv2.circle(drawn, (100, 40), radius, 2, -1)
    _, toes = separate_toes(drawn > 0)
    assert bool(toes[40, 100]) == is_pad


def test_contact_is_what_lies_above_a_threshold() -> None:
    values = np.array([[0.0, 2.0, 3.0], [np.nan, 1.0, 5.0]])
    mask, _ = labels_of(values, 2.0)
    assert mask.tolist() == [[False, False, True], [False, False, True]]


def test_where_nothing_was_measured_nothing_pressed_whatever_the_threshold() -> None:
    values = np.array([[-9.0, -1.0], [np.nan, -9.0]])
    mask, soft = labels_of(values, -3.0)
    assert mask.tolist() == [[False, True], [False, False]]
    assert soft is not None
    assert (soft > 0.5).tolist() == mask.tolist()


@pytest.mark.parametrize("values", [[[3.0, 4.0]], [[0.0, 1.0]], [[np.nan, np.nan]], [[np.inf, 3]]])
@pytest.mark.filterwarnings("error")
def test_values_on_one_side_of_the_threshold_tell_nothing_of_an_edge(values) -> None:
    assert labels_of(np.array(values), 2.0)[1] is None


def test_what_lies_as_far_above_as_others_below_is_as_sure() -> None:
    _, soft = labels_of(np.array([[0.0, 2.0, 4.0, 90.0, np.inf, -np.inf]]), 2.0)
    assert soft is not None
    assert soft.tolist() == [[0.0, 0.5, 1.0, 1.0, 1.0, 0.0]]


def test_of_an_edge_what_is_softly_below_the_threshold_is_kept_once() -> None:
    """Toes and sole each keep their own edge, and none of the other's contact."""
    drawn = foot()
    soft = cv2.GaussianBlur((drawn > 0).astype(np.float32), (0, 0), 1.5)
    (one,) = contacts_from_mask(drawn, soft=soft).contacts
    both = np.minimum(one.sole, one.toes)
    assert both.max() < 0.5
    # The level set lies where the soft edge has it, not half a pixel off.
    (hard,) = contacts_from_mask(drawn).contacts
    assert (one.sole >= 0.5).sum() == pytest.approx((hard.sole >= 0.5).sum(), rel=0.02)
