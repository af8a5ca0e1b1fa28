"""What Windows does otherwise, played on any system."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from concurrent.futures.process import ProcessPoolExecutor
from io import FileIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from archscan.batch.dispatch import WORKER_BYTES, local_executor, usual_jobs
from archscan.batch.results import check_files
from archscan.cli import entry
from archscan.errors import OutputError
from archscan.report.files import write_whole


@pytest.fixture(autouse=True)
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")


@pytest.mark.parametrize(
    ("argument", "files"),
    [
        ("*.jpg", ["a.jpg", "b[1].jpg", "c.jpg"]),
        ("?[1].*", ["b[1].jpg"]),
        ("b[1].jpg", ["b[1].jpg"]),
        ("*.heic", ["*.heic"]),
    ],
)
def test_wildcards_that_the_shell_leaves_name_files(
    argument: str, files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("c.jpg", "a.jpg", "b[1].jpg", "d.png"):
        (tmp_path / name).touch()
    given: list[str] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["archscan", "--quiet", argument])
    monkeypatch.setattr(entry, "_run", lambda arguments: given.extend(arguments) or 0)
    with pytest.raises(SystemExit):
        entry.main()
    assert given == ["--quiet", *files]


class Gone(FileIO):
    """Refuses bytes as Windows does where a pipe has no reader."""

    def write(self, _data) -> int:
        raise OSError(errno.EINVAL, "Invalid argument")


def test_a_console_is_written_to_in_letters_not_in_bytes(monkeypatch) -> None:
    shown: list[bytes] = []

    class Console(FileIO):
        def write(self, data) -> int:
            shown.append(bytes(data))
            return len(data)

    monkeypatch.setattr(os, "isatty", lambda _: True)
    monkeypatch.setattr(os, "fdopen", lambda number, _mode, buffering: Console(number, "w"))
    with entry._product_only():
        sys.stdout.write("▼ 34 %")
    assert b"".join(shown).decode() == "▼ 34 %"


def test_a_reader_that_leaves_does_no_harm() -> None:
    class Unread(entry._Product, Gone):
        """A pipe that nobody reads any more."""

    with Unread(os.open(os.devnull, os.O_WRONLY), "w") as product:
        assert product.write(b"read by nobody") == 14
        assert product.gone


def test_no_more_workers_than_can_be_waited_for() -> None:
    executor = local_executor(100)
    assert isinstance(executor, ProcessPoolExecutor)
    executor.shutdown()


@pytest.mark.parametrize(("told", "jobs"), [(True, 3), (False, 16)])
def test_workers_fit_into_the_memory(told: bool, jobs: int, monkeypatch) -> None:
    def tell(kilobytes) -> bool:
        kilobytes._obj.value = 3 * WORKER_BYTES // 2**10
        return told

    kernel = SimpleNamespace(GetPhysicallyInstalledSystemMemory=tell)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(16), raising=False)
    assert usual_jobs() == jobs


def test_a_table_that_another_program_holds_is_told_before_the_work(tmp_path, monkeypatch) -> None:
    table = tmp_path / "s.csv"
    table.write_bytes(b"kept")

    def held(*_, **__) -> None:
        raise PermissionError(errno.EACCES, "Access denied")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(OutputError, match="open in another program"):
        write_whole(table, b"lost")
    check_files(table, None)
    monkeypatch.setattr(Path, "open", held)
    with pytest.raises(OutputError, match="open in another program"):
        check_files(table, None)
    check_files(tmp_path / "new.csv", None)


def test_workers_are_started_deaf_to_ctrl_c(monkeypatch) -> None:
    told: list[object] = []
    kernel = SimpleNamespace(SetConsoleCtrlHandler=lambda _, deaf: told.append(deaf))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(ProcessPoolExecutor, "submit", lambda *_: told.append("started"))
    local_executor(1).submit(print)
    assert told == [True, "started", False]
