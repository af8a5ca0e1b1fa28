"""Prints of paint: strong in a colour that is no skin's, and flat to the edge."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

import archscan
from archscan.photo import Photo, load_photo
from archscan.segmentation.contact import Contact
from archscan.segmentation.paint import is_paint, is_skin_coloured
from archscan.segmentation.print_colour import PrintColour, print_colour
from archscan.synthetic import draw_recipe, render

PAPER = (235, 235, 235)
WOOD = (160, 115, 75)
TURQUOISE = (30, 170, 180)


def disc(radius: float = 50.0) -> np.ndarray:
    y, x = np.mgrid[:256, :256]
    return np.hypot(x - 128, y - 128) < radius


def is_painted(photo: Photo, contact: Contact) -> bool:
    colour = print_colour(photo, contact)
    return colour is not None and is_paint(colour)


def painted(colour, ground, rim: float = 1.0) -> bool:
    """Ask of a disc of that colour, its edge so many times as bright."""
    pixels = np.where(disc()[..., None], colour, ground).astype(np.float64)
    pixels[disc() & ~disc(47)] *= rim
    sole = disc().astype(np.float32)
    contact = Contact(sole, np.zeros_like(sole), np.eye(3), None)
    return is_painted(load_photo(pixels.astype(np.uint8)), contact)


@pytest.mark.parametrize(
    ("colour", "ground"),
    [
        ((30, 60, 170), PAPER), ((190, 30, 40), PAPER), ((30, 140, 60), PAPER),
        ((110, 40, 140), PAPER), (TURQUOISE, PAPER), (TURQUOISE, WOOD), (PAPER, (40, 70, 140)),
    ],
)  # fmt: skip
def test_paint_has_a_colour_of_its_own(colour, ground) -> None:
    assert painted(colour, ground)


@pytest.mark.parametrize(
    ("colour", "ground"),
    [
        # Soles on a white, a blue and a dark floor, and ink without a colour.
        ((210, 160, 130), PAPER), ((90, 55, 40), PAPER), ((210, 160, 130), (60, 80, 130)),
        ((210, 160, 130), (20, 20, 20)), ((30, 30, 34), PAPER), ((150, 120, 110), PAPER),
    ],
)  # fmt: skip
def test_skin_and_what_has_no_colour_is_no_paint(colour, ground) -> None:
    assert not painted(colour, ground)


@pytest.mark.parametrize(("green", "is_one"), [(135, False), (145, True)])
def test_paint_differs_in_hue_by_two_fifths(green: int, is_one: bool) -> None:
    # Of a grey of 100 that is made up to 122 by its green, 1.4 times the other two, or less.
    own, ground = (np.array([colour], np.uint8) for colour in ((85, green, 90), (100, 100, 100)))
    colour = PrintColour(own, ground, 0.0)
    assert is_paint(colour) is is_one
    assert (colour.tint >= 0.4) is is_one


def test_what_is_shaded_where_it_rounds_off_is_a_thing() -> None:
    assert painted(TURQUOISE, PAPER, rim=0.95)
    assert not painted(TURQUOISE, PAPER, rim=0.6)


def test_a_print_without_an_inside_is_no_paint() -> None:
    nothing = np.zeros((256, 256), np.float32)
    photo = load_photo(np.full((256, 256, 3), 200, np.uint8))
    assert not is_painted(photo, Contact(nothing, nothing, np.eye(3), None))


@pytest.mark.parametrize(
    ("colour", "is_skin"),
    [
        ((235, 200, 180), True), ((90, 55, 40), True), ((200, 130, 80), True),
        ((128, 128, 128), False), ((255, 255, 255), False), ((0, 0, 0), False),
        ((190, 30, 40), False), ((230, 120, 30), False), ((235, 110, 160), False),
        ((30, 60, 170), False), ((30, 140, 60), False),
        # Brick, olive and mauve: of all that skin has, each lacks one.
        ((200, 90, 80), False), ((90, 100, 60), False), ((160, 100, 120), False),
    ],
)  # fmt: skip
def test_skin_is_told_by_what_its_channels_stand_to_each_other(colour, is_skin: bool) -> None:
    assert is_skin_coloured(np.array(colour, np.float64)) is is_skin


@pytest.mark.parametrize(
    ("seed", "ground"), [(8_100_052, PAPER), (8_100_058, PAPER), (8_100_070, WOOD)]
)
def test_a_painted_print_is_measured(seed: int, ground) -> None:
    recipe = draw_recipe(
        seed, content="print", medium="ink", surface="paper", difficulty="easy", prints=1
    )
    rendering = render(recipe, long_side=1000)
    cover = cv2.GaussianBlur((rendering.mask > 0).astype(np.float32), (0, 0), 1.2)[..., None]
    noise = np.random.default_rng(seed).normal(0, 4, rendering.photo.shape)
    photo = np.array(ground) * (1 - cover) + np.array(TURQUOISE) * cover + noise
    scan = archscan.scan(np.clip(photo, 0, 255).astype(np.uint8))
    (item,), (true,) = scan.prints, rendering.truth.prints
    assert item.footprint.side == true.side
    csi = item.measures["chippaux_smirak"]
    assert csi.value == pytest.approx(true.chippaux_smirak, abs=0.03)
