"""The renderer: deterministic, labelled, and true to its own geometry."""

from __future__ import annotations

import json
from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image

from archscan.synthetic import Rendering, draw_recipe, render, write_renderings
from archscan.synthetic.camera import Camera, project
from archscan.synthetic.feet import PIXELS_PER_MM, FootField, draw_foot, foot_field
from archscan.synthetic.floors import SURFACES
from archscan.synthetic.geometry import true_indices
from archscan.synthetic.recipe import MEDIA, SHEETS

SMALL = 400


def blocks(heel: float, band: float, ball: float) -> FootField:
    """A foot of three stacked rectangles, each 60 mm long; widths in millimetres."""
    height, width = 500, 260
    y, x = np.mgrid[:height, :width].astype(np.float32)
    wide = np.select([y < 70, y < 190, y < 310, y < 430], [-9.0, ball, band, heel], default=-9.0)
    # Distance to the sides only: rows are what the geometry counts.
    across = np.abs(x - 130) / PIXELS_PER_MM - wide / 2
    return FootField(
        sole=across.astype(np.float32),
        toes=np.full((height, width), 50, dtype=np.float32),
        origin=np.array([130.0, 430.0]),
        pressure=np.zeros((height, width), dtype=np.float32),
        second_toe=None,
        second_toe_radius=0.0,
    )


def test_truth_of_blocks_by_hand() -> None:
    # Equal thirds of 60 mm: areas 60*50, 60*20 and 60*80, so AI = 20 / (50 + 20 + 80).
    truth = true_indices(blocks(heel=50, band=20, ball=80), None)
    assert truth.chippaux_smirak == pytest.approx(20 / 80, abs=0.004)
    assert truth.staheli == pytest.approx(20 / 50, abs=0.006)
    assert truth.cavanagh_rodgers == pytest.approx(20 / 150, abs=0.003)
    assert truth.width_mm == pytest.approx(80, abs=0.5)
    assert truth.length_mm == pytest.approx(180, abs=1)
    assert truth.contact_area_cm2 == pytest.approx(0.6 * (50 + 20 + 80), rel=0.005)


def test_toes_are_contact_where_the_sole_is_none() -> None:
    foot = blocks(heel=50, band=20, ball=80)
    y, x = np.mgrid[:500, :260]
    # A pad of 30 by 20 mm, a third of which lies on the ball.
    apart = np.maximum(np.abs(x - 130) / 2 - 15, np.abs(y - 63) / 2 - 10)
    truth = true_indices(replace(foot, toes=apart.astype(np.float32)), None)
    assert truth.contact_area_cm2 == pytest.approx(0.6 * 150 + 3 * 2 * (20 - 6.5) / 20, rel=0.005)


def test_truth_of_an_interrupted_print_is_zero() -> None:
    truth = true_indices(blocks(heel=50, band=-9, ball=80), None)
    assert (truth.chippaux_smirak, truth.staheli) == (0, 0)


def test_same_seed_same_picture() -> None:
    first, second = (render(draw_recipe(77), SMALL) for _ in range(2))
    assert np.array_equal(first.photo, second.photo)
    assert np.array_equal(first.mask, second.mask)
    assert first.truth == second.truth
    assert not np.array_equal(first.photo, render(draw_recipe(78), SMALL).photo)


def test_a_right_foot_is_a_mirrored_left_foot() -> None:
    (foot,) = draw_recipe(5, side="left", prints=1, content="print").feet
    left = foot_field(replace(foot, wobble=0.0))
    right = foot_field(replace(foot, wobble=0.0, left=False))
    assert np.allclose(left.sole, right.sole[:, ::-1], atol=1e-4)
    assert np.allclose(left.toes, right.toes[:, ::-1], atol=1e-4)


def test_feet_have_the_proportions_of_people_s() -> None:
    # Of 6,068 people (ANSUR II) and the shares of a foot that touch the ground: docs/synthetic.md.
    random = np.random.default_rng(17)
    drawn = [
        true_indices(foot_field(draw_foot(random, left=True, arch="neutral")), None)
        for _ in range(40)
    ]
    slender = np.median([one.length_mm / one.width_mm for one in drawn])
    heels = np.median([one.chippaux_smirak / one.staheli for one in drawn])
    assert slender == pytest.approx(2.85, abs=0.06)
    assert heels == pytest.approx(0.62, abs=0.02)


@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_darkens_or_shines_where_it_is_wet(surface: str) -> None:
    recipe = draw_recipe(
        9, surface=surface, medium="water", content="print", difficulty="easy",
        shadow=0.0, clutter=0, sheet=None, strength=1.0,
    )  # fmt: skip
    rendering = render(recipe, SMALL)
    wet = rendering.mask > 0
    assert wet.any()
    grey = rendering.photo.mean(axis=2)
    assert abs(grey[wet].mean() - grey[~wet].mean()) > 3


@pytest.mark.parametrize("medium", MEDIA)
def test_every_medium_renders(medium: str) -> None:
    rendering = render(draw_recipe(3, medium=medium, content="print"), SMALL)
    assert rendering.photo.shape == (*rendering.mask.shape, 3)
    assert rendering.truth.medium == medium
    assert rendering.truth.prints


@pytest.mark.parametrize("content", ["blank", "other"])
def test_what_is_no_print_has_no_mask(content: str) -> None:
    rendering = render(draw_recipe(4, content=content), SMALL)
    assert not rendering.mask.any()
    assert rendering.truth.prints == ()
    assert rendering.truth.refusal == "no-footprint"


def test_whole_prints_stay_inside_and_cut_ones_do_not() -> None:
    def touches(content: str, seed: int) -> bool:
        mask = render(draw_recipe(seed, content=content), SMALL).mask > 0
        edge = (mask[0], mask[-1], mask[:, 0], mask[:, -1])
        return any(line.any() for line in edge)

    assert not any(touches("print", seed) for seed in range(10))
    assert all(touches("cut", seed) for seed in range(10))


def test_mask_and_landmarks_agree_at_two_sizes() -> None:
    recipe = draw_recipe(21, content="print", prints=2)
    small, large = render(recipe, SMALL), render(recipe, 2 * SMALL)
    assert small.truth.prints[0].chippaux_smirak == large.truth.prints[0].chippaux_smirak
    for one, other in zip(small.truth.prints, large.truth.prints, strict=True):
        assert np.array(other.heel_centre) == pytest.approx(
            2 * np.array(one.heel_centre) + 0.5, abs=1.5
        )
    shares = [(item.mask > 0).mean() for item in (small, large)]
    assert shares[0] == pytest.approx(shares[1], rel=0.03)


def test_the_sheet_has_its_size_on_the_floor() -> None:
    for name, size in SHEETS.items():
        truth = render(draw_recipe(6, content="print", sheet=name, tilt_deg=0.0), SMALL).truth
        corners = np.array(truth.sheet_corners)
        sides = np.hypot(*(corners - np.roll(corners, 1, axis=0)).T) * truth.mm_per_px
        assert sorted(sides)[::3] == pytest.approx(sorted(size), rel=0.002)


def test_a_level_camera_keeps_shapes() -> None:
    camera = Camera(300, 400, 2.0, 0.0, 0.0, 90.0, (10.0, 20.0))
    seen = project(camera.floor_to_photo(), np.array([[10.0, 20.0], [11.0, 20.0]]))
    assert seen[0] == pytest.approx([149.5, 199.5])
    assert seen[1] - seen[0] == pytest.approx([0, 2])


def test_renderings_are_written_with_their_truth(tmp_path) -> None:
    photos = write_renderings(tmp_path / "new", count=2, seed=40, long_side=SMALL)
    assert [photo.name for photo in photos] == ["0000.jpg", "0001.jpg"]
    for photo in photos:
        truth = json.loads(photo.with_suffix(".json").read_text())
        with Image.open(photo) as picture, Image.open(photo.with_suffix(".mask.png")) as mask:
            assert picture.size == mask.size == (truth["width"], truth["height"])
    assert len(list((tmp_path / "new").iterdir())) == 6


def test_a_photo_of_a_surface_can_be_the_floor() -> None:
    """The print is where it was; only what lies under it has changed."""
    recipe = draw_recipe(310_001, content="print", medium="water", difficulty="easy")
    stripes = np.zeros((60, 80, 3), dtype=np.uint8)
    stripes[::2] = (250, 40, 40)
    stripes[1::2] = (200, 60, 60)
    drawn, laid = render(recipe, 320), render(recipe, 320, ground=stripes)
    assert np.array_equal(drawn.mask, laid.mask)
    dry = laid.photo[laid.mask == 0].astype(float).mean(axis=0)
    assert dry[0] > 2 * dry[1]


@pytest.mark.parametrize("gap_mm", [2.0, 12.0])
def test_feet_that_stand_close_are_as_far_apart_as_drawn(gap_mm: float) -> None:
    recipe = draw_recipe(31, content="print", prints=2, difficulty="easy", medium="water")
    apart = render(replace(recipe, tilt_deg=0.0, gap_mm=None), long_side=1200)
    close = render(replace(recipe, tilt_deg=0.0, gap_mm=gap_mm), long_side=1200)
    assert least_gap_mm(apart) > 15
    assert least_gap_mm(close) == pytest.approx(gap_mm, abs=0.4)


def least_gap_mm(rendering: Rendering) -> float:
    """Between the prints of a photo taken from straight above."""
    left, right = (np.isin(rendering.mask, labels) for labels in ((1, 2), (3, 4)))
    outside = cv2.distanceTransform((~left).astype(np.uint8), cv2.DIST_L2, 5)
    return float(outside[right].min() * rendering.truth.mm_per_px)
