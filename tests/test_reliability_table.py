"""Tables as people's spreadsheets write them, and what is said of those that cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archscan.errors import OptionError, UnreadablePhotoError
from archscan.reliability.table import read_table


def written(folder: Path, text: str, name: str = "hand.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    "text",
    [
        "photo,csi\na.jpg,0.37\nb.jpg,\n",
        "\ufeffphoto, csi ,\r\na.jpg , 0.37,\r\n , ,\r\nb.jpg,,\r\n",
        "photo,csi\na.jpg,0.37,,\nb.jpg,,,\n",
        "photo;csi\na.jpg;0,37\nb.jpg\n",
        "\ufeffsep=;\r\nphoto;csi\r\na.jpg;0,37\r\nb.jpg;\r\n",
        "sep=,\nphoto,csi\na.jpg,0.37\nb.jpg,\n",
        '"photo"\t"csi"\n"a.jpg"\t0.37\n"b.jpg"\t\n',
    ],
)
def test_usual_spreadsheets_are_read(text: str, tmp_path: Path) -> None:
    table = read_table(written(tmp_path, text))
    assert table.columns[:2] == ("photo", "csi")
    assert [row.cells["photo"] for row in table.rows] == ["a.jpg", "b.jpg"]
    assert [table.number(row, "csi") for row in table.rows] == [0.37, None]


@pytest.mark.parametrize("cell", ['"0,37"', "37 %", "nan", "inf", "n/a"])
def test_what_is_no_number_is_named_with_its_place(cell: str, tmp_path: Path) -> None:
    table = read_table(written(tmp_path, f"photo,csi\na.jpg,0.3\n\nb.jpg,{cell}\n"))
    with pytest.raises(OptionError) as caught:
        table.number(table.rows[1], "csi")
    reason = caught.value.reason
    assert reason.code == "bad-number"
    for word in ("hand.csv", "row 4", "csi", cell.strip('"')):
        assert word in reason.message


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("photo,csi\na.jpg,0,37\n", "hand.csv", "bad-row"),
        ("photo,csi, csi \na.jpg,0.37,0.4\n", "hand.csv", "column-twice"),
        ("photo,csi\n", "hand.csv", "table-empty"),
        ("", "hand.csv", "table-empty"),
        ('{"photo": "a.jpg"}\n', "scores.jsonl", "table-unreadable"),
        ("[]", "scores.JSON", "table-unreadable"),
        ("a\0b,c\n1,2\n", "scores.parquet", "table-unreadable"),
        pytest.param(
            'photo,csi\n"a' + "b" * 200_000, "hand.csv", "table-unreadable", id="open quote"
        ),
    ],
)
def test_what_is_no_table_is_said(text: str, name: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(OptionError) as caught:
        read_table(written(tmp_path, text, name))
    reason = caught.value.reason
    assert reason.code == code
    assert name in reason.message
    if name != "hand.csv":
        assert "batch writes one with --output scores.csv" in reason.advice


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("none.csv", "not-found", "There is no file with this name. Check the spelling"),
        ("file.csv/hand.csv", "not-found", "There is no file with this name. Check the spelling"),
        (f"{'x' * 300}.csv", "not-found", "There is no file with this name. Check the spelling"),
        pytest.param(
            "folder.csv",
            "not-a-file",
            "This is a folder, not a table. Name a .csv file",
            # There a folder is a file that nobody may open.
            marks=pytest.mark.skipif(os.name == "nt", reason="Windows says otherwise"),
        ),
    ],
)
def test_a_table_that_cannot_be_opened_is_told_as_a_photo_is(
    tmp_path: Path, name: str, code: str, words: str
) -> None:
    written(tmp_path, "photo,csi\na.jpg,0.3\n", "file.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(UnreadablePhotoError) as caught:
        read_table(tmp_path / name)
    assert caught.value.reason.code == code
    assert str(caught.value).startswith(f"'{tmp_path / name}': {words}")


def test_letters_of_another_code_page_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "hand.csv"
    path.write_bytes("photo,csi\nfuß.jpg,0.3\n".encode("cp1252"))
    with pytest.raises(OptionError, match="CSV UTF-8"):
        read_table(path)
