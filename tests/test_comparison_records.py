"""A saved record is read as what it promises, or named as none."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path

import pytest
from made_scans import made_scan

from archscan.comparison import readings
from archscan.comparison.reading import load_record
from archscan.errors import OptionError, UnreadablePhotoError
from archscan.report.record import to_record


@pytest.mark.parametrize("content", ["{", "[" * 100_000, "[{}, 2]"], ids=["cut", "deep", "number"])
def test_what_is_no_json_is_told_from_json_that_is_no_record(tmp_path, content: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(OptionError) as raised:
        load_record(path)
    assert raised.value.reason.code == "record-unreadable"


@pytest.mark.parametrize(
    ("error", "code"), [(FileNotFoundError, "not-found"), (PermissionError, "no-permission")]
)
def test_a_record_that_cannot_be_opened_is_told_as_a_photo_is(monkeypatch, error, code) -> None:
    def fail(_: object) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(UnreadablePhotoError) as raised:
        load_record(Path("a.json"))
    assert raised.value.reason.code == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("file.json/x.json", "not-found"),
        (f"{'x' * 300}.json", "not-found"),
        ("circle.json", "not-found"),
        pytest.param(
            "folder.json",
            "not-a-file",
            # There a folder is a file that nobody may open.
            marks=pytest.mark.skipif(os.name == "nt", reason="Windows says otherwise"),
        ),
    ],
)
def test_a_record_that_no_disk_holds_is_told_as_a_photo_is(tmp_path, name: str, code: str) -> None:
    (tmp_path / "file.json").write_text("{}", encoding="utf-8")
    (tmp_path / "circle.json").symlink_to(tmp_path / "circle.json")
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(UnreadablePhotoError) as raised:
        load_record(tmp_path / name)
    assert raised.value.reason.code == code


def test_a_record_with_no_more_than_was_promised_from_the_first_is_read() -> None:
    record = to_record(made_scan())
    (item,) = record["prints"]
    marks = {name: item["landmarks"][name] for name in ("heel_center", "toe2_tip")}
    later = {"outlines", "details"}
    kept = {name: value for name, value in item.items() if name not in later}
    (one,) = readings({**record, "prints": [{**kept, "landmarks": marks}]})
    assert one.further == {}
    assert one.axis_tip.tolist() == list(item["landmarks"]["toe2_tip"])
    assert [line.tolist() for line in one.outlines] == [[list(point) for point in item["outline"]]]


@pytest.mark.parametrize(
    ("photo", "name"),
    [("caf\udce9.jpg", r"caf\xe9.jpg"), ("caf\udce8.jpg", r"caf\xe8.jpg"), ("\ud800", r"\ud800")],
)
def test_a_name_in_a_record_that_is_no_text_can_be_written_again(photo: str, name: str) -> None:
    (one,) = readings({**to_record(made_scan()), "photo": photo})
    assert one.name == name


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("indices", "chippaux_smirak", "value"), math.nan),
        (("indices", "staheli", "high"), math.inf),
        (("indices", "staheli", "low"), 9.0),
        (("indices", "staheli", "value"), 9.0),
        (("indices", "staheli", "value"), 0.0),
        (("details", "clarke_angle", "low"), math.nan),
        (("details", "clarke_angle", "low"), 91.0),
        (("details",), [1]),
        (("landmarks",), []),
        (("landmarks",), {}),
        (("landmarks", "heel_center"), [1, 2, 3]),
        (("landmarks", "axis_tip"), [math.nan, 2]),
        (("landmarks", "axis_tip"), None),
        (("outlines",), [[[math.nan, 2], [3, 4]]]),
        (("outlines",), [[[1, 2], [3, 4], [5, 2]], [[math.inf, 2], [3, 4]]]),
        (("outlines",), [[[1, 2], [3, 4], [5, 2]], []]),
        (("side",), "middle"),
        (("arch",), math.nan),
        (("arch",), "\udcff"),
        pytest.param(("indices", "staheli", "value"), 10**400, id="too large for a float"),
        (("landmarks", "heel_center"), [1, 10**400]),
        (("outlines",), [[[1, 2], [3, 10**400], [5, 2]]]),
    ],
)
def test_a_record_whose_parts_cannot_be_is_none(place: tuple[str, ...], value: object) -> None:
    record = json.loads(json.dumps(to_record(made_scan())))
    item = record["prints"][0]
    if value is None:
        value = item["landmarks"]["heel_center"]
    for name in place[:-1]:
        item = item[name]
    item[place[-1]] = value
    with pytest.raises(OptionError) as raised:
        readings(record)
    assert raised.value.reason.code == "not-a-record"
    assert raised.value.reason.message == "This JSON is no record of archscan."
