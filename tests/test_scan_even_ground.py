"""Prints that no camera took: plates' false colours, and which of two scans counts."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from conftest import SAMPLES

import archscan
from archscan import scanning, searching
from archscan.findings import Scan
from archscan.reasons import REFUSALS
from archscan.synthetic import draw_recipe, render
from archscan.synthetic.floors import Floor
from archscan.synthetic.soles import soles

PLATE = draw_recipe(
    1_850_205, content="print", medium="ink", surface="paper", difficulty="easy", prints=1,
    tilt_deg=0.0,
)  # fmt: skip


@pytest.mark.parametrize("scale", [cv2.COLORMAP_JET, cv2.COLORMAP_PLASMA, cv2.COLORMAP_HOT])
def test_a_plate_s_false_colours_are_read(scale: int) -> None:
    rendering = render(PLATE, long_side=700)
    depth = cv2.distanceTransform((rendering.mask > 0).astype(np.uint8), cv2.DIST_L2, 5)
    pressure = np.where(rendering.mask > 0, 60 + 195 * depth / depth.max(), 0)
    picture = cv2.applyColorMap(pressure.astype(np.uint8), scale)[..., ::-1]
    scan = archscan.scan(np.ascontiguousarray(picture))
    (item,), (true,) = scan.prints, rendering.truth.prints
    assert item.footprint.side == true.side
    csi = item.measures["chippaux_smirak"]
    assert csi.low <= true.chippaux_smirak <= csi.high
    # What is shown to people is the picture they gave.
    assert scan.photo is not None
    assert np.array_equal(scan.photo.pixels, picture)


@pytest.fixture
def measured() -> Scan:
    return archscan.scan(SAMPLES / "cardboard_neutral_left.jpg")


def with_range(done: Scan, width: float) -> Scan:
    (item,) = done.prints
    csi = replace(item.measures["chippaux_smirak"], low=0.3, high=0.3 + width)
    return replace(done, prints=(replace(item, measures={"chippaux_smirak": csi}),))


def twice(done: Scan) -> Scan:
    return replace(done, prints=2 * done.prints)


def refused(done: Scan, code: str) -> Scan:
    return replace(done, status="refused", reason=REFUSALS[code], prints=())


WHITE, BLUE = (255, 255, 255), (0, 0, 127)


@pytest.mark.parametrize(
    ("ground", "first", "second", "taken"),
    [
        (WHITE, lambda one: refused(one, "no-footprint"), lambda one: one, True),
        (WHITE, lambda one: refused(one, "bare-sole"), lambda one: one, False),
        (BLUE, lambda one: refused(one, "bare-sole"), lambda one: one, True),
        (
            WHITE,
            lambda one: refused(one, "too-small"),
            lambda one: refused(one, "no-footprint"),
            False,
        ),
        (
            BLUE,
            lambda one: refused(one, "no-footprint"),
            lambda one: refused(one, "touches-edge"),
            True,
        ),
        (
            BLUE,
            lambda one: refused(one, "too-faint"),
            lambda one: refused(one, "bare-sole"),
            False,
        ),
        (WHITE, lambda one: one, twice, True),
        (WHITE, twice, lambda one: one, False),
        (WHITE, lambda one: twice(with_range(one, 0.12)), lambda one: with_range(one, 0.01), False),
        (BLUE, twice, lambda one: one, False),
        (WHITE, lambda one: with_range(one, 0.12), lambda one: with_range(one, 0.05), True),
        (WHITE, lambda one: with_range(one, 0.12), lambda one: with_range(one, 0.07), False),
        (BLUE, lambda one: with_range(one, 0.12), lambda one: with_range(one, 0.15), True),
    ],
)
def test_what_is_seen_against_the_ground_counts_where_it_is_more(
    monkeypatch: pytest.MonkeyPatch, measured: Scan, ground, first, second, taken: bool
) -> None:
    picture = np.full((60, 60, 3), ground, dtype=np.uint8)
    picture[20:40, 20:40] = 0
    outcomes = iter((first(measured), second(measured)))
    for module in (scanning, searching):
        monkeypatch.setattr(module, "searched", lambda *_: next(outcomes))
    done = archscan.scan(picture)
    expected = second(measured) if taken else first(measured)
    assert (done.reason, len(done.prints)) == (expected.reason, len(expected.prints))
    for item, wanted in zip(done.prints, expected.prints, strict=True):
        assert item.measures == wanted.measures
    if taken:
        assert done.photo is not None
        assert np.array_equal(done.photo.pixels, picture)


def test_a_photo_is_scanned_once(monkeypatch: pytest.MonkeyPatch, measured: Scan) -> None:
    outcomes = iter((measured,))
    for module in (scanning, searching):
        monkeypatch.setattr(module, "searched", lambda *_: next(outcomes))
    assert archscan.scan(SAMPLES / "cardboard_neutral_left.jpg").prints == measured.prints


@pytest.mark.parametrize("seed", [2, 5, 7])
def test_a_foot_cut_out_of_its_photo_is_no_print(seed: int) -> None:
    grey = np.full((800, 600, 3), 0.5, dtype=np.float32)
    picture = soles(grey, Floor(800, 600, 2.0), np.random.default_rng([seed, 1]))
    assert archscan.scan(np.rint(picture * 255).astype(np.uint8)).status == "refused"
