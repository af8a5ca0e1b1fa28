"""Records as rows: names, types, study columns, three kinds of file."""

from __future__ import annotations

import csv
import json
import pickle
import re

import pytest
from conftest import ROOT
from made_scans import child, made_print, made_scan, pair, refused
from pyarrow import parquet

from archscan.batch.columns import COLUMNS, rows
from archscan.batch.naming import Pattern
from archscan.batch.scoring import unusable
from archscan.batch.summary import Summary
from archscan.batch.tables import write_table
from archscan.errors import OptionError, OutputError
from archscan.reasons import Caution
from archscan.report.record import to_record


def records() -> list[dict]:
    named = ("anna_left_1.jpg", "sub/bert_right_2.jpg", "odd.jpg")
    made = (to_record(made_scan()), to_record(pair()), unusable("odd.jpg", "truncated"))
    return [{**record, "photo": name} for name, record in zip(named, made, strict=True)]


def test_a_row_a_print_and_one_where_nothing_was_measured() -> None:
    one, two, none = (rows(record) for record in records())
    assert (len(one), len(two), len(none)) == (1, 2, 1)
    assert [row["side"] for row in two] == ["left", "right"]
    assert [row["print"] for row in two] == [1, 2]
    assert none[0]["reason.code"] == "truncated"
    assert none[0]["indices.chippaux_smirak.value"] is None
    record = records()[0]["prints"][0]
    assert one[0]["indices.chippaux_smirak.low"] == record["indices"]["chippaux_smirak"]["low"]
    assert one[0]["landmarks.heel_center.y"] == record["landmarks"]["heel_center"][1]


def test_the_second_toe_and_the_place_among_adults_have_cells_where_there_are_any() -> None:
    adult = to_record(made_scan())
    ((one,), (other,)) = rows(adult), rows(to_record(made_scan(made_print(toe2=False, age=4))))
    (item,) = adult["prints"]
    tip = (one["landmarks.toe2_tip.x"], one["landmarks.toe2_tip.y"])
    assert tip == tuple(item["landmarks"]["toe2_tip"])
    assert one["reference.band"] == item["reference"]["band"]
    assert other["landmarks.axis_tip.x"] is not None
    for name in ("landmarks.toe2_tip.x", "landmarks.toe2_tip.y", "reference.band"):
        assert other[name] is None


def test_a_print_that_was_not_measured_beside_another_is_told() -> None:
    cautions = (Caution("touches-edge", "Cut."), Caution("too-faint", "Faint."))
    (one,) = rows(to_record(made_scan(made_print(toe2=False), cautions=cautions)))
    assert (one["warnings"], one["photo_warnings"]) == ("toe2-missing", "touches-edge too-faint")
    assert [row["photo_warnings"] for record in records() for row in rows(record)] == [""] * 4


def test_a_batch_is_summed_up_by_what_became_of_its_photos() -> None:
    summary = Summary()
    for scan in (made_scan(), pair(), child(), refused("too-faint"), refused("too-faint")):
        summary.add(to_record(scan))
    summary.add(unusable("odd.jpg", "truncated"))
    told = [
        "6 photos: 3 measured (4 prints), 2 refused, 1 unreadable",
        "  neutral borderline: 3",
        "  no class: 1",
        "  refused, too-faint: 2",
        "  unreadable, truncated: 1",
    ]
    assert summary.lines() == told
    # Four were new, and took less than a second.
    summary.kept, summary.seconds, summary.unread = 2, 0.6, ("a", "b\x1b[2J")
    assert summary.lines() == [
        *told,
        "2 folders could not be read: a, b?[2J",
        "2 were done already, 4 now",
        "6.7 photos a second",
    ]


def test_a_summary_is_the_same_in_whatever_order_the_photos_are_done() -> None:
    found = [
        to_record(pair()),
        to_record(child()),
        unusable("odd.jpg", "truncated"),
        to_record(refused("too-faint")),
        to_record(refused("smeared")),
    ]
    sums = (Summary(), Summary())
    for one, order in zip(sums, (found, found[::-1]), strict=True):
        for record in order:
            one.add(record)
    assert sums[0].lines() == sums[1].lines()


def test_where_all_was_done_already_nothing_is_said_of_speed() -> None:
    assert Summary(photos=3, prints=3, kept=3, seconds=0.2).lines() == [
        "3 photos: 3 measured (3 prints), 0 refused, 0 unreadable",
        "3 were done already, 0 now",
    ]


def test_the_same_table_in_every_kind_of_file(tmp_path) -> None:
    pattern = Pattern.of("{participant}_{side}_{session}")
    for ending in ("csv", "jsonl", "parquet"):
        write_table(tmp_path / f"t.{ending}", records(), pattern)
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    stored = parquet.read_table(tmp_path / "t.parquet").to_pylist()
    assert [row["photo"] for row in read] == [row["photo"] for row in stored]
    assert [row["study.participant"] for row in read] == ["anna", "bert", "bert", ""]
    for text, value in zip(read, stored, strict=True):
        assert {key: "" if v is None else str(v) for key, v in value.items()} == text
    lines = (tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["photo"] for line in lines] == [one["photo"] for one in records()]
    # Where the table's columns are the record's names joined with dots.
    assert json.loads(lines[1])["study"] == {"participant": "bert", "side": "right", "session": "2"}


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_name_that_holds_the_end_of_a_line_stays_in_its_cell(end: str, tmp_path) -> None:
    named = {**records()[0], "photo": f"left{end}1.jpg"}
    write_table(tmp_path / "t.csv", [named])
    written = (tmp_path / "t.csv").read_bytes().decode()
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["photo"], row["status"]) == (named["photo"], "measured")
    assert "\r" not in written.replace(named["photo"], "")


def test_a_table_that_is_written_piece_by_piece_has_all_rows(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("archscan.batch.tables.ROWS_AT_A_TIME", 3)
    path = tmp_path / "t.parquet"
    write_table(path, records())
    assert [row["print"] for row in parquet.read_table(path).to_pylist()] == [1, 1, 2, None]
    assert parquet.ParquetFile(path).num_row_groups == 2


def test_a_table_s_lines_end_alike_on_every_system(tmp_path) -> None:
    for ending in ("csv", "jsonl"):
        write_table(tmp_path / f"t.{ending}", records())
        written = (tmp_path / f"t.{ending}").read_bytes()
        assert written.endswith(b"\n")
        assert b"\r" not in written


def test_a_table_must_end_like_one_in_any_case(tmp_path) -> None:
    write_table(tmp_path / "t.CSV", [])
    assert (tmp_path / "t.CSV").read_text().startswith("photo,")
    with pytest.raises(OutputError) as raised:
        write_table(tmp_path / "t.xls", [])
    assert raised.value.reason.code == "output-ending"


def test_why_a_table_cannot_be_written_is_said(tmp_path) -> None:
    with pytest.raises(OutputError) as raised:
        write_table(tmp_path / "none" / "t.csv", records())
    assert raised.value.reason.code == "output-folder-missing"


def test_a_failed_write_leaves_what_was_there(tmp_path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("before")
    with pytest.raises(KeyError):
        write_table(path, [{"photo": "broken"}])
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        ("{participant}_{side}", "p1_left.jpg", ["p1", "left"]),
        ("{participant}/{side}-{n}", "all/p 7/right-03.HEIC", ["p 7", "right", "03"]),
        ("{participant}_{side}", "p1.jpg", ["", ""]),
        ("S.{id}", "Sx1.jpg", [""]),
        ("{participant}_{side}.jpg", "p1_left.jpg", ["p1", "left"]),
        ("{participant}/{side}.JPG", "p1/left.heic", ["p1", "left"]),
        ("{participant}.v1", "p1.v1.jpg", ["p1"]),
        ("{participant}_h\u00e4lfte", "Jose\u0301_ha\u0308lfte.jpg", ["Jos\u00e9"]),
    ],
)
def test_names_are_read_by_the_pattern(text: str, name: str, wanted: list[str]) -> None:
    assert list(Pattern.of(text).read(name).values()) == wanted


def test_a_pattern_is_worked_out_once_for_all_names(monkeypatch) -> None:
    split = []
    escape = re.escape
    monkeypatch.setattr(
        "archscan.batch.naming.re.escape", lambda one: split.append(one) or escape(one)
    )
    pattern = Pattern.of("{participant}_{side}")
    assert [pattern.fits(name) for name in ("a_left.jpg", "b.jpg", "c_right.jpg")] == [1, 0, 1]
    assert split == ["", "_", ""]
    assert pickle.loads(pickle.dumps(pattern)) == pattern


@pytest.mark.parametrize("text", ["", "photo", "{a}_{a}", "{A}"])
def test_a_pattern_without_fields_is_refused(text: str) -> None:
    with pytest.raises(OptionError) as raised:
        Pattern.of(text)
    assert raised.value.reason.code == "bad-pattern"


@pytest.mark.parametrize("text", ["{Participant}_{side}", "{a}_{b", "{a}}", "{a b}_{c}", "{}{a}"])
def test_a_brace_that_belongs_to_no_field_is_refused(text: str) -> None:
    with pytest.raises(OptionError) as raised:
        Pattern.of(text)
    assert raised.value.reason.code == "bad-pattern"


def test_the_data_dictionary_is_in_the_documentation() -> None:
    told = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
    for column in COLUMNS:
        assert f"| `{column.name}` |" in told, column.name
