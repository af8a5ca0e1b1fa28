"""A folder of thousands of photos, a twentieth of them broken: each row, and the memory.

``python -m benchmarks.folder``. It takes some minutes, and as much disk as the photos.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
from rich.console import Console

from benchmarks.batch import save_copies

FIRST_SEED = 9_700_000
COPIES = 20
"""Photos of one scene, each with grain of its own: rendering is slow."""

BROKEN_EVERY = 20
QUALITY, GRAIN = 90, 3.0
LOOK_EVERY = 0.5
"""Seconds between two looks at the workers' memory."""

CODES = {
    "truncated": "truncated",
    "empty": "not-an-image",
    "text": "not-an-image",
    "bomb": "too-large",
    "folder": "not-a-file",
    "dangling": "not-found",
    "loop": "not-found",
    "forbidden": "no-permission",
}
"""What is wrong with a file, and what its row must say."""


def draw(folder: Path, photos: int, long_side: int) -> None:
    """Render the photos, in folders of their own.

    Parameters
    ----------
    folder
        For them.
    photos, long_side
        How many; in pixels.
    """
    from archscan.synthetic import draw_recipe, render

    for scene in range(-(-photos // COPIES)):
        inside = folder / f"étude {scene:03d}"
        inside.mkdir()
        photo = render(draw_recipe(FIRST_SEED + scene), long_side=long_side).photo
        copies = range(min(COPIES, photos - scene * COPIES))
        paths = [inside / f"p{scene} {copy:02d}.JPG" for copy in copies]
        save_copies(photo, paths, grain=GRAIN, quality=QUALITY, seed=scene)


def spoil(folder: Path, files: int) -> dict[str, str]:
    """Add files that cannot be read.

    Parameters
    ----------
    folder
        Of photos already.
    files
        How many.

    Returns
    -------
    dict of str to str
        The code that each one's row must have, by its path from the folder.
    """
    whole = next(folder.rglob("*.JPG")).read_bytes()
    # Nothing is forbidden to whoever owns the machine.
    kinds = [kind for kind in CODES if kind != "forbidden" or os.geteuid()]
    wanted = {}
    for number in range(files):
        kind = kinds[number % len(kinds)]
        path = folder / f"{kind} {number:03d}.jpg"
        wanted[path.name] = CODES[kind]
        if kind == "truncated":
            path.write_bytes(whole[: len(whole) // 2 + 97 * number])
        elif kind == "bomb":
            path.write_bytes(_bomb())
        elif kind == "folder":
            path.mkdir()
        elif kind == "dangling":
            path.symlink_to(folder / "nowhere.jpg")
        elif kind == "loop":
            path.symlink_to(path)
        else:
            path.write_text("no picture" if kind == "text" else "", encoding="ascii")
            if kind == "forbidden":
                path.chmod(0)
    # Whoever follows links comes back here for ever.
    (folder / "round and round").symlink_to(folder, target_is_directory=True)
    return wanted


def _bomb() -> bytes:
    """Give a small PNG that says it is 60,000 pixels wide and high."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(10_000))),
        (b"IEND", b""),
    )
    parts = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def worker_memory(parent: int) -> float:
    """Tell the memory of the largest process below another.

    Parameters
    ----------
    parent
        Number of a process.

    Returns
    -------
    float
        Megabytes, 0 where it has none.
    """
    largest = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":\t", 1) for line in status.read_text().splitlines())
        except OSError:
            # It ended since it was listed.
            continue
        if int(told["PPid"]) == parent and "VmRSS" in told:
            largest = max(largest, int(told["VmRSS"].split()[0]))
    return largest / 1024


def main() -> None:
    """Draw the folder, score it and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=2000)
    parser.add_argument("--long-side", type=int, default=1600)
    arguments = parser.parse_args()
    console = Console()
    scratch = Path(tempfile.mkdtemp())
    try:
        folder = scratch / "photos"
        folder.mkdir()
        broken = arguments.photos // BROKEN_EVERY
        draw(folder, arguments.photos - broken, arguments.long_side)
        wanted = spoil(folder, broken)
        _score(console, folder, wanted, scratch / "scores.csv")
    finally:
        shutil.rmtree(scratch)


def _score(console: Console, folder: Path, wanted: dict[str, str], output: Path) -> None:
    command = [sys.executable, "-m", "archscan", "batch", str(folder), "--output", str(output)]
    seen, said = [], output.with_suffix(".txt")
    with said.open("w") as told, subprocess.Popen(command, stdout=told) as running:
        while running.poll() is None:
            seen.append(worker_memory(running.pid))
            time.sleep(LOOK_EVERY)
    console.print(said.read_text(), f"status {running.returncode}")
    with output.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    found = {row["photo"]: row["reason.code"] for row in rows if row["status"] == "unreadable"}
    console.print(f"unreadable: {dict(Counter(found.values()))}")
    console.print(f"{sum(found.get(name) == code for name, code in wanted.items())} of "
                  f"{len(wanted)} broken files have the right row, {len(set(found) - set(wanted))} "
                  "others are called unreadable")  # fmt: skip
    console.print({name: found.get(name) for name in wanted if found.get(name) != wanted[name]})
    quarter = max(1, len(seen) // 4)
    console.print(
        f"largest worker, median: {np.median(seen[quarter : 2 * quarter]):.0f} MB in the second "
        f"quarter, {np.median(seen[-quarter:]):.0f} MB in the last"
    )


if __name__ == "__main__":
    main()
