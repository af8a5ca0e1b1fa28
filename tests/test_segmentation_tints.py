"""Prints that only their hue shows, and things that have colours of their own."""

from __future__ import annotations

import numpy as np
import pytest

import archscan
from archscan.photo import Photo, load_photo
from archscan.segmentation.colour import in_colour
from archscan.segmentation.contact import Contact
from archscan.segmentation.print_colour import PrintColour, print_colour
from archscan.segmentation.tints import is_tint
from archscan.synthetic import draw_recipe, render

FLOOR = (170, 165, 150)
TINT = (10, -5, -5)
"""Of the same brightness."""


def disc() -> np.ndarray:
    y, x = np.mgrid[:256, :256]
    return np.hypot(x - 128, y - 128) < 50


def floor_with(colour: tuple[int, int, int]) -> np.ndarray:
    """A floor uneven in brightness with a disc on it, ``uint8 (256, 256, 3)``."""
    shades = np.random.default_rng(1).normal(0, 12, (256, 256, 1))
    pixels = np.where(disc()[..., None], colour, FLOOR) + shades
    return np.clip(pixels, 0, 255).astype(np.uint8)


def is_tinted(photo: Photo, contact: Contact) -> bool:
    colour = print_colour(photo, contact)
    return colour is not None and is_tint(colour)


def a_disc_on(colour: tuple[int, int, int]) -> bool:
    sole = disc().astype(np.float32)
    contact = Contact(sole, np.zeros_like(sole), np.eye(3), None)
    return is_tinted(load_photo(floor_with(colour)), contact)


def added(change: tuple[int, int, int]) -> tuple[int, int, int]:
    return tuple(one + other for one, other in zip(FLOOR, change, strict=True))  # type: ignore[return-value]


def test_a_hue_that_brightness_hides_stands_out_dark() -> None:
    photo = load_photo(floor_with(added(TINT)))
    shown = in_colour(photo)
    assert shown is not None
    assert shown.pixels.shape == photo.pixels.shape
    here, there = (shown.pixels[mask].mean() for mask in (disc(), ~disc()))
    assert here < there - 30
    plain = photo.pixels.mean(axis=2)
    assert abs(plain[disc()].mean() - plain[~disc()].mean()) < 2


def test_the_opposite_hue_stands_out_dark_as_well() -> None:
    shown = in_colour(load_photo(floor_with(added((-10, 5, 5)))))
    assert shown is not None
    assert shown.pixels[disc()].mean() < shown.pixels[~disc()].mean() - 30


def test_a_grey_photo_has_no_hue() -> None:
    grey = np.random.default_rng(2).integers(0, 255, (300, 200, 1), dtype=np.uint8)
    assert in_colour(load_photo(np.repeat(grey, 3, axis=2))) is None


@pytest.mark.parametrize(
    ("change", "is_one"),
    [
        (TINT, True),
        ((60, -30, -30), False),
        ((90, 75, 75), False),
        ((-70, -85, -85), False),
        # A tanned sole that the uneven floor's shadows hide.
        ((-15, -30, -45), False),
    ],
)
def test_a_tint_is_faint_and_as_bright_as_its_floor(
    change: tuple[int, int, int], is_one: bool
) -> None:
    assert a_disc_on(added(change)) is is_one


@pytest.mark.parametrize(
    ("red", "spread", "is_one"),
    # Of grey of 100 a red that differs by so much, in hue and in brightness.
    [(10, 0, False), (2, 0, True), (9, 8, True), (16, 8, True), (22, 8, False), (-10, 8, True)],
)
def test_how_much_hue_a_tint_has(red: int, spread: int, is_one: bool) -> None:
    ground = np.repeat([[100 - spread], [100], [100 + spread]], 3, axis=1).astype(np.uint8)
    own = np.array([[100 + red, 100, 100]], np.uint8)
    assert is_tint(PrintColour(own, ground, 0.0)) is is_one


@pytest.mark.parametrize(
    ("brighter", "is_one"), [(-40, False), (-25, True), (25, True), (40, False)]
)
def test_what_is_much_brighter_or_darker_than_its_floor_is_no_tint(
    brighter: int, is_one: bool
) -> None:
    ground = np.repeat([[92], [100], [108]], 3, axis=1).astype(np.uint8)
    own = np.full((1, 3), 100 + brighter, np.uint8)
    assert is_tint(PrintColour(own, ground, 0.0)) is is_one


def test_what_is_shaded_at_its_edge_is_a_thing_and_no_tint() -> None:
    y, x = np.mgrid[:256, :256]
    rim = np.abs(np.hypot(x - 128, y - 128) - 47) < 3
    pixels = floor_with(added(TINT))
    sole = disc().astype(np.float32)
    contact = Contact(sole, np.zeros_like(sole), np.eye(3), None)
    faint, dark = pixels.copy(), pixels.copy()
    faint[rim] = 0.95 * faint[rim]
    dark[rim] = 0.75 * dark[rim]
    assert is_tinted(load_photo(faint), contact)
    assert not is_tinted(load_photo(dark), contact)


def test_toes_without_a_sole_are_no_tint() -> None:
    toes = disc().astype(np.float32)
    contact = Contact(np.zeros_like(toes), toes, np.eye(3), None)
    assert not is_tinted(load_photo(floor_with(added(TINT))), contact)


def test_a_print_without_an_inside_is_no_tint() -> None:
    nothing = np.zeros((256, 256), np.float32)
    assert not is_tinted(load_photo(floor_with(FLOOR)), Contact(nothing, nothing, np.eye(3), None))


@pytest.mark.parametrize("seed", [13_000_397, 13_000_432])
def test_a_pair_of_pale_powder_is_measured(seed: int) -> None:
    rendering = render(draw_recipe(seed, content="print", difficulty="easy"), long_side=1600)
    scan = archscan.scan(rendering.photo)
    assert [one.footprint.side for one in scan.prints] == ["left", "right"]
    for one, truth in zip(scan.prints, rendering.truth.prints, strict=True):
        measure = one.measures["chippaux_smirak"]
        assert measure.value == pytest.approx(truth.chippaux_smirak, abs=0.03)


def test_bare_soles_are_no_tinted_prints() -> None:
    for seed, difficulty in ((1_500_024, "easy"), (1_500_049, "hard")):
        rendering = render(draw_recipe(seed, content="other", difficulty=difficulty), 1600)
        assert archscan.scan(rendering.photo).status == "refused"
