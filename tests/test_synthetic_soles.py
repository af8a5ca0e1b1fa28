"""Bare soles: the photo that people take by mistake."""

from __future__ import annotations

import numpy as np
import pytest

import archscan
from archscan.synthetic import draw_recipe, render
from archscan.synthetic.floors import Floor
from archscan.synthetic.ground import STANDS_IN
from archscan.synthetic.soles import soles

FLOOR = Floor(300, 220, 0.8)
"""375 x 275 mm."""


def shown(seed: int) -> np.ndarray:
    picture = np.full((FLOOR.height, FLOOR.width, 3), 0.5, dtype=np.float32)
    return soles(picture, FLOOR, np.random.default_rng(seed))


def test_a_sole_covers_what_lies_behind_it_and_has_the_colour_of_skin() -> None:
    seen = shown(0)
    skin = (seen[..., 0] > 1.1 * seen[..., 2]) & (seen[..., 0] > 0.25)
    area_mm2 = skin.sum() / FLOOR.scale**2
    assert 10_000 < area_mm2 < 60_000


@pytest.mark.parametrize("seed", range(8))
def test_colours_stay_within_bounds(seed: int) -> None:
    seen = shown(seed)
    assert seen.dtype == np.float32
    assert seen.min() >= 0
    assert seen.max() <= 1


def test_a_photo_of_soles_has_no_print() -> None:
    assert sum(STANDS_IN.values()) == pytest.approx(1)
    for medium in ("water", "plate"):
        rendering = render(draw_recipe(3, content="other", medium=medium), long_side=400)
        assert not rendering.mask.any()
        assert rendering.truth.prints == ()


def test_soles_are_refused() -> None:
    floor = Floor(800, 600, 2.0)
    picture = np.full((800, 600, 3), 0.5, dtype=np.float32)
    pictures = [soles(picture, floor, np.random.default_rng([seed, 1])) for seed in range(10)]
    scans = [archscan.scan(np.rint(seen * 255).astype(np.uint8)) for seen in pictures]
    # Of a hundred such pictures a few are taken for prints on a lit plate.
    assert sum(scan.status == "refused" for scan in scans) >= 8
