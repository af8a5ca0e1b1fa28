"""Outcomes summed up as rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from rich.table import Column, Table

from archscan.synthetic.truth import FLAT_FROM, HIGH_BELOW
from benchmarks.segmentation.outcome import INDICES, Outcome

AWAY = 0.03
"""A true ratio at least this far from both limits is away from them."""

HEADINGS = (
    "prints", "n", "meas.", "sole", "toes", "CSI error", "bias", "AI error", "bias",
    "SI error", "bias", "class", "away", "h↔f", "side", "in CSI", "in AI", "in SI",
)  # fmt: skip
"""Measured; overlap of sole and of toes; errors; class right, and right away from the
limits; high taken for flat or back; side right; 95 % intervals that hold the truth."""


def table(title: str, outcomes: Sequence[Outcome], fields: Sequence[str]) -> Table:
    """Lay out one table: all prints, then by each field.

    Parameters
    ----------
    title
        Over it.
    outcomes
        Of every print.
    fields
        Attributes of :class:`Outcome` to group by.

    Returns
    -------
    rich.table.Table
        Errors as median / 95th percentile of their size.
    """
    columns = [Column(heading, no_wrap=True) for heading in HEADINGS]
    drawn = Table(*columns, title=title)
    drawn.add_row(*row("all", outcomes))
    for field in fields:
        drawn.add_section()
        for value in sorted({getattr(item, field) for item in outcomes}):
            chosen = [item for item in outcomes if getattr(item, field) == value]
            drawn.add_row(*row(str(value), chosen))
    return drawn


def row(name: str, outcomes: Sequence[Outcome]) -> list[str]:
    """Sum up one row.

    Parameters
    ----------
    name
        Of the row.
    outcomes
        Of its prints.

    Returns
    -------
    list of str
        A cell for each heading.
    """
    done = [item for item in outcomes if item.refusal is None]
    away = [item for item in done if _limit_distance(item) >= AWAY]
    swapped = sum({item.arch, item.true_arch} == {"high", "flat"} for item in done)
    csi, ai, si = INDICES
    return [
        name,
        str(len(outcomes)),
        _share(outcomes, lambda item: item.refusal is None),
        _median([item.sole for item in done]),
        _median([item.toes for item in done]),
        _spread([item.error[csi] for item in done]),
        _bias([item.error[csi] for item in done]),
        _spread([item.error[ai] for item in done]),
        _bias([item.error[ai] for item in done]),
        _spread([item.error[si] for item in done]),
        _bias([item.error[si] for item in done]),
        _share(done, lambda item: item.arch == item.true_arch),
        _share(away, lambda item: item.arch == item.true_arch),
        str(swapped),
        _share(done, lambda item: item.side_right),
        *(_percent([item.covered[name] for item in done]) for name in INDICES),
    ]


def _limit_distance(item: Outcome) -> float:
    return min(abs(item.truth["chippaux_smirak"] - limit) for limit in (HIGH_BELOW, FLAT_FROM))


def _share(items: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> str:
    return _percent([holds(item) for item in items])


def _percent(held: Sequence[bool]) -> str:
    return f"{np.mean(held):.1%}" if held else "-"


def _median(values: Sequence[float]) -> str:
    there = [value for value in values if not np.isnan(value)]
    return f"{np.median(there):.3f}" if there else "-"


def _spread(errors: Sequence[float]) -> str:
    size = np.abs(errors)
    return f"{np.median(size):.4f}/{np.percentile(size, 95):.4f}" if len(size) else "-"


def _bias(errors: Sequence[float]) -> str:
    return f"{np.mean(errors):+.4f}" if errors else "-"
