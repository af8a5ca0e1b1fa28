"""A browser to look at pages with, where the machine has one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "chrome", "google-chrome")

BROWSER = next(filter(None, map(shutil.which, NAMES)), None)

needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")


def browse(page: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    """Show a page in a browser of its own that asks nobody for anything."""
    return subprocess.run(
        [
            BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-quic", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", f"--user-data-dir={page.parent / 'profile'}", *options,
            page.as_uri(),
        ],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
