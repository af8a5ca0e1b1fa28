"""The difference between two readings, with its own measuring interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from archscan.comparison.reading import Interval, Reading
from archscan.errors import OptionError
from archscan.indices.panel import PANEL
from archscan.reasons import Reason
from archscan.report.words import RECORD_DIGITS


@dataclass(frozen=True, slots=True)
class Change:
    """How one index differs between two prints of a foot.

    Attributes
    ----------
    name
        Of the index.
    before, after
        Its values.
    difference
        After less before.
    low, high
        95 % interval of the difference; all three with as many digits as a record has.
    """

    name: str
    before: float
    after: float
    difference: float
    low: float
    high: float

    @property
    def changed(self) -> bool:
        """Whether the difference can be told from the measuring error."""
        return self.low > 0.0 or self.high < 0.0


def changes(before: Reading, after: Reading) -> tuple[Change, ...]:
    """Compare two prints of the same foot, index by index.

    The errors of two photos have nothing to do with each other, so that the half-widths
    of their intervals add as squares: the upper one of the later with the lower one of the
    earlier, and the other way round. On rendered pairs the interval of the difference held
    the true one 96 times in 100 of easy photos (of 317) and 92 of hard ones (of 273). What
    differs between two steps of an unchanged foot is not in it.

    Parameters
    ----------
    before, after
        Readings of one foot.

    Returns
    -------
    tuple of Change
        One for each index that both have.

    Raises
    ------
    OptionError
        If one is a left and the other a right foot.

    References
    ----------
    Zou GY, Donner A 2008, Statistics in Medicine 27(10):1693-1702, doi:10.1002/sim.3095.
    """
    if before.side != after.side:
        raise OptionError(
            Reason(
                "different-feet",
                "These are prints of a left and of a right foot.",
                "Compare prints of the same foot; --side tells which one it is.",
            )
        )
    return between(before, after)


def further_changes(before: Reading, after: Reading) -> tuple[Change, ...]:
    """Compare the further measures of two prints, as :func:`changes` does the indices.

    Parameters
    ----------
    before, after
        Readings of one foot.

    Returns
    -------
    tuple of Change
        One for each measure of :data:`archscan.indices.panel.PANEL` that both have, in its
        unit; none for grades, of which there is no difference.
    """
    named = {name for name, measure in PANEL.items() if measure.unit != "grade"}
    both = _differences(before.further, after.further)
    return tuple(one for one in both if one.name in named)


def between(one: Reading, other: Reading) -> tuple[Change, ...]:
    """Compare any two prints, for example of a person's two feet.

    Parameters
    ----------
    one, other
        Readings.

    Returns
    -------
    tuple of Change
        ``other`` less ``one``.
    """
    return _differences(one.indices, other.indices)


def _differences(
    before: Mapping[str, Interval], after: Mapping[str, Interval]
) -> tuple[Change, ...]:
    found = []
    for name, (value, low, high) in before.items():
        if name not in after:
            continue
        value_after, low_after, high_after = after[name]
        difference = value_after - value
        down = float(np.hypot(value_after - low_after, high - value))
        up = float(np.hypot(high_after - value_after, value - low))
        told = (difference, difference - down, difference + up)
        # An end is held against nought as it is told, and nought has no sign.
        rounded = (round(one, RECORD_DIGITS) + 0.0 for one in told)
        found.append(Change(name, value, value_after, *rounded))
    return tuple(found)
