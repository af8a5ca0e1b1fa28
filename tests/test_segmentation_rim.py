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


@pytest.mark.parametrize("width", [10.0, 11.0, 13.0])
def test_an_even_slope_ends_at_a_tenth_of_its_height_also_between_two_samples(width: float) -> None:
    across = np.arange(STEPS) - STEPS // 2
    shades = 200 - 100 * np.clip(0.5 + across / width, 0, 1)
    colours = np.broadcast_to(shades[None, :, None], (60, STEPS, 3)).astype(np.float32)
    nowhere = np.zeros((60, 2))
    # From the half to the tenth of it: 0.4 of its width.
    assert rim_width(Edge(nowhere, nowhere, colours, 0.5)) == pytest.approx(0.5 * 0.4 * width)


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
