"""How probable classes are said to be, held against how often they are the true ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rich.table import Column, Table

from benchmarks.segmentation.outcome import Outcome

EDGES = (0.0, 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98, 1.0)
"""Between them probabilities are counted together."""

ARCHES = ("high", "neutral", "flat")

DIFFICULTIES = ("easy", "hard")


def calibration(outcomes: Sequence[Outcome]) -> Table:
    """Lay out how often classes of about one probability were the true ones.

    Parameters
    ----------
    outcomes
        Of every print.

    Returns
    -------
    rich.table.Table
        A row for each step of probability: how many classes were given one in it, the
        mean of these, and the share that was true, for easy and for hard photos.
    """
    headings = [f"{name}, {what}" for name in DIFFICULTIES for what in ("classes", "mean", "true")]
    drawn = Table(*(Column(heading, no_wrap=True) for heading in ("given", *headings)))
    steps = [_steps(*_given(outcomes, name)) for name in DIFFICULTIES]
    for low, high, *cells in zip(EDGES[:-1], EDGES[1:], *steps, strict=True):
        numbers = [
            text
            for count, mean, true in cells
            for text in (f"{count:.0f}", f"{mean:.1%}", f"{true:.1%}")
        ]
        drawn.add_row(f"{low:.0%} to {high:.0%}", *numbers)
    return drawn


def scores(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Sum up the probabilities, and how often each word for them was right.

    Parameters
    ----------
    outcomes
        Of every print.

    Yields
    ------
    str
        Brier scores and expected calibration errors, then a line for each confidence.

    Notes
    -----
    G. W. Brier, Monthly Weather Review 78 (1950) 1-3: the mean over prints of the squared
    differences of all classes, 0 to 2. M. P. Naeini and others, AAAI 2015: the mean
    distance of given and true shares, weighed by how many were given.
    """
    for name in DIFFICULTIES:
        given, true = _given(outcomes, name)
        if not len(given):
            continue
        count, mean, share = _steps(given, true).T
        there = count > 0
        apart = np.average(np.abs(mean - share)[there], weights=count[there])
        brier = ((given - true) ** 2).sum(axis=1).mean()
        common = true.mean(axis=0)
        yield (
            f"{name}: Brier score {brier:.3f} ({1 - (common**2).sum():.3f} for who knows only "
            f"how common the classes are), expected calibration error {apart:.3f}"
        )
    for word in ("clear", "borderline"):
        named = [item for item in outcomes if item.refusal is None and item.confidence == word]
        right = sum(item.arch == item.true_arch for item in named)
        beside = sum(item.neighbour == item.true_arch for item in named)
        yield f"{word}: {right} of {len(named)} right, the neighbour named of {beside} more"


def _given(
    outcomes: Sequence[Outcome], difficulty: str
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Probabilities ``(n, 3)`` of the classes, and which of them is the true one."""
    done = [one for one in outcomes if one.refusal is None and one.difficulty == difficulty]
    given = [[one.probability[arch] for arch in ARCHES] for one in done]
    true = [[one.true_arch == arch for arch in ARCHES] for one in done]
    return np.reshape(given, (-1, 3)), np.reshape(true, (-1, 3)).astype(bool)


def _steps(given: NDArray[np.float64], true: NDArray[np.bool_]) -> NDArray[np.float64]:
    """How many, their mean and the share that is true ``(steps, 3)``; ``nan`` where none is."""
    step = np.digitize(given, EDGES[1:-1])
    found = [(given[step == number], true[step == number]) for number in range(len(EDGES) - 1)]
    return np.array(
        [
            (len(one), one.mean(), held.mean()) if len(one) else (0, np.nan, np.nan)
            for one, held in found
        ]
    )
