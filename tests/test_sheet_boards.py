"""The tilt that the edges of a piece of cardboard show."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from lenses import FOCAL_LENGTH

import archscan
from archscan.photo import Photo
from archscan.segmentation import first_look, likely_soles
from archscan.segmentation.patches import project as through
from archscan.sheet import find_scene
from archscan.sheet.boards import by_board
from archscan.sheet.sides import straight_edges
from archscan.sheet.straightening import Straightening, by_gravity
from archscan.synthetic import draw_recipe, render
from archscan.synthetic.camera import Camera, project

WIDTH, HEIGHT = 1200, 1600
FLOOR, PIECE = (96, 84, 76), (196, 160, 118)
PIECE_MM = np.array([[-130.0, -190.0], [130.0, -190.0], [130.0, 190.0], [-130.0, 190.0]])
PRINT_MM = np.array([[-45.0, -110.0], [45.0, -110.0], [45.0, 110.0], [-45.0, 110.0]])
LENGTH = 3.2
"""Pixels a millimetre."""


def seen(
    tilt_deg: float,
    azimuth_deg: float = 0.0,
    turn_deg: float = 0.0,
    piece: np.ndarray = PIECE_MM,
    moved: tuple[float, float] = (0.0, 0.0),
) -> tuple[Photo, np.ndarray, Camera]:
    """A piece on a darker floor, and the hull of a print on it."""
    camera = Camera(WIDTH, HEIGHT, LENGTH, tilt_deg, azimuth_deg, turn_deg, moved)
    pixels = np.full((HEIGHT, WIDTH, 3), FLOOR, np.uint8)
    corners = project(camera.floor_to_photo(), piece)
    cv2.fillConvexPoly(pixels, np.rint(corners * 16).astype(np.int32), PIECE, cv2.LINE_AA, 4)
    photo = Photo(pixels, width=WIDTH, height=HEIGHT, focal_length_35mm=FOCAL_LENGTH)
    return photo, project(camera.floor_to_photo(), PRINT_MM), camera


def straightened(photo: Photo, prints: np.ndarray) -> Straightening | None:
    return by_board(photo, straight_edges(photo), prints)


@pytest.mark.parametrize("tilt", [0, 9, 18, 27])
@pytest.mark.parametrize(("azimuth", "turn"), [(0, 0), (75, 12), (200, 130)])
def test_four_edges_show_the_tilt(tilt: float, azimuth: float, turn: float) -> None:
    photo, prints, _ = seen(tilt, azimuth, turn)
    found = straightened(photo, prints)
    assert found is not None
    # A little of it is put down to a piece cut badly.
    assert found.tilt_deg == pytest.approx(tilt, abs=1.0 + 0.06 * tilt)
    assert found.doubt_deg < 6


def test_straightened_the_piece_is_a_rectangle() -> None:
    photo, prints, camera = seen(20.0, 40.0, 10.0)
    found = straightened(photo, prints)
    assert found is not None
    corners = through(project(camera.floor_to_photo(), PIECE_MM), found.homography)
    lengths = np.hypot(*(np.roll(corners, -1, axis=0) - corners).T)
    assert lengths[0] == pytest.approx(lengths[2], rel=0.03)
    assert lengths[1] == pytest.approx(lengths[3], rel=0.03)
    assert lengths[1] / lengths[0] == pytest.approx(380 / 260, rel=0.03)


def test_three_edges_are_enough_and_two_are_not() -> None:
    """The fourth, and then the third, lies outside the photo."""
    photo, prints, _ = seen(14.0, 30.0, moved=(0.0, 130.0))
    assert len(straight_edges(photo).lines) == 3
    found = straightened(photo, prints)
    assert found is not None
    assert found.tilt_deg == pytest.approx(14.0, abs=found.doubt_deg)
    whole = straightened(*seen(14.0, 30.0)[:2])
    assert whole is not None
    assert whole.doubt_deg < found.doubt_deg
    photo, prints, _ = seen(14.0, 30.0, moved=(-150.0, -130.0))
    assert len(straight_edges(photo).lines) == 2
    assert straightened(photo, prints) is None


def test_three_edges_without_a_corner_show_no_strong_tilt() -> None:
    """A missing corner is an edge too, and any three lines are square from somewhere."""
    torn = np.array([[-260.0, -40], [40, -230], [420, -290], [420, -10], [40, 300]])
    photo, prints, _ = seen(0.0, piece=torn)
    assert len(straight_edges(photo).lines) >= 3
    assert straightened(photo, prints) is None


def test_edges_that_go_on_beyond_a_corner_are_crossed_by_another_thing() -> None:
    """A bar printed askew across a long strip is not its end."""
    strip = PIECE_MM * (1.0, 2.0)
    photo, prints, camera = seen(0.0, piece=strip)
    bar = np.array([[-130.0, -172.0], [130.0, -128.0]])
    ends = np.rint(project(camera.floor_to_photo(), bar) * 16).astype(np.int32)
    pixels = photo.pixels.copy()
    cv2.line(pixels, *(tuple(end.tolist()) for end in ends), (30, 30, 34), 24, cv2.LINE_8, 4)
    crossed = Photo(pixels, width=WIDTH, height=HEIGHT, focal_length_35mm=FOCAL_LENGTH)
    assert straightened(crossed, prints) is None


def faded_at(photo: Photo, camera: Camera, areas: list[np.ndarray]) -> Photo:
    """Let floor and piece fade into each other in some areas of the floor."""
    there = np.zeros((HEIGHT, WIDTH), np.float32)
    for area in areas:
        cv2.fillConvexPoly(there, np.rint(project(camera.floor_to_photo(), area)).astype(int), 1.0)
    there = cv2.GaussianBlur(there, (0, 0), 25)[..., None] > 0.5
    return replace(
        photo, pixels=np.where(there, cv2.GaussianBlur(photo.pixels, (0, 0), 60), photo.pixels)
    )


@pytest.mark.parametrize(("share", "is_shown"), [(0.2, True), (0.42, False)])
def test_of_three_edges_each_must_be_seen_along_most_of_it(share: float, is_shown: bool) -> None:
    photo, prints, camera = seen(14.0, 30.0, moved=(0.0, 130.0))
    # About the middle of what is seen of a long edge, floor and piece fade into each other.
    half_seen = faded_at(photo, camera, [PIECE_MM * (0.5, share) + (130.0, 50.0)])
    assert (straightened(half_seen, prints) is not None) == is_shown


@pytest.mark.parametrize(("share", "is_shown"), [(0.2, True), (0.42, False)])
def test_a_piece_is_seen_along_most_of_all_its_sides(share: float, is_shown: bool) -> None:
    photo, prints, camera = seen(14.0, 30.0)
    middles = [
        PIECE_MM * ((share, 0.3) if side[0] == 0 else (0.3, share)) + side
        for side in np.array([[0.0, -190.0], [130.0, 0.0], [0.0, 190.0], [-130.0, 0.0]])
    ]
    found = straightened(faded_at(photo, camera, middles), prints)
    assert (found is not None) == is_shown


def test_a_line_across_a_piece_is_not_its_end() -> None:
    photo, prints, camera = seen(14.0)
    ends = project(camera.floor_to_photo(), np.array([[-130.0, -172.0], [130.0, -140.0]]))
    pixels = photo.pixels.copy()
    cv2.line(pixels, *(tuple(end) for end in np.rint(ends).astype(int).tolist()), FLOOR, 12)
    found = straightened(replace(photo, pixels=pixels), prints)
    assert found is not None
    assert found.tilt_deg == pytest.approx(14.0, abs=found.doubt_deg)


@pytest.mark.parametrize("slant", [0.06, 0.18])
def test_what_is_no_rectangle_shows_nothing(slant: float) -> None:
    """A parallelogram is seen as a rectangle from nowhere."""
    slanted = PIECE_MM + np.outer(slant * PIECE_MM[:, 1], (1.0, 0.0))
    photo, prints, _ = seen(0.0, piece=slanted)
    assert straightened(photo, prints) is None


def test_edges_of_something_else_do_not_count() -> None:
    """The print lies beside the piece, over its edge, or is none, or lies on another thing."""
    photo, prints, camera = seen(12.0)
    assert straightened(photo, np.zeros((0, 2))) is None
    aside = project(camera.floor_to_photo(), PRINT_MM * 0.2 + np.array([158.0, 0.0]))
    assert straightened(photo, aside) is None
    over_its_edge = project(camera.floor_to_photo(), PRINT_MM + np.array([100.0, 0.0]))
    assert straightened(photo, over_its_edge) is None
    middle = tuple(int(value) for value in prints.mean(axis=0))
    # Of another colour, and half as bright.
    for colour in ((60, 120, 190), tuple(shade // 2 for shade in PIECE)):
        pixels = photo.pixels.copy()
        cv2.ellipse(pixels, middle, (340, 500), 0, 0, 360, colour, -1)
        other = replace(photo, pixels=pixels)
        assert straightened(other, prints) is None


def test_of_the_tilts_that_edges_and_phone_tell_the_surer_is_taken() -> None:
    level = np.array([0.0, 0.0, 1.0])
    photo, prints, _ = seen(14.0, 30.0)
    edges, phone = straightened(photo, prints), by_gravity(replace(photo, gravity=level))
    assert edges.doubt_deg < phone.doubt_deg
    scene = find_scene(replace(photo, gravity=level), "none", prints=prints)
    assert (scene.tilt_deg, scene.tilt_doubt_deg) == (edges.tilt_deg, edges.doubt_deg)


def test_a_tilted_photo_of_a_print_on_cardboard_is_straightened() -> None:
    recipe = draw_recipe(
        310_022, content="print", difficulty="easy", medium="water", surface="cardboard",
        beneath="wood", prints=1, sheet=None, tilt_deg=20.0, fill=0.5, clutter=0, beside=None,
    )  # fmt: skip
    rendering = render(recipe, long_side=1600)
    scan = archscan.scan(rendering.photo)
    assert scan.scene is not None
    assert scan.scene.sheet is None
    assert scan.scene.tilt_deg == pytest.approx(20.0, abs=4.0)
    assert scan.scene.tilt_doubt_deg is not None
    assert scan.scene.tilt_doubt_deg < 9
    index = scan.prints[0].measures["chippaux_smirak"]
    assert index.value == pytest.approx(rendering.truth.prints[0].chippaux_smirak, abs=0.02)


def test_soles_are_outlined_where_the_first_look_saw_them() -> None:
    recipe = draw_recipe(
        310_022, content="print", difficulty="easy", surface="stone", prints=1, medium="water"
    )
    rendering = render(recipe, long_side=800)
    photo = archscan.scan(rendering.photo).photo
    assert photo is not None
    hull = likely_soles(first_look(photo))
    y, x = np.nonzero(np.isin(rendering.mask, (1, 3)))
    np.testing.assert_allclose(hull.min(axis=0), (x.min(), y.min()), atol=12)
    np.testing.assert_allclose(hull.max(axis=0), (x.max(), y.max()), atol=12)
    blank = Photo(np.full((400, 300, 3), 128, np.uint8), width=300, height=400)
    assert likely_soles(first_look(blank)).shape == (0, 2)
