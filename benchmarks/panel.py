"""How often the intervals of the further measures hold the truth.

``python -m benchmarks.panel``; seeds far above any that training or tuning uses.
"""

from __future__ import annotations

import argparse
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks.segmentation.outcome import REACH, matched
from benchmarks.segmentation.renders import difficulty_of, one_thread

if TYPE_CHECKING:
    from archscan.indices.panel.drawing import Drawing
    from archscan.polygons import Polygons
    from archscan.synthetic.feet import FootField
    from archscan.synthetic.geometry import Indices
    from archscan.synthetic.truth import PrintTruth

FIRST_SEED = 9_200_000

LEAST_SOLE, LEAST_TOE = 200.0, 20.0
"""Square pixels of a foot's field; what is smaller is a speck."""

DRY = 99.0
"""Distance from the edge, millimetres, beyond a field."""


@dataclass(frozen=True, slots=True)
class Held:
    """One further measure of one print beside what is true of it.

    Attributes
    ----------
    name
        Of the measure.
    hard, by_sheet
        Whether its photo is a hard one; whether a sheet of paper has shown its tilt.
    error
        In its own unit.
    half_width
        Of its interval.
    holds
        Whether the interval holds the truth.
    """

    name: str
    hard: bool
    by_sheet: bool
    error: float
    half_width: float
    holds: bool


def held(seed: int, long_side: int) -> list[Held]:
    """Render a seed, scan it and hold its further measures against those of the true outlines.

    Parameters
    ----------
    seed
        Every third is hard.
    long_side
        Of the photo, pixels.

    Returns
    -------
    list of Held
        One for each measure of each print that was measured on its right side.
    """
    import archscan
    from archscan.indices.panel import PANEL, details
    from archscan.synthetic import draw_recipe, render
    from archscan.synthetic.arrangement import arrange

    recipe = draw_recipe(seed, content="print", difficulty=difficulty_of(seed))
    rendering = render(recipe, long_side=long_side)
    scan = archscan.scan(rendering.photo)
    truths = rendering.truth.prints
    placed = arrange(recipe, long_side, on_bare_ground=False).placed
    reach = REACH * max(rendering.mask.shape)
    told = []
    prints = matched([truth.heel_centre for truth in truths], scan, reach)
    for item, truth, found in zip(placed, truths, prints, strict=True):
        if found is None or found.footprint.side != truth.side:
            continue
        drawn = true_drawing(item.field, truth)
        for name, one in details(found.footprint, found.tilts).items():
            read = PANEL[name].function(drawn)
            if read is None:
                continue
            true = PANEL[name].told(read)
            told.append(
                Held(
                    name,
                    recipe.difficulty == "hard",
                    scan.scene is not None and scan.scene.photo_to_plane is not None,
                    one.value - true,
                    (one.high - one.low) / 2,
                    one.low <= true <= one.high,
                )
            )
    return told


def true_drawing(field: FootField, truth: PrintTruth) -> Drawing:
    """Draw the border lines on a foot's own field.

    Parameters
    ----------
    field
        The rendered foot.
    truth
        What is true of it.

    Returns
    -------
    Drawing
        On outlines that no photo has distorted.
    """
    from archscan.indices.panel.drawing import draw
    from archscan.synthetic.geometry import true_indices
    from archscan.synthetic.scene_truth import second_toe_of

    axis = true_indices(field, second_toe_of(field))
    sole = _outlines(field.sole, axis, truth.side, LEAST_SOLE)
    toes = _outlines(field.toes, axis, truth.side, LEAST_TOE)
    medial_first = tuple(sorted(toes, key=lambda toe: -float(toe[:, 0].mean())))
    return draw(sole, medial_first, has_hallux=truth.toes[0])


def _outlines(distance: NDArray[np.floating], axis: Indices, side: str, least: float) -> Polygons:
    """Outlines where a field is wet, frame ``axis``."""
    from skimage.measure import find_contours

    from archscan.polygons import signed_area

    heel = np.array(axis.heel_centre)
    forward = np.array(axis.axis_tip) - heel
    forward /= np.hypot(*forward)
    # In an image with y down and toes up, a left foot's hallux is to its right.
    medial = np.array([-forward[1], forward[0]]) * (1 if side == "left" else -1)
    found = find_contours(np.pad(distance.astype(float), 1, constant_values=DRY), 0.0)
    outlines = [(line[:, ::-1] - 1 - heel) @ np.stack([medial, forward], axis=1) for line in found]
    return tuple(line for line in outlines if abs(signed_area(line)) >= least)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first-seed", type=int, default=FIRST_SEED)
    parser.add_argument("--long-side", type=int, default=1600)
    options = parser.parse_args()
    seeds = range(options.first_seed, options.first_seed + options.count)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=context, initializer=one_thread) as pool:
        told = list(pool.map(partial(held, long_side=options.long_side), seeds, chunksize=4))
    _show([one for these in told for one in these])


def _show(told: list[Held]) -> None:
    table = Table(
        "measure", "n", "error, median (95th)", "interval, median ±", "in 95 %", "easy", "hard",
        "by a sheet", "without",
        title="further measures and the truth",
    )  # fmt: skip
    for name in dict.fromkeys(one.name for one in told):
        these = [one for one in told if one.name == name]
        errors = np.abs([one.error for one in these])
        table.add_row(
            name,
            str(len(these)),
            f"{np.median(errors):.3f} ({np.percentile(errors, 95):.3f})",
            f"{np.median([one.half_width for one in these]):.3f}",
            _share(these),
            _share([one for one in these if not one.hard]),
            _share([one for one in these if one.hard]),
            _share([one for one in these if one.by_sheet]),
            _share([one for one in these if not one.by_sheet]),
        )
    Console(width=120).print(table)


def _share(these: list[Held]) -> str:
    return f"{np.mean([one.holds for one in these]):.1%}" if these else "-"


if __name__ == "__main__":
    main()
