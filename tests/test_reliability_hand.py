"""Measurements by hand: each beside the print it belongs to, or refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from archscan.errors import OptionError
from archscan.indices import INDICES
from archscan.reliability.hand import Comparison, beside_hand
from archscan.reliability.table import read_table

COLUMNS = {name: f"indices.{name}.value" for name in INDICES}

SCORES = (
    "photo,side,indices.chippaux_smirak.value,indices.cavanagh_rodgers.value,indices.staheli.value\n"
    "one.jpg,left,0.31,0.21,0.61\n"
    "two.jpg,left,0.32,0.22,0.62\n"
    "two.jpg,right,0.33,0.23,0.63\n"
    "twins.jpg,left,0.34,0.24,0.64\n"
    "twins.jpg,left,0.35,0.25,0.65\n"
    "refused.jpg,,,,\n"
    "home/e\u0301.jpg,left,0.36,0.26,0.66\n"
    "half.jpg,left,0.37,,\n"
)


def compared(folder: Path, hand: str) -> Comparison:
    (folder / "scores.csv").write_text(SCORES, encoding="utf-8")
    (folder / "hand.csv").write_text(hand, encoding="utf-8")
    return beside_hand(read_table(folder / "scores.csv"), read_table(folder / "hand.csv"), COLUMNS)


@pytest.mark.parametrize(("left", "right"), [("left", "right"), ("L", "R"), ("Left", "RIGHT")])
def test_sides_are_understood_as_people_write_them(left: str, right: str, tmp_path: Path) -> None:
    hand = f"photo,side,staheli\none.jpg,,0.1\ntwo.jpg,{right},0.3\ntwo.jpg,{left},0.2\n"
    found = compared(tmp_path, hand)
    assert list(found.pairs) == ["staheli"]
    assert np.allclose(found.pairs["staheli"], [[0.61, 0.1], [0.63, 0.3], [0.62, 0.2]])
    assert (found.rows, found.unmatched) == (3, ())


def test_rows_that_match_no_measured_print_are_told(tmp_path: Path) -> None:
    hand = "photo,side,staheli\none.jpg,left,0.6\none.jpg,r,0.6\nrefused.jpg,,0.6\nno.jpg,l,\n"
    found = compared(tmp_path, hand)
    assert [row.number for row in found.unmatched] == [3, 4]
    # A row without a value matches nothing, and misses nothing.
    assert found.rows == 3


def test_a_print_with_some_of_the_indices_is_compared_by_those(tmp_path: Path) -> None:
    found = compared(tmp_path, "photo,staheli,chippaux_smirak\nhalf.jpg,0.6,0.3\n")
    assert found.pairs["chippaux_smirak"].tolist() == [[0.37, 0.3]]
    assert found.pairs["staheli"].tolist() == []
    assert found.unmatched == ()


def test_a_name_is_known_however_its_accents_and_folders_are_parted(tmp_path: Path) -> None:
    found = compared(tmp_path, "photo,staheli\nhome\\\u00e9.jpg,0.6\n")
    assert found.pairs["staheli"].tolist() == [[0.66, 0.6]]


def test_one_row_for_each_index_is_nothing_twice(tmp_path: Path) -> None:
    hand = "photo,staheli,chippaux_smirak\none.jpg,0.6,\none.jpg,,0.3\n"
    found = compared(tmp_path, hand)
    assert {name: len(both) for name, both in found.pairs.items()} == {
        "staheli": 1, "chippaux_smirak": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("hand", "code", "words"),
    [
        ("photo,staheli\ntwo.jpg,0.6\n", "print-ambiguous", "two.jpg"),
        ("photo,side,staheli\ntwo.jpg,,0.6\n", "print-ambiguous", "row 2"),
        ("photo,side,staheli\ntwins.jpg,left,0.6\n", "print-ambiguous", "twins.jpg"),
        (
            "photo,staheli\none.jpg,0.6\none.jpg,0.7\n",
            "print-twice", "'one.jpg' twice, in rows 2 and 3",
        ),
        (
            "photo,side,staheli\ntwo.jpg,l,0.6\ntwo.jpg,left,0.6\n",
            "print-twice", "'two.jpg', left, twice",
        ),
        ("photo,side,staheli\none.jpg,,0.6\none.jpg,left,0.6\n", "print-twice", "one.jpg"),
        ("photo,side,staheli\none.jpg,middle,0.6\n", "bad-side", "'middle'"),
        ("photo,side,csi\none.jpg,left,0.6\n", "column-missing", "no column of an index"),
        ("photo,staheli\none.jpg,61.2\n", "not-a-fraction", "61.2 in row 2, column staheli"),
        ("photo,staheli\none.jpg,2.01\n", "not-a-fraction", "row 2"),
        ("photo,staheli\nno.jpg,-0.01\n", "not-a-fraction", "row 2"),
    ],
)  # fmt: skip
def test_what_cannot_be_paired_is_refused(hand: str, code: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(OptionError) as caught:
        compared(tmp_path, hand)
    assert caught.value.reason.code == code
    assert words in caught.value.reason.message


@pytest.mark.parametrize(
    ("row", "advice"),
    [("two.jpg,", "in a column side"), ("twins.jpg,left", "Leave that photo out")],
)
def test_what_can_be_done_about_it_is_said(row: str, advice: str, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=advice):
        compared(tmp_path, f"photo,side,staheli\n{row},0.6\n")


@pytest.mark.parametrize("value", [0.0, 1.818, 2.0])
def test_no_midfoot_and_one_far_broader_than_the_heel_are_footprints(
    value: float, tmp_path: Path
) -> None:
    found = compared(tmp_path, f"photo,staheli\none.jpg,{value}\n")
    assert found.pairs["staheli"].tolist() == [[0.61, value]]


def test_the_known_indices_and_fractions_are_told(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="chippaux_smirak, cavanagh_rodgers, staheli"):
        compared(tmp_path, "photo,csi\none.jpg,0.6\n")
    with pytest.raises(OptionError, match="fractions of 1, not percent"):
        compared(tmp_path, "photo,staheli\none.jpg,61.2\n")
