"""Prints whose outline ends before they do, where the photo's edge cuts them off."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from archscan.segmentation.contact import Contact
from archscan.segmentation.edge import Edge, edge_of
from archscan.segmentation.going_on import goes_on

WIDTH, HEIGHT = 200, 256
MIDDLE, LEFT, RIGHT, TOP = 100, 70, 130, 30
FLOOR, WET = 180, 90


def contact(lowest: int, to_photo: np.ndarray | None = None) -> Contact:
    """A print with a round front whose outline ends at a row."""
    sole = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.circle(sole, (MIDDLE, TOP + 30), 30, 1, -1)
    cv2.rectangle(sole, (LEFT, TOP + 30), (RIGHT, lowest), 1, -1)
    nothing = np.zeros((HEIGHT, WIDTH), np.float32)
    return Contact(
        sole.astype(np.float32), nothing, np.eye(3) if to_photo is None else to_photo, None
    )


def photo(
    lowest: int, height: int, *, inside: int = WET, outside: int = FLOOR, grain: float = 6
) -> np.ndarray:
    """The same print on a photo, as far down as it was wet."""
    wet = contact(HEIGHT - 1).sole[:height] > 0
    wet[lowest + 1 :] = False
    shade = np.where(wet, inside, outside)
    noise = np.random.default_rng(0).normal(0, grain, shade.shape)
    return np.repeat(np.clip(shade + noise, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


def seen(one: Contact, pixels: np.ndarray) -> bool:
    return goes_on(one, edge_of(pixels, one), pixels)


@pytest.mark.parametrize(("inside", "outside"), [(WET, FLOOR), (FLOOR, WET)])
def test_what_goes_on_beyond_its_outline_to_the_edge_is_cut(inside: int, outside: int) -> None:
    assert seen(contact(180), photo(219, 220, inside=inside, outside=outside))


def test_it_is_seen_in_spite_of_a_floor_s_coarse_grain() -> None:
    assert seen(contact(180), photo(219, 220, grain=30))
    assert not seen(contact(180), photo(180, 220, grain=30))


def test_a_line_of_gloss_across_it_does_not_end_it() -> None:
    pixels = photo(219, 220)
    pixels[196:200] = FLOOR
    assert seen(contact(180), pixels)


def test_a_print_that_ends_where_its_outline_does_is_whole() -> None:
    assert not seen(contact(180), photo(180, 220))


def test_what_ends_before_the_edge_is_not_cut_by_it() -> None:
    assert not seen(contact(180), photo(200, 220))


@pytest.mark.parametrize("turned", [False, True])
def test_what_goes_on_far_from_the_edge_is_no_matter_of_the_edge(turned: bool) -> None:
    # The outline is 71 rows long; the photo ends so many rows below it.
    for rows, cut in ((39, False), (9, True)):
        pixels = photo(100 + rows, 101 + rows)
        half = np.array([[-1, 0, WIDTH - 1], [0, -1, 100 + rows], [0, 0, 1.0]])
        one = contact(100, half if turned else None)
        assert seen(one, np.rot90(pixels, 2) if turned else pixels) == cut


@pytest.mark.parametrize("lowest", [180, 200])
def test_a_narrow_streak_to_the_edge_cuts_nothing(lowest: int) -> None:
    pixels = photo(lowest, 220)
    pixels[181:, MIDDLE - 5 : MIDDLE + 5] = WET
    assert not seen(contact(180), pixels)


def test_a_streak_half_as_wide_as_the_print_cuts_it() -> None:
    pixels = photo(180, 220)
    pixels[181:, MIDDLE - 17 : MIDDLE + 17] = WET
    assert seen(contact(180), pixels)


def test_how_near_the_edge_is_does_not_depend_on_the_photo_s_pixels() -> None:
    for rows, cut in ((39, False), (9, True)):
        for size in (0.5, 3):
            fine = cv2.resize(photo(100 + rows, 101 + rows), None, fx=size, fy=size)
            to_photo = np.diag([size, size, 1.0])
            to_photo[:2, 2] = (size - 1) / 2
            assert seen(contact(100, to_photo), fine) == cut


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_every_edge_of_the_photo_counts(turns: int) -> None:
    pixels = photo(219, 220)
    turned = {
        1: np.array([[0, 1, 0], [-1, 0, WIDTH - 1], [0, 0, 1.0]]),
        2: np.array([[-1, 0, WIDTH - 1], [0, -1, 219], [0, 0, 1.0]]),
        3: np.array([[0, -1, 219], [1, 0, 0], [0, 0, 1.0]]),
    }[turns]
    assert seen(contact(180, turned), np.rot90(pixels, turns))
    assert not seen(contact(180, turned), np.rot90(photo(180, 220), turns))


@pytest.mark.parametrize("count", [1, 5])
def test_a_few_places_without_an_edge_show_nothing(count: int) -> None:
    # There is no step by which to tell the print's colour from the floor's.
    one, pixels = contact(180), photo(219, 220)
    whole = edge_of(pixels, one)
    few = np.flatnonzero(whole.places[:, 1] == 180)[:count]
    edge = Edge(whole.places[few], whole.inwards[few], whole.colours[few], whole.step)
    assert not goes_on(one, edge, pixels)


def test_without_a_sole_nothing_goes_on() -> None:
    none = contact(180)
    none.sole[:] = 0
    assert not seen(none, photo(219, 220))


def test_nothing_goes_on_of_what_has_the_floor_s_own_colour() -> None:
    assert not seen(contact(180), np.full((220, WIDTH, 3), FLOOR, np.uint8))
