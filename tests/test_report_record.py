"""The record: what the outside reads, exactly as promised."""

from __future__ import annotations

import copy
import json

import jsonschema
import numpy as np
import pytest
from made_scans import EVERY_KIND, child, interrupted, made_print, made_scan, pair, refused
from shapes import blocks_foot

from archscan.report.record import dumped, schema, to_record


def valid(record):
    jsonschema.Draft202012Validator(schema()).validate(record)


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_of_record_fits_the_schema(kind):
    scan = EVERY_KIND[kind]()
    valid(to_record(scan))
    assert json.loads(dumped(to_record(scan))) == to_record(scan) == scan.to_dict()


def breakages():
    def change(path, value):
        def apply(record):
            *way, last = path
            for step in way:
                record = record[step]
            record[last] = value

        return apply

    yield change(["schema"], "archscan/2")
    yield change(["status"], "fine")
    yield change(["reason"], {"code": "smeared", "message": "", "advice": ""})
    yield change(["prints"], [])
    yield change(["prints", 0, "side"], "both")
    yield change(["prints", 0, "indices", "staheli", "value"], "0.6")
    yield change(["prints", 0, "landmarks", "heel_center"], [1.0])
    yield change(["prints", 0, "probability", "flat"], 1.2)
    yield change(["scale", "mm_per_px"], 0)
    yield lambda record: record.pop("image")
    yield lambda record: record["prints"][0].pop("outline")


@pytest.mark.parametrize("broken", list(breakages()))
def test_the_schema_tells_a_broken_record(broken):
    record = to_record(made_scan())
    broken(record)
    with pytest.raises(jsonschema.ValidationError):
        valid(record)


def test_the_schema_allows_additions():
    record = to_record(made_scan())
    record["more"] = record["prints"][0]["more"] = 1
    record["prints"][0]["indices"]["clarke"] = copy.copy(record["prints"][0]["indices"]["staheli"])
    valid(record)


def test_fields_of_the_contract_are_all_there():
    record = to_record(made_scan())
    assert set(record) >= {
        "schema", "version", "photo", "status", "reason", "image", "scale", "prints",
    }  # fmt: skip
    assert set(record["prints"][0]) >= {
        "side", "side_confidence", "arch", "confidence", "neighbour", "probability", "indices",
        "length_mm", "width_mm", "contact_area_cm2", "landmarks", "outline", "warnings", "guidance",
    }  # fmt: skip
    assert list(record["prints"][0]["indices"]) == [
        "chippaux_smirak", "cavanagh_rodgers", "staheli",
    ]  # fmt: skip


def test_coordinates_are_pixels_of_the_photo_as_seen():
    record = to_record(made_scan(made_print(at=(400.0, 700.0))))
    # Three seen pixels to a working pixel, centres at integers: (400 + 0.5) * 3 - 0.5.
    assert record["image"] == {"width": 2400, "height": 3000}
    assert record["prints"][0]["landmarks"]["heel_center"] == [1201.0, 2101.0]
    # The second toe's tip is 2 * 230 working pixels higher.
    assert record["prints"][0]["landmarks"]["toe2_tip"] == [1201.0, 721.0]
    outline = np.array(record["prints"][0]["outline"])
    assert np.ptp(outline[:, 1]) == pytest.approx(210 * 2 * 3, abs=1)


def test_places_follow_the_patch_through_perspective():
    homography = np.array([[0.0, -0.5, 700.0], [0.5, 0.0, 90.0], [0.0, 2e-4, 1.0]])
    record = to_record(made_scan(made_print(at=(400.0, 700.0), patch_to_photo=homography)))
    x, y = (-0.5 * 700 + 700) / 1.14, (0.5 * 400 + 90) / 1.14
    expected = [round((x + 0.5) * 3 - 0.5, 1), round((y + 0.5) * 3 - 0.5, 1)]
    assert record["prints"][0]["landmarks"]["heel_center"] == expected


def test_a_missing_second_toe_is_null():
    landmarks = to_record(made_scan(made_print(toe2=False)))["prints"][0]["landmarks"]
    assert landmarks["toe2_tip"] is None
    assert landmarks["axis_tip"] is not None


def test_lengths_are_null_without_a_scale():
    record = to_record(made_scan())
    assert record["scale"] == {"mm_per_px": None, "sheet": None, "tilt_deg": None}
    assert record["prints"][0]["length_mm"] is None
    assert record["prints"][0]["width_mm"] is None
    assert record["prints"][0]["contact_area_cm2"] is None


def test_millimetres_with_a_scale():
    record = to_record(made_scan(made_print(mm=0.5), sheet="a4", tilt_deg=3.26))
    # Half a millimetre to a working pixel is a sixth to a seen one.
    assert record["scale"] == {"mm_per_px": 0.16667, "sheet": "a4", "tilt_deg": 3.3}
    assert record["prints"][0]["length_mm"] == pytest.approx(2 * 260 * 0.5)
    assert record["prints"][0]["width_mm"] == pytest.approx(2 * 90 * 0.5, abs=0.3)


def test_what_touches_is_the_sole_and_the_toes():
    # 60, 36 and 90 wide, 70 long each, and a disc of radius 12; all twice as large, in halves
    # of millimetres.
    record = to_record(made_scan(made_print(sole=blocks_foot(), mm=0.5), sheet="a4"))
    touching = (60 + 36 + 90) * 70 + np.pi * 12**2
    assert record["prints"][0]["contact_area_cm2"] == pytest.approx(touching / 100, rel=0.005)


def test_the_scale_is_that_of_the_photo_however_the_print_lies_on_it():
    # A patch turned by a quarter and a twelfth, two working and so six seen pixels to its own.
    for turned in (90.0, 30.0):
        cosine, sine = 2 * np.cos(np.deg2rad(turned)), 2 * np.sin(np.deg2rad(turned))
        homography = np.array([[cosine, -sine, 900.0], [sine, cosine, 0.0], [0.0, 0.0, 1.0]])
        record = to_record(made_scan(made_print(mm=0.5, patch_to_photo=homography)))
        assert record["scale"]["mm_per_px"] == pytest.approx(0.5 / 6, abs=1e-5)


def test_an_outline_that_the_photo_cuts_ends_at_its_last_pixels():
    record = to_record(made_scan(made_print(at=(0.0, 1000.0))))
    outline = np.array(record["prints"][0]["outline"])
    assert outline.min(axis=0)[0] == 0
    assert outline.max(axis=0)[1] == record["image"]["height"] - 1


def test_every_corner_of_an_outline_is_kept():
    foot = made_print(sole=blocks_foot())
    (item,) = to_record(made_scan(foot))["prints"]
    (corners,) = foot.footprint.sole
    # Some of these blocks' corners meet.
    assert len(item["outline"]) == len(np.unique(corners, axis=0))


def test_a_child_gets_measures_and_no_class():
    (item,) = to_record(child())["prints"]
    assert item["arch"] is item["confidence"] is item["neighbour"] is item["probability"] is None
    assert all(index["arch"] is None for index in item["indices"].values())
    assert item["indices"]["chippaux_smirak"]["value"] > 0
    # What adults' prints are like says nothing of it.
    assert item["reference"] is None
    assert all(one["band"] is None for one in item["details"].values())
    (adult,) = to_record(made_scan())["prints"]
    assert adult["reference"] is not None
    assert any(one["band"] is not None for one in adult["details"].values())


def test_left_comes_first_and_an_interrupted_print_has_both_pieces():
    assert [item["side"] for item in to_record(pair())["prints"]] == ["left", "right"]
    (item,) = to_record(interrupted())["prints"]
    assert len(item["outlines"]) == 2
    assert item["outline"] == item["outlines"][0]
    assert item["indices"]["chippaux_smirak"]["value"] == 0


def test_a_refusal_has_its_reason_and_the_picture_its_size():
    record = to_record(refused("too-faint"))
    assert record["reason"]["code"] == "too-faint"
    assert record["reason"]["advice"]
    assert record["image"] == {"width": 2400, "height": 3000}
    assert record["prints"] == []


def test_json_is_pure_and_keeps_points_together():
    text = dumped({"name": "[\\n  1,\\n  2\\n] ü [1, 2]", "points": [[1.5, -2], [3e-05, 4]]})
    assert json.loads(text)["name"] == "[\\n  1,\\n  2\\n] ü [1, 2]"
    assert "[1.5, -2]" in text
    assert "[3e-05, 4]" in text
    assert "ü" in text
    with pytest.raises(ValueError, match="JSON"):
        dumped({"value": float("nan")})


def test_a_name_that_is_no_text_still_makes_a_record():
    text = dumped(to_record(made_scan(source="bad\udcffname.jpg")))
    assert json.loads(text.encode())["photo"] == r"bad\xffname.jpg"
