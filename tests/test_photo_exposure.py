"""Where nothing is seen for too much or too little light, that is said."""

from __future__ import annotations

import numpy as np
import pytest

import archscan
from archscan.photo import load_photo
from archscan.photo.exposure import exposure_cautions
from archscan.synthetic import draw_recipe, render


def lit(strength: float, content: str = "print") -> np.ndarray:
    photo = render(draw_recipe(5, content=content, difficulty="easy"), long_side=800).photo
    return np.clip(strength * photo.astype(float), 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("strength", "code"), [(30.0, "overexposed"), (0.02, "underexposed")])
def test_a_print_lost_in_light_or_darkness_is_refused_with_the_likely_cause(
    strength: float, code: str
) -> None:
    done = archscan.scan(lit(strength))
    assert done.reason is not None
    assert done.reason.code == "no-footprint"
    assert [one.code for one in done.cautions] == [code]


def test_light_is_no_cause_where_the_surface_is_well_seen() -> None:
    done = archscan.scan(lit(1.0, "blank"))
    assert done.status == "refused"
    assert done.cautions == ()


def test_what_is_measured_on_white_is_not_called_overexposed() -> None:
    mask = render(draw_recipe(5, content="print", difficulty="easy"), long_side=800).mask
    done = archscan.scan(np.where(mask > 0, 40, 255).astype(np.uint8))
    assert done.status == "measured"
    assert done.cautions == ()


@pytest.mark.parametrize(("share", "codes"), [(0.49, []), (0.51, ["overexposed"])])
def test_more_than_half_of_the_picture_is_white(share: float, codes: list[str]) -> None:
    pixels = np.full((400, 400, 3), 120, np.uint8)
    pixels[: int(400 * share)] = 255
    assert [one.code for one in exposure_cautions(load_photo(pixels))] == codes


@pytest.mark.parametrize("colour", [(255, 255, 200), (0, 0, 60)])
def test_a_colour_is_neither_white_nor_black(colour: tuple[int, int, int]) -> None:
    assert exposure_cautions(load_photo(np.full((40, 40, 3), colour, np.uint8))) == ()
