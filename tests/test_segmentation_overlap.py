"""One print found twice, or two prints side by side."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archscan.segmentation.contact import Contact
from archscan.segmentation.overlap import is_at_place_of, is_same_print, with_print

LENGTH, WIDTH = 250.0, 95.0


def print_at(x: float, y: float = 0.0) -> np.ndarray:
    """Places on a foot's oval, millimetres."""
    across, along = np.meshgrid(np.linspace(-1, 1, 41), np.linspace(-1, 1, 81))
    inside = across**2 + along**2 <= 1
    oval = np.stack([across[inside] * WIDTH / 2, along[inside] * LENGTH / 2], axis=1)
    return np.asarray(oval + np.array([x, y]))


@pytest.mark.parametrize("apart", [0.3, 0.4, 1.0])
def test_feet_side_by_side_are_two_prints(apart: float) -> None:
    assert not is_same_print(print_at(0), print_at(apart * LENGTH))


@pytest.mark.parametrize("moved", [(0.0, 0.0), (30.0, 0.0), (0.0, 80.0), (0.0, 115.0)])
def test_a_print_found_again_a_little_off_is_the_same(moved: tuple[float, float]) -> None:
    assert is_same_print(print_at(0), print_at(*moved))


@pytest.mark.parametrize("end", [1, -1])
def test_a_ball_or_a_heel_is_the_print_that_it_is_part_of(end: int) -> None:
    whole = print_at(0)
    part = whole[end * whole[:, 1] > LENGTH / 4]
    assert is_same_print(whole, part)
    assert is_same_print(part, whole)


@example(0.0, 1.6e-05, 1.0)
@given(st.floats(-2 * LENGTH, 2 * LENGTH), st.floats(-2 * LENGTH, 2 * LENGTH), st.floats(0, np.pi))
def test_it_does_not_matter_which_is_first_or_how_the_photo_is_turned(
    x: float, y: float, angle: float
) -> None:
    one, other = print_at(0), print_at(x, y)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    said = is_same_print(one, other)
    assert is_same_print(other, one) == said
    # What is a matter of a few cells may be told either way.
    closer, further = print_at(0.8 * x, 0.8 * y), print_at(1.2 * x, 1.2 * y)
    if is_same_print(one, closer) == is_same_print(one, further):
        assert is_same_print(one @ turn, other @ turn) == said


def test_a_single_place_is_at_its_own_place() -> None:
    assert is_same_print(np.array([[5.0, 5.0]]), np.array([[5.0, 5.0]]))


def test_toes_that_are_counted_with_both_prints_do_not_make_them_one() -> None:
    toes = np.zeros((200, 200), np.float32)
    toes[10:30, 20:180] = 1.0
    soles = np.zeros((2, 200, 200), np.float32)
    soles[0, 40:180, 20:80] = soles[1, 40:180, 120:180] = 1.0
    one, other = (Contact(sole, toes, np.eye(3), None) for sole in soles)
    assert is_same_print(one.places, other.places)
    assert not is_at_place_of(one, other)
    assert with_print([one], other) == [one, other]
