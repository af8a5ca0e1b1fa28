"""Where a value falls among adults, and what children's prints are held against."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from archscan.indices.measure import Measure
from archscan.reasons import Caution

QUARTILES = (0.21, 0.26)
SAMPLE = 107
SOURCE = "Cavanagh PR, Rodgers MM, J Biomech 1987;20(5):547-551, doi:10.1016/0021-9290(87)90255-7"
"""The lower and upper quartile of the arch index in one sample of adults. No mean and
spread of the width ratio in adults is known well enough to give its place too."""


@dataclass(frozen=True, slots=True)
class ReferenceBand:
    """A coarse place in a sample of adults.

    Attributes
    ----------
    index
        Name of the index.
    band
        ``"lower quarter"``, ``"middle half"`` or ``"upper quarter"``.
    sample
        Number of people.
    source
        Where the quartiles come from.
    """

    index: str
    band: str
    sample: int
    source: str


def reference_band(arch_index: float) -> ReferenceBand:
    """Place an arch index among adults.

    Parameters
    ----------
    arch_index
        The Cavanagh-Rodgers index.

    Returns
    -------
    ReferenceBand
        In three coarse bands; more would claim more than 107 people can tell.

    References
    ----------
    Cavanagh PR, Rodgers MM, J Biomech 1987;20(5):547-551.
    """
    low, high = QUARTILES
    band = (
        "lower quarter"
        if arch_index <= low
        else "upper quarter"
        if arch_index >= high
        else "middle half"
    )
    return ReferenceBand("cavanagh_rodgers", band, SAMPLE, SOURCE)


@dataclass(frozen=True, slots=True)
class _ChildLimit:
    index: str
    title: str
    from_years: float
    below_years: float
    flatter_from: float


CHILD_LIMITS = (
    _ChildLimit("chippaux_smirak", "midfoot contact width ratio", 6, 9, 0.59),
    _ChildLimit("staheli", "Staheli index", 6, 9, 1.28),
    _ChildLimit("chippaux_smirak", "midfoot contact width ratio", 9, 16, 0.40),
)
"""From which value on a child's print counts as flatter than most of that age (Banwell HA
et al., J Foot Ankle Res 2018;11:21, doi:10.1186/s13047-018-0264-3)."""


def child_table(measures: Mapping[str, Measure], age: float | None) -> tuple[Caution, ...]:
    """Say what studies of children hold such values against; never a class.

    Parameters
    ----------
    measures
        Of the print.
    age
        Years, or ``None``.

    Returns
    -------
    tuple of Caution
        One for children of 6 to under 16 years, else empty.

    References
    ----------
    Banwell HA, Paris ME, Mackintosh S, Williams CM, J Foot Ankle Res 2018;11:21.
    """
    rows = [
        limit
        for limit in CHILD_LIMITS
        if age is not None and limit.from_years <= age < limit.below_years
    ]
    if not rows:
        return ()
    said = [
        f"{row.title} from {_shown(row, row.flatter_from)} (this print: "
        f"{_shown(row, measures[row.index].value)})"
        for row in rows
    ]
    return (
        Caution(
            "child-table",
            "For information: at this age studies call a print flatter than most with a "
            f"{' or a '.join(said)}. That is usually normal; see someone if a foot hurts.",
        ),
    )


def _shown(row: _ChildLimit, value: float) -> str:
    """Write a value so that rounding never takes it up to the limit it is held against."""
    scale, digits, unit = (100, 0, " %") if row.index == "chippaux_smirak" else (1, 2, "")
    if value < row.flatter_from <= round(value, 2):
        digits += 1
        steps = scale * 10**digits
        value = math.floor(value * steps) / steps
    return f"{scale * value:.{digits}f}{unit}"
