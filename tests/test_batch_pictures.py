"""What is found below a folder, once each and always in the same order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archscan.batch import find_pictures
from archscan.errors import OptionError


def names(folder: Path) -> list[str]:
    return [picture.name for picture in find_pictures(folder)]


def test_any_depth_any_case_any_name(tmp_path) -> None:
    (tmp_path / "sub dir" / "tiefer").mkdir(parents=True)
    long = "x" * 240 + ".jpg"
    wanted = ["B.JPG", "a.heic", long, "sub dir/tiefer/fuß ß.PNG", "sub dir/ü.webp"]
    for name in [*wanted, "notes.txt", ".hidden.jpg", "sub dir/table.csv"]:
        (tmp_path / name).write_bytes(b"")
    assert names(tmp_path) == sorted(wanted)


def test_links_are_followed_once_and_loops_end(tmp_path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.jpg").write_bytes(b"")
    (tmp_path / "again").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "up").symlink_to(tmp_path)
    (tmp_path / "alias.jpg").symlink_to(tmp_path / "real" / "a.jpg")
    (tmp_path / "broken.jpg").symlink_to(tmp_path / "nowhere.jpg")
    (tmp_path / "self.png").symlink_to(tmp_path / "self.png")
    found = names(tmp_path)
    assert [name for name in found if name.endswith("a.jpg") or name == "alias.jpg"] != []
    assert len([name for name in found if name.endswith("a.jpg") or name == "alias.jpg"]) == 1
    assert {"broken.jpg", "self.png"} <= set(found)


def test_a_folder_named_like_a_picture_is_listed_and_looked_into(tmp_path) -> None:
    (tmp_path / "x.jpg").mkdir()
    (tmp_path / "x.jpg" / "y.jpg").write_bytes(b"")
    assert names(tmp_path) == ["x.jpg", "x.jpg/y.jpg"]


def test_no_folder_is_said(tmp_path) -> None:
    with pytest.raises(OptionError) as raised:
        find_pictures(tmp_path / "none")
    assert raised.value.reason.code == "folder-not-found"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is forbidden here")
def test_a_folder_that_may_not_be_read_is_said(tmp_path) -> None:
    (tmp_path / "shut").mkdir(mode=0)
    with pytest.raises(OptionError):
        find_pictures(tmp_path / "shut")
