"""A browser to look at pages with, where the machine has one."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

NAMES = ("chromium", "chromium-browser", "chrome", "google-chrome")

BROWSER = next(filter(None, map(shutil.which, NAMES)), None)

DRIVER = shutil.which("chromedriver")

needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")


needs_driver = pytest.mark.skipif(
    BROWSER is None or DRIVER is None, reason="no Chromium with its driver on this machine"
)


@contextmanager
def browsing(
    profile: Path, *, text_size: int = 16, **emulated: object
) -> Iterator[webdriver.Chrome]:
    """Open a browser that is led by hand, whose reader wants text of so many pixels."""
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for option in ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"):
        options.add_argument(option)
    options.add_argument(f"--user-data-dir={profile}")
    wanted = {"webkit": {"webprefs": {"default_font_size": text_size}}}
    options.add_experimental_option("prefs", wanted)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if emulated:
        options.add_experimental_option("mobileEmulation", emulated)
    window = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        yield window
    finally:
        window.quit()


def see_at(window: webdriver.Chrome, width: int, height: int = 800) -> None:
    """Show the page in so many pixels from now on."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    window.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


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
