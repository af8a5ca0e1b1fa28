"""How soon a gallery of thousands of rows is open, and how soon it is filtered and sorted.

``python -m benchmarks.gallery``; needs Chromium and its driver.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import Select

SAMPLES = Path(__file__).parents[1] / "sample_images"
START, END = '<script type="application/json" id=data>', "</script>"


def many(folder: Path, rows: int) -> Path:
    """Score the samples, and repeat their rows under other names.

    Parameters
    ----------
    folder
        For the page.
    rows
        How many it is to have.

    Returns
    -------
    Path
        Of the page.
    """
    from archscan.batch import run_batch

    page = folder / "gallery.html"
    run_batch(SAMPLES, folder / "scores.csv", jobs=1, gallery=page)
    before, rest = page.read_text(encoding="utf-8").split(START)
    data, after = rest.split(END, 1)
    known = json.loads(data)
    repeated = [{**known[n % len(known)], "photo": f"{n:05d}.jpg"} for n in range(rows)]
    written = json.dumps(repeated, separators=(",", ":")).replace("<", "\\u003c")
    page.write_text(before + START + written + END + after, encoding="utf-8")
    return page


def browser(profile: Path) -> WebDriver:
    """Start Chromium without a screen.

    Parameters
    ----------
    profile
        A folder of its own.

    Returns
    -------
    WebDriver
        To be quit.
    """
    options = webdriver.ChromeOptions()
    for option in ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"):
        options.add_argument(option)
    options.add_argument(f"--user-data-dir={profile}")
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


def seconds(window: WebDriver, act: Callable[[], object]) -> float:
    """Time an act until what it changes has been drawn.

    Parameters
    ----------
    window
        Of the browser.
    act
        What to do in it.

    Returns
    -------
    float
        Seconds.
    """
    started = time.perf_counter()
    act()
    window.execute_async_script(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))"
    )
    return time.perf_counter() - started


def main() -> None:
    """Make the page, open it and use it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    arguments = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as scratch:
        page = many(Path(scratch), arguments.rows)
        window = browser(Path(scratch) / "profile")
        try:
            taken = {"opened": seconds(window, lambda: window.get(page.as_uri()))}
            show, sort = (Select(window.find_element(By.ID, name)) for name in ("show", "sort"))
            name = window.find_element(By.ID, "name")
            taken["flat ones"] = seconds(window, lambda: show.select_by_visible_text("flat"))
            taken["refused"] = seconds(window, lambda: show.select_by_visible_text("refused"))
            taken["everything"] = seconds(window, lambda: show.select_by_visible_text("everything"))
            taken["sorted"] = seconds(window, lambda: sort.select_by_index(1))
            taken["by name"] = seconds(window, lambda: name.send_keys("0012"))
        finally:
            window.quit()
        console.print(f"{arguments.rows} rows, {page.stat().st_size / 1e6:.0f} MB")
        console.print(", ".join(f"{what} {told:.2f} s" for what, told in taken.items()))


if __name__ == "__main__":
    main()
