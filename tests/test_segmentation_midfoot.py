"""A midfoot that some looks saw, on drawn looks and on a rendered print."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from ovals import NOTHING

from archscan import scan
from archscan.segmentation.aim import View
from archscan.segmentation.midfoot import is_interrupted, looks_that_saw_it
from archscan.segmentation.network import log_odds_of
from archscan.segmentation.patches import Patch
from archscan.segmentation.prints import find_prints
from archscan.synthetic import draw_recipe, render

HIGH, WIDE = 256, 256


def foot(x: int = 100, gap: float = 0.99) -> NDArray[np.float32]:
    """Sole and toes of a print, its midfoot as probable as asked."""
    layers = np.zeros((2, HIGH, WIDE), np.float32)
    cv2.rectangle(layers[0], (x - 20, 60), (x + 20, 240), 0.99, -1)
    layers[0, 130:170, x - 20 : x + 21] = gap
    for beside in (-10, 8):
        cv2.circle(layers[1], (x + beside, 45), 7, 0.99, -1)
    return layers


def view(*looks: NDArray[np.float32]) -> View:
    """Looks at one print, which is the one in their mean."""
    odds = np.stack([log_odds_of(look) for look in looks])
    first, *others = find_prints(np.mean(looks, axis=0, dtype=np.float32))
    return View(Patch(np.eye(3), None, WIDE, HIGH), odds, first, tuple(others), NOTHING)


@pytest.fixture(scope="module")
def places() -> NDArray[np.float64]:
    return view(foot()).print.points


def test_a_heel_and_a_ball_are_an_interrupted_sole_and_a_drop_is_not() -> None:
    whole, gone = foot()[0] >= 0.5, foot(gap=0.1)[0] >= 0.5
    assert is_interrupted(gone)
    assert not is_interrupted(whole)
    assert not is_interrupted(np.zeros_like(whole))
    whole[10:20, 10:20] = True
    assert not is_interrupted(whole)


@pytest.mark.parametrize(("saw", "overlooked", "believed"), [(1, 3, 1), (2, 2, 2), (1, 4, 0)])
def test_a_quarter_of_the_looks_is_believed_to_have_seen_a_midfoot(
    saw: int, overlooked: int, believed: int, places: NDArray[np.float64]
) -> None:
    seen = view(*[foot()] * saw, *[foot(gap=0.05)] * overlooked)
    chosen = looks_that_saw_it([seen], places)
    assert len(chosen) == believed
    assert all(one.looks.shape[0] == 1 for one in chosen)
    assert all((one.log_odds[0, 130:170, 90:110] > 0).all() for one in chosen)


def test_looks_of_several_views_count_together_and_the_least_doubtful_comes_first(
    places: NDArray[np.float64],
) -> None:
    hazy = view(np.where(foot() > 0, np.float32(0.7), np.float32(0)))
    clear = view(foot())
    none = [view(foot(gap=0.05), foot(gap=0.05))]
    chosen = looks_that_saw_it([hazy, *none, clear], places)
    assert [one.print is clear.print for one in chosen] == [True, False]
    assert looks_that_saw_it([hazy, *none * 4], places) == []


def test_looks_at_the_other_foot_do_not_count(places: NDArray[np.float64]) -> None:
    assert looks_that_saw_it([view(foot(200))], places) == []
    overlooked = view(foot(gap=0.05), foot(gap=0.05))
    assert looks_that_saw_it([overlooked, view(foot(200))], places) == []


def test_a_midfoot_beyond_another_print_joins_nothing(places: NDArray[np.float64]) -> None:
    seen = view(foot())
    other = replace(
        seen.print, sole=np.zeros((HIGH, WIDE), bool), toes=np.zeros((HIGH, WIDE), bool)
    )
    other.sole[140:160] = True
    assert looks_that_saw_it([replace(seen, others=(other,))], places) == []


def test_a_midfoot_that_the_surest_outline_lost_is_measured_all_the_same() -> None:
    photo = render(draw_recipe(2_100_432, content="print", difficulty="hard"), long_side=1600)
    (one,) = scan(photo.photo).prints
    (truth,) = photo.truth.prints
    value = one.measures["chippaux_smirak"]
    true = truth.chippaux_smirak
    assert value.low <= true <= value.high
    assert value.value == pytest.approx(true, abs=0.06)
