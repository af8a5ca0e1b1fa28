"""Solid prints, which only grain shows to the network, and what they are told from."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

import archscan
from archscan.photo import load_photo
from archscan.segmentation.contact import Contact
from archscan.segmentation.grain import GRAIN, grained
from archscan.segmentation.paint import is_solid
from archscan.segmentation.print_colour import PrintColour
from archscan.segmentation.recoloured import segment_recoloured
from archscan.sheet import Scene
from archscan.synthetic import draw_recipe, render

BLACK, WOOD = (25, 25, 28), (150, 110, 75)


def test_grain_is_the_same_each_time_and_shifts_no_brightness() -> None:
    grey = load_photo(np.full((300, 200, 3), 128, np.uint8))
    once, again = grained(grey), grained(grey)
    assert np.array_equal(once.pixels, again.pixels)
    shades = once.pixels[..., 0].astype(float)
    assert shades.mean() == pytest.approx(127.5, abs=0.5)
    assert shades.std() == pytest.approx(GRAIN, rel=0.05)
    # Fine grain alone would be averaged away where a print is looked at from afar.
    assert cv2.blur(shades, (9, 9)).std() > GRAIN / 4


def solid(own: float, ground: float, spread: float = 0.0, *, shade: float = 0.0) -> bool:
    inside = own + spread * np.random.default_rng(1).standard_normal((4000, 1))
    pixels = np.repeat(np.clip(np.rint(inside), 0, 255), 3, axis=1).astype(np.uint8)
    return is_solid(PrintColour(pixels, np.full((50, 3), ground, np.uint8), shade))


@pytest.mark.parametrize(
    ("own", "ground", "spread", "is_one"),
    [
        (60, 101, 0, True), (60, 99, 0, False), (200, 155, 0, True), (200, 165, 0, False),
        (60, 140, 6, True), (60, 140, 10, False),
    ],
)  # fmt: skip
def test_a_solid_print_is_even_and_stands_out(own, ground, spread, is_one) -> None:
    assert solid(own, ground, spread) is is_one


def test_what_is_shaded_or_has_the_colour_of_skin_is_not_solid_paint() -> None:
    assert not solid(60, 140, shade=1.0)
    skin = np.full((50, 3), (210, 160, 130), np.uint8)
    assert not is_solid(PrintColour(skin, np.full((50, 3), 60, np.uint8), 0.0))


@pytest.fixture(scope="module")
def painted() -> tuple[np.ndarray, float]:
    """A print in solid black on boards, which the network overlooks, and its true ratio."""
    recipe = draw_recipe(
        2_200_034, content="print", medium="water", surface="paper", difficulty="easy", prints=1,
        sheet=None,
    )  # fmt: skip
    rendering = render(recipe, long_side=1200)
    bare = draw_recipe(2_200_034, content="blank", surface="wood", difficulty="easy", sheet=None)
    ground = render(replace(bare, portrait=recipe.portrait), long_side=1200).photo
    paint = cv2.GaussianBlur((rendering.mask > 0).astype(np.float32), (0, 0), 0.8)[..., None]
    photo = ground * (1 - paint) + np.array(BLACK) * paint
    return photo.astype(np.uint8), rendering.truth.prints[0].chippaux_smirak


def test_a_print_in_solid_black_is_measured(painted) -> None:
    photo, true = painted
    (item,) = archscan.scan(photo).prints
    assert item.measures["chippaux_smirak"].value == pytest.approx(true, abs=0.03)


@pytest.mark.parametrize(("toes", "prints"), [(BLACK, 1), ((40, 110, 60), 0)])
def test_toes_are_painted_as_the_sole_is(painted, monkeypatch, toes, prints) -> None:
    rows, columns = np.mgrid[:256, :256]
    sole = (np.hypot(rows - 150, columns - 128) < 50).astype(np.float32)
    pads = (np.hypot(rows - 70, columns - 128) < 15).astype(np.float32)
    pixels = np.where(sole[..., None] > 0, BLACK, WOOD)
    pixels = np.where(pads[..., None] > 0, toes, pixels).astype(np.uint8)
    contact = Contact(sole, pads, np.eye(3), None)
    found = archscan.segmentation.Segmentation((contact,), None)
    monkeypatch.setattr("archscan.segmentation.recoloured.segment", lambda *_, **__: found)
    monkeypatch.setattr("archscan.segmentation.recoloured.shows_toes", lambda _: True)
    *_, last = segment_recoloured(Scene(load_photo(pixels)))
    assert len(last.contacts) == prints
