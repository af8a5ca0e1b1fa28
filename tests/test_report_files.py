"""Files appear whole or not at all, and nothing is destroyed."""

from __future__ import annotations

import errno
import io
import os
import stat
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archscan.errors import OutputError
from archscan.report.files import (
    jpeg,
    make_folder,
    png,
    require_place,
    sweep,
    write_whole,
    writing,
)
from archscan.report.marking import is_marked


def test_a_file_is_replaced_whole(tmp_path):
    path = tmp_path / "result.json"
    write_whole(path, b"first, and longer")
    assert write_whole(path, b"second") == path
    assert path.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="permissions are a matter of POSIX")
def test_a_result_has_the_usual_permissions(tmp_path, monkeypatch):
    # They are those of the whole process: another thread's files would get them too.
    monkeypatch.setattr(os, "umask", lambda _: pytest.fail("the usual permissions are changed"))
    write_whole(tmp_path / "result.json", b"")
    (tmp_path / "usual").touch()
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("result.json", "usual")]
    assert modes[0] == modes[1]


def test_what_stood_there_stays_when_writing_fails(tmp_path, monkeypatch):
    path = tmp_path / "result.json"
    path.write_bytes(b"kept")

    def full(handle):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError) as caught:
        write_whole(path, b"lost")
    assert caught.value.reason.code == "disk-full"
    assert path.read_bytes() == b"kept"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("no/such/folder.json", "output-folder-missing"),
        ("folder", "output-is-folder"),
        ("file/below.json", "output-folder-missing"),
        ("x" * 300, "output-name-too-long"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, name, code):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(OutputError) as caught:
        write_whole(tmp_path / name, b"")
    assert caught.value.reason.code == code
    assert caught.value.reason.advice
    assert caught.value.exit_code == 2


def test_a_place_that_may_not_be_written_to_is_refused_before_any_work(tmp_path, monkeypatch):
    # Not by permissions, which do not hold for whoever may do anything.
    asked = []

    def nowhere(folder, mode):
        asked.append((Path(folder), mode))
        return False

    monkeypatch.setattr(os, "access", nowhere)
    (tmp_path / "there.json").touch()
    for name in ("there.json", "new.json"):
        with pytest.raises(OutputError) as caught:
            require_place(tmp_path / name)
        assert caught.value.reason.code == "output-forbidden"
    assert asked == [(tmp_path.resolve(), os.W_OK | os.X_OK)] * 2


def test_a_device_is_written_to_in_a_folder_that_takes_no_new_file(monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    require_place(Path(os.devnull))


def test_a_system_that_refuses_is_quoted():
    with pytest.raises(OutputError) as caught, writing(Path("x")):
        raise PermissionError(errno.EACCES, "no")
    assert caught.value.reason.code == "output-forbidden"


def test_folders_are_made_with_their_parents(tmp_path):
    assert make_folder(tmp_path / "a" / "b").is_dir()
    make_folder(tmp_path / "a" / "b")
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        make_folder(tmp_path / "file" / "b")
    with pytest.raises(OutputError) as caught:
        make_folder(tmp_path / "file")
    assert caught.value.reason.code == "output-is-file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    read = []
    reader = threading.Thread(target=lambda: read.append(path.read_bytes()), daemon=True)
    reader.start()
    write_whole(path, b"through")
    reader.join(10)
    assert read == [b"through"]
    assert stat.S_ISFIFO(path.stat().st_mode)


def test_a_link_is_followed_and_not_replaced(tmp_path):
    (tmp_path / "target").write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "target")
    write_whole(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"


@pytest.mark.parametrize("ending", ["png", "PNG", "jpg", "jpeg", "JPEG"])
def test_a_result_is_known_by_its_mark_and_a_photo_is_none(tmp_path, ending: str):
    pixels = np.zeros((3, 4, 3), np.uint8)
    result, photo = tmp_path / f"result.{ending}", tmp_path / f"photo.{ending}"
    result.write_bytes((png if ending.lower() == "png" else jpeg)(pixels))
    Image.fromarray(pixels).save(photo)
    assert is_marked(result)
    assert not is_marked(photo)
    assert not is_marked(tmp_path / f"gone.{ending}")
    assert not is_marked(result.rename(tmp_path / "result.webp"))


def test_pictures_come_back_as_they_went():
    shades = np.arange(12, dtype=np.uint8).reshape(3, 4)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(png(shades)))), shades)
    grey = np.full((8, 9, 3), 128, np.uint8)
    back = Image.open(io.BytesIO(jpeg(grey)))
    assert (back.format, back.size, dict(back.getexif())) == ("JPEG", (9, 8), {})


def test_what_was_left_behind_is_swept_but_not_what_may_still_be_written(tmp_path):
    old, new, other = (tmp_path / name for name in (".unnamed-1", ".unnamed-2", "print.png"))
    for path in (old, new, other):
        path.write_bytes(b"x")
    for path in (old, other):
        os.utime(path, (0, 0))
    sweep(tmp_path, ".unnamed-", least_age=3600.0)
    assert sorted(tmp_path.iterdir()) == [new, other]
    sweep(tmp_path, ".unnamed-")
    assert list(tmp_path.iterdir()) == [other]
