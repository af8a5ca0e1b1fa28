"""What is found below a folder, once each and always in the same order."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path

import pytest

from archscan.batch.pictures import Found, search
from archscan.errors import OptionError


def names(folder: Path) -> list[str]:
    return [picture.name for picture in search(folder).pictures]


def test_any_depth_any_case_any_name(tmp_path) -> None:
    (tmp_path / "sub dir" / "tiefer").mkdir(parents=True)
    long = "x" * 240 + ".jpg"
    wanted = ["B.JPG", "a.heic", "c.jfif", long, "sub dir/tiefer/fuß ß.PNG", "sub dir/ü.webp"]
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
    assert [name for name in found if "broken" in name or "self" in name] == [
        "broken.jpg", "self.png",
    ]  # fmt: skip
    assert search(tmp_path).unread == []


def test_a_folder_named_like_a_picture_has_its_row_though_a_link_came_first(tmp_path) -> None:
    (tmp_path / "real" / "x.jpg").mkdir(parents=True)
    (tmp_path / "real" / "x.jpg" / "y.jpg").write_bytes(b"")
    (tmp_path / "again.jpg").symlink_to(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real" / "x.jpg")
    # "again.jpg" only leads to what is looked at anyway.
    assert names(tmp_path) == ["link/y.jpg", "real/x.jpg"]


class UnnumberedEntry:
    """What lies in a folder, as Windows lists it: its stat has neither device nor number."""

    def __init__(self, entry: os.DirEntry[str]) -> None:
        self._entry = entry

    def __getattr__(self, name: str):
        return getattr(self._entry, name)

    def __fspath__(self) -> str:
        return self._entry.path

    def stat(self):
        return unnumbered(self._entry.stat())


def unnumbered(found: os.stat_result) -> os.stat_result:
    return os.stat_result((found.st_mode, 0, 0, *found[3:]))


def test_entries_without_numbers_are_told_apart(tmp_path, monkeypatch) -> None:
    wanted = ["a.jpg", "b.jpg", "one/c.jpg", "two/d.jpg"]
    for name in wanted:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    scan = os.scandir

    @contextmanager
    def as_windows_lists(path):
        with scan(path) as entries:
            yield map(UnnumberedEntry, entries)

    monkeypatch.setattr("archscan.batch.pictures.os.scandir", as_windows_lists)
    assert names(tmp_path) == wanted


def test_a_disk_that_numbers_nothing_is_searched_too(tmp_path, monkeypatch) -> None:
    for name in ("real/a.jpg", "real/b.jpg", "other/c.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "real" / "up").symlink_to(tmp_path)
    stat = Path.stat
    monkeypatch.setattr(Path, "stat", lambda path, **options: unnumbered(stat(path, **options)))
    assert names(tmp_path) == ["other/c.jpg", "real/a.jpg", "real/b.jpg"]


def test_a_folder_named_like_a_picture_is_listed_and_looked_into(tmp_path) -> None:
    (tmp_path / "x.jpg").mkdir()
    (tmp_path / "x.jpg" / "y.jpg").write_bytes(b"")
    assert names(tmp_path) == ["x.jpg", "x.jpg/y.jpg"]


def test_results_are_no_photos(tmp_path) -> None:
    for name in ("a.jpg", "sub/b.jpg", "masks/a.png", "masks/sub/b.png", "0000.MASK.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "masks")
    (tmp_path / "sub" / "masks").symlink_to(tmp_path / "masks")

    def found(*leaving_out) -> list[str]:
        return [picture.name for picture in search(tmp_path, leaving_out).pictures]

    assert found(tmp_path / "sub" / ".." / "masks") == ["a.jpg", "sub/b.jpg"]
    assert found(tmp_path / "link") == ["a.jpg", "sub/b.jpg"]
    # A photo that is named where a folder should be stays a photo.
    assert found(tmp_path, tmp_path / "none", tmp_path / "a.jpg") == [
        "a.jpg", "masks/a.png", "masks/sub/b.png", "sub/b.jpg",
    ]  # fmt: skip


def test_a_subfolder_that_cannot_be_read_is_named(tmp_path, shut_folders) -> None:
    for name in ("a.jpg", "shut/b.jpg", "a/shut/c.jpg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    found = search(tmp_path)
    assert [picture.name for picture in found.pictures] == ["a.jpg"]
    assert found.unread == ["a/shut", "shut"]


def test_what_is_left_out_is_told_in_words_that_can_be_written() -> None:
    assert Found([], ["shut", "bad\udcffname"], 2, 3).remarks() == [
        "The folder 'shut' could not be read; what lies in it is left out.",
        r"The folder 'bad\xffname' could not be read; what lies in it is left out.",
        "Masks and overlays that archscan drew are left out: 2.",
        "Pictures of a kind that is not read, such as GIF and raw photos, are left out: 3. "
        "Save them as JPEG or PNG.",
    ]
    assert Found([], [], 0, 0).remarks() == []


def test_pictures_of_kinds_that_are_not_read_are_counted(tmp_path) -> None:
    (tmp_path / "folder.gif").mkdir()
    for name in ("a.GIF", "b.dng", "c.cr3", "d.jpg", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    found = search(tmp_path)
    assert [picture.name for picture in found.pictures] == ["d.jpg"]
    assert found.others == 3


def test_a_folder_that_is_seen_and_cannot_be_reached_is_named(tmp_path, monkeypatch) -> None:
    (tmp_path / "listed" / "sub").mkdir(parents=True)
    for name in ("a.jpg", "listed/b.jpg", "listed/sub/c.jpg"):
        (tmp_path / name).write_bytes(b"")
    stat = Path.stat

    def forbidden(path, **options):
        if path.parent.name == "listed":
            raise PermissionError
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", forbidden)
    found = search(tmp_path)
    assert [picture.name for picture in found.pictures] == ["a.jpg", "listed/b.jpg"]
    assert found.unread == ["listed/sub"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_is_listed_and_not_waited_for(tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert names(tmp_path) == ["pipe.png"]


@pytest.mark.parametrize("name", ["none", "x" * 300])
def test_no_folder_is_said(tmp_path, name: str) -> None:
    with pytest.raises(OptionError) as raised:
        search(tmp_path / name)
    assert raised.value.reason.code == "folder-not-found"


def test_a_folder_that_may_not_be_read_is_said(tmp_path, monkeypatch) -> None:
    def forbidden(path):
        raise PermissionError

    monkeypatch.setattr("archscan.batch.pictures.os.scandir", forbidden)
    with pytest.raises(OptionError) as raised:
        search(tmp_path)
    assert raised.value.reason.code == "folder-unreadable"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is forbidden here")
def test_a_folder_in_one_that_may_not_be_looked_into_is_said(tmp_path) -> None:
    (tmp_path / "shut").mkdir(mode=0)
    with pytest.raises(OptionError) as raised:
        search(tmp_path / "shut" / "prints")
    assert raised.value.reason.code == "folder-unreadable"


def test_a_folder_for_results_that_no_disk_can_hold_leaves_nothing_out(tmp_path) -> None:
    (tmp_path / "a.png").touch()
    assert [one.name for one in search(tmp_path, [tmp_path / ("x" * 300)]).pictures] == ["a.png"]
