"""Prints on paper of another size than it seems to have."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from made_scans import made_photo, made_print, made_scan, refused

import archscan
from archscan.findings import Answers
from archscan.paper_size import (
    length_cautions,
    lies_on_sheet,
    may_be_larger,
    must_be_smaller,
)
from archscan.photo import Photo
from archscan.searching import _other_plane
from archscan.sheet import Scene
from archscan.synthetic import Rendering, arrangement, draw_recipe, render

A3_MM, A4_MM = (297.0, 420.0), (210.0, 297.0)


def printed_on(paper_mm: tuple[float, float], monkeypatch: pytest.MonkeyPatch) -> Rendering:
    """A foot's print in the middle of some paper on a wooden floor."""

    def outline(prints, random):
        half = np.array(paper_mm) / 2
        middle = (prints.min(axis=0) + prints.max(axis=0)) / 2
        return middle + half * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])

    monkeypatch.setattr(arrangement, "outline", outline)
    recipe = draw_recipe(
        310_066, content="print", difficulty="easy", medium="ink", surface="paper",
        beneath="wood", prints=1, sheet=None, tilt_deg=12.0, fill=0.4, clutter=0, beside=None,
        neighbour=None,
    )  # fmt: skip
    foot = replace(recipe.feet[0], toeless_length=200.0, forefoot_width=85.0)
    recipe = replace(recipe, feet=(foot,), toe_out_deg=(4.0,), shadow=0.0, off_centre=(0.0, 0.0))
    return render(recipe, long_side=1600)


def test_on_a3_the_tilt_is_kept_and_no_lengths_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    rendering = printed_on(A3_MM, monkeypatch)
    record = archscan.scan(rendering.photo).to_dict()
    (item,), (true,) = record["prints"], rendering.truth.prints
    assert [one["code"] for one in record["warnings"]] == ["paper-size-unsure"]
    assert (record["scale"]["sheet"], record["scale"]["mm_per_px"]) == (None, None)
    assert record["scale"]["tilt_deg"] == pytest.approx(12.0, abs=3.0)
    assert item["length_mm"] is None
    assert item["indices"]["chippaux_smirak"]["value"] == pytest.approx(
        true.chippaux_smirak, abs=0.02
    )


@pytest.mark.parametrize("said", [{"sheet": "a4"}, {"age": 10}, {"conditions": ["child"]}])
def test_whoever_says_that_it_is_a4_is_believed(
    said: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendering = printed_on(A3_MM, monkeypatch)
    record = archscan.scan(rendering.photo, **said).to_dict()
    assert record["scale"]["sheet"] == "a4"
    assert record["warnings"] == []
    shrunk = rendering.truth.prints[0].length_mm * A4_MM[1] / A3_MM[1]
    assert record["prints"][0]["length_mm"] == pytest.approx(shrunk, rel=0.02)


def test_a_print_on_a4_has_its_lengths(monkeypatch: pytest.MonkeyPatch) -> None:
    rendering = printed_on(A4_MM, monkeypatch)
    record = archscan.scan(rendering.photo).to_dict()
    assert record["scale"]["sheet"] == "a4"
    assert record["warnings"] == []
    length = rendering.truth.prints[0].length_mm
    assert record["prints"][0]["length_mm"] == pytest.approx(length, rel=0.02)


def test_only_prints_that_lie_on_it_cast_doubt_on_a_sheet() -> None:
    photo = Photo(np.zeros((400, 300, 3), np.uint8), width=300, height=400)
    corners = np.array([[50.0, 50], [250, 50], [250, 340], [50, 340]])
    found = Scene(photo, np.eye(3), "a4", corners, 3.0)
    print_on_it = np.array([[100.0, 80], [150, 80], [120, 300]])
    assert lies_on_sheet(found, print_on_it)
    assert not lies_on_sheet(found, print_on_it + np.array([0.0, 60.0]))
    assert not lies_on_sheet(found, np.zeros((0, 2)))
    assert not lies_on_sheet(replace(found, sheet="printed"), print_on_it)
    assert not lies_on_sheet(Scene(photo), print_on_it)


@pytest.mark.parametrize(
    ("lengths_mm", "age", "larger"),
    [
        ([180.0], None, True),
        ([180.0], 16.0, True),
        ([180.0], 15.0, False),
        ([204.9], None, True),
        ([205.0], None, False),
        ([180.0, 240.0], 40.0, False),
        ([], 40.0, True),
    ],
)
def test_short_prints_of_grown_ups_cast_doubt(lengths_mm, age, larger) -> None:
    assert may_be_larger(lengths_mm, age) is larger
    assert not may_be_larger(lengths_mm, age, is_child=True)


def test_a_print_longer_than_feet_are_casts_doubt() -> None:
    assert must_be_smaller([250.0, 320.1])
    assert not must_be_smaller([320.0])
    assert not must_be_smaller([])


@pytest.mark.parametrize(
    ("mm", "kind", "sheet", "doubted"),
    [(0.7, "a4", "auto", True), (0.5, "a4", "auto", False), (0.7, "a4", "a4", False),
     (0.7, "printed", "auto", False)],
)  # fmt: skip
def test_so_long_a_print_is_seen_without_that_sheet(
    mm: float, kind: str, sheet: str, doubted: bool
) -> None:
    # It may be a part of a longer strip, and does not reach round the whole print.
    photo = made_photo()
    corners = np.array([[300.0, 100], [600, 100], [600, 400], [300, 400]])
    scene = Scene(photo, np.eye(3), kind, corners, 3.0)
    done = made_scan(made_print(mm=mm), photo=photo, sheet=kind)
    assert done.prints[0].footprint.length_px == 520.0
    soles = np.array([[350.0, 200], [450, 200], [400, 700]])
    other = _other_plane(done, scene, soles, sheet, Answers())
    assert (other is not None) is doubted
    if other is not None:
        assert other.scene.sheet is None
        assert [one.code for one in other.cautions] == ["paper-size-unsure"]


@pytest.mark.parametrize(("beside", "doubted"), [(0.0, False), (-500.0, True)])
def test_a_sheet_beside_a_short_print_is_believed(beside: float, doubted: bool) -> None:
    corners = np.array([[700.0, 100], [950, 100], [950, 450], [700, 450]])
    corners[:, 0] += beside
    scene = Scene(made_photo(), np.eye(3), "a4", corners, 3.0)
    done = made_scan(made_print(mm=0.3), photo=scene.photo, sheet="a4")
    soles = np.array([[250.0, 150], [400, 150], [300, 400]])
    assert (_other_plane(done, scene, soles, "auto", Answers()) is not None) is doubted


@pytest.mark.parametrize(
    ("straightening", "code", "doubted"),
    [
        (np.eye(3), "partial-print", True),
        (np.eye(3), "too-faint", False),
        (None, "partial-print", False),
    ],
)
def test_a_tilt_is_doubted_where_it_makes_no_foot(straightening, code: str, doubted: bool) -> None:
    scene = Scene(made_photo(), straightening=straightening)
    other = _other_plane(refused(code), scene, np.zeros((0, 2)), "none", Answers())
    assert (other is not None) is doubted


@pytest.mark.parametrize(
    ("length_mm", "said", "unusual"),
    [
        (203, {}, True),
        (207, {}, False),
        (308, {}, False),
        (312, {}, True),
        (203, {"age": 16}, True),
        (203, {"age": 15.9}, False),
        (130, {"conditions": ["child"]}, False),
        (312, {"age": 12}, False),
        (322, {"age": 12}, True),
    ],
)
def test_a_length_that_hardly_any_print_has_is_told(length_mm, said, unusual) -> None:
    recipe = draw_recipe(
        7, content="print", arch="neutral", side="left", prints=1, difficulty="easy"
    )
    mask = render(recipe, long_side=800).mask
    (one,) = archscan.measure(mask).prints
    assert one.footprint.axis_method == "toe2"
    mm_per_px = length_mm / one.footprint.length_px
    (one,) = archscan.measure(mask, mm_per_px=mm_per_px, **said).prints
    told = {caution.code: caution.message for caution in one.cautions}
    assert ("unusual-length" in told) is unusual
    if unusual:
        (number,) = re.findall(r"is (\d+) mm long", told["unusual-length"])
        assert int(number) == pytest.approx(length_mm, abs=1)


def test_a_print_without_its_toes_may_be_short() -> None:
    recipe = draw_recipe(
        7, content="print", arch="neutral", side="left", prints=1, difficulty="easy"
    )
    sole = np.where(render(recipe, long_side=800).mask == 1, 1, 0)
    (one,) = archscan.measure(sole).prints
    (one,) = archscan.measure(sole, mm_per_px=190 / one.footprint.length_px).prints
    assert "unusual-length" not in {caution.code for caution in one.cautions}


def test_without_a_scale_no_length_is_unusual() -> None:
    assert made_print().cautions == ()
    assert length_cautions(made_print().footprint, is_grown=True) == ()
