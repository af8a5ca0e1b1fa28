"""What of a close look is a print's own, on drawn looks."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import cv2
import numpy as np
import pytest
from drawn_looks import HIGH, WIDE, foot, view
from numpy.typing import NDArray
from ovals import NOTHING, SCENE, UP, found

from archscan.segmentation import Contact
from archscan.segmentation.aim import PRINT_SHARE, Aim, View
from archscan.segmentation.close_looks import look_once
from archscan.segmentation.network import log_odds_of
from archscan.segmentation.patches import project

MODULE = import_module("archscan.segmentation.trace")


def seen(*parts: NDArray[np.float32], looks: int = 1, mm_per_px: float | None = None) -> View:
    """A view of the largest print in what was drawn, sole and toes."""
    return view(*[np.max(parts, axis=0)] * looks, mm_per_px=mm_per_px)


def outlined(view: View, *, at_edge: bool = False) -> Contact:
    return MODULE._contact(view, replace(found(100), at_edge=at_edge))


def test_what_is_faint_round_a_print_is_its_own_and_what_lies_beyond_is_not() -> None:
    faint = np.zeros((2, HIGH, WIDE), np.float32)
    faint[0, 140:160] = 0.3
    one = outlined(seen(foot(100), faint))
    assert one.sole[150, 100 + 20 + 6] == pytest.approx(0.3, abs=0.01)
    assert one.sole[150, 100 + 20 + 12] == 0
    assert one.sole_looks is None


def test_another_print_s_contact_is_none_of_it() -> None:
    one = outlined(seen(foot(100), foot(148) * np.float32(0.95), looks=3))
    assert one.sole[100, 100] > 0.9
    # It lies seven pixels off.
    assert one.sole[100, 128:170].max() == 0
    assert one.sole_looks is not None
    assert one.sole_looks.shape == (3, HIGH, WIDE)
    assert one.sole_looks[:, 100, 128:170].max() == 0


@pytest.mark.parametrize(("faintly", "kept"), [(0.3, True), (0.15, False)])
def test_a_midfoot_that_is_hardly_seen_is_in_doubt_and_less_is_nothing(
    faintly: float, kept: bool
) -> None:
    one = outlined(seen(foot(100, gap=faintly)))
    assert one.sole[150, 100] == pytest.approx(faintly if kept else 0.0, abs=0.01)


def test_beside_a_whole_sole_nothing_is_filled_in() -> None:
    # A bay as wide as an arch, in which something faint is seen.
    drawn = foot(100)
    drawn[0, 120:190, 85:121] = 0.3
    one = outlined(seen(drawn))
    assert one.sole[155, 110] == 0


def test_the_scale_and_whether_it_lies_at_the_edge_are_handed_on() -> None:
    one = outlined(seen(foot(100), mm_per_px=1.2), at_edge=True)
    assert (one.mm_per_px, one.at_edge) == (1.2, True)
    assert not outlined(seen(foot(100))).at_edge


@pytest.mark.parametrize(("half", "is_long"), [(40, False), (60, True)])
@pytest.mark.parametrize("turned", [False, True])
def test_a_print_is_long_along_its_own_axis(half: int, is_long: bool, turned: bool) -> None:
    points = found(100).points * np.array([1.0, half / 90])
    item = replace(found(100), points=points[:, ::-1] if turned else points)
    assert MODULE._is_long(replace(item, up=UP[::-1] if turned else UP)) == is_long


def test_of_two_outlines_the_surer_stays_and_toes_count() -> None:
    sure, doubtful = (outlined(seen(foot(100, sure=share))) for share in (0.95, 0.8))
    assert MODULE._surer(sure, doubtful) is sure
    assert MODULE._surer(doubtful, sure) is sure
    assert MODULE._surer(None, doubtful) is MODULE._surer(doubtful, None) is doubtful
    toeless = foot(100, sure=0.97)
    toeless[1] = 0
    assert MODULE._surer(outlined(seen(toeless)), sure) is sure


@pytest.mark.parametrize(
    ("moved", "size", "turn_deg", "is_well"),
    [
        ((0, 0), 0.82, 0, True),
        ((8, 0), 0.82, 0, True),
        ((15, 0), 0.82, 0, False),
        ((0, -15), 0.82, 0, False),
        ((0, 0), 0.68, 0, False),
        ((0, 0), 0.96, 0, False),
        ((0, 0), 0.82, 4, True),
        ((0, 0), 0.82, 9, False),
        ((0, 0), 0.82, -9, False),
    ],
)
def test_a_print_lies_well_on_a_patch_if_it_lies_as_in_training(
    moved: tuple[int, int], size: float, turn_deg: float, is_well: bool
) -> None:
    layers = np.zeros((2, HIGH, WIDE), np.float32)
    high = size * HIGH
    cv2.ellipse(layers[0], (128, 128), (30, round(high / 2 - 12)), 0, 0, 360, 0.99, -1)
    cv2.ellipse(layers[0], (128, 140), (30, round(high / 2 - 12)), 0, 0, 360, 0.99, -1)
    for beside in (-9, 9):
        cv2.circle(layers[1], (128 + beside, round(128 - high / 2 + 6)), 6, 0.99, -1)
    way = cv2.getRotationMatrix2D((127.5, 127.5), turn_deg, 1.0)
    way[:, 2] += moved
    laid = np.stack([cv2.warpAffine(one, way, (WIDE, HIGH)) for one in layers])
    assert seen(laid).is_well_aimed == is_well


@pytest.mark.parametrize(("heel", "toes", "lost"), [(0, 0, False), (12, 0, True), (0, 12, True)])
def test_a_print_that_lacks_an_end_of_what_was_found_is_outreached(
    heel: int, toes: int, lost: bool
) -> None:
    item = found(100)
    rows = item.points[:, 1]
    kept = (rows < rows.max() - heel) & (rows > rows.min() + toes)
    aim = Aim(item.points, UP, NOTHING)
    assert aim.outreaches(item.points[kept], np.eye(3)) == lost


def once(
    monkeypatch: pytest.MonkeyPatch, layers: NDArray[np.float32], beside: NDArray[np.float64]
) -> View | None:
    """Look at the print at 100, where a network sees what was drawn on the patch."""
    odds = log_odds_of(np.concatenate([layers, np.zeros_like(layers)]))
    monkeypatch.setattr("archscan.segmentation.close_looks.see", lambda *_, **__: odds)
    item = found(100)
    return look_once(SCENE, Aim(item.points, UP, beside), WIDE, PRINT_SHARE)


def test_of_two_prints_on_a_patch_the_one_in_its_middle_is_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    larger = foot(200)
    larger[0, 60:240, 170:236] = 0.99
    view = once(monkeypatch, np.maximum(foot(126), larger), NOTHING)
    assert view is not None
    assert view.print.points[:, 0].mean() == pytest.approx(126, abs=3)
    assert len(view.others) == 1


def test_a_print_that_is_known_to_be_another_is_not_the_one_that_is_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both, other = np.maximum(foot(126), foot(200)), foot(200)
    view = once(monkeypatch, both, NOTHING)
    assert view is not None
    rows, columns = np.nonzero(other[0])
    known = project(np.stack([columns, rows], axis=1).astype(float), view.patch.to_photo)
    view = once(monkeypatch, both, known)
    assert view is not None
    assert view.print.points[:, 0].mean() == pytest.approx(126, abs=3)
    assert once(monkeypatch, other, known) is None
