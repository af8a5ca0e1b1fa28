"""What an interrupted run has done is kept as long as it still holds, and no longer."""

from __future__ import annotations

import csv
import errno
import os
import sys
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from archscan.batch import Options, run_batch
from archscan.batch.naming import Pattern
from archscan.batch.summary import Summary

ONE_AT_A_TIME = ThreadPoolExecutor(1)


def put(path: Path, words: str = "no picture") -> None:
    """Write what is soon found to be no photo."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words)


def run(folder: Path, executor: Executor = ONE_AT_A_TIME, **options) -> Summary:
    output = folder.with_name("s.csv")
    return run_batch(folder, output, jobs=1, executor=executor, **options)


class Slow(Executor):
    """Has done the first photo, and no other one yet."""

    def submit(self, function, task, *rest):
        future: Future = Future()
        if task.number == 0:
            future.set_result(function(task, *rest))
        return future


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Two photos, of which the run that was interrupted has done the first."""
    for name in ("a.jpg", "b.jpg"):
        put(tmp_path / "photos" / name)

    def interrupt(done: int, _: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "photos", Slow(), watcher=interrupt)
    return tmp_path / "photos"


def test_what_is_done_is_kept(photos: Path) -> None:
    heard: list[tuple[int, int]] = []
    summary = run(photos, resume=True, watcher=lambda done, total: heard.append((done, total)))
    assert (summary.kept, summary.photos) == (1, 2)
    assert heard == [(2, 2)]
    assert 0 < summary.seconds < 60
    rows = csv.DictReader((photos.parent / "s.csv").read_text(encoding="utf-8").splitlines())
    assert [row["photo"] for row in rows] == ["a.jpg", "b.jpg"]


def test_a_photo_that_came_since_costs_none_its_record_where_nothing_is_drawn(photos: Path) -> None:
    # With masks, "a.jpg" would now have another name for its own.
    put(photos / "a.bmp")
    assert run(photos, resume=True).kept == 1


def test_a_photo_that_changed_is_done_again(photos: Path) -> None:
    put(photos / "a.jpg", "none either")
    assert run(photos, resume=True).kept == 0


def test_other_options_make_other_records(photos: Path) -> None:
    assert run(photos, resume=True, options=Options(age=4)).kept == 0


def test_another_version_makes_other_records(photos: Path, monkeypatch) -> None:
    monkeypatch.setattr("archscan.batch.study.__version__", "99.0")
    assert run(photos, resume=True).kept == 0


def test_unless_asked_nothing_of_an_earlier_run_is_kept(photos: Path) -> None:
    summary = run(photos)
    assert (summary.kept, summary.photos) == (0, 2)
    assert [path.name for path in photos.parent.iterdir() if path.is_file()] == ["s.csv"]


class Elsewhere(Executor):
    """Workers on a machine that sees no files of this one."""

    def submit(self, function, task, *rest):
        future: Future = Future()
        source = task.source if isinstance(task.source, bytes) else "no/such/place.jpg"
        future.set_result(function(replace(task, source=source), *rest))
        return future


def test_workers_that_cannot_see_the_folder_are_sent_the_photos(tmp_path: Path) -> None:
    put(tmp_path / "photos" / "a.jpg")
    output = tmp_path / "s.csv"
    run_batch(tmp_path / "photos", output, jobs=1, executor=Elsewhere(), send_bytes=True)
    (row,) = csv.DictReader(output.read_text(encoding="utf-8").splitlines())
    assert (row["photo"], row["reason.code"]) == ("a.jpg", "not-an-image")


@pytest.mark.skipif(sys.platform == "win32", reason="knows no such locks")
def test_a_disk_without_locks_takes_a_table(tmp_path: Path, monkeypatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    put(tmp_path / "photos" / "a.jpg")
    assert run(tmp_path / "photos").photos == 1


def test_a_table_may_be_called_as_long_as_names_can_be(tmp_path: Path) -> None:
    put(tmp_path / "photos" / "a.jpg")
    output = tmp_path / f"{'ä' * 120}s.csv"
    run_batch(tmp_path / "photos", output, jobs=1, executor=ONE_AT_A_TIME)
    assert {path.name for path in tmp_path.iterdir()} == {"photos", output.name}


@pytest.mark.skipif(os.name != "posix", reason="a name of bytes is a matter of POSIX")
def test_a_table_and_a_page_may_be_called_by_any_bytes(tmp_path: Path) -> None:
    put(tmp_path / "photos" / "a.jpg")
    table, page = tmp_path / "caf\udce9.csv", tmp_path / "caf\udce9.html"
    try:
        table.write_bytes(b"")
    except OSError:
        pytest.skip("this disk takes no such names")
    run_batch(tmp_path / "photos", table, gallery=page, jobs=1, executor=ONE_AT_A_TIME)
    assert table.read_bytes().startswith(b"photo,")
    assert {path.name for path in tmp_path.iterdir()} == {"photos", table.name, page.name}


@pytest.mark.skipif(os.name != "posix", reason="a name of bytes is a matter of POSIX")
def test_names_of_another_code_page_stay_apart(tmp_path: Path) -> None:
    try:
        for person in (b"\xd5\xc5", b"\xc0\xee"):
            put(tmp_path / "photos" / os.fsdecode(person + b"_left.jpg"))
    except OSError:
        pytest.skip("this disk takes no such names")
    run(tmp_path / "photos", pattern=Pattern.of("{person}_{side}"))
    rows = csv.DictReader((tmp_path / "s.csv").read_text(encoding="utf-8").splitlines())
    assert [(row["photo"], row["study.person"]) for row in rows] == [
        (f"{person}_left.jpg", person) for person in (r"\xc0\xee", r"\xd5\xc5")
    ]


@pytest.mark.skipif(os.name != "posix", reason="a name of bytes is a matter of POSIX")
def test_a_name_that_is_no_text_has_its_row(tmp_path: Path) -> None:
    try:
        put(tmp_path / "photos" / "bad\udcffname.jpg")
    except OSError:
        pytest.skip("this disk takes no such names")
    heard: list[str] = []
    run(tmp_path / "photos", pattern=Pattern.of("{person}_{side}"), listener=heard.append)
    table = (tmp_path / "s.csv").read_text(encoding="utf-8")
    assert "\n,,bad\\xffname.jpg," in table
    (told,) = heard
    assert r"the first is 'bad\xffname.jpg'" in told
