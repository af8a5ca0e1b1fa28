"""What several test files need."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from web_server import COMMAND, WITH_KEYS, serving_with

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


@pytest.fixture
def archscan_command():
    """Run the command as a person does: another process, no colours, no terminal."""

    def run(*arguments: object, cwd: Path | None = None, **options):
        environment = {
            key: value
            for key, value in os.environ.items()
            if key not in ("FORCE_COLOR", "ARCHSCAN_DEBUG", "COLUMNS")
        }
        environment.update(options.pop("env", {}))
        return subprocess.run(
            [sys.executable, "-m", "archscan", *map(str, arguments)],
            capture_output=True,
            cwd=cwd or ROOT,
            env=environment,
            timeout=120,
            check=False,
            **options,
        )

    return run


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
