"""How well fresh renders are measured: ``python -m benchmarks.accuracy``.

The seeds start far above any that training or tuning uses.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from archscan.scanning import Print, Scan

FIRST_SEED = 9_000_000
HARD_EVERY = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one print of one render.

    Attributes
    ----------
    seed, surface, medium, difficulty
        Of the render.
    refusal
        Code, or ``None`` when the print was measured.
    csi_error, ai_error
        Measured less true, or ``nan``.
    covered
        Whether the Chippaux-Smirak interval holds the truth.
    arch, true_arch
        Classes.
    side_right
        Whether the side was told right.
    iou
        Overlap of sole and true sole, or ``nan``.
    """

    seed: int
    surface: str
    medium: str
    difficulty: str
    refusal: str | None
    csi_error: float = np.nan
    ai_error: float = np.nan
    covered: bool = False
    arch: str = ""
    true_arch: str = ""
    confidence: str = ""
    side_right: bool = False
    iou: float = np.nan


def measure_render(seed: int, long_side: int) -> list[Outcome]:
    """Render a seed, scan it and compare.

    Parameters
    ----------
    seed
        Every third is hard.
    long_side
        Of the photo, pixels.

    Returns
    -------
    list of Outcome
        One for each true print.
    """
    import cv2

    import archscan
    from archscan.report.mask import mask_image
    from archscan.synthetic import draw_recipe, render

    cv2.setNumThreads(1)
    difficulty = "hard" if seed % HARD_EVERY == 0 else "easy"
    recipe = draw_recipe(seed, content="print", difficulty=difficulty)
    rendering = render(recipe, long_side=long_side)
    truth = rendering.truth
    scan = archscan.scan(rendering.photo)
    named = partial(
        Outcome, seed=seed, surface=truth.surface, medium=truth.medium, difficulty=truth.difficulty
    )
    mask = mask_image(scan) if scan.prints else np.zeros_like(rendering.mask)
    outcomes = []
    for item in truth.prints:
        true_sole = rendering.mask == (1 if item.side == "left" else 3)
        near = [
            (float(np.hypot(*(np.subtract(_heel(scan, one), item.heel_centre)))), number)
            for number, one in enumerate(scan.prints)
        ]
        if not near or min(near)[0] > 0.25 * max(rendering.mask.shape):
            code = scan.reason.code if scan.reason else "missed"
            outcomes.append(named(refusal=code, true_arch=item.arch))
            continue
        one = scan.prints[min(near)[1]]
        csi, ai = one.measures["chippaux_smirak"], one.measures["cavanagh_rodgers"]
        sole = mask == (1 if one.footprint.side == "left" else 3)
        outcomes.append(
            named(
                refusal=None,
                csi_error=csi.value - item.chippaux_smirak,
                ai_error=ai.value - item.cavanagh_rodgers,
                covered=csi.low <= item.chippaux_smirak <= csi.high,
                arch=one.verdict.arch or "",
                true_arch=item.arch,
                confidence=one.verdict.confidence or "",
                side_right=one.footprint.side == item.side,
                iou=float((sole & true_sole).sum() / max(1, (sole | true_sole).sum())),
            )
        )
    return outcomes


def _heel(scan: Scan, one: Print) -> NDArray[np.float64]:
    """Heel centre in seen pixels."""
    assert scan.photo is not None  # noqa: S101 - it has prints
    x, y, w = one.footprint.patch_to_photo @ np.append(one.footprint.heel_centre, 1.0)
    seen: NDArray[np.float64] = scan.photo.to_seen(np.array([[x / w, y / w]]))[0]
    return seen


def refuses_blank(seed: int, long_side: int, content: str) -> str | None:
    """Scan a render without a print.

    Parameters
    ----------
    seed, long_side
        Of the render.
    content
        ``"blank"`` or ``"other"``.

    Returns
    -------
    str or None
        The refusal's code, or ``None`` when a print was measured.
    """
    import archscan
    from archscan.synthetic import draw_recipe, render

    rendering = render(draw_recipe(seed, content=content), long_side=long_side)
    scan = archscan.scan(rendering.photo)
    return None if scan.reason is None else scan.reason.code


def summary(name: str, outcomes: Sequence[Outcome]) -> list[str]:
    """Sum up one row of the table.

    Parameters
    ----------
    name
        Of the row.
    outcomes
        Of its prints.

    Returns
    -------
    list of str
        The row's cells.
    """
    done = [item for item in outcomes if item.refusal is None]
    csi = np.abs([item.csi_error for item in done])
    ai = np.abs([item.ai_error for item in done])

    def share(values: Sequence[bool]) -> str:
        return f"{np.mean(values):.1%}" if values else "-"

    def spread(values: np.ndarray) -> str:
        return f"{np.median(values):.4f} / {np.percentile(values, 95):.4f}" if len(values) else "-"

    swapped = sum({item.arch, item.true_arch} == {"high", "flat"} for item in done)
    return [
        name,
        str(len(outcomes)),
        share([item.refusal is None for item in outcomes]),
        f"{np.median([item.iou for item in done]):.3f}" if done else "-",
        spread(csi),
        f"{np.mean([item.csi_error for item in done]):+.3f}" if done else "-",
        spread(ai),
        share([item.arch == item.true_arch for item in done]),
        str(swapped),
        share([item.side_right for item in done]),
        share([item.covered for item in done]),
    ]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--blank", type=int, default=40)
    parser.add_argument("--first-seed", type=int, default=FIRST_SEED)
    parser.add_argument("--long-side", type=int, default=1600)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    seeds = range(arguments.first_seed, arguments.first_seed + arguments.count)
    blanks = range(arguments.first_seed, arguments.first_seed + arguments.blank)
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(arguments.workers, mp_context=context) as pool:
        measured = pool.map(partial(measure_render, long_side=arguments.long_side), seeds)
        outcomes = [outcome for group in measured for outcome in group]
        empty = {
            content: list(
                pool.map(
                    partial(refuses_blank, long_side=arguments.long_side, content=content), blanks
                )
            )
            for content in ("blank", "other")
        }
    console = Console(width=150)
    table = Table(
        "prints", "n", "measured", "IoU", "|CSI error| median / 95th", "bias",
        "|AI error| median / 95th", "class", "high↔flat", "side", "covered",
    )  # fmt: skip
    table.add_row(*summary("all", outcomes))
    for field in ("difficulty", "surface", "medium", "true_arch"):
        table.add_section()
        for value in sorted({getattr(item, field) for item in outcomes}):
            chosen = [item for item in outcomes if getattr(item, field) == value]
            table.add_row(*summary(value, chosen))
    console.print(table)
    for content, codes in empty.items():
        missed = [seed for seed, code in zip(blanks, codes, strict=True) if code is None]
        console.print(
            f"{content}: {len(codes) - len(missed)} of {len(codes)} refused; not: {missed}"
        )
    worst = sorted(
        (item for item in outcomes if item.refusal is None), key=lambda item: -abs(item.csi_error)
    )
    console.print("worst:", [(item.seed, round(item.csi_error, 3)) for item in worst[:12]])
    console.print("not measured:", [(item.seed, item.refusal) for item in outcomes if item.refusal])


if __name__ == "__main__":
    main()
