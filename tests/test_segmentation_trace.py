"""Prints up close, however badly they were found."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from archscan.photo import load_photo
from archscan.segmentation import Contact, first_look, segment
from archscan.segmentation.find import Found, find
from archscan.segmentation.network import log_odds_of, probability_of
from archscan.segmentation.trace import trace
from archscan.sheet import Scene

SAMPLES = Path(__file__).parents[1] / "sample_images"


def found_on(name: str) -> tuple[Scene, list[Found]]:
    photo = load_photo(SAMPLES / name)
    return Scene(photo), find(photo, first_look(photo))[0]


def sole_area(contact: Contact) -> float:
    """In working pixels of the photo: patches differ in scale."""
    step = abs(np.linalg.det(contact.patch_to_photo[:2, :2]))
    return float(step * (contact.sole >= 0.5).sum())


def test_a_print_found_upside_down_is_turned_up() -> None:
    scene, (found,) = found_on("tile_flat_left.jpg")
    contact = trace(scene, replace(found, up=-found.up))
    assert contact is not None
    rows = np.indices(contact.sole.shape)[0]
    assert rows[contact.toes >= 0.5].mean() < rows[contact.sole >= 0.5].min() + 20


@pytest.mark.parametrize("part", ["front", "rear"])
def test_a_print_of_which_only_a_part_was_found_is_outlined_whole(part: str) -> None:
    scene, (found,) = found_on("wood_neutral_right.jpg")
    whole = trace(scene, found)
    along = found.points @ found.up
    kept = along > np.median(along) if part == "front" else along < np.quantile(along, 0.4)
    contact = trace(scene, replace(found, points=found.points[kept], has_toes=part == "front"))
    assert whole is not None
    assert contact is not None
    assert sole_area(contact) == pytest.approx(sole_area(whole), rel=0.03)


@pytest.mark.parametrize("name", ["wood_neutral_right.jpg", "tile_flat_left.jpg"])
def test_a_ball_found_alone_and_taken_for_lying_across_is_outlined_whole(name: str) -> None:
    scene, (found,) = found_on(name)
    whole = trace(scene, found)
    along = found.points @ found.up
    front = found.points[along > np.quantile(along, 0.7)]
    across = np.array([-found.up[1], found.up[0]])
    contact = trace(scene, replace(found, points=front, up=across))
    assert whole is not None
    assert contact is not None
    assert sole_area(contact) == pytest.approx(sole_area(whole), rel=0.03)


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
    mark = Found(corner, np.array([0.0, -1.0]), False, False, found[0].look)
    module = import_module("archscan.segmentation.segment")
    monkeypatch.setattr(module, "find", lambda *_: ([mark, *found], False))
    assert len(segment(scene, first_look(scene.photo)).contacts) == 2


def test_log_odds_and_probabilities_are_each_other() -> None:
    probability = np.linspace(0.01, 0.99, 99, dtype=np.float32)
    assert probability_of(log_odds_of(probability)) == pytest.approx(probability, abs=1e-6)
    assert np.isfinite(log_odds_of(np.array([0, 1], dtype=np.float32))).all()
