"""Where on a photo prints are found; what each look shows is drawn."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from ovals import EMPTY, PHOTO, SIZE, drawn_look, found, look_of, places

from archscan.photo import load_photo
from archscan.segmentation.find import (
    OTHER_WAYS,
    find,
    find_beside,
    find_near,
    find_otherwise,
    halves_of,
    without,
)
from archscan.segmentation.look import Look, Region, whole

MODULE = import_module("archscan.segmentation.find")
NOTHING = np.empty((0, 2))


def middles(items) -> list[int]:
    return [round(float(item.points[:, 0].mean())) for item in items]


class Looks:
    """Stands in for looking: shows what is drawn there, if the look is as close as it must be."""

    def __init__(self) -> None:
        self.regions: list[Region] = []
        self.ways: list[dict[str, bool]] = []
        self.drawn = EMPTY
        self.closest = SIZE

    def __call__(self, _: object, region: Region, *turned: object, **way: bool) -> Look:
        self.regions.append(region)
        self.ways.append(way)
        across = slice(region.left, region.left + region.width)
        down = slice(region.top, region.top + region.height)
        layers = self.drawn.contact[:, down, across]
        if max(region.width, region.height) > self.closest:
            layers = np.zeros_like(layers)
        return Look(layers, layers[0], region, (0, 0, region.width, region.height))


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Looks:
    stand_in = Looks()
    monkeypatch.setattr(MODULE, "look_at", stand_in)
    return stand_in


def small(x: int, y: int, sure: float = 0.99, *, toes: bool = True) -> NDArray[np.float32]:
    """A print 80 long with its toes above, sole and toes."""
    layers = np.zeros((2, SIZE, SIZE), np.float32)
    cv2.ellipse(layers[0], (x, y), (13, 32), 0, 0, 360, sure, -1)
    for beside in (-6, 5) if toes else ():
        cv2.circle(layers[1], (x + beside, y - 40), 4, sure, -1)
    return layers


def sheet() -> NDArray[np.float32]:
    paper = np.zeros((SIZE, SIZE), np.float32)
    paper[60:200, 220:320] = 1.0
    return paper


def test_a_print_with_toes_at_first_sight_is_all_that_is_looked_for(looks: Looks) -> None:
    items, hinted = find(PHOTO, drawn_look(100, 300, sure=0.99))
    assert sorted(middles(items)) == [100, 300]
    assert not hinted
    assert looks.regions == []


def test_a_small_print_is_found_once_in_the_parts_that_show_it(looks: Looks) -> None:
    looks.drawn = look_of(np.maximum(small(200, 200), small(90, 110)))
    looks.closest = SIZE - 1
    items, hinted = find(PHOTO, EMPTY)
    assert sorted(middles(items)) == [90, 200]
    assert not hinted
    assert len(looks.regions) == 9


def test_the_longest_print_is_the_first_whichever_part_shows_it(looks: Looks) -> None:
    looks.closest = SIZE - 1
    long = cv2.resize(small(200, 200).transpose(1, 2, 0), None, fx=1.4, fy=1.4)
    long = np.asarray(long.transpose(2, 0, 1)[:, :SIZE, :SIZE])
    looks.drawn = look_of(np.maximum(long, small(90, 110)))
    assert middles(find(PHOTO, EMPTY)[0]) == [280, 90]


def test_what_a_closer_look_shows_takes_the_place_of_what_has_no_toes(looks: Looks) -> None:
    toeless = drawn_look(100, sure=0.99, toes=False)
    assert middles(find(PHOTO, toeless)[0]) == [100]
    looks.drawn = look_of(small(300, 200))
    assert middles(find(PHOTO, toeless)[0]) == [300]


def test_what_shows_no_toes_from_close_by_is_no_find(looks: Looks) -> None:
    looks.drawn = look_of(small(200, 200, toes=False))
    assert find(PHOTO, EMPTY) == ([], False)


@pytest.mark.parametrize("y", [200, 250, 360])
@pytest.mark.parametrize("x", [40, 150, 250])
def test_a_small_print_lies_whole_in_a_part_wherever_it_is(looks: Looks, x: int, y: int) -> None:
    looks.drawn = look_of(small(x, y))
    looks.closest = SIZE - 1
    assert middles(find(PHOTO, EMPTY)[0]) == [x]


def test_a_print_that_a_part_cuts_is_none_but_one_that_the_photo_cuts_is(looks: Looks) -> None:
    part = Region(0, 0, round(0.62 * SIZE), round(0.62 * SIZE))
    parts = pytest.MonkeyPatch()
    with parts.context() as patch:
        patch.setattr(MODULE, "_parts", lambda *_: [part])
        # Its heel lies beyond the part, on the photo.
        looks.drawn = look_of(small(100, part.height - 10))
        assert find(PHOTO, EMPTY) == ([], False)
        # Its toes lie at the photo's own border.
        looks.drawn = look_of(small(100, 44))
        (item,) = find(PHOTO, EMPTY)[0]
        assert item.at_edge


def test_a_sheet_of_paper_is_looked_at_closely(looks: Looks) -> None:
    looks.drawn = look_of(small(270, 130))
    # Closer than any of the nine parts.
    looks.closest = 180
    assert find(PHOTO, EMPTY)[0] == []
    assert middles(find(PHOTO, look_of(EMPTY.contact, sheet()))[0]) == [270]


@pytest.mark.parametrize(
    ("first", "closer", "hinted"),
    [
        (0.25, 0.0, True),
        (0.0, 0.25, True),
        (0.1, 0.1, False),
        (0.0, 0.99, False),
        (0.25, 0.99, False),
    ],
)
def test_what_is_faint_and_has_toes_is_a_hint(
    looks: Looks, first: float, closer: float, hinted: bool
) -> None:
    looks.drawn = look_of(small(200, 200, closer))
    assert find(PHOTO, look_of(small(200, 200, first)))[1] == hinted


def test_what_is_faint_and_has_no_toes_is_no_hint(looks: Looks) -> None:
    assert find(PHOTO, drawn_look(100, sure=0.25, toes=False)) == ([], False)


def test_every_other_way_is_looked_at_also_on_a_sheet(looks: Looks) -> None:
    looks.drawn = look_of(np.maximum(small(270, 130), small(100, 300, toes=False)))
    each = list(find_otherwise(PHOTO, EMPTY))
    assert list(map(middles, each)) == [[270]] * len(OTHER_WAYS)
    assert set(looks.regions) == {whole(PHOTO.pixels)}
    each = list(find_otherwise(PHOTO, look_of(EMPTY.contact, sheet())))
    assert list(map(middles, each)) == [[270]] * 2 * len(OTHER_WAYS)


def test_beside_a_known_print_the_other_one_is_found_and_told_of_it(looks: Looks) -> None:
    looks.drawn = drawn_look(100, 300, sure=0.99)
    (item,) = find_near(PHOTO, places(300), places(100))
    assert middles([item]) == [300]
    assert len(item.beside) == len(places(100))
    assert len(looks.regions) == 1
    (item,) = find_beside(PHOTO, places(100))
    assert middles([item]) == [300]
    assert len(item.beside) == len(places(100))
    assert looks.ways[-1] == {"mirrored": True, "even": True}


def test_a_known_print_that_comes_into_view_is_not_found_again(looks: Looks) -> None:
    looks.drawn = drawn_look(200, 300, sure=0.99)
    (item,) = find_near(PHOTO, places(300), places(200))
    # Of the known one's toes nothing was told.
    assert middles([item]) == pytest.approx([300], abs=5)
    assert looks.regions[0].left < 170


def test_round_a_glimpse_of_a_ball_is_looked_further_off_where_nothing_is_whole(
    looks: Looks,
) -> None:
    looks.drawn = look_of(small(200, 200))
    toes_only = np.array([[190.0, 160.0], [210.0, 172.0]])
    near = find_near(PHOTO, toes_only, NOTHING)
    assert near == []
    assert len(looks.regions) == 2
    ball = np.array([[186.0, 156.0], [214.0, 190.0]])
    assert middles(find_near(PHOTO, ball, NOTHING)) == [200]
    assert len(looks.regions) == 4


def test_beside_a_painted_print_only_what_has_toes_is_found(looks: Looks) -> None:
    looks.drawn = drawn_look(300, sure=0.99, toes=False)
    assert find_beside(PHOTO, places(100)) == []


def test_a_print_is_taken_out_of_a_look_with_a_little_round_it() -> None:
    left = without(drawn_look(100, sure=0.99), places(100)).contact[0]
    assert not left.any()
    larger = drawn_look(100, sure=0.99)
    larger.contact[0] = cv2.dilate(larger.contact[0], np.ones((5, 5)))
    assert not without(larger, places(100)).contact[0].any()
    assert without(drawn_look(300, sure=0.99), places(100)).contact[0].any()


def test_a_heel_alone_is_not_told_to_the_print_that_it_belongs_to() -> None:
    layers = drawn_look(100, sure=0.99).contact
    cv2.circle(layers[0], (250, 300), 30, 0.99, -1)
    items, _ = find(PHOTO, look_of(layers))
    beside = {round(float(item.points[:, 0].mean())): len(item.beside) for item in items}
    assert beside[100] == 0
    assert beside[250] > 0


@pytest.mark.parametrize("edge", [None, "left", "right", "top", "bottom"])
def test_what_comes_within_a_picture_pixel_of_a_photo_s_edge_is_at_it(edge: str | None) -> None:
    """Each pixel of the look is four of the photo's, across, and two down."""
    layers = np.zeros((2, 200, 100), np.float32)
    layers[0, 40:120, 40:62] = 1.0
    layers[1, 28:34, 44:52] = 1.0
    apart = {"left": (-40, 0), "right": (38, 0), "top": (0, -28), "bottom": (0, 79)}
    across, down = apart.get(edge or "", (0, 0))
    shown = np.roll(layers, (down, across), axis=(1, 2))
    photo = load_photo(np.zeros((400, 400, 3), np.uint8))
    look = Look(shown, shown[0], Region(0, 0, 400, 400), (0, 0, 100, 200))
    (item,) = find(photo, look)[0]
    assert item.at_edge == (edge is not None)


def test_upwards_is_a_direction_on_the_photo() -> None:
    layers = np.zeros((2, 200, 200), np.float32)
    cv2.ellipse(layers[0], (100, 110), (14, 50), 45, 0, 360, 1.0, -1)
    for x, y in ((150, 66), (144, 60)):
        cv2.circle(layers[1], (x, y), 4, 1.0, -1)
    look = Look(layers, layers[0], Region(0, 0, 600, 200), (0, 0, 200, 200))
    (item,) = find(load_photo(np.zeros((200, 600, 3), np.uint8)), look)[0]
    assert item.up == pytest.approx(np.array([3.0, -1.0]) / np.sqrt(10), abs=0.05)


def test_halves_lie_at_the_edge_if_either_does_and_beside_nothing() -> None:
    one, other = found(100, toes=False), found(300, toes=False)
    one = replace(one, at_edge=True, beside=places(200))
    for item in halves_of([one, other]):
        assert item.at_edge
        assert len(item.beside) == 0
