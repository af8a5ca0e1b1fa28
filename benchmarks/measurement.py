"""How steady the measures are: turned, mirrored, scaled, tilted, repeated.

``python -m benchmarks.measurement``; seeds far above any that training or tuning uses.
"""

from __future__ import annotations

import argparse
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from archscan.indices.panel import PANEL
from benchmarks.segmentation.outcome import INDICES, REACH, matched
from benchmarks.segmentation.renders import one_thread

if TYPE_CHECKING:
    from archscan.findings import Print, Scan
    from archscan.synthetic import Recipe, Rendering

FIRST_SEED = 9_200_000
TILTS = (0.0, 10.0, 20.0, 35.0)
TRUE_CHANGE = 0.06
CORNER_REACH = 0.006
"""Half the side of the square round a sheet's corner, shares of the photo's longer side."""

COVERED_LEVELS, COVERED_SHARE = 25, 0.1
"""A corner is hidden where a tenth of that square differs by more grey levels than noise."""

PRESSURE_THRESHOLDS = {"speedpp2d": 10.0, "cpei": 10.0, "ecofoot": 1.0}


def invariance(seed: int, long_side: int) -> dict[str, Any] | None:
    """Turn, mirror and shrink one photo.

    Parameters
    ----------
    seed, long_side
        Of the render.

    Returns
    -------
    dict or None
        Change of each index by each, and whether the mirror swapped the side.
    """
    import cv2

    import archscan
    from archscan.synthetic import draw_recipe, render

    recipe = draw_recipe(seed, content="print", difficulty="easy", prints=1, sheet=None)
    photo = render(recipe, long_side=long_side).photo
    plain = _only(archscan.scan(photo))
    height, width = photo.shape[:2]
    angle = float(np.random.default_rng(seed).uniform(0, 360))
    side = int(np.ceil(np.hypot(height, width)))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    matrix[:, 2] += (side - width) / 2, (side - height) / 2
    turned = cv2.warpAffine(photo, matrix, (side, side), borderMode=cv2.BORDER_REFLECT)
    smaller = cv2.resize(photo, (width * 2 // 3, height * 2 // 3), interpolation=cv2.INTER_AREA)
    mirrored = _only(archscan.scan(np.ascontiguousarray(photo[:, ::-1])))
    others = {
        "turned": _only(archscan.scan(turned)),
        "mirrored": mirrored,
        "scaled": _only(archscan.scan(smaller)),
    }
    if plain is None or None in others.values() or mirrored is None:
        return None
    return {
        "swapped": mirrored.footprint.side != plain.footprint.side,
        **{
            f"{name} {index}": one.measures[index].value - plain.measures[index].value
            for name, one in others.items()
            if one is not None
            for index in INDICES[:2]
        },
    }


def _only(scan: Scan) -> Print | None:
    return scan.prints[0] if len(scan.prints) == 1 else None


def repeated(seed: int, long_side: int) -> dict[str, Any] | None:
    """Photograph a foot twice, and once more after a true change.

    Parameters
    ----------
    seed, long_side
        Of the first render.

    Returns
    -------
    dict or None
        Whether each pair was called changed, and of the unchanged one each further measure.
    """
    import archscan
    from archscan.comparison import changes, further_changes, readings
    from archscan.synthetic import draw_recipe, render

    drawn = partial(draw_recipe, content="print", difficulty="easy", prints=1, medium="water")
    first = drawn(seed)
    (foot,) = first.feet
    moved = replace(foot, band_share=foot.band_share + TRUE_CHANGE)
    found, truths = [], []
    for number, feet in enumerate(((foot,), (foot,), (moved,))):
        recipe = drawn(seed + 50_000 * number)
        rendering = render(replace(recipe, feet=feet), long_side=long_side)
        prints = readings(archscan.scan(rendering.photo).to_dict())
        if len(prints) != 1 or prints[0].side != rendering.truth.prints[0].side:
            return None
        found.append(prints[0])
        truths.append(rendering.truth.prints[0].chippaux_smirak)
    same, changed = (changes(found[0], other)[0].changed for other in found[1:])
    # Where the shape hides a part of the change, it is no change of this size.
    whole = abs(truths[2] - truths[0]) >= 0.9 * TRUE_CHANGE
    further = {one.name: one.changed for one in further_changes(*found[:2])}
    return {"same": same, "further": further, **({"changed": changed} if whole else {})}


def tilted(task: tuple[int, float, bool], long_side: int) -> dict[str, Any]:
    """Photograph a print at an angle, with or without a sheet of paper.

    Parameters
    ----------
    task
        Seed, tilt (degrees) and whether there is a sheet.
    long_side
        Of the render.

    Returns
    -------
    dict
        Errors, classes and whether the sheet was found.
    """
    import archscan
    from archscan.synthetic import draw_recipe, render

    seed, tilt, with_sheet = task
    recipe = draw_recipe(
        seed, content="print", difficulty="easy", prints=1, medium="water", tilt_deg=tilt,
        sheet="a4" if with_sheet else None,
    )  # fmt: skip
    rendering = render(recipe, long_side=long_side)
    scan = archscan.scan(rendering.photo)
    told: dict[str, Any] = {
        "task": task,
        "found": scan.scene is not None and scan.scene.sheet is not None,
        "shows corners": with_sheet and _shows_corners(recipe, rendering, long_side),
    }
    one = _nearest(rendering, scan)
    if one is None:
        return told
    true = rendering.truth.prints[0]
    length_mm, area_cm2 = one.footprint.length_mm, one.footprint.contact_area_cm2
    return told | {
        "error": one.measures[INDICES[0]].value - true.chippaux_smirak,
        "length": None if length_mm is None else length_mm / true.length_mm - 1,
        "area": None if area_cm2 is None else area_cm2 / true.contact_area_cm2 - 1,
        "swapped": {one.verdict.arch, true.arch} == {"high", "flat"},
        "covered": {
            name: one.measures[name].low <= getattr(true, name) <= one.measures[name].high
            for name in INDICES
        },
    }


def _shows_corners(recipe: Recipe, rendering: Rendering, long_side: int) -> bool:
    """Whether the photo has all corners and nothing lies over one.

    There the floor without its clutter looks the same.
    """
    from archscan.synthetic import render

    bare = render(replace(recipe, clutter=0), long_side=long_side).photo
    changed = np.abs(rendering.photo.astype(int) - bare).max(axis=2) > COVERED_LEVELS
    radius = round(CORNER_REACH * long_side)
    assert rendering.truth.sheet_corners is not None
    for x, y in np.rint(rendering.truth.sheet_corners).astype(int):
        if not (0 <= x < changed.shape[1] and 0 <= y < changed.shape[0]):
            return False
        around = changed[max(0, y - radius) : y + radius + 1, max(0, x - radius) : x + radius + 1]
        if around.mean() > COVERED_SHARE:
            return False
    return True


def _nearest(rendering: Rendering, scan: Scan) -> Print | None:
    heel = rendering.truth.prints[0].heel_centre
    return matched([heel], scan, REACH * max(rendering.mask.shape))[0]


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first-seed", type=int, default=FIRST_SEED)
    parser.add_argument("--long-side", type=int, default=1600)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--real", type=Path, help="folder of real pictures to measure on")
    arguments = parser.parse_args()
    first, count, size = arguments.first_seed, arguments.count, arguments.long_side
    console = Console(width=140)
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(arguments.workers, context, initializer=one_thread) as pool:
        seeds = range(first, first + count)
        _invariance(console, list(pool.map(partial(invariance, long_side=size), seeds)))
        _repeated(console, list(pool.map(partial(repeated, long_side=size), seeds)))
        tasks = [
            (first + 10_000 + 1_000 * step + number, tilt, sheet)
            for step, tilt in enumerate(TILTS)
            for sheet in (True, False)
            for number in range(count // 4)
        ]
        _tilted(console, list(pool.map(partial(tilted, long_side=size), tasks)))
    if arguments.real is not None:
        _pressures(console, arguments.real / "pressure" / "pressure_peaks.npz")


def _invariance(console: Console, told: list[dict[str, Any] | None]) -> None:
    done = [one for one in told if one is not None]
    table = Table("", *INDICES[:2], title=f"change of an index, median (95th), {len(done)} renders")
    for name in ("turned", "mirrored", "scaled"):
        cells = [np.abs([one[f"{name} {index}"] for one in done]) for index in INDICES[:2]]
        table.add_row(
            name, *(f"{np.median(cell):.4f} ({np.percentile(cell, 95):.4f})" for cell in cells)
        )
    console.print(table)
    console.print(f"mirror swaps the side: {sum(one['swapped'] for one in done)} of {len(done)}")


def _repeated(console: Console, told: list[dict[str, Any] | None]) -> None:
    done = [one for one in told if one is not None]
    changed = [one["changed"] for one in done if "changed" in one]
    console.print(
        f"same foot twice, not called changed: {1 - np.mean([one['same'] for one in done]):.1%} "
        f"of {len(done)}; true change of {TRUE_CHANGE} called changed: {np.mean(changed):.1%} "
        f"of {len(changed)}"
    )
    for name in PANEL:
        each = [one["further"][name] for one in done if name in one["further"]]
        if each:
            console.print(f"  {name}, not called changed: {1 - np.mean(each):.1%} of {len(each)}")


def _tilted(console: Console, told: list[dict[str, Any]]) -> None:
    table = Table(
        "tilt", "sheet", "n", "sheet found", "measured", "CSI error", "length error", "area error",
        "high↔flat", "CSI, AI, SI in 95 %",
    )  # fmt: skip
    for tilt in TILTS:
        for sheet in (True, False):
            these = [one for one in told if one["task"][1:] == (tilt, sheet)]
            done = [one for one in these if "error" in one]
            errors = np.abs([one["error"] for one in done])
            lengths, areas = (
                np.abs([one[name] for one in done if one[name] is not None])
                for name in ("length", "area")
            )
            table.add_row(
                f"{tilt:.0f}",
                "a4" if sheet else "none",
                str(len(these)),
                f"{np.mean([bool(one['found']) for one in these]):.1%}",
                f"{len(done) / len(these):.1%}",
                _spread(errors),
                _spread(lengths),
                _spread(areas),
                str(sum(one["swapped"] for one in done)),
                " ".join(f"{np.mean([o['covered'][name] for o in done]):.1%}" for name in INDICES),
            )
    console.print(table)
    shown = [one for one in told if one["shows corners"]]
    console.print(
        f"sheet found where all four corners show: {np.mean([one['found'] for one in shown]):.1%} "
        f"of {len(shown)}"
    )


def _spread(values: NDArray[np.float64]) -> str:
    return f"{np.median(values):.4f} ({np.percentile(values, 95):.4f})" if len(values) else "-"


def _pressures(console: Console, path: Path) -> None:
    """Tell how far repeated walks over a pressure plate agree."""
    import archscan

    table = Table("walks", "trials", "measured", *INDICES, title="mean (within-foot SD)")
    with np.load(path) as stored:
        for name in stored.files:
            trials = stored[name]
            threshold = next(
                (value for start, value in PRESSURE_THRESHOLDS.items() if name.startswith(start)),
                None,
            )
            if threshold is None or trials.ndim != 3:
                continue
            upright = trials[:, ::-1] if not name.startswith("ecofoot") else trials
            scans = [
                archscan.measure(_finer(trial), threshold=threshold)
                for trial in upright.astype(float)
            ]
            prints = [scan.prints[0] for scan in scans if len(scan.prints) == 1]
            cells = [np.array([one.measures[index].value for one in prints]) for index in INDICES]
            table.add_row(
                name, str(len(trials)), str(len(prints)),
                *(f"{cell.mean():.3f} ({cell.std(ddof=1):.3f})" if len(cell) > 1 else "-"
                  for cell in cells),
            )  # fmt: skip
    console.print(table)


def _finer(trial: NDArray[np.float64]) -> NDArray[np.float64]:
    """Interpolate a plate's coarse cells, so that its outline is no staircase."""
    import cv2

    return np.asarray(cv2.resize(trial, None, fx=8, fy=8, interpolation=cv2.INTER_CUBIC), float)


if __name__ == "__main__":
    main()
