"""How softly a print ends, on edges of known softness."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from archscan.segmentation.contact import Contact
from archscan.segmentation.edge import STEPS, Edge, edge_of
from archscan.segmentation.rim import rim_width

SIDE = 256
FINER = 4
TENTH = 1.2816
"""Standard deviations between the middle of a blurred edge and the tenth of its step."""


def scene(sigma: float, noise: float = 0.0, inside: int = 90) -> tuple[np.ndarray, Contact]:
    """A sole-like ellipse, four photo pixels a patch pixel, blurred by ``sigma`` patch pixels."""
    size = SIDE * FINER
    photo = np.full((size, size), 200, np.uint8)
    cv2.ellipse(photo, (size // 2, size // 2), (170, 400), 0, 0, 360, inside, -1)
    soft = cv2.GaussianBlur(photo.astype(np.float32), (0, 0), sigma * FINER)
    soft += np.random.default_rng(1).normal(0, noise, soft.shape)
    pixels = np.repeat(np.clip(soft, 0, 255).astype(np.uint8)[..., None], 3, axis=2)
    sole = cv2.resize(
        (photo == inside).astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_AREA
    )
    to_photo = np.diag([FINER, FINER, 1.0])
    to_photo[:2, 2] = (FINER - 1) / 2
    return pixels, Contact(sole, np.zeros_like(sole), to_photo, None)


@pytest.mark.parametrize("sigma", [0.5, 1.0, 1.6])
@pytest.mark.parametrize("noise", [0.0, 6.0])
@pytest.mark.parametrize("inside", [40, 150])
def test_a_blurred_edge_is_as_wide_as_its_blur(sigma: float, noise: float, inside: int) -> None:
    assert rim_width(edge_of(*scene(sigma, noise, inside))) == pytest.approx(TENTH * sigma, abs=0.2)


def slope(width: float, step: float = 100.0) -> np.ndarray:
    """Shades across an edge that falls evenly by a step over so many samples."""
    across = np.arange(STEPS) - STEPS // 2
    return np.asarray(200 - step * np.clip(0.5 + across / width, 0, 1))


def width_of(*shades: np.ndarray) -> float | None:
    """Of an edge with such shades across it, place by place."""
    colours = np.repeat(np.stack(shades)[..., None], 3, axis=2).astype(np.float32)
    nowhere = np.zeros((len(shades), 2))
    return rim_width(Edge(nowhere, nowhere, colours, 0.5))


@pytest.mark.parametrize(("step", "counts"), [(20.0, False), (45.0, False), (75.0, True)])
def test_faint_places_say_nothing_of_the_edge(step: float, counts: bool) -> None:
    bold = [slope(width) for width in np.linspace(6, 14, 130)]
    typical, both = width_of(*bold), width_of(*bold, *[slope(20.0, step)] * 110)
    assert typical is not None
    assert both is not None
    assert (both > 1.15 * typical) == counts
    assert both >= typical - 0.1


@pytest.mark.parametrize(("places", "is_told"), [(32, False), (50, True)])
def test_a_few_places_are_no_answer(places: int, is_told: bool) -> None:
    assert (width_of(*[slope(10.0)] * places) is not None) == is_told


def test_spots_beside_the_print_are_not_its_edge() -> None:
    plain, spotted = slope(10.0), []
    for place in range(60):
        at = place // 10 * 2
        shades = plain.copy()
        # Five neighbours count together.
        shades[at : at + 2] = 90.0
        spotted.append(shades)
    assert width_of(*spotted) == pytest.approx(width_of(*[plain] * 60), abs=0.3)


@pytest.mark.parametrize("width", [10.0, 11.0, 13.0])
def test_an_even_slope_ends_at_a_tenth_of_its_height_also_between_two_samples(width: float) -> None:
    # From the half to the tenth of it: 0.4 of its width.
    assert width_of(*[slope(width)] * 60) == pytest.approx(0.5 * 0.4 * width)


def test_an_outline_that_is_a_little_off_does_not_change_it() -> None:
    pixels, contact = scene(1.0)
    moved = np.array([[1, 0, 1.5], [0, 1, -1.0], [0, 0, 1]])
    contact = Contact(contact.sole, contact.toes, contact.patch_to_photo @ moved, None)
    assert rim_width(edge_of(pixels, contact)) == pytest.approx(TENTH, rel=0.2)


def test_where_nothing_is_seen_nothing_is_said() -> None:
    pixels, contact = scene(1.0)
    random = np.random.default_rng(2)
    noise = random.integers(90, 110, pixels.shape, dtype=np.uint8)
    empty = Contact(np.zeros_like(contact.sole), contact.toes, contact.patch_to_photo, None)
    assert rim_width(edge_of(pixels, empty)) is None
    width = rim_width(edge_of(noise, contact))
    assert width is None or width >= 0


def test_nothing_creeps_out_of_a_lit_plate() -> None:
    assert rim_width(edge_of(*scene(1.0, inside=250))) is None
