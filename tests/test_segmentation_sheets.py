"""From the network's map of paper to quadrilaterals."""

from __future__ import annotations

from importlib import import_module

import cv2
import numpy as np
import pytest

from archscan.photo import Photo
from archscan.segmentation.look import Look, Region
from archscan.segmentation.sheets import hints_at_sheet, likely_sheets, sheets_up_close

PLACE = (32, 0, 192, 256)
CORNERS = np.array([[70.0, 60.0], [150.0, 70.0], [140.0, 180.0], [60.0, 170.0]])


def look(*areas: np.ndarray) -> Look:
    paper = np.zeros((256, 256), np.float32)
    for area in areas:
        points = np.rint(area).astype(np.int32)
        cv2.fillConvexPoly(paper, points, 0.9)
    return Look(np.zeros((2, 256, 256), np.float32), paper, Region(0, 0, 768, 1024), PLACE)


def off(found: np.ndarray, wanted: np.ndarray) -> float:
    return float(min(np.abs(np.roll(found, k, 0) - wanted).max() for k in range(4)))


def test_the_corners_of_a_sheet_are_given_in_working_pixels() -> None:
    (found,) = likely_sheets(look(CORNERS))
    wanted = (CORNERS - np.array([32, 0]) + 0.5) * 4 - 0.5
    assert off(found, wanted) < 6


def test_a_sheet_that_runs_out_of_the_photo_is_left_out() -> None:
    # Of the picture 32 on either side are no photo.
    for out in ((-30, 0), (75, 0), (0, -60), (0, 76)):
        assert likely_sheets(look(CORNERS + np.array(out))) == []
        assert len(likely_sheets(look(CORNERS + 0.8 * np.array(out)))) == 1


def test_the_largest_sheet_comes_first() -> None:
    small = (CORNERS - CORNERS.mean(axis=0)) * 0.3 + np.array([180, 40])
    for above in (np.array([180, 40]), np.array([180, 220])):
        first, second, *_ = likely_sheets(look(CORNERS, small - small.mean(axis=0) + above))
        assert np.ptp(first) > np.ptp(second)


def test_what_is_small_is_left_out() -> None:
    assert likely_sheets(look((CORNERS - CORNERS.mean(axis=0)) * 0.15 + CORNERS.mean(axis=0))) == []


def test_a_sheet_seen_in_two_pieces_is_also_tried_as_one() -> None:
    upper = np.array([CORNERS[0], CORNERS[1], [146.0, 115.0], [66.0, 105.0]])
    lower = np.array([[64.0, 115.0], [145.0, 125.0], CORNERS[2], CORNERS[3]])
    found = likely_sheets(look(upper, lower))
    assert len(found) == 3
    wanted = (CORNERS - np.array([32, 0]) + 0.5) * 4 - 0.5
    assert off(found[-1], wanted) < 10


def test_what_sticks_out_of_a_sheet_like_a_pen_does_not_move_its_sides() -> None:
    maps = look(CORNERS)
    cv2.line(maps.paper, (145, 120), (185, 100), 0.9, 1)
    wanted = (CORNERS - np.array([32, 0]) + 0.5) * 4 - 0.5
    (found,) = likely_sheets(maps)
    assert off(found, wanted) < 6


def test_a_round_area_is_no_sheet() -> None:
    maps = look()
    cv2.circle(maps.paper, (120, 120), 40, 0.9, -1)
    assert likely_sheets(maps) == []


def test_a_trace_of_paper_hints_at_a_sheet() -> None:
    nothing = look()
    assert not hints_at_sheet(nothing)
    nothing.paper[100, 100] = 0.02
    assert hints_at_sheet(nothing)
    assert likely_sheets(nothing) == []


def test_a_sheet_is_looked_at_again_up_close_only_when_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    regions: list[Region] = []

    def at_nothing(photo: Photo, region: Region) -> Look:
        regions.append(region)
        return look()

    monkeypatch.setattr(import_module("archscan.segmentation.sheets"), "look_at", at_nothing)
    photo = Photo(np.zeros((1024, 768, 3), np.uint8), 768, 1024)
    closer = sheets_up_close(photo, look(CORNERS))
    assert regions == []
    assert list(closer) == []
    # The sheet reaches from 112 to 474 across and from 242 to 722 down, and some way round it
    # is seen too, as far as there is a photo.
    near, wide = regions
    assert (near.left, near.top, near.width, near.height) == pytest.approx(
        (112 - 48, 242 - 48, 362 + 96, 480 + 96), abs=9
    )
    assert (wide.left, wide.top, wide.width, wide.height) == pytest.approx(
        (112 - 96, 242 - 96, 362 + 192, 480 + 192), abs=12
    )
    assert list(sheets_up_close(photo, look())) == []


def test_what_is_seen_up_close_is_given_in_the_photos_own_pixels(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def up_close(photo: Photo, region: Region) -> Look:
        paper = np.zeros((256, 256), np.float32)
        cv2.rectangle(paper, (64, 64), (191, 191), 0.9, -1)
        return Look(np.zeros((2, 256, 256), np.float32), paper, region, (0, 0, 256, 256))

    monkeypatch.setattr(import_module("archscan.segmentation.sheets"), "look_at", up_close)
    photo = Photo(np.zeros((1024, 768, 3), np.uint8), 768, 1024)
    first, _ = sheets_up_close(photo, look(CORNERS))
    # A quarter in from each side of what was looked at.
    wanted = np.array([[64 + 115, 194 + 144], [64 + 343, 194 + 144], [64 + 343, 194 + 432]])
    for corner in wanted:
        assert np.hypot(*(first - corner).T).min() < 9
