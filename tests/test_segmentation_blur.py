"""Blur told from the picture alone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from archscan.photo import Photo
from archscan.segmentation import first_look, segment
from archscan.segmentation.blur import blur_share
from archscan.sheet import Scene


def board(blur: float = 0.0, noise: float = 0.0) -> np.ndarray:
    """Dark squares on grey, 512 pixels a side."""
    drawn = np.full((512, 512), 190, np.float32)
    for x in (60, 300):
        for y in (80, 290):
            drawn[y : y + 130, x : x + 150] = 90
    if blur:
        drawn = cv2.GaussianBlur(drawn, (0, 0), blur)
    drawn += np.random.default_rng(5).normal(0, noise, drawn.shape)
    return np.repeat(np.clip(drawn, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


@pytest.mark.parametrize("blur", [3.0, 6.0, 12.0])
def test_the_blur_put_in_is_the_blur_found(blur: float) -> None:
    assert blur_share(board(blur, noise=1.0)) == pytest.approx(blur / 512, rel=0.2)


def test_sharp_and_plain_pictures_are_not_called_blurred() -> None:
    assert blur_share(board()) < 0.002
    grain = np.random.default_rng(7).integers(0, 255, (512, 512, 1), dtype=np.uint8)
    assert blur_share(np.repeat(grain, 3, axis=2)) == 0.0
    assert blur_share(np.full((300, 400, 3), 128, np.uint8)) == 0.0


def test_of_shades_too_faint_for_an_edge_nothing_is_said() -> None:
    shades = np.full((512, 512), 128.0, np.float32)
    shades[:, 256:] = 129.0
    grain = np.random.default_rng(6).uniform(0, 1, shades.shape)
    faint = (cv2.GaussianBlur(shades, (0, 0), 12.0) + grain).astype(np.uint8)
    assert blur_share(np.repeat(faint[..., None], 3, axis=2)) == 0.0


def test_resolution_does_not_matter() -> None:
    large = cv2.resize(board(6.0), (2048, 2048), interpolation=cv2.INTER_CUBIC)
    assert blur_share(large) == pytest.approx(6.0 / 512, rel=0.2)


def test_a_photo_out_of_focus_is_refused_as_blurred() -> None:
    photo = Photo(board(14.0), width=512, height=512)
    found = segment(Scene(photo), first_look(photo))
    assert found.refusal is not None
    assert found.refusal.code == "too-blurred"
