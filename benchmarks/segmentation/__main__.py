"""Measure everything and print the tables."""

from __future__ import annotations

import argparse
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain, product
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.segmentation.calibration import calibration, scores
from benchmarks.segmentation.outcome import Outcome
from benchmarks.segmentation.painted import GROUNDS, PAINTS, measure_painted
from benchmarks.segmentation.pictures import LOOKS, measure_picture
from benchmarks.segmentation.real import measure_traced, outcomes_of
from benchmarks.segmentation.renders import (
    measure_on_texture,
    measure_render,
    one_thread,
    refusal_of,
)
from benchmarks.segmentation.tables import table

FIRST_SEED = 9_000_000
"""Far above any seed that training or tuning uses."""

GROUPS = (
    "difficulty", "reference", "medium", "medium_and_difficulty", "surface",
    "surface_and_difficulty", "true_arch", "stance_and_difficulty", "tilt_and_reference",
)  # fmt: skip
"""What the renders are told apart by."""

WORST = 12

TABLE_WIDTH = 200

PICTURE_SIDE = 900
"""Longer side of a drawn picture, pixels: plates and stamps are shown small."""


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="renders with prints")
    parser.add_argument("--empty", type=int, default=150, help="renders of each kind without")
    parser.add_argument("--on-textures", type=int, default=5, help="renders over each texture")
    parser.add_argument("--pictures", type=int, default=20, help="drawn pictures of each kind")
    parser.add_argument("--painted", type=int, default=12, help="prints in each paint and ground")
    parser.add_argument("--first-seed", type=int, default=FIRST_SEED)
    parser.add_argument("--long-side", type=int, default=1600)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--real", type=Path, help="folder of real pictures to measure on")
    arguments = parser.parse_args()
    first, size = arguments.first_seed, arguments.long_side
    console = Console(width=TABLE_WIDTH)

    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(arguments.workers, context, initializer=one_thread) as pool:
        seeds = range(first, first + arguments.count)
        outcomes = list(
            chain.from_iterable(pool.map(partial(measure_render, long_side=size), seeds))
        )
        console.print(table(f"{arguments.count} renders", outcomes, GROUPS))
        console.print(table("the same, every kind of photo", outcomes, ("kind",)))
        console.print(calibration(outcomes))
        for line in scores(outcomes):
            console.print(line)
        _worst(console, outcomes)
        empty = list(product(range(first, first + arguments.empty), ("blank", "other")))
        told = pool.map(partial(refusal_of, long_side=size), empty)
        _refused(console, dict(zip(empty, told, strict=True)))
        tasks = list(product(range(first, first + arguments.pictures), LOOKS))
        drawn = pool.map(partial(measure_picture, long_side=PICTURE_SIDE), tasks)
        outcomes = list(chain.from_iterable(drawn))
        console.print(table("pictures that no camera took", outcomes, ("medium",)))
        textures = sorted((arguments.real / "textures").iterdir()) if arguments.real else []
        grounds = [*GROUNDS * arguments.painted, *(textures if arguments.painted else [])]
        dabs = [
            (first + 200_000 + number, paint, ground)
            for paint in PAINTS
            for number, ground in enumerate(grounds)
        ]
        painted = list(
            chain.from_iterable(pool.map(partial(measure_painted, long_side=size), dabs))
        )
        for paint in PAINTS:
            chosen = [one for one in painted if one.medium == paint]
            console.print(table(f"painted {paint}", chosen, ("surface",)))
        if arguments.real is None:
            return
        over = [
            (first + 100_000 + number, path)
            for number, path in enumerate(textures * arguments.on_textures)
        ]
        laid = list(
            chain.from_iterable(pool.map(partial(measure_on_texture, long_side=size), over))
        )
        console.print(
            table(f"{len(over)} renders over photos of surfaces", laid, ("difficulty", "surface"))
        )
        _worst(console, laid)
    for kind in ("ink_sheets", "podoscope"):
        _traced(console, arguments.real / kind)
    _negatives(console, arguments.real / "negatives")
    _in_false_colours(console, arguments.real / "false_colour")


def _worst(console: Console, outcomes: list[Outcome]) -> None:
    done = [item for item in outcomes if item.refusal is None]
    done.sort(key=lambda item: -abs(item.error["chippaux_smirak"]))
    console.print(
        "largest errors (seed, error):",
        [(item.seed, round(item.error["chippaux_smirak"], 3)) for item in done[:WORST]],
    )
    wrong = [item.seed for item in done if not item.side_right]
    console.print("side wrong:", wrong)
    console.print("not measured:", [(item.seed, item.refusal) for item in outcomes if item.refusal])


def _refused(console: Console, told: dict[tuple[int, str], tuple[str | None, str]]) -> None:
    for content in ("blank", "other"):
        codes = {seed: said for (seed, kind), said in told.items() if kind == content}
        missed = {seed: sure for seed, (code, sure) in codes.items() if code is None}
        console.print(
            f"{content}: {len(codes) - len(missed)} of {len(codes)} refused; not {missed}"
        )


def _traced(console: Console, folder: Path) -> None:
    found = measure_traced(folder)
    drawn = Table(
        "photo", "side", "", "CSI", "traced", "AI", "traced", "sole IoU", "in 95 %", "class",
        "traced", title=folder.name,
    )  # fmt: skip
    for one in found:
        numbers = (one.csi, one.true_csi, one.ai, one.true_ai, one.sole)
        drawn.add_row(
            one.name, one.side, one.outcome, *(f"{number:.3f}" for number in numbers),
            "yes" if one.covered else "no", f"{one.arch} {one.confidence}", one.true_arch,
        )  # fmt: skip
    console.print(drawn)
    done = [one for one in found if one.outcome == "measured"]
    csi = np.abs([one.csi - one.true_csi for one in done])
    ai = np.abs([one.ai - one.true_ai for one in done])
    console.print(
        f"{len(done)} of {len(found)} measured and sided; CSI error median {np.median(csi):.4f}, "
        f"largest {csi.max():.4f}; AI error median {np.median(ai):.4f}; "
        f"sole IoU median {np.median([one.sole for one in done]):.3f}"
    )


def _negatives(console: Console, folder: Path) -> None:
    told = outcomes_of(folder)
    measured = [(name, said) for name, said in told if " " in said]
    clear = [name for name, said in measured if "clear" in said]
    console.print(
        f"no print: {len(told) - len(measured)} of {len(told)} refused, {len(clear)} called clear"
    )
    for name, said in measured:
        console.print(f"  {name}: {said}")


def _in_false_colours(console: Console, folder: Path) -> None:
    """Count real stamps that a program has coloured; what is true of them nobody has traced."""
    told = outcomes_of(folder)
    refused = [(name, said) for name, said in told if " " not in said]
    console.print(f"in false colours: {len(told) - len(refused)} of {len(told)} measured")
    for name, code in refused:
        console.print(f"  {name}: {code}")


if __name__ == "__main__":
    main()
