"""Feet drawn from discs and a band, so that every landmark is known beforehand."""

from __future__ import annotations

import numpy as np

from archscan.footprint import Footprint, find_footprint
from archscan.segmentation.contact import Contact

HEIGHT, WIDTH = 520, 320
HEEL = (160.0, 430.0, 48.0)  # x, y, radius
BALL = (165.0, 190.0, 76.0)
BAND = (112.0, 150.0, 190.0, 430.0)  # left, right, top, bottom: lateral on a left foot
TOES = (  # x, y, radius; hallux first, a left foot seen from above
    (214.0, 82.0, 24.0),
    (182.0, 72.0, 12.0),
    (157.0, 80.0, 11.0),
    (135.0, 94.0, 10.0),
    (112.0, 114.0, 10.0),
)


def distance_map(shape_distance):
    """Probability of contact for a signed distance in pixels: 0.5 on the edge."""
    return np.clip(0.5 - shape_distance, 0.0, 1.0).astype(np.float32)


def grid():
    return np.meshgrid(np.arange(WIDTH, dtype=float), np.arange(HEIGHT, dtype=float))


def disc(x, y, radius):
    across, down = grid()
    return np.hypot(across - x, down - y) - radius


def band(left, right, top, bottom):
    across, down = grid()
    return np.maximum(
        np.maximum(left - across, across - right), np.maximum(top - down, down - bottom)
    )


def contact(toes=TOES, with_band=True, mirror=False, mm_per_px=None):
    sole = np.minimum(disc(*HEEL), disc(*BALL))
    if with_band:
        sole = np.minimum(sole, band(*BAND))
    pads = np.full((HEIGHT, WIDTH), 99.0)
    for toe in toes:
        pads = np.minimum(pads, disc(*toe))
    maps = [distance_map(sole), distance_map(pads)]
    if mirror:
        maps = [np.ascontiguousarray(item[:, ::-1]) for item in maps]
    return Contact(maps[0], maps[1], np.eye(3), mm_per_px)


def footprint(*arguments, **options) -> Footprint:
    found = find_footprint(contact(*arguments, **options))
    assert isinstance(found, Footprint), found
    return found


def upright(length: float, heel: float):
    """A heel disc and a ball disc of 100 pixels' width, in line; shares of that width."""
    ball, middle = 50.0, 160.0
    sole = np.minimum(
        disc(middle, 10 + ball, ball), disc(middle, 10 + 100 * length - 50 * heel, 50 * heel)
    )
    nothing = np.zeros((HEIGHT, WIDTH), dtype=np.float32)
    return Contact(distance_map(sole), nothing, np.eye(3), None)
