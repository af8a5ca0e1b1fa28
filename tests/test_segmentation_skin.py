"""A bare sole before the dark is no print: its skin goes on where a print ends."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

import archscan
from archscan.segmentation.contact import Contact
from archscan.segmentation.edge import edge_of
from archscan.segmentation.skin import front_step, is_skin
from archscan.synthetic import Rendering, draw_recipe, render

SIDE = 256
BALL, HEEL, BAND = ((128, 90), (44, 34)), ((128, 205), (28, 32)), ((104, 90), (152, 205))
TOES = tuple(((x, 38), (8, 9)) for x in (94, 116, 138, 160))
BEHIND, LIT = 20, 220


def drawn(*ellipses: tuple, band: tuple = BAND) -> np.ndarray:
    mask = np.zeros((SIDE, SIDE), np.uint8)
    cv2.rectangle(mask, *band, 1, -1)
    for middle, axes in ellipses:
        cv2.ellipse(mask, middle, axes, 0, 0, 360, 1, -1)
    return mask


def contact_of(*toes: tuple) -> Contact:
    none = ((0, 0), (0, 0))
    pads = drawn(*toes, band=none) if toes else np.zeros((SIDE, SIDE), np.uint8)
    return Contact(drawn(BALL, HEEL).astype(np.float32), pads.astype(np.float32), np.eye(3), None)


def photo_of(mask: np.ndarray, inside: int = LIT, outside: int = BEHIND) -> np.ndarray:
    shades = np.where(mask > 0, inside, outside).astype(np.uint8)
    return np.repeat(shades[..., None], 3, axis=2)


def bare_foot() -> np.ndarray:
    """The sole with skin between ball and toes, as it is seen from below."""
    skin = drawn(BALL, HEEL, *TOES)
    cv2.rectangle(skin, (90, 30), (166, 90), 1, -1)
    return skin


def seen(photo: np.ndarray, contact: Contact) -> bool:
    return is_skin(contact, edge_of(photo, contact))


def test_on_a_lit_plate_the_ball_ends_before_the_toes() -> None:
    contact = contact_of(*TOES)
    photo = photo_of(drawn(BALL, HEEL, *TOES))
    assert front_step(contact, edge_of(photo, contact)) == pytest.approx(1.0, abs=0.05)
    assert not seen(photo, contact)


@pytest.mark.filterwarnings("error")
def test_where_everything_is_black_no_step_is_told() -> None:
    contact = contact_of(*TOES)
    assert front_step(contact, edge_of(photo_of(bare_foot(), 0, 0), contact)) is None


def test_a_bare_foot_is_skin_up_to_its_toes() -> None:
    assert seen(photo_of(bare_foot()), contact_of(*TOES))


def test_where_toes_touch_the_ball_its_edge_cannot_be_seen() -> None:
    close = tuple(((x, 55), (11, 14)) for x in (92, 110, 128, 146, 164))
    photo = photo_of(drawn(BALL, HEEL, *close))
    assert not seen(photo, contact_of(*close))
    assert seen(photo, contact_of())


@pytest.mark.parametrize("step", [0.4, 0.6])
def test_between_ball_and_toes_half_of_a_print_s_step_is_seen(step: float) -> None:
    photo = photo_of(bare_foot())
    photo[(bare_foot() > 0) & (drawn(BALL, HEEL, *TOES) == 0)] = LIT - step * (LIT - BEHIND)
    assert seen(photo, contact_of(*TOES)) == (step < 0.5)


@pytest.mark.parametrize("lit", [np.s_[:, :128], np.s_[:, 128:]])
def test_the_side_that_is_not_lit_shows_how_large_a_step_is(lit: tuple[slice, slice]) -> None:
    photo = photo_of(bare_foot())
    photo[lit] = LIT
    assert seen(photo, contact_of(*TOES))


@pytest.mark.parametrize(("behind", "dark"), [(75, True), (140, False)])
def test_dark_is_what_is_half_as_bright(behind: int, dark: bool) -> None:
    assert seen(photo_of(bare_foot(), LIT, behind), contact_of(*TOES)) == dark


@pytest.mark.parametrize(("axis", "way"), [(0, BALL[1][1] - BALL[0][1]), (1, SIDE - 174)])
def test_a_ball_may_lie_at_the_border_of_its_patch(axis: int, way: int) -> None:
    whole = contact_of(*TOES)
    sole, toes = (np.roll(part, way, axis=axis) for part in (whole.sole, whole.toes))
    contact = Contact(sole, toes, np.eye(3), None)
    assert not seen(photo_of(sole), contact)


@pytest.mark.filterwarnings("error")
def test_of_what_has_no_sides_nothing_is_said() -> None:
    flat = np.zeros((SIDE, SIDE), np.float32)
    cv2.ellipse(flat, (128, 128), (110, 6), 0, 0, 360, 1.0, -1)
    contact = Contact(flat, np.zeros_like(flat), np.eye(3), None)
    assert front_step(contact, edge_of(photo_of(flat), contact)) is None


@pytest.mark.parametrize("shades", [(90, 200), (220, 160)])
def test_what_does_not_lie_before_the_dark_is_not_asked(shades: tuple[int, int]) -> None:
    contact = contact_of(*TOES)
    assert front_step(contact, edge_of(photo_of(bare_foot(), *shades), contact)) is None


def test_where_there_is_no_sole_nothing_is_said() -> None:
    nothing = np.zeros((SIDE, SIDE), np.float32)
    contact = Contact(nothing, nothing, np.eye(3), None)
    assert not seen(photo_of(bare_foot()), contact)


@pytest.fixture(scope="module")
def on_a_plate() -> Rendering:
    return render(draw_recipe(1_710_001, content="print", medium="plate"), long_side=1600)


def with_skin(rendering: Rendering) -> np.ndarray:
    """The plate's photo with skin painted between the ball and the toes."""
    sole, toes = (np.isin(rendering.mask, parts).astype(np.uint8) for parts in ((1, 3), (2, 4)))
    skin = 0.85 * np.median(rendering.photo[cv2.erode(sole, np.ones((15, 15))) > 0], axis=0)
    places = np.argwhere(sole)[:, ::-1]
    away = np.hypot(*(places - np.array(rendering.truth.prints[0].heel_centre)).T)
    ball = places[away > 0.6 * away.max()]
    hull = cv2.convexHull(np.concatenate([ball, np.argwhere(toes)[:, ::-1]]).astype(np.int32))
    between = cv2.fillConvexPoly(np.zeros_like(sole), hull, 1) & ~(sole | toes)
    share = cv2.GaussianBlur(between.astype(np.float32), (0, 0), 2)[..., None] * between[..., None]
    return np.asarray(rendering.photo * (1 - share) + skin * share, dtype=np.uint8)


def test_a_print_on_a_plate_is_measured_and_a_sole_is_told_to_leave_one(
    on_a_plate: Rendering,
) -> None:
    assert archscan.scan(on_a_plate.photo).status == "measured"
    refused = archscan.scan(with_skin(on_a_plate))
    assert refused.reason is not None
    assert refused.reason.code == "bare-sole"
    assert "photograph the print" in refused.reason.advice
