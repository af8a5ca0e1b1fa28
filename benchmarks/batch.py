"""How fast a photo or a folder is scored beside merely decoding it, and what that survives.

``python -m benchmarks.batch``. Ratios are of one run on one machine.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from archscan.batch.dispatch import local_executor, score_many
from archscan.photo.metadata import ORIENTATION_TAG

FIRST_SEED = 9_400_000
LONGEST_SIDE = 4000
KILLS = 20
ALONE_EVERY, REPEATS = 4, 5


def draw(folder: Path, photos: int, quality: int) -> list[Path]:
    """Render photos as a phone would store them.

    Parameters
    ----------
    folder
        For them.
    photos
        How many; a few scenes with fresh grain each, because rendering is slow.
    quality
        Of the JPEG files, as Pillow counts it.

    Returns
    -------
    list of Path
        The files, 12 megapixels each.
    """
    from archscan.synthetic import draw_recipe, render

    paths: list[Path] = []
    for scene in range(max(1, photos // 8)):
        recipe = draw_recipe(FIRST_SEED + scene, content="print", difficulty="easy")
        photo = render(recipe, long_side=LONGEST_SIDE).photo
        copies = [folder / f"{scene:03d}_{copy}.jpg" for copy in range(8)]
        save_copies(photo, copies, grain=4.0, quality=quality, seed=scene)
        paths += copies
    return paths


def save_copies(
    photo: NDArray[np.uint8], paths: Sequence[Path], *, grain: float, quality: int, seed: int
) -> None:
    """Save a photo many times, each with grain of its own.

    Parameters
    ----------
    photo
        ``uint8 (h, w, 3)`` RGB.
    paths
        Of the copies.
    grain
        Its standard deviation, grey levels.
    quality
        Of the JPEG files, as Pillow counts it.
    seed
        Of the grain.
    """
    from PIL import Image

    random = np.random.default_rng(seed)
    for path in paths:
        noise = random.normal(0, grain, photo.shape).astype(np.float32)
        Image.fromarray(np.clip(photo + noise, 0, 255).astype(np.uint8)).save(path, quality=quality)


def decode(path: str) -> int:
    """Read a photo as scoring does, and nothing else.

    Parameters
    ----------
    path
        Of the photo.

    Returns
    -------
    int
        Its width.
    """
    from archscan.photo import load_photo

    return load_photo(path).width


def memory_mb(pool: ProcessPoolExecutor) -> float:
    """Largest memory any worker has had.

    Parameters
    ----------
    pool
        With its workers alive.

    Returns
    -------
    float
        Megabytes.
    """
    peaks = []
    for number in pool._processes:
        status = Path(f"/proc/{number}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        peaks.append(int(line.split()[1]) / 1024)
    return max(peaks)


def throughput(console: Console, paths: list[Path]) -> None:
    """Compare scoring with decoding, and two workers with one.

    Parameters
    ----------
    console
        To print to.
    paths
        Of the photos.
    """
    rates: dict[tuple[str, int], float] = {}
    names = [str(path) for path in paths]
    for workers in (1, 2):
        with local_executor(workers) as pool:
            list(pool.map(decode, names[: 2 * workers]))
            started = time.perf_counter()
            list(pool.map(decode, names))
            rates["decode", workers] = len(names) / (time.perf_counter() - started)
        with local_executor(workers) as pool:
            list(score_many(names[: 2 * workers], executor=pool, jobs=workers))
            started = time.perf_counter()
            list(score_many(names, executor=pool, jobs=workers))
            rates["score", workers] = len(names) / (time.perf_counter() - started)
            memory = memory_mb(pool)
        console.print(
            f"{workers} workers: decoding {rates['decode', workers]:.1f} photos/s, scoring "
            f"{rates['score', workers]:.1f}, ratio "
            f"{rates['score', workers] / rates['decode', workers]:.2f}; "
            f"largest worker {memory:.0f} MB"
        )
    console.print(f"scoring, 2 workers beside 1: {rates['score', 2] / rates['score', 1]:.2f}")


def beside_imread(console: Console, paths: list[Path], quality: int) -> None:
    """Compare a scan, warm, with ``cv2.imread`` of the same file.

    Phones store a portrait photo lying on its side, with a tag that says so: turning all
    of it, as OpenCV does, takes as long as half of the decoding.

    Parameters
    ----------
    console
        To print to.
    paths
        Of upright photos.
    quality
        Of the JPEG files.
    """
    import cv2
    from PIL import Image

    from archscan import scan

    with tempfile.TemporaryDirectory() as scratch:
        for name, orientation in (("stored upright", 1), ("stored on its side", 6)):
            ratios = []
            for path in paths:
                stored = Path(scratch) / f"{orientation}_{path.name}"
                with Image.open(path) as upright:
                    rows = (
                        upright.transpose(Image.Transpose.ROTATE_90)
                        if orientation == 6
                        else upright
                    )
                    tags = Image.Exif()
                    tags[ORIENTATION_TAG] = orientation
                    rows.save(stored, quality=quality, exif=tags)
                scan(stored)
                both = partial(scan, stored), partial(cv2.imread, str(stored))  # noqa: TID251
                taken = [[_seconds(call) for call in both] for _ in range(REPEATS)]
                scanned, read = np.median(taken, axis=0)
                ratios.append(scanned / read)
            console.print(
                f"one photo, {name}: scan / imread {np.median(ratios):.2f} in the median of "
                f"{len(ratios)}, {np.percentile(ratios, 90):.2f} at the 90th percentile"
            )


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def kills(console: Console, folder: Path) -> None:
    """Kill a run at random moments, resume it, and compare with an undisturbed one.

    Parameters
    ----------
    console
        To print to.
    folder
        Of the photos.
    """
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "archscan", "batch", str(folder), "--jobs", "2"]
        plain, output = Path(scratch) / "plain.csv", Path(scratch) / "killed.csv"
        subprocess.run([*command, "--output", str(plain)], check=True, capture_output=True)
        chance = random.Random(1)
        same = 0
        for _ in range(KILLS):
            output.unlink(missing_ok=True)
            again = [*command, "--output", str(output), "--resume"]
            with subprocess.Popen(
                again, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
            ) as running:
                time.sleep(chance.uniform(0.3, 6.0))
                os.killpg(running.pid, signal.SIGKILL)
            subprocess.run(again, check=True, capture_output=True)
            same += output.read_bytes() == plain.read_bytes()
        console.print(f"killed and resumed: {same} of {KILLS} tables identical")


def main() -> None:
    """Draw photos and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=64)
    parser.add_argument(
        "--quality", type=int, default=90, help="of the JPEG files; 95 makes them twice as large"
    )
    arguments = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        paths = draw(Path(folder), arguments.photos, arguments.quality)
        size = np.mean([path.stat().st_size for path in paths]) / 1e6
        console.print(f"{len(paths)} photos of 12 megapixels, {size:.1f} MB each")
        beside_imread(console, paths[::ALONE_EVERY], arguments.quality)
        throughput(console, paths)
        for path in paths[24:]:
            path.unlink()
        kills(console, Path(folder))


if __name__ == "__main__":
    main()
