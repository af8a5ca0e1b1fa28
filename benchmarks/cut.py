"""Photos that cut a print: how often it is measured all the same, and how far off.

``python -m benchmarks.cut``. Whole prints with little floor beyond them are counted too: the
nearer a photo's edge, the harder it is to tell that nothing goes on beyond it.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks.segmentation.renders import one_thread

FIRST_SEED = 9_600_000
PLACES = ("heel", "right side", "toes", "left side")
"""Where a print is cut that points up, in the order that quarter turns bring them below."""

LOST = (0.01, 0.02, 0.03, 0.05, 0.1, 0.25)
"""Shares of the sole that a photo lacks."""

MARGINS = (0.005, 0.01, 0.02, 0.05)
"""What of the floor a photo shows beyond a whole print, shares of the print's length."""

FAR_OFF = 0.05
"""An error of the ratio that a reader must not be left with unwarned."""


@dataclass(frozen=True, slots=True)
class Cropped:
    """What became of one photo.

    Attributes
    ----------
    seed, place
        Of the render; what lies at the photo's new edge.
    lost, margin
        Share of the sole beyond that edge; share of the print's length before it.
    code
        Of the refusal, or ``None`` where a print was measured.
    error
        Of the ratio, ``nan`` unless measured.
    said
        Class, true class and how sure, as words; empty unless measured.
    """

    seed: int
    place: str
    lost: float
    margin: float
    code: str | None
    error: float
    said: str


def cropped(seed: int, long_side: int) -> list[Cropped]:
    """Render one print, measure the whole photo, and if that goes well all its crops.

    Parameters
    ----------
    seed, long_side
        Of the render.

    Returns
    -------
    list of Cropped
        Empty where the whole photo is not measured.
    """
    import archscan
    from archscan.synthetic import draw_recipe, render

    recipe = draw_recipe(
        seed, content="print", difficulty="easy", prints=1, turn_deg=0.0, sheet=None
    )
    rendering = render(recipe, long_side=long_side)
    if not archscan.scan(rendering.photo).prints:
        return []
    (truth,) = rendering.truth.prints
    found = []
    for place, lost, margin, photo in _crops(rendering.photo, rendering.mask):
        scan = archscan.scan(photo)
        code, error, said = scan.reason.code if scan.reason else None, np.nan, ""
        if scan.prints:
            one = scan.prints[0]
            error = one.measures["chippaux_smirak"].value - truth.chippaux_smirak
            said = f"{one.verdict.arch} for {truth.arch}, {one.verdict.confidence}"
        found.append(Cropped(seed, place, lost, margin, code, error, said))
    return found


def _crops(
    photo: NDArray[np.uint8], mask: NDArray[np.uint8]
) -> Iterator[tuple[str, float, float, NDArray[np.uint8]]]:
    """Yield place, share lost, margin and the photo that is left."""
    # The left foot's sole and toes are 1 and 2, the right foot's 3 and 4.
    length = np.ptp(np.flatnonzero((mask > 0).any(axis=1)))
    for turns, place in enumerate(PLACES):
        seen, there = np.rot90(photo, -turns), np.rot90(mask, -turns)
        sole = (there % 2 == 1).sum(axis=1)
        kept = np.cumsum(sole) / sole.sum()
        last = int(np.flatnonzero((there > 0).any(axis=1))[-1])
        ends = [(lost, 0.0, int(np.searchsorted(kept, 1 - lost))) for lost in LOST]
        ends += [(0.0, margin, last + 1 + round(margin * length)) for margin in MARGINS]
        for lost, margin, end in ends:
            if end <= len(seen):
                left = np.ascontiguousarray(np.rot90(seen[:end], turns))
                yield place, lost, margin, left


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=60, help="prints")
    parser.add_argument("--first-seed", type=int, default=FIRST_SEED)
    parser.add_argument("--long-side", type=int, default=1600)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    seeds = range(arguments.first_seed, arguments.first_seed + arguments.count)
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(arguments.workers, context, initializer=one_thread) as pool:
        told = pool.map(partial(cropped, long_side=arguments.long_side), seeds)
        found = list(chain.from_iterable(told))
    console = Console()
    cuts = [one for one in found if one.lost > 0]
    console.print(_table("measured though cut, by the sole's share that is lost", cuts, "lost"))
    whole = [one for one in found if one.margin > 0]
    console.print(_table("measured whole, by the margin, of the print's length", whole, "margin"))
    measured = [one for one in cuts if one.code is None]
    far = [one for one in measured if abs(one.error) > FAR_OFF]
    console.print(
        f"{len({one.seed for one in found})} prints; of {len(cuts)} cut photos "
        f"{len(measured)} measured, {len(far)} of them more than {FAR_OFF} off"
    )
    for one in measured:
        console.print(
            f"  {one.seed} {one.place}, {one.lost:.0%} lost: {one.error:+.3f}, {one.said}"
        )


def _table(title: str, found: Sequence[Cropped], by: str) -> Table:
    drawn = Table(by, *PLACES, title=title)
    for share in sorted({getattr(one, by) for one in found}):
        row = [one for one in found if getattr(one, by) == share]
        drawn.add_row(f"{share:.1%}", *(_measured(row, place) for place in PLACES))
    return drawn


def _measured(found: Sequence[Cropped], place: str) -> str:
    here = [one for one in found if one.place == place]
    return f"{sum(one.code is None for one in here)} of {len(here)}"


if __name__ == "__main__":
    main()
