"""Left or right, asked of the photo and of its mirror image."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from conftest import SAMPLES

import archscan.second_opinion as room
from archscan.footprint import Footprint, find_footprint
from archscan.photo import Photo, load_photo
from archscan.segmentation import Contact, first_look, segment
from archscan.segmentation.patches import project
from archscan.sheet import Scene, find_scene

NAME = "wood_neutral_right.jpg"


@pytest.fixture(scope="module")
def seen() -> tuple[Scene, Contact, Footprint]:
    scene = Scene(load_photo(SAMPLES / NAME))
    (contact,) = segment(scene, first_look(scene.photo)).contacts
    footprint = find_footprint(contact)
    assert isinstance(footprint, Footprint)
    return scene, contact, footprint


def test_a_sure_side_is_not_asked_again(
    seen: tuple[Scene, Contact, Footprint], monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, contact, footprint = seen
    monkeypatch.setattr(room, "segment", lambda *_: pytest.fail("looked again"))
    for sure in (footprint, replace(footprint, side_confidence=0.75)):
        assert room.asked_in_the_mirror(scene, [(contact, sure)]) == [(contact, sure)]


def test_a_wrong_guess_is_put_right_by_the_mirror_image(
    seen: tuple[Scene, Contact, Footprint],
) -> None:
    scene, contact, _ = seen
    guessed = find_footprint(contact, "left")
    assert isinstance(guessed, Footprint)
    guessed = replace(guessed, side_confidence=0.6)
    ((_, settled),) = room.asked_in_the_mirror(scene, [(contact, guessed)])
    assert settled.side == "right"
    # The mirror image's print is surely a left one: (0.4 + 1) / 2.
    assert settled.side_confidence == pytest.approx(0.7, abs=0.01)


@pytest.mark.parametrize(("guess", "settled_on"), [(0.6, 0.8), (0.74, 0.87)])
def test_a_right_guess_becomes_surer_and_no_sure_print_beside_it_is_changed(
    seen: tuple[Scene, Contact, Footprint], guess: float, settled_on: float
) -> None:
    scene, contact, footprint = seen
    sure = replace(footprint, side_confidence=0.75)
    unsure = replace(footprint, side_confidence=guess)
    (_, kept), (_, settled) = room.asked_in_the_mirror(scene, [(contact, sure), (contact, unsure)])
    assert kept is sure
    assert settled.side == "right"
    assert settled.side_confidence == pytest.approx(settled_on, abs=0.01)


def test_where_the_mirror_shows_nothing_the_guess_stays(
    seen: tuple[Scene, Contact, Footprint],
) -> None:
    scene, contact, footprint = seen
    unsure = replace(footprint, side_confidence=0.6)
    blank = Photo(np.full_like(scene.photo.pixels, 128), scene.photo.width, scene.photo.height)
    ((_, settled),) = room.asked_in_the_mirror(Scene(blank), [(contact, unsure)])
    assert settled is unsure


@pytest.mark.parametrize(("share", "is_same"), [(0.1, True), (0.25, False)])
def test_another_print_in_the_mirror_says_nothing_of_this_one(
    seen: tuple[Scene, Contact, Footprint], share: float, is_same: bool
) -> None:
    scene, contact, footprint = seen
    ends = np.stack([footprint.heel_centre, footprint.axis_tip])
    heel, tip = project(ends, footprint.patch_to_photo)
    beside = np.eye(3)
    beside[0, 2] = share * np.hypot(*(tip - heel))
    elsewhere = replace(
        footprint, side_confidence=0.6, patch_to_photo=beside @ footprint.patch_to_photo
    )
    ((_, settled),) = room.asked_in_the_mirror(scene, [(contact, elsewhere)])
    assert (settled is not elsewhere) == is_same


def test_of_a_guess_and_a_mirror_image_that_says_nothing_the_guess_stays_and_is_less_sure(
    seen: tuple[Scene, Contact, Footprint], monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, contact, footprint = seen

    def unsure(*asked: object) -> object:
        found = find_footprint(*asked)
        return replace(found, side_confidence=0.5) if isinstance(found, Footprint) else found

    monkeypatch.setattr(room, "find_footprint", unsure)
    guessed = replace(footprint, side_confidence=0.6)
    ((_, settled),) = room.asked_in_the_mirror(scene, [(contact, guessed)])
    assert settled.side == "right"
    assert settled.side_confidence == pytest.approx(0.55)


def test_a_floor_that_is_known_is_known_in_the_mirror() -> None:
    photo = load_photo(SAMPLES / "stone_neutral_left_a4.jpg")
    from archscan.segmentation import hints_at_sheet, likely_sheets, likely_soles

    first = first_look(photo)
    scene = find_scene(
        photo, "auto", likely_sheets(first), hints_at_sheet(first), likely_soles(first)
    )
    assert scene.photo_to_plane is not None
    (contact,) = segment(scene, first).contacts
    footprint = find_footprint(contact)
    assert isinstance(footprint, Footprint)
    assert footprint.side == "left"
    unsure = replace(footprint, side_confidence=0.6)
    ((_, settled),) = room.asked_in_the_mirror(scene, [(contact, unsure)])
    assert settled.side == "left"
    assert settled.side_confidence > 0.7


def test_a_point_of_the_mirror_image_lies_on_the_mirrored_floor(
    seen: tuple[Scene, Contact, Footprint], monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, contact, footprint = seen
    to_floor = np.array([[0.5, 0.0, 20.0], [0.1, 0.5, 0.0], [0.0, 0.0002, 1.0]])
    asked: list[Scene] = []

    def noted(mirrored: Scene, first: object) -> object:
        asked.append(mirrored)
        return segment(mirrored, first)

    monkeypatch.setattr(room, "segment", noted)
    unsure = replace(footprint, side_confidence=0.6)
    for known in ("photo_to_plane", "straightening"):
        room.asked_in_the_mirror(replace(scene, **{known: to_floor}), [(contact, unsure)])
        place = np.array([[300.0, 100.0]])
        mirrored = [[scene.photo.pixels.shape[1] - 1 - 300.0, 100.0]]
        ((x, y),) = project(place, to_floor)
        assert project(np.array(mirrored), getattr(asked[-1], known))[0] == pytest.approx((-x, y))
