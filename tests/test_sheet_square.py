"""Which lines count, when they are clear enough, and the floor on which they stand square."""

from __future__ import annotations

import numpy as np
import pytest
from lenses import FOCAL_LENGTH

from archscan.photo import Photo
from archscan.sheet.directions import normals_of
from archscan.sheet.lines import LONG, _is_clear, _Lines, _lines
from archscan.sheet.quadrilaterals import through
from archscan.sheet.sides import Edges, Line
from archscan.sheet.square import USUAL_TILT_DEG, Square, square

SIDE = 320


def line(one: tuple[float, float], other: tuple[float, float], seen: int) -> Line:
    """A line through two points of the reduced photo, of which so many pixels are seen."""
    cumulative = np.minimum(np.arange(2 * 402 + 1), seen).astype(np.int32)
    return Line(through(np.array(one), np.array(other)), cumulative)


def test_two_edges_of_a_joint_are_one_line_and_what_is_short_is_none() -> None:
    middle = (119.5, 159.5)
    joint = [line((x, 0.0), (x, 300.0), seen) for x, seen in ((119.5, 60), (122.5, 40))]
    crossing = line((0.0, 159.5), middle, 200)
    short = line((30.0, 0.0), (30.0, 300.0), 20)
    edges = Edges(np.zeros((SIDE, 240, 3), np.uint8), [joint[0], crossing, joint[1], short])
    photo = Photo(np.zeros((1600, 1200, 3), np.uint8), 1200, 1600, FOCAL_LENGTH)
    assert _lines(photo, edges).weights == pytest.approx([100 / SIDE / LONG, 1.0])


@pytest.mark.parametrize(
    ("along", "across", "astray", "clear"),
    [
        (4.0, 2.0, 0.0, True),
        (2.2, 2.2, 0.0, False),
        (4.0, 1.5, 0.0, False),
        (15.0, 2.0, 0.0, False),
        (5.0, 5.0, 5.0, True),
        (5.0, 5.0, 6.0, False),
    ],
    ids=["enough", "few", "few across", "a few among many", "some astray", "many astray"],
)
def test_lines_are_clear_where_enough_lie_in_either_direction(
    along: float, across: float, astray: float, clear: bool
) -> None:
    planes = np.array([[0.0, 1, 0], [1, 0, 0], [-0.5, 0.75**0.5, 0]])
    lines = _Lines(planes, np.array([along, across, astray]), np.ones(3))
    assert _is_clear(Square(np.array([0.0, 0.0, 1.0]), 1.0, 0.0), lines) is clear


def on_floor(tilt_deg: float) -> np.ndarray:
    """Planes through the camera and the joints of a floor that leans to the right."""
    (normal,) = normals_of(np.tan(np.deg2rad([[tilt_deg, 0.0]])))
    along = np.array([0.0, 1.0, 0.0])
    across = np.cross(along, normal)
    places = np.array([-0.5, -0.2, 0.2, 0.5])[:, None]
    planes = np.concatenate(
        [
            np.cross(normal + places * across, along),
            np.cross(normal + places * along, across),
        ]
    )
    return planes / np.linalg.norm(planes, axis=1, keepdims=True)


def tilt_of(found: Square) -> float:
    return float(np.rad2deg(np.arccos(found.normal[2])))


def test_of_lines_that_differ_the_surer_ones_say_how_the_floor_lies() -> None:
    planes = np.concatenate([on_floor(12.0), on_floor(0.0)])
    for doubts, tilt in (((0.3, 5.0), 12.0), ((5.0, 0.3), 0.0)):
        found = square(planes, np.repeat(doubts, 8), np.zeros(2))
        assert tilt_of(found) == pytest.approx(tilt, abs=1.0)


def test_what_lines_do_not_say_is_left_to_how_phones_are_held() -> None:
    one_way = on_floor(0.0)[:4]
    found = square(one_way, np.full(4, 0.5), np.zeros(2))
    assert tilt_of(found) == pytest.approx(0.0, abs=0.1)
    assert found.doubt_deg == pytest.approx(2 * USUAL_TILT_DEG, rel=0.1)
