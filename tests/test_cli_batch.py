"""How far a batch is, told in lines or by a bar; what it is asked for; and a cluster."""

from __future__ import annotations

import csv
import io
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import SAMPLES

from archscan.batch import run_batch
from archscan.batch.cluster import Workers
from archscan.cli import main
from archscan.cli.batch_command import _progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch) -> SimpleNamespace:
    made = SimpleNamespace(now=100.0)
    monkeypatch.setattr(
        "archscan.cli.batch_command.time", SimpleNamespace(monotonic=lambda: made.now)
    )
    return made


def test_a_line_is_told_now_and_then_where_there_is_no_terminal(clock, capsys) -> None:
    with _progress() as watch:
        for done, seconds in enumerate((1, 8, 4, 1, 10, 1), start=1):
            clock.now += seconds
            watch(done, 6)
    assert capsys.readouterr().err == "3 of 6\n5 of 6\n6 of 6\n"


def test_a_bar_tells_how_fast_the_latest_photos_were(clock, monkeypatch) -> None:
    told = Terminal()
    monkeypatch.setattr(sys, "stderr", told)
    monkeypatch.setenv("COLUMNS", "80")
    with _progress() as watch:
        for done in range(1, 451):
            clock.now += 1.0 if done <= 251 else 0.1
            watch(done, 450)
    assert "450/450" in told.getvalue()
    assert "10.0/s" in told.getvalue()


def test_a_bar_tells_how_many_are_done(clock, monkeypatch) -> None:
    told = Terminal()
    monkeypatch.setattr(sys, "stderr", told)
    monkeypatch.setenv("COLUMNS", "80")
    with _progress() as watch:
        watch(300, 450)
    assert "300/450" in told.getvalue()


@pytest.fixture
def asked(monkeypatch) -> list[tuple[str, Path]]:
    """Where a cluster was looked for, and the folder that its workers should see."""
    heard: list[tuple[str, Path]] = []

    @contextmanager
    def connected(address: str, folder: Path) -> Iterator[Workers]:
        heard.append((address, folder))
        with ThreadPoolExecutor(1) as executor:
            yield Workers(executor, send_bytes=True)

    monkeypatch.setattr("archscan.batch.cluster.cluster_workers", connected)
    return heard


@pytest.mark.parametrize(("name", "status"), [("s.csv", 0), ("s.xls", 2)])
def test_a_cluster_is_asked_for_once_the_table_can_be_written(
    tmp_path: Path, asked, name: str, status: int
) -> None:
    photos, output = tmp_path / "photos", tmp_path / name
    photos.mkdir()
    (photos / "a.jpg").write_text("no picture")
    with pytest.raises(SystemExit) as left:
        main(["batch", str(photos), "--output", str(output), "--cluster", "tcp://there:8786"])
    assert left.value.code == status
    assert asked == ([("tcp://there:8786", photos)] if status == 0 else [])
    if status == 0:
        (row,) = csv.DictReader(output.read_text(encoding="utf-8").splitlines())
        assert row["reason.code"] == "not-an-image"


class Noting(Executor):
    """Scores at once, and knows what it was given."""

    def __init__(self) -> None:
        self.given: list[object] = []

    def submit(self, function, task, *rest):
        self.given.append(task.source)
        future: Future = Future()
        future.set_result(function(task, *rest))
        return future


@pytest.mark.parametrize(("asked", "jobs"), [([], 64), (["--jobs", "3"], 3)])
def test_a_cluster_is_handed_as_much_as_its_workers_can_do_at_once(
    tmp_path: Path, monkeypatch, asked: list[str], jobs: int
) -> None:
    (tmp_path / "photos").mkdir()
    heard = []
    monkeypatch.setattr(
        "archscan.batch.study.scored",
        lambda tasks, options, workers, executor: heard.append(workers) or (_ for _ in ()),
    )
    monkeypatch.setattr(
        "archscan.batch.cluster.cluster_workers",
        lambda *_: nullcontext(Workers(Noting(), jobs=64)),
    )
    table = ["--output", str(tmp_path / "s.csv")]
    with pytest.raises(SystemExit) as left:
        main(["batch", str(tmp_path / "photos"), *table, "--cluster", "tcp://a:1", *asked])
    assert left.value.code == 0
    assert heard == [jobs]


@pytest.mark.parametrize("sees", [False, True])
def test_the_cluster_does_the_work_and_is_sent_what_it_cannot_see(
    tmp_path: Path, monkeypatch, sees: bool
) -> None:
    photos, executor = tmp_path / "photos", Noting()
    photos.mkdir()
    (photos / "a.jpg").write_text("no picture")
    monkeypatch.setattr(
        "archscan.batch.cluster.cluster_workers",
        lambda *_: nullcontext(Workers(executor, send_bytes=not sees)),
    )
    with pytest.raises(SystemExit) as left:
        main(["batch", str(photos), "--output", str(tmp_path / "s.csv"), "--cluster", "tcp://a:1"])
    assert left.value.code == 0
    assert executor.given == [str(photos / "a.jpg") if sees else b"no picture"]


def test_photos_are_scored_as_asked_by_as_many_as_asked(tmp_path: Path, monkeypatch) -> None:
    photos, output = tmp_path / "photos", tmp_path / "s.csv"
    photos.mkdir()
    shutil.copy(SAMPLES / "stone_neutral_left_a4.jpg", photos)
    workers: list[int] = []

    def made(jobs: int) -> Noting:
        workers.append(jobs)
        return Noting()

    monkeypatch.setattr("archscan.batch.dispatch.local_executor", made)
    asked = ["--jobs", "3", "--sheet", "none", "--side", "right", "--age", "4"]
    asked += ["--pattern", "{floor}_{arch}_{foot}_{paper}"]
    with pytest.raises(SystemExit) as left:
        main(["batch", str(photos), "--output", str(output), *asked])
    assert left.value.code == 0
    assert workers == [3]
    (row,) = csv.DictReader(output.read_text(encoding="utf-8").splitlines())
    # Seen as it is, it is a left foot on an A4 sheet, and an adult's.
    assert (row["side"], row["scale.sheet"], row["arch"]) == ("right", "", "")
    assert row["indices.chippaux_smirak.value"]
    assert (row["study.floor"], row["study.paper"]) == ("stone", "a4")


def test_what_a_folder_is_scored_without_is_said(tmp_path: Path, capfd) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.gif").write_bytes(b"GIF89a")
    with pytest.raises(SystemExit) as left:
        main(["batch", str(tmp_path / "photos"), "--output", str(tmp_path / "s.csv")])
    assert not left.value.code
    assert capfd.readouterr().err.startswith("archscan: Pictures of a kind that is not read")


@pytest.mark.parametrize(("asked", "kept"), [([], 0), (["--resume"], 1)])
def test_what_an_interrupted_run_has_done_is_kept_where_asked(
    tmp_path: Path, monkeypatch, capfd, asked: list[str], kept: int
) -> None:
    photos, output, executor = tmp_path / "photos", tmp_path / "s.csv", Noting()
    photos.mkdir()
    for name in ("a.jpg", "b.jpg"):
        (photos / name).write_text("no picture")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(photos, output, jobs=1, executor=Noting(), watcher=interrupt)
    monkeypatch.setattr("archscan.batch.dispatch.local_executor", lambda _: executor)
    with pytest.raises(SystemExit):
        main(["batch", str(photos), "--output", str(output), *asked])
    assert len(executor.given) == 2 - kept
    assert ("1 was done already" in capfd.readouterr().out) == bool(kept)
