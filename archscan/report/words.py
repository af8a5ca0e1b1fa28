"""The few phrases that every report shares."""

from __future__ import annotations

import math

from archscan.findings import Print
from archscan.indices import INDICES
from archscan.indices.measure import Measure
from archscan.indices.reference import reference_band
from archscan.verdict import DECIDING, BorderlineCause, Verdict, borderline_cause, step

HEADLINE = "chippaux_smirak"
HEADLINE_NAME = "Midfoot contact width ratio (Chippaux-Smirak index)"

INDEX_NAMES = {
    "chippaux_smirak": "Chippaux-Smirak index",
    "cavanagh_rodgers": "Cavanagh-Rodgers arch index",
    "staheli": "Staheli index",
}

WITHOUT_A_PRINT = {"refused": "Could not be measured", "unreadable": "Could not be read"}
"""Above the reason, by the scan's status."""

BORDERLINE: dict[BorderlineCause, str] = {
    "disagreement": (
        "The width ratio is {arch}, the area ratio (arch index) {other}; "
        "a second print may settle it."
    ),
    "near-limit": (
        "The measures lie close to the line between {arch} and {other}; "
        "a second print may fall on either side."
    ),
    "area-near-limit": (
        "The area ratio (arch index) lies close to the line between {arch} and {other}; "
        "a second print may fall on either side."
    ),
    "wide-interval": (
        "This photo leaves so much open that the measures reach from {arch} to {other}; "
        "a clearer print, seen from straight above, may narrow them."
    ),
}
"""Why a print is borderline, for people."""


RECORD_DIGITS = 4
"""Of a ratio in a record."""


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


def in_its_band(name: str, value: float, digits: int) -> float:
    """Round a ratio so that it stays in its band, and a record's on the verdict's step too.

    Parameters
    ----------
    name
        Of the index.
    value
        Its value, or an end of its interval.
    digits
        After the point.

    Returns
    -------
    float
        The nearest number of so many digits or, where that lies in another band, one of a
        digit more: 0.2997 to two digits is 0.299.
    """
    value = float(value)
    if digits < RECORD_DIGITS:
        # By way of the record's number, as whoever reads a record or a table rounds it: 0.23149
        # would be 0.231 here and, as 0.2315, 0.232 there.
        value = in_its_band(name, value, RECORD_DIGITS)
    nearest = round(value, digits)
    if _place(name, nearest, digits) == _place(name, value, digits):
        return nearest
    steps = 10.0 ** (digits + 1)
    return (math.floor if nearest > value else math.ceil)(steps * value) / steps


def _place(name: str, value: float, digits: int) -> tuple[str | None, int]:
    """Tell what rounding must not change: a verdict can be made again from a record."""
    has_steps = name in DECIDING and digits >= RECORD_DIGITS
    return INDICES[name].bands.arch(value), step(name, value) if has_steps else 0


def ratio(name: str, value: float) -> str:
    """Write a ratio of any index.

    Parameters
    ----------
    name, value
        As for :func:`in_its_band`.

    Returns
    -------
    str
        For example ``"0.371"``, but ``"0.2596"`` where 0.260 would be another band.
    """
    return f"{in_its_band(name, value, 3):.4f}".removesuffix("0")


def headline_percent(value: float) -> str:
    """Write the headline ratio, or an end of its interval, without the unit.

    Parameters
    ----------
    value
        Fraction of 1.

    Returns
    -------
    str
        For example ``"37"``, but ``"29.9"`` for 0.2997: 30 % would be another class.
    """
    return f"{100 * in_its_band(HEADLINE, value, 2):.1f}".removesuffix(".0")


def printable(name: str) -> str:
    r"""Make a file's name fit to be written.

    Parameters
    ----------
    name
        As the system gives it: bytes that are no text stand as lone surrogates.

    Returns
    -------
    str
        The name, with each of them as ``\xe9``: with one mark for all, names in the letters of
        another code page would be one name, and their feet repeats of one foot.
    """
    try:
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # A surrogate that stands for no byte.
        return name.encode("utf-8", "backslashreplace").decode("utf-8")


def counted(number: int, one: str) -> str:
    """Say how many there are of something.

    Parameters
    ----------
    number
        Of them.
    one
        What a single one is called; several end in ``s``.

    Returns
    -------
    str
        Such as "1 photo" and "2 photos".
    """
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def interval(measure: Measure) -> str:
    """Write the headline ratio's measuring interval for people.

    Parameters
    ----------
    measure
        The Chippaux-Smirak index.

    Returns
    -------
    str
        For example ``"35-39 %"``, but ``"29.6-39 %"`` where 30 % would leave out a class.
    """
    return f"{headline_percent(measure.low)}-{headline_percent(measure.high)} %"


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
    return f"{headline_percent(measure.value)} % ({interval(measure)})"


def verdict_words(verdict: Verdict) -> str:
    """Name a verdict.

    Parameters
    ----------
    verdict
        Of one print.

    Returns
    -------
    str
        For example ``"neutral arch"`` or ``"high arch, perhaps neutral"``.
    """
    if verdict.arch is None:
        return "measured, no class"
    if verdict.neighbour is None:
        return f"{verdict.arch} arch"
    return f"{verdict.arch} arch, perhaps {verdict.neighbour}"


def sureness(item: Print) -> str:
    """Say how sure a class is, and why no surer.

    Parameters
    ----------
    item
        One print, with a class.

    Returns
    -------
    str
        A plain sentence or two.
    """
    verdict = item.verdict
    if verdict.confidence == "clear":
        return "clear. Both main measures agree, and neither range crosses a limit."
    cause = borderline_cause(item.measures, verdict)
    return "borderline. " + BORDERLINE[cause].format(arch=verdict.arch, other=verdict.neighbour)


def among_adults(item: Print) -> str:
    """Say where a print lies in a sample of adults.

    Parameters
    ----------
    item
        One print, with a class.

    Returns
    -------
    str
        A plain sentence.
    """
    place = reference_band(item.measures["cavanagh_rodgers"].value)
    return (
        f"Beside one sample of {place.sample} adults the arch index is in the {place.band} "
        "(Cavanagh and Rodgers 1987)."
    )
