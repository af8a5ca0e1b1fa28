"""A folder to a table: interrupted, broken, with workers lost, always the same rows."""

from __future__ import annotations

import csv
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from conftest import SAMPLES, hears_ctrl_c
from PIL import Image

from archscan.batch import Options, run_batch
from archscan.batch.journal import Journal
from archscan.errors import OptionError, OutputError

COMMAND = [sys.executable, "-m", "archscan", "batch"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Samples, small to be quick, and what is broken in every way."""
    made = tmp_path_factory.mktemp("batch") / "prints"
    (made / "sub").mkdir(parents=True)
    for path in sorted(SAMPLES.glob("*.jpg"))[:5]:
        with Image.open(path) as opened:
            opened.reduce(4).save(made / "sub" / path.name, quality=90)
    whole = (made / "sub" / sorted(SAMPLES.glob("*.jpg"))[0].name).read_bytes()
    (made / "a truncated.jpg").write_bytes(whole[: len(whole) // 2])
    (made / "empty.png").write_bytes(b"")
    (made / "text.jpg").write_text("not a picture")
    (made / "blank.png").write_bytes(b"")
    Image.fromarray(np.full((300, 400, 3), 200, np.uint8)).save(made / "blank.png")
    (made / "x.jpg").mkdir()
    (made / "gone.jpg").symlink_to(made / "nowhere.jpg")
    return made


CODES = {
    "a truncated.jpg": "truncated",
    "blank.png": "no-footprint",
    "empty.png": "not-an-image",
    "gone.jpg": "not-found",
    "text.jpg": "not-an-image",
    "x.jpg": "not-a-file",
}


@pytest.fixture(scope="module")
def undisturbed(folder: Path, tmp_path_factory) -> bytes:
    output = tmp_path_factory.mktemp("undisturbed") / "scores.csv"
    run_batch(folder, output, jobs=1)
    return output.read_bytes()


def test_every_file_has_the_right_row(undisturbed: bytes) -> None:
    read = list(csv.DictReader(undisturbed.decode().splitlines()))
    photos = [row["photo"] for row in read]
    assert photos == sorted(photos)
    told = {row["photo"]: row["reason.code"] for row in read}
    assert {name: told[name] for name in CODES} == CODES
    assert sum(row["status"] == "measured" for row in read) >= 5


def test_killed_at_any_moment_and_resumed_the_table_is_the_same(
    folder: Path, undisturbed: bytes, tmp_path
) -> None:
    output = tmp_path / "scores.csv"
    command = [*COMMAND, str(folder), "--output", str(output), "--jobs", "2", "--resume"]
    for pause in (1.2, 2.0, 2.6):
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as running:
            time.sleep(pause)
            os.killpg(running.pid, signal.SIGKILL)
        if output.exists():
            break
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert output.read_bytes() == undisturbed
    assert [path.name for path in tmp_path.iterdir()] == ["scores.csv"]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are not listed here")
@pytest.mark.parametrize("sent", ["SIGTERM", "SIGKILL"])
def test_workers_end_with_the_one_who_started_them(folder: Path, tmp_path, sent) -> None:
    output = tmp_path / "scores.csv"
    with subprocess.Popen(
        [*COMMAND, str(folder), "--output", str(output), "--jobs", "2"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "NAMED_FOR_A_TEST": str(output)},
    ) as running:  # fmt: skip
        wait_for_a_photo(output)
        assert len(processes_with(str(output))) >= 3
        running.send_signal(signal.Signals[sent])
    when_all_left = time.monotonic() + 20
    while processes_with(str(output)) and time.monotonic() < when_all_left:
        time.sleep(0.1)
    left = processes_with(str(output))
    for number in left:
        os.kill(number, signal.SIGKILL)
    assert left == []


def wait_for_a_photo(output: Path) -> None:
    journal = output.with_name(f".{output.name}.unfinished")
    latest = time.monotonic() + 60
    while not (journal.exists() and journal.stat().st_size) and time.monotonic() < latest:
        time.sleep(0.02)


def processes_with(value: str) -> list[int]:
    """Find living processes that inherited a variable."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"NAMED_FOR_A_TEST={value}".encode() in entry.read_bytes():
                found.append(int(entry.parent.name))
        except OSError:
            continue
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="nobody is told to end there, only ended")
@pytest.mark.parametrize("sent", ["SIGINT", "SIGTERM"])
def test_an_end_from_outside_is_told_once_with_how_to_go_on(folder: Path, tmp_path, sent) -> None:
    output = tmp_path / "scores.csv"
    (tmp_path / "prints").mkdir()
    for number in range(600):
        shutil.copy(folder / "blank.png", tmp_path / "prints" / f"{number}.png")
    with subprocess.Popen(
        [*COMMAND, str(tmp_path / "prints"), "--output", str(output), "--jobs", "1"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0, preexec_fn=hears_ctrl_c,
    ) as running:  # fmt: skip
        wait_for_a_photo(output)
        running.send_signal(signal.Signals[sent])
        assert running.stderr is not None
        # Unbuffered, for what was read ahead would be lost to what reads the rest.
        first = b""
        while b"Interrupted" not in first and (line := running.stderr.readline()):
            first += line
        # Of an impatient person, while the workers end what they are at.
        running.send_signal(signal.Signals[sent])
        assert_told_once(running, first)


def assert_told_once(running: subprocess.Popen[bytes], first: bytes = b"") -> None:
    """Wait until a run that was told to end does; some lines were perhaps read already."""
    try:
        said, complained = running.communicate(timeout=60)
    finally:
        running.kill()
    assert running.returncode == 130
    assert said == b""
    # On a busy machine the first photo takes so long that it is told how far the run is.
    told = re.sub(rb"^\d+ of \d+\n", b"", first + complained, flags=re.MULTILINE)
    assert told == b"\nInterrupted. What is done is kept: go on with --resume.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="knows no such locks")
@pytest.mark.parametrize("resume", [False, True])
def test_two_runs_do_not_write_one_table(folder: Path, tmp_path, resume: bool) -> None:
    output = tmp_path / "t.csv"
    journal = Journal(output)
    with journal.held():
        journal.path.write_bytes(b"half a line")
        with pytest.raises(OutputError) as raised:
            run_batch(folder, output, jobs=1, resume=resume)
        assert journal.path.read_bytes() == b"half a line"
    assert raised.value.reason.code == "output-busy"
    assert not output.exists()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are not listed here")
def test_ctrl_c_while_the_workers_start_is_told_once(folder: Path, tmp_path) -> None:
    output = tmp_path / "scores.csv"
    with subprocess.Popen(
        [*COMMAND, str(folder), "--output", str(output), "--jobs", "2"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        env={**os.environ, "NAMED_FOR_A_TEST": str(output)}, preexec_fn=hears_ctrl_c,
    ) as running:  # fmt: skip
        latest = time.monotonic() + 60
        while len(listening_with(str(output))) < 2 and time.monotonic() < latest:
            time.sleep(0.01)
        # A terminal sends Ctrl-C to all that run in it.
        os.killpg(running.pid, signal.SIGINT)
        assert_told_once(running)


def listening_with(value: str) -> list[int]:
    """Find the workers among :func:`processes_with` that have come to where Ctrl-C is heard."""
    return [number for number in processes_with(value) if is_listening(Path(f"/proc/{number}"))]


def is_listening(process: Path) -> bool:
    try:
        state = (process / "status").read_text(encoding="ascii")
        is_worker = b"spawn_main" in (process / "cmdline").read_bytes()
    except OSError:
        return False
    caught = int(re.search(r"^SigCgt:\s*(\w+)$", state, re.MULTILINE)[1], 16)
    return is_worker and bool(caught >> (signal.SIGINT - 1) & 1)


def test_what_a_kill_while_writing_left_is_cleaned_away(folder: Path, tmp_path) -> None:
    output = tmp_path / "scores.csv"
    (tmp_path / ".scores.csv.unwritten-k3x9").write_text("photo,status\na tru")
    (tmp_path / ".other.csv.unwritten-k3x9").write_text("somebody else's")
    run_batch(folder, output, jobs=1)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".other.csv.unwritten-k3x9",
        "scores.csv",
    ]


def test_a_lost_worker_loses_no_photo(folder: Path, undisturbed: bytes, tmp_path) -> None:
    output = tmp_path / "scores.csv"
    killed = []

    def kill_one(done: int, _: int) -> None:
        if done == 2 and not killed:
            mine = subprocess.run(
                ["pgrep", "-P", str(os.getpid()), "-f", "spawn_main"],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            killed.extend(int(number) for number in mine.stdout.split()[:1])
            for number in killed:
                os.kill(number, signal.SIGKILL)

    if shutil.which("pgrep") is None:
        pytest.skip("no pgrep here")
    run_batch(folder, output, jobs=2, watcher=kill_one)
    assert killed
    assert output.read_bytes() == undisturbed


class Fallen(Executor):
    """Its workers fall between two photos; of the first one made, that is."""

    made = 0

    def __init__(self, _: int) -> None:
        Fallen.made += 1
        self.left = 1 if Fallen.made == 1 else 100

    def submit(self, function, task, *rest):
        if not self.left:
            raise BrokenExecutor
        self.left -= 1
        future: Future = Future()
        future.set_result(function(task, *rest))
        return future


def test_workers_that_fall_between_two_photos_lose_none(
    folder: Path, undisturbed: bytes, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr("archscan.batch.dispatch.local_executor", Fallen)
    output = tmp_path / "scores.csv"
    run_batch(folder, output, jobs=2)
    assert Fallen.made == 2
    assert output.read_bytes() == undisturbed


class Unlucky(Executor):
    """Loses the first two tries of every third photo, as a cluster may."""

    def __init__(self) -> None:
        self.tries: dict[int, int] = {}

    def submit(self, function, task, *rest):
        self.tries[task.number] = self.tries.get(task.number, 0) + 1
        future: Future = Future()
        if task.number % 3 == 0 and self.tries[task.number] < 2:
            future.set_exception(ConnectionError("a worker was lost"))
        else:
            future.set_result(function(task, *rest))
        return future


def test_any_executor_will_do(folder: Path, undisturbed: bytes, tmp_path) -> None:
    for name, executor in (("a", Unlucky()), ("b", ThreadPoolExecutor(1))):
        output = tmp_path / f"{name}.csv"
        run_batch(folder, output, jobs=1, executor=executor, send_bytes=name == "b")
        assert output.read_bytes() == undisturbed


def test_a_worker_lost_for_a_while_leaves_no_row_behind(
    folder: Path, undisturbed: bytes, tmp_path, monkeypatch
) -> None:
    output = tmp_path / "scores.csv"

    def interrupt(done: int, _: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    def no_memory(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched, ThreadPoolExecutor(1) as executor:
        patched.setattr("archscan.batch.scoring._scanned", no_memory)
        with pytest.raises(KeyboardInterrupt):
            run_batch(folder, output, jobs=1, executor=executor, watcher=interrupt)
    with ThreadPoolExecutor(1) as executor:
        run_batch(folder, output, jobs=1, executor=executor, resume=True)
    assert output.read_bytes() == undisturbed


def test_the_command_writes_all_that_is_asked(folder: Path, tmp_path) -> None:
    done = subprocess.run(
        [
            *COMMAND, str(folder), "--output", str(tmp_path / "s.jsonl"), "--jobs", "2",
            "--masks", str(tmp_path / "masks"), "--overlays", str(tmp_path / "overlays"),
            "--gallery", str(tmp_path / "g.html"),
        ],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "photos:" in done.stdout
    assert "unreadable, truncated: 1" in done.stdout
    assert done.stderr.endswith("11 of 11\n")
    masks = {path.stem for path in (tmp_path / "masks" / "sub").iterdir()}
    assert masks == {path.stem for path in (folder / "sub").iterdir()}
    page = (tmp_path / "g.html").read_text(encoding="utf-8")
    assert "truncated" in page
    # Pictures are for the page alone.
    assert '"thumbnail":"/9j/' in page
    assert "thumbnail" not in (tmp_path / "s.jsonl").read_text(encoding="utf-8")


def test_a_subfolder_that_cannot_be_read_is_said_twice(archscan_command, tmp_path) -> None:
    (tmp_path / "prints" / "shut").mkdir(parents=True)
    (tmp_path / "prints" / "a.jpg").write_bytes(b"")
    (tmp_path / "sitecustomize.py").write_text(
        "import os\n"
        "scan = os.scandir\n"
        "def forbidden(path='.'):\n"
        "    if str(path).endswith('shut'):\n"
        "        raise PermissionError\n"
        "    return scan(path)\n"
        "os.scandir = forbidden\n"
    )
    done = archscan_command(
        "batch", tmp_path / "prints", "--output", tmp_path / "s.csv", "--jobs", "1",
        env={"PYTHONPATH": f"{tmp_path}:{SAMPLES.parent}"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"'shut' could not be read" in done.stderr
    assert b"1 folder could not be read: shut\n" in done.stdout


@pytest.mark.skipif(os.name != "posix", reason="streams are closed differently elsewhere")
@pytest.mark.parametrize("closed", ["2>&-", "<&- 2>&-", "<&- >&- 2>&-"])
def test_nobody_need_listen(tmp_path, closed: str) -> None:
    (tmp_path / "prints").mkdir()
    (tmp_path / "prints" / "a.jpg").write_bytes(b"")
    output = tmp_path / "s.csv"
    command = [*COMMAND, str(tmp_path / "prints"), "--output", str(output), "--jobs", "1"]
    shell = ["sh", "-c", f'exec "$@" {closed}', "sh"]
    done = subprocess.run([*shell, *command], stdout=subprocess.PIPE, check=False, timeout=120)
    assert done.returncode == 0
    assert output.read_text(encoding="utf-8").count("not-an-image") == 1
    if ">&- 2" not in closed:
        assert done.stdout.startswith(b"1 photo: ")


@pytest.mark.skipif(os.name != "posix", reason="pipes are closed differently elsewhere")
def test_whoever_listened_may_leave(tmp_path) -> None:
    (tmp_path / "prints").mkdir()
    (tmp_path / "prints" / "a.jpg").write_bytes(b"")
    output = tmp_path / "s.csv"
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*COMMAND, str(tmp_path / "prints"), "--output", str(output), "--jobs", "1"],
            stdout=subprocess.PIPE, stderr=writing, check=False, timeout=120,
        )  # fmt: skip
    finally:
        os.close(writing)
    assert done.returncode == 0
    assert done.stdout.startswith(b"1 photo: ")
    assert output.read_text(encoding="utf-8").count("not-an-image") == 1


def test_a_table_that_is_a_link_is_written_where_it_leads(
    folder: Path, undisturbed: bytes, tmp_path
) -> None:
    store = tmp_path / "store"
    store.mkdir()
    link = tmp_path / "scores.csv"
    link.symlink_to(store / "kept.csv")
    (store / ".kept.csv.unwritten-k3x9").write_text("photo,status\na tru")

    def interrupt(done: int, _: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with ThreadPoolExecutor(1) as executor, pytest.raises(KeyboardInterrupt):
        run_batch(folder, link, jobs=1, executor=executor, watcher=interrupt)
    assert (store / ".kept.csv.unfinished").is_file()
    with ThreadPoolExecutor(1) as executor:
        summary = run_batch(folder, link, jobs=1, executor=executor, resume=True)
    assert summary.kept > 0
    assert link.is_symlink()
    assert (store / "kept.csv").read_bytes() == undisturbed
    assert [path.name for path in store.iterdir()] == ["kept.csv"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["{folder}/none", "--output", "{out}/s.csv"], 2),
        (["{folder}", "--output", "{out}/s.xls"], 2),
        (["{folder}", "--output", "{out}/none/s.csv"], 2),
        (["{folder}", "--output", "{out}/s.csv", "--pattern", "none"], 2),
    ],
)
def test_wrong_usage_is_said_at_once(folder: Path, tmp_path, arguments, code: int) -> None:
    given = [text.format(folder=folder, out=tmp_path) for text in arguments]
    done = subprocess.run([*COMMAND, *given], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert done.stderr.startswith("archscan: ")
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_option_is_not_a_photo_s_fault(folder: Path, tmp_path) -> None:
    with pytest.raises(OptionError):
        run_batch(folder, tmp_path / "s.csv", options=Options(sheet="a3"), jobs=1)
