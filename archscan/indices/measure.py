"""What a measurement of a print is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Arch = Literal["high", "neutral", "flat"]
"""The three words for the shape of a print, from least to most midfoot contact."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One published index of one print, with its 95 % measuring interval.

    Attributes
    ----------
    name
        The index's standard name, for example ``"chippaux_smirak"``.
    value
        Fraction of 1, never percent.
    low, high
        Ends of the 95 % measuring interval, ``low <= value <= high``.
    arch
        The band the value falls in, or ``None`` where the index has no opinion.
    """

    name: str
    value: float
    low: float
    high: float
    arch: Arch | None
