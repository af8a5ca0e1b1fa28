"""What several test files need."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings
from made_scans import pair
from PIL import Image
from web_server import COMMAND, WITH_KEYS, serving_with

from archscan.report.record import to_record

# How long an example takes tells of the machine, which may be busy, not of the code.
settings.register_profile("archscan", deadline=None)
settings.load_profile("archscan")

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_images"


def hears_ctrl_c() -> None:
    """Run before a command that is to be interrupted.

    Tests that run in the background are started deaf to it, and would pass that on.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture(scope="session")
def truths() -> dict:
    return json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))


def run_archscan(
    *arguments: object, cwd: Path | None = None, **options
) -> subprocess.CompletedProcess:
    """Run the command as a person does: another process, no colours, no terminal."""
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in ("FORCE_COLOR", "ARCHSCAN_DEBUG", "COLUMNS")
    }
    # From wherever it is run, and whether or not it is installed.
    environment.update({"PYTHONPATH": str(ROOT), **options.pop("env", {})})
    return subprocess.run(
        [sys.executable, "-m", "archscan", *map(str, arguments)],
        capture_output=True,
        cwd=cwd or ROOT,
        env=environment,
        timeout=120,
        check=False,
        **options,
    )


@pytest.fixture
def archscan_command():
    return run_archscan


@pytest.fixture(scope="module")
def server():
    """The page, as ``archscan serve`` shows it."""
    with serving_with(COMMAND) as running:
        yield running


@pytest.fixture
def guarded():
    """The page, as a phone meets it: with a key."""
    with serving_with([sys.executable, "-c", WITH_KEYS]) as running:
        yield running


@pytest.fixture(scope="session")
def three_days(tmp_path_factory) -> Path:
    """A folder of three photos of one foot, whose days run against their names."""
    made = tmp_path_factory.mktemp("series")
    with Image.open(SAMPLES / "cardboard_neutral_left.jpg") as opened:
        small = opened.reduce(3)
    for name, day in (("a.jpg", "2026:03:02"), ("b.jpg", "2026:01:05"), ("c.jpg", "2026:02:01")):
        tags = Image.Exif()
        tags[0x0132] = f"{day} 10:00:00"
        small.save(made / name, exif=tags)
    return made


@pytest.fixture
def two_days(tmp_path: Path) -> list[Path]:
    """Records of both feet on two days."""
    saved = [tmp_path / f"2026-01-0{day}.json" for day in (1, 2)]
    for path in saved:
        path.write_text(json.dumps(to_record(pair())), encoding="utf-8")
    return saved


@pytest.fixture
def shut_folders(monkeypatch) -> None:
    """Let nobody look into a folder called so; whoever runs the tests may look into any."""
    look = os.scandir

    def forbidden(path):
        if Path(path).name == "shut":
            raise PermissionError
        return look(path)

    monkeypatch.setattr("archscan.batch.pictures.os.scandir", forbidden)
