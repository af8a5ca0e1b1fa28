"""The few phrases that every report shares."""

from __future__ import annotations

from archscan.indices.measure import Measure
from archscan.scanning import Print
from archscan.verdict import Verdict

HEADLINE = "chippaux_smirak"
HEADLINE_NAME = "Midfoot contact width ratio (Chippaux-Smirak index)"


def percent(value: float) -> str:
    """Write a ratio for people.

    Parameters
    ----------
    value
        Fraction of 1.

    Returns
    -------
    str
        For example ``"37 %"``.
    """
    return f"{100 * value:.0f} %"


def interval(measure: Measure) -> str:
    """Write a measuring interval for people.

    Parameters
    ----------
    measure
        Any index.

    Returns
    -------
    str
        For example ``"35-39 %"``.
    """
    return f"{100 * measure.low:.0f}-{100 * measure.high:.0f} %"


def headline(item: Print) -> str:
    """Write the headline ratio with its interval.

    Parameters
    ----------
    item
        One print.

    Returns
    -------
    str
        For example ``"37 % (35-39 %)"``.
    """
    measure = item.measures[HEADLINE]
    return f"{percent(measure.value)} ({interval(measure)})"


def verdict_words(verdict: Verdict) -> str:
    """Name a verdict.

    Parameters
    ----------
    verdict
        Of one print.

    Returns
    -------
    str
        For example ``"neutral arch"`` or ``"high arch, close to neutral"``.
    """
    if verdict.arch is None:
        return "measured, no class"
    if verdict.neighbour is None:
        return f"{verdict.arch} arch"
    return f"{verdict.arch} arch, close to {verdict.neighbour}"
