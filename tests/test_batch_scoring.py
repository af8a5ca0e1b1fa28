"""Photos to records in a program of one's own, on any executor."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pytest

import archscan
from archscan.batch import Options
from archscan.batch.dispatch import local_executor
from archscan.batch.scoring import Task, score, unusable
from archscan.errors import OptionError


def test_records_come_as_they_are_done(three_days: Path) -> None:
    paths = sorted(three_days.iterdir())[:2]
    found = {one["index"]: one for one in archscan.score_many([*paths, b"junk"], jobs=1)}
    assert found[2]["status"] == "unreadable"
    assert [found[number]["photo"] for number in (0, 1)] == [str(path) for path in paths]


def test_a_program_whose_workers_cannot_start_is_told_and_no_photo_is_blamed(tmp_path) -> None:
    (tmp_path / "program.py").write_text(
        "import archscan\nprint(list(archscan.score_many([b'', b'', b''], jobs=2)))\n"
    )
    done = subprocess.run(
        [sys.executable, "program.py"], cwd=tmp_path,
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.stdout == ""
    # A worker may still be complaining when the program itself has ended.
    assert "\narchscan.errors.OptionError: " in done.stderr
    assert done.returncode == 1


def test_photos_may_come_as_any_bytes(three_days: Path) -> None:
    data = sorted(three_days.iterdir())[0].read_bytes()
    sources = [bytearray(data), memoryview(data)]
    with ThreadPoolExecutor(1) as executor:
        found = list(archscan.score_many(sources, executor=executor, jobs=1))
    assert [one["status"] for one in found] == ["measured", "measured"]


def test_a_program_that_scores_in_threads_of_its_own_keeps_its_number_of_them(
    three_days: Path,
) -> None:
    path = sorted(three_days.iterdir())[0]
    before = cv2.getNumThreads()
    cv2.setNumThreads(3)
    try:
        with ThreadPoolExecutor(1) as executor:
            list(archscan.score_many([path], executor=executor, jobs=1))
        assert cv2.getNumThreads() == 3
    finally:
        cv2.setNumThreads(before)


@pytest.mark.parametrize("side", ["left", "right"])
def test_side_and_age_are_those_given(three_days: Path, side) -> None:
    path = sorted(three_days.iterdir())[0]
    with ThreadPoolExecutor(1) as executor:
        options = Options(side=side, age=4)
        (record,) = archscan.score_many([path], executor=executor, jobs=1, options=options)
    # No class is told of so small a child.
    assert [(one["side"], one["arch"]) for one in record["prints"]] == [(side, None)]


def test_folders_for_pictures_may_be_named_as_photos_are(three_days: Path, tmp_path) -> None:
    photo = str(sorted(three_days.iterdir())[0])
    options = Options(masks=str(tmp_path / "masks"), overlays=str(tmp_path / "overlays"))
    with ThreadPoolExecutor(1) as executor:
        list(archscan.score_many([photo], executor=executor, jobs=1, options=options))
    drawn = [path.name for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    assert drawn == ["a.png", "a.jpg"]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("sheet", "a3"), ("side", "both"), ("age", "34"), ("age", 1990),
        ("masks", 5), ("masks", b"masks"), ("overlays", ["overlays"]), ("overlays", True),
    ],
)  # fmt: skip
def test_a_wrong_option_is_told_where_it_is_given(option: str, value: object) -> None:
    with pytest.raises(OptionError) as raised:
        Options(**{option: value})
    assert raised.value.reason.code == f"bad-{option}"


def test_trouble_with_one_photo_is_told_in_its_record_and_costs_no_other(monkeypatch) -> None:
    def scan(task: Task, _: Options) -> dict:
        if task.number == 1:
            raise MemoryError
        return unusable(task.name, "truncated")

    monkeypatch.setattr("archscan.batch.scoring._scanned", scan)
    with ThreadPoolExecutor(1) as executor:
        found = list(archscan.score_many([b"", b"", b""], executor=executor, jobs=1))
    told = {one["index"]: one["reason"]["code"] for one in found}
    assert told == {0: "truncated", 1: "fault", 2: "truncated"}


def test_whatever_process_a_photo_is_handed_to_keeps_to_one_core() -> None:
    before = cv2.getNumThreads()
    cv2.setNumThreads(3)
    try:
        score(Task(0, "a", b"words", "a"), Options(), caller=os.getpid() + 1)
        assert cv2.getNumThreads() == 1
    finally:
        cv2.setNumThreads(before)


@pytest.mark.parametrize("set_before", [None, "2"])
def test_only_workers_are_told_how_many_threads_to_use(set_before, monkeypatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if set_before is not None:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", set_before)
    before = dict(os.environ)
    with local_executor(1) as executor:
        told = executor.submit(os.getenv, "OPENBLAS_NUM_THREADS").result()
        assert executor.submit(cv2.getNumThreads).result() == 1
    assert told == (set_before or "1")
    assert dict(os.environ) == before


@pytest.mark.parametrize(
    ("sources", "jobs", "code"),
    [
        ("photo.jpg", 1, "bad-source"),
        (b"photo", 1, "bad-source"),
        (bytearray(b"photo"), 1, "bad-source"),
        (memoryview(b"photo"), 1, "bad-source"),
        (Path("photo.jpg"), 1, "bad-source"),
        ([np.zeros((4, 4, 3), np.uint8)], 1, "bad-source"),
        (["photo.jpg"], 0, "bad-jobs"),
        (["photo.jpg"], -1, "bad-jobs"),
        (["photo.jpg"], 1.5, "bad-jobs"),
        (["photo.jpg"], float("nan"), "bad-jobs"),
        (["photo.jpg"], "2", "bad-jobs"),
    ],
)
def test_what_cannot_be_scored_is_said(sources, jobs: int, code: str) -> None:
    with ThreadPoolExecutor(1) as executor, pytest.raises(OptionError) as raised:
        list(archscan.score_many(sources, executor=executor, jobs=jobs))
    assert raised.value.reason.code == code
