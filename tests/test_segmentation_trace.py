"""Prints up close, however badly they were found."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from archscan.photo import Photo, load_photo
from archscan.segmentation import Contact, first_look, segment
from archscan.segmentation.aim import PRINT_SHARE, Aim, View
from archscan.segmentation.close_looks import look_closely
from archscan.segmentation.find import Found, find
from archscan.segmentation.look import look_at, whole
from archscan.segmentation.network import SIDE, STEP, log_odds_of, probability_of, see
from archscan.segmentation.trace import Traced, trace
from archscan.sheet import Scene

SAMPLES = Path(__file__).parents[1] / "sample_images"
NOTHING = np.empty((0, 2))
LAST_CELLS = SIDE - STEP
"""First row of the network's coarsest cells along a patch's lower border."""


def found_on(name: str) -> tuple[Scene, list[Found]]:
    photo = load_photo(SAMPLES / name)
    return Scene(photo), find(photo, first_look(photo))[0]


def sole_area(contact: Contact) -> float:
    """In working pixels of the photo: patches differ in scale."""
    step = abs(np.linalg.det(contact.patch_to_photo[:2, :2]))
    return float(step * (contact.sole >= 0.5).sum())


def test_a_print_found_upside_down_is_turned_up() -> None:
    scene, (found,) = found_on("tile_flat_left.jpg")
    contact = trace(scene, replace(found, up=-found.up)).contact
    assert contact is not None
    rows = np.indices(contact.sole.shape)[0]
    assert rows[contact.toes >= 0.5].mean() < rows[contact.sole >= 0.5].min() + 20


@pytest.mark.parametrize("part", ["front", "rear"])
def test_a_print_of_which_only_a_part_was_found_is_outlined_whole(part: str) -> None:
    scene, (found,) = found_on("wood_neutral_right.jpg")
    entire = trace(scene, found).contact
    along = found.points @ found.up
    kept = along > np.median(along) if part == "front" else along < np.quantile(along, 0.4)
    contact = trace(
        scene, replace(found, points=found.points[kept], has_toes=part == "front")
    ).contact
    assert entire is not None
    assert contact is not None
    assert sole_area(contact) == pytest.approx(sole_area(entire), rel=0.03)


def test_a_midfoot_that_is_hardly_seen_is_kept_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    scene, (found,) = found_on("tile_flat_left.jpg")
    entire = trace(scene, found).contact
    assert entire is not None
    heel = np.nonzero(entire.sole.max(axis=1) >= 0.5)[0].max()
    midfoot = slice(heel - 100, heel - 60)
    faint = np.log(0.3 / 0.7)

    def faintly(picture: NDArray[np.uint8], *args: int, **kwargs: bool) -> NDArray[np.float32]:
        seen = see(picture, *args, **kwargs)
        seen[0, midfoot] = np.minimum(seen[0, midfoot], faint)
        return seen

    monkeypatch.setattr(import_module("archscan.segmentation.close_looks"), "see", faintly)
    # The look from afar, which was sure of all, is not asked again.
    monkeypatch.setattr(import_module("archscan.segmentation.trace"), "SURE", 1.0)
    contact = trace(scene, found).contact
    assert contact is not None
    probable = contact.sole[midfoot.start + 5 : midfoot.stop - 5].max(axis=1)
    assert (probable < 0.5).all()
    assert (probable > 0.2).all()


@pytest.mark.parametrize("name", ["wood_neutral_right.jpg", "tile_flat_left.jpg"])
def test_a_ball_found_alone_and_taken_for_lying_across_is_outlined_whole(name: str) -> None:
    scene, (found,) = found_on(name)
    entire = trace(scene, found).contact
    along = found.points @ found.up
    front = found.points[along > np.quantile(along, 0.7)]
    across = np.array([-found.up[1], found.up[0]])
    contact = trace(scene, replace(found, points=front, up=across)).contact
    assert entire is not None
    assert contact is not None
    assert sole_area(contact) == pytest.approx(sole_area(entire), rel=0.03)


def test_a_print_found_twice_is_one_print(monkeypatch: pytest.MonkeyPatch) -> None:
    scene, (found,) = found_on("wood_neutral_right.jpg")
    part = replace(found, points=found.points[::2])
    module = import_module("archscan.segmentation.segment")
    monkeypatch.setattr(module, "find", lambda *_: ([found, part], False))
    assert len(segment(scene, first_look(scene.photo)).contacts) == 1


def test_a_mark_without_toes_does_not_take_the_place_of_a_print(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene, found = found_on("cardboard_pair_neutral.jpg")
    corner = np.array([[x, y] for x in range(40, 120, 2) for y in range(40, 240, 2)], dtype=float)
    mark = Found(corner, np.array([0.0, -1.0]), False, False, found[0].look, NOTHING)
    module = import_module("archscan.segmentation.segment")
    monkeypatch.setattr(module, "find", lambda *_: ([mark, *found], False))
    assert len(segment(scene, first_look(scene.photo)).contacts) == 2


def test_a_print_that_the_first_look_overlooks_is_seen_by_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene, (found,) = found_on("tile_flat_left.jpg")
    seen = trace(scene, found).contact
    module = import_module("archscan.segmentation.segment")
    monkeypatch.setattr(module, "find", lambda *_: ([], False))
    (contact,) = segment(scene, first_look(scene.photo)).contacts
    assert seen is not None
    assert sole_area(contact) == pytest.approx(sole_area(seen), rel=0.03)


@pytest.mark.parametrize(
    ("sure", "toes", "code"),
    [(0.9, 0.9, None), (0.79, 0.9, "too-faint"), (0.79, 0.0, "no-footprint"),
     (0.7, 0.9, "no-footprint")],
)  # fmt: skip
def test_what_is_hardly_seen_is_called_faint_if_it_has_toes(
    sure: float, toes: float, code: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, (found,) = found_on("tile_flat_left.jpg")
    seen = trace(scene, found).contact
    assert seen is not None
    sole = np.where(seen.sole >= 0.5, sure, 0.0).astype(np.float32)
    doubtful = replace(seen, sole=sole, toes=toes * (seen.toes >= 0.5).astype(np.float32))
    module = import_module("archscan.segmentation.segment")
    monkeypatch.setattr(module, "find_otherwise", lambda *_: iter(()))
    outlining = import_module("archscan.segmentation.outlining")
    monkeypatch.setattr(outlining, "trace", lambda *_, **__: Traced(doubtful, ()))
    refusal = segment(scene, first_look(scene.photo)).refusal
    assert (None if refusal is None else refusal.code) == code


def test_a_heel_lost_at_the_border_of_a_patch_is_seen_with_more_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene, (found,) = found_on("wood_neutral_right.jpg")
    entire = trace(scene, found).contact
    cut_off = []

    def see_no_heel_low_down(picture: NDArray[np.uint8], **way: Any) -> NDArray[np.float32]:
        # As the network has been seen to do: sure of nothing in its outermost cells where
        # a heel reaches into them, and unsure of what leads there.
        seen = see(picture, **way)
        if (seen[0, LAST_CELLS + 4 :] > 0).any():
            cut_off.append(way)
            seen[0, LAST_CELLS - 20 : LAST_CELLS] *= 0.1
            seen[0, LAST_CELLS:] = -6
        return seen

    monkeypatch.setattr("archscan.segmentation.close_looks.see", see_no_heel_low_down)
    contact = trace(scene, found).contact
    assert cut_off
    assert entire is not None
    assert contact is not None
    assert sole_area(contact) == pytest.approx(sole_area(entire), rel=0.02)


def test_a_heel_that_a_look_from_further_away_shows_is_outlined(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene, (found,) = found_on("wood_neutral_right.jpg")
    entire = trace(scene, found).contact
    module = import_module("archscan.segmentation.trace")
    as_seen = module._contact
    made: list[Contact] = []

    def without_its_heel(view: View, of: Found) -> Contact:
        contact = as_seen(view, of)
        made.append(contact)
        if len(made) > 2:
            return contact
        # The narrow look and the close one: in much doubt, and no heel in either.
        sole = np.minimum(contact.sole, np.float32(0.92))
        sole[180:] = 0
        return replace(contact, sole=sole)

    monkeypatch.setattr(module, "_contact", without_its_heel)
    contact = trace(scene, found).contact
    assert len(made) == 3
    assert entire is not None
    assert contact is not None
    assert sole_area(contact) == pytest.approx(sole_area(entire), rel=0.03)


@pytest.mark.parametrize(
    ("sure", "fairly_sure", "looks"), [(1.0, 1.0, 1), (0.0, 1.0, 3), (0.0, 0.0, 5)]
)
def test_a_print_is_looked_at_as_often_as_it_is_in_doubt(
    monkeypatch: pytest.MonkeyPatch, sure: float, fairly_sure: float, looks: int
) -> None:
    scene, (found,) = found_on("cardboard_flat_right.jpg")
    entire = trace(scene, found).contact
    monkeypatch.setattr("archscan.segmentation.trace.SURE", sure)
    monkeypatch.setattr("archscan.segmentation.trace.FAIRLY_SURE", fairly_sure)
    contact = trace(scene, found).contact
    assert entire is not None
    assert contact is not None
    # The look from afar counts as one of several.
    assert (1 if contact.sole_looks is None else len(contact.sole_looks)) == looks
    assert sole_area(contact) == pytest.approx(sole_area(entire), rel=0.02)


@pytest.mark.parametrize(
    "name",
    [
        "tile_flat_left.jpg", "cardboard_flat_right.jpg", "wood_neutral_right.jpg",
        "stone_neutral_left_a4.jpg", "slate_high_right.jpg",
    ],
)  # fmt: skip
def test_every_look_at_a_print_is_laid_on_the_same_patch(name: str) -> None:
    scene, (found,) = found_on(name)
    aim = Aim(found.points, found.up, NOTHING)
    view = look_closely(scene, aim, PRINT_SHARE, found.look)
    assert view is not None
    soles = view.looks[:, 0] >= 0
    straight = soles[0]
    assert len(soles) == 5
    for sole in soles[1:]:
        assert (sole & straight).sum() > 0.9 * (sole | straight).sum()


def test_a_photo_on_its_side_looks_the_same() -> None:
    # 3:4, which fills the network's picture: nothing is left free round it.
    pixels = np.ascontiguousarray(load_photo(SAMPLES / "tile_flat_left.jpg").pixels[:1280, :960])
    upright = first_look(Photo(pixels, 960, 1280))
    lying = first_look(Photo(np.ascontiguousarray(np.rot90(pixels, -1)), 1280, 960))
    turned_back = np.rot90(lying.contact, 1, axes=(1, 2))
    assert (upright.contact[0] >= 0.5).any()
    assert np.abs(turned_back - upright.contact).max() < 0.02


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("mirrored", [False, True])
def test_another_way_round_is_answered_in_the_picture_s_own_frame(
    turns: int, mirrored: bool
) -> None:
    pixels = load_photo(SAMPLES / "tile_flat_left.jpg").pixels
    photo = Photo(pixels, *pixels.shape[1::-1])
    straight = look_at(photo, whole(pixels)).contact[0] >= 0.5
    other = look_at(photo, whole(pixels), turns, mirrored).contact[0] >= 0.5
    assert other.shape == straight.shape
    assert (other & straight).sum() > 0.9 * (other | straight).sum()


def test_log_odds_and_probabilities_are_each_other() -> None:
    probability = np.linspace(0.01, 0.99, 99, dtype=np.float32)
    assert probability_of(log_odds_of(probability)) == pytest.approx(probability, abs=1e-6)


def test_what_is_ever_so_unlikely_is_no_error() -> None:
    odds = np.array([-1e6, -200, 0, 200], dtype=np.float32)
    assert probability_of(odds) == pytest.approx([0, 0, 0.5, 1], abs=1e-6)
    assert np.isfinite(log_odds_of(np.array([0, 1], dtype=np.float32))).all()
