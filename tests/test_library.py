"""A program that uses archscan: its types, its settings, its objects."""

from __future__ import annotations

import os
import subprocess
import sys
import typing
from pathlib import Path

import pytest
from conftest import SAMPLES

import archscan

PROGRAM = """
import io
import os
import tempfile
import zipfile
from pathlib import Path

import archscan


def scanned(entry: os.DirEntry[str], path: os.PathLike[str]) -> list[archscan.Scan]:
    found = [archscan.scan(entry), archscan.scan(path), archscan.scan(Path("photo.jpg"))]
    found += [archscan.scan("photo.jpg"), archscan.scan(b""), archscan.scan(io.BytesIO())]
    with tempfile.NamedTemporaryFile() as named, tempfile.SpooledTemporaryFile() as spooled:
        found += [archscan.scan(named), archscan.scan(spooled)]
    return [*found, archscan.scan(zipfile.ZipFile("photos.zip").open("photo.jpg"))]


def told(scan: archscan.Scan) -> str:
    records = archscan.score_many(["photo.jpg"], jobs=1)
    return ", ".join([one.verdict.arch or "" for one in scan.prints] + list(next(records)))


archscan.scann(b"")
"""


def test_a_type_checker_takes_whatever_photos_come_from_and_no_misspelt_name(tmp_path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM)
    command = [sys.executable, "-m", "mypy", "--strict", "program.py"]
    checked = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300
    )
    errors = checked.stdout.splitlines()
    assert "scann" in errors[0]
    assert errors[1].startswith("Found 1 error")


@pytest.mark.parametrize("name", archscan.__all__)
def test_a_program_may_ask_for_the_types_of_what_is_public(name: str) -> None:
    public = getattr(archscan, name)
    assert not callable(public) or typing.get_type_hints(public) is not None


def test_a_print_gives_its_further_measures_as_the_record_does() -> None:
    done = archscan.scan(SAMPLES / "wood_neutral_right.jpg")
    told = done.to_dict()["prints"][0]["details"]
    found = done.prints[0].details()
    assert list(found) == list(told)
    for name, one in found.items():
        numbers = [round(number, 4) for number in (one.value, one.low, one.high)]
        assert numbers == [told[name][part] for part in ("value", "low", "high")]


class Place:
    """A path of another library."""

    def __init__(self, path: str | bytes) -> None:
        self.path = path

    def __fspath__(self) -> str | bytes:
        return self.path


@pytest.mark.parametrize("path", ["gone.jpg", b"gone.jpg"])
def test_a_path_of_any_kind_is_named_in_the_record(path: str | bytes) -> None:
    scan = archscan.scan(Place(path))
    assert (scan.status, scan.source) == ("unreadable", "gone.jpg")


def test_what_lists_a_folder_gives_photos(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"no photo")
    for folder in (tmp_path, os.fsencode(tmp_path)):
        with os.scandir(folder) as entries:
            (scan,) = map(archscan.scan, entries)
        assert (scan.source, scan.status) == (str(tmp_path / "photo.jpg"), "unreadable")


def test_what_a_program_prints_of_a_scan_is_what_it_says_not_its_outlines() -> None:
    sample = Path(__file__).parent.parent / "sample_images" / "stone_neutral_left_a4.jpg"
    said = repr(archscan.scan(sample))
    assert "side='left'" in said
    assert "arch='neutral'" in said
    assert len(said) < 2500
    assert "np.float" not in said
