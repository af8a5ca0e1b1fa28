"""Photos are handed out to workers that fall, get lost or never answer: each has its record."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path

import pytest

from archscan.batch import run_batch, score_many
from archscan.batch.dispatch import MOST_FALLS, WORKER_BYTES, usual_jobs


class Deadly(Executor):
    """Processes that all end when one of them is given a certain photo."""

    def __init__(self, _jobs: int) -> None:
        self.broken = False

    def submit(self, function, *given):
        if self.broken:
            raise BrokenExecutor
        future: Future = Future()
        if given and given[0].source == b"deadly":
            self.broken = True
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(function(*given))
        return future


@pytest.mark.parametrize("deadly", [{0}, {4}, {8}, {0, 1}, {3, 8}, set(range(9))])
def test_a_photo_that_ends_its_worker_each_time_costs_no_other_its_record(
    deadly: set[int], monkeypatch
) -> None:
    monkeypatch.setattr("archscan.batch.dispatch.local_executor", Deadly)
    sources = [b"deadly" if number in deadly else b"words" for number in range(9)]
    found = [(one["index"], one["reason"]["code"]) for one in score_many(sources, jobs=1)]
    assert sorted(found) == [
        (number, "worker-lost" if number in deadly else "not-an-image") for number in range(9)
    ]


class Crowded(Deadly):
    """Processes that are all at some photo when one of them ends, and none is done."""

    made: Crowded

    def __init__(self, jobs: int) -> None:
        super().__init__(jobs)
        self.handed: list[tuple[Future, tuple]] = []
        Crowded.made = self

    def submit(self, function, *given):
        future: Future = Future()
        self.handed.append((future, (function, *given)))
        return future if given else super().submit(function)

    def work(self) -> None:
        handed, self.handed = self.handed, []
        deadly = [future for future, (_, task, *_) in handed if task.source == b"deadly"]
        for future in deadly[:1]:
            future.set_exception(BrokenExecutor())
        for future, (function, *given) in handed:
            if not deadly:
                future.set_result(function(*given))


def test_who_is_lost_with_another_is_not_held_to_be_the_cause(monkeypatch) -> None:
    def wait_for_work(waiting, **how):
        Crowded.made.work()
        return wait(waiting, timeout=5, **how)

    monkeypatch.setattr("archscan.batch.dispatch.local_executor", Crowded)
    monkeypatch.setattr("archscan.batch.dispatch.wait", wait_for_work)
    # The last one suspected of the first fall is handed out beside the cause of the second.
    sources = [b"deadly" if number in (0, 7) else b"words" for number in range(12)]
    found = {one["index"]: one["reason"]["code"] for one in score_many(sources, jobs=1)}
    assert [number for number, code in found.items() if code == "worker-lost"] == [0, 7]
    assert len(found) == 12


class Forgetful(Executor):
    """Loses the first tries of one photo, as a cluster does whose workers fall."""

    def __init__(self, tries: int, *, cancels: bool) -> None:
        self.left, self.cancels = tries, cancels

    def submit(self, function, task, *rest):
        future: Future = Future()
        if task.source != b"unlucky" or not self.left:
            future.set_result(function(task, *rest))
            return future
        self.left -= 1
        if self.cancels:
            future.cancel()
            future.set_running_or_notify_cancel()
        else:
            future.set_exception(ConnectionError("a worker was lost"))
        return future


@pytest.mark.parametrize("cancels", [False, True])
@pytest.mark.parametrize(("tries", "code"), [(1, "not-an-image"), (99, "worker-lost")])
def test_a_lost_photo_is_tried_again_and_given_up_in_the_end(tries, code, cancels) -> None:
    executor = Forgetful(tries, cancels=cancels)
    records = score_many([b"words", b"unlucky", b"words"], executor=executor, jobs=1)
    told = {one["index"]: one["reason"]["code"] for one in records}
    assert told == {0: "not-an-image", 1: code, 2: "not-an-image"}


def test_a_photo_that_is_lost_each_time_is_given_up_where_no_other_was_done() -> None:
    executor = Forgetful(99, cancels=False)
    (record,) = score_many([b"unlucky"], executor=executor, jobs=1)
    assert record["reason"]["code"] == "worker-lost"
    assert executor.left == 99 - MOST_FALLS


class Orderly(Executor):
    """Does photos one after the other, when told to, and loses some of them once."""

    def __init__(self, lost: set[int]) -> None:
        self.lost = lost
        self.waiting: list[tuple[Future, tuple]] = []
        self.told: list[tuple[str, int]] = []

    def submit(self, function, task, *rest):
        self.told.append(("handed", task.number))
        self.waiting.append((Future(), (function, task, *rest)))
        return self.waiting[-1][0]

    def work(self) -> None:
        future, (function, task, *rest) = self.waiting.pop(0)
        self.told.append(("taken", task.number))
        if task.number in self.lost:
            self.lost.remove(task.number)
            future.set_exception(ConnectionError("a worker was lost"))
        else:
            future.set_result(function(task, *rest))


def test_lost_photos_are_tried_again_alone_and_before_any_new_one(monkeypatch) -> None:
    executor = Orderly({0, 1})

    def wait_for_work(waiting, **how):
        executor.work()
        return wait(waiting, timeout=5, **how)

    monkeypatch.setattr("archscan.batch.dispatch.wait", wait_for_work)
    assert len(list(score_many([b"words"] * 9, executor=executor, jobs=1))) == 9
    assert executor.told[4:10] == [
        ("taken", 0), ("taken", 1), ("taken", 2), ("taken", 3),
        ("handed", 0), ("taken", 0),
    ]  # fmt: skip
    handed = [number for what, number in executor.told if what == "handed"]
    assert handed == [0, 1, 2, 3, 0, 1, 4, 5, 6, 7, 8]


class Noting(Executor):
    """Scores at once, and counts."""

    handed = 0

    def submit(self, function, *given):
        self.handed += 1
        future: Future = Future()
        future.set_result(function(*given))
        return future


def test_no_worker_is_idle_while_there_are_photos() -> None:
    executor, jobs = Noting(), 9
    records = score_many([b"words"] * 100, executor=executor, jobs=jobs)
    next(records)
    assert executor.handed > jobs
    records.close()


class Counted(Deadly):
    """Processes that know how many they are, and whether they were let go."""

    made: list[Counted]

    def __init__(self, jobs: int) -> None:
        super().__init__(jobs)
        self.jobs, self.is_let_go = jobs, False
        Counted.made.append(self)

    def shutdown(self, wait=True, **_) -> None:
        self.is_let_go = not wait


@pytest.mark.parametrize(("jobs", "made"), [(None, 7), (3, 3)])
def test_processes_are_as_many_as_asked_for_or_as_fit_and_let_go_in_the_end(
    jobs: int | None, made: int, monkeypatch
) -> None:
    monkeypatch.setattr("archscan.batch.dispatch.local_executor", Counted)
    monkeypatch.setattr("archscan.batch.dispatch.usual_jobs", lambda: 7)
    monkeypatch.setattr(Counted, "made", [], raising=False)
    records = score_many([b"words"] * 3, jobs=jobs)
    next(records)
    assert [(one.jobs, one.is_let_go) for one in Counted.made] == [(made, False)]
    records.close()
    assert [one.is_let_go for one in Counted.made] == [True]


@pytest.mark.parametrize(("jobs", "made"), [(None, 7), (3, 3)])
def test_a_folder_has_as_many_processes_as_asked_for_or_as_fit(
    jobs: int | None, made: int, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr("archscan.batch.dispatch.local_executor", Counted)
    monkeypatch.setattr("archscan.batch.study.usual_jobs", lambda: 7)
    monkeypatch.setattr(Counted, "made", [], raising=False)
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"words")
    run_batch(tmp_path / "photos", tmp_path / "s.csv", jobs=jobs)
    assert [(one.jobs, one.is_let_go) for one in Counted.made] == [(made, True)]


@pytest.mark.parametrize("at_once", [False, True])
def test_who_brings_an_executor_that_is_broken_is_told(at_once: bool) -> None:
    class Broken(Executor):
        def submit(self, *_):
            if at_once:
                raise BrokenExecutor
            future: Future = Future()
            future.set_exception(BrokenExecutor())
            return future

    with pytest.raises(BrokenExecutor):
        list(score_many([b"words"], executor=Broken(), jobs=1))


def test_photos_are_taken_as_they_are_needed() -> None:
    taken = []

    def sources():
        for number in range(1000):
            taken.append(number)
            yield b"words"

    with ThreadPoolExecutor(1) as executor:
        records = score_many(sources(), executor=executor, jobs=2)
        next(records)
        assert len(taken) < 50
        records.close()


def test_who_wants_no_more_records_leaves_no_work_behind() -> None:
    handed: list[Future] = []

    class Slow(Executor):
        def submit(self, function, *given):
            handed.append(Future())
            if len(handed) == 1:
                handed[0].set_result(function(*given))
            return handed[-1]

    records = score_many([b"words"] * 3, executor=Slow(), jobs=1)
    next(records)
    records.close()
    assert [future.cancelled() for future in handed] == [False, True, True]


@pytest.mark.skipif(sys.platform == "win32", reason="is asked otherwise there")
@pytest.mark.parametrize(
    ("memory", "jobs"), [(3.5 * WORKER_BYTES, 3), (WORKER_BYTES / 2, 1), (None, 16)]
)
def test_workers_fit_into_the_memory_where_it_is_told(memory, jobs: int, monkeypatch) -> None:
    def tell(name: str) -> int:
        if memory is None:
            raise ValueError("unrecognized configuration name")
        return {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": int(memory) // 4096}[name]

    monkeypatch.setattr(os, "sysconf", tell)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(16), raising=False)
    assert usual_jobs() == jobs


@pytest.mark.skipif(sys.platform == "win32", reason="memory is asked otherwise there")
@pytest.mark.parametrize(("cores", "jobs"), [(5, 5), (None, 1)])
def test_where_no_cores_are_kept_from_a_process_all_are_used(cores, jobs: int, monkeypatch) -> None:
    monkeypatch.setattr(os, "sysconf", lambda _: 2**20)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert usual_jobs() == jobs


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes begin afresh")
def test_processes_forked_from_a_program_that_has_scanned_a_photo_score_others(tmp_path) -> None:
    sample = Path(__file__).parents[1] / "sample_images" / "tile_flat_left.jpg"
    (tmp_path / "program.py").write_text(
        "import archscan, multiprocessing, sys\n"
        "from concurrent.futures import ProcessPoolExecutor\n"
        "print(archscan.scan(sys.argv[1]).status)\n"
        "with ProcessPoolExecutor(1, multiprocessing.get_context('fork')) as executor:\n"
        "    for record in archscan.score_many(sys.argv[1:], executor=executor, jobs=1):\n"
        "        print(record['status'])\n"
    )
    with subprocess.Popen(
        [sys.executable, "program.py", str(sample)], cwd=tmp_path,
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    ) as program:  # fmt: skip
        try:
            told, _ = program.communicate(timeout=60)
        finally:
            # What it forked outlives it.
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)
    assert told == "measured\nmeasured\n"


def test_no_program_that_lies_beside_the_photos_is_run(tmp_path) -> None:
    photos, started = tmp_path / "photos", tmp_path / "bin"
    photos.mkdir()
    started.mkdir()
    (photos / "a.jpg").write_bytes(b"words")
    (photos / "socket.py").write_text("raise SystemExit('run from the folder of photos')\n")
    # As the command is installed: it lies elsewhere, and so the folder is no place for modules.
    command = started / "archscan"
    command.write_text("from archscan.cli import main\nif __name__ == '__main__':\n    main()\n")
    root = Path(__file__).parents[1]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    done = subprocess.run(
        [sys.executable, str(command), "batch", ".", "--output", "scores.csv"],
        cwd=photos, env={**environment, "PYTHONPATH": str(root)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "1 of 1\n")
