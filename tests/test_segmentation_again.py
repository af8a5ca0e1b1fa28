"""Prints that one way of looking loses, and another one finds."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import archscan
from archscan.photo import load_photo
from archscan.segmentation import first_look
from archscan.segmentation.find import Found, find, halves_of
from archscan.sheet import Scene
from archscan.synthetic import draw_recipe, render

NOTHING = np.empty((0, 2))
SAMPLES = Path(__file__).parents[1] / "sample_images"


@pytest.mark.parametrize(
    ("seed", "difficulty"),
    [
        # Heel and ball lie so far apart that they were no print together.
        (1_500_157, "hard"),
        # From close by the heel was lost, and with it the rest.
        (13_000_010, "easy"),
        # A few pixels of shade joined it to the photo's edge.
        (1_500_387, "hard"),
        # Cut by each of the four parts that were looked at.
        (13_000_287, "hard"),
        # Two that were outlined as one, twice.
        (13_000_414, "easy"),
        (1_500_154, "hard"),
    ],
)
def test_prints_that_were_once_lost_are_measured(seed: int, difficulty: str) -> None:
    rendering = render(draw_recipe(seed, content="print", difficulty=difficulty), long_side=1600)
    scan = archscan.scan(rendering.photo)
    truths = rendering.truth.prints
    assert [one.footprint.side for one in scan.prints] == [truth.side for truth in truths]
    for one, truth in zip(scan.prints, truths, strict=True):
        measured = one.measures["chippaux_smirak"].value
        assert measured == pytest.approx(truth.chippaux_smirak, abs=0.06)


def test_halves_are_taken_together_with_the_toes_ahead() -> None:
    photo = load_photo(np.full((300, 200, 3), 200, np.uint8))
    look = first_look(photo)
    box = np.array([[0.0, 0.0], [40.0, 0.0], [40.0, 40.0], [0.0, 40.0]])
    up = np.array([1.0, 0.0])
    ball = Found(box + 50, up, False, True, look, NOTHING)
    heel = Found(box + np.array([50, 200]), up, True, False, look, NOTHING)
    first, second = halves_of([ball, heel])
    assert first.up == pytest.approx((0, -1))
    assert second.up == pytest.approx((0, 1))
    assert first.has_toes
    assert first.at_edge
    assert len(first.points) == 8
    assert list(halves_of([ball, ball])) == []


def test_what_close_looks_lose_is_held_together_from_all_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    photo = load_photo(SAMPLES / "wood_neutral_right.jpg")
    module = import_module("archscan.segmentation.trace")
    (found,), _ = find(photo, first_look(photo))
    monkeypatch.setattr(module, "SURE", 0.0)
    monkeypatch.setattr(module, "FAIRLY_SURE", 0.0)
    monkeypatch.setattr(module._Tracing, "_closely", lambda *_: None)
    together = module.trace(Scene(photo), found).contact
    assert together is not None
    assert together.doubt < module.STILL_DOUBTFUL
    assert len(together.sole_looks) > 1
    monkeypatch.setattr(module._Tracing, "_together", lambda _: None)
    assert module.trace(Scene(photo), found).contact is None
