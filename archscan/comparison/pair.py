"""A person's two feet beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archscan.comparison.change import between
from archscan.comparison.reading import readings
from archscan.findings import Scan
from archscan.footprint import Side
from archscan.report.lines import beside_or_below, wrapped
from archscan.report.words import INDEX_NAMES, ratio
from archscan.second_opinion import taken_for_the_wrong_foot

COMMON = "Most people's feet differ a little; a difference is no fault and says nothing by itself."


def other_foot(scans: Sequence[Scan]) -> tuple[int, Side] | None:
    """Tell which of two photos of a pair was taken for the wrong foot.

    Parameters
    ----------
    scans
        Of a person's two feet.

    Returns
    -------
    number, side
        Which photo, and which foot it then shows; ``None`` where they show one foot each, or
        where both look so surely like the same foot that one was photographed twice.
    """
    if any(len(done.prints) != 1 for done in scans):
        return None
    return taken_for_the_wrong_foot([done.prints[0].footprint for done in scans])


def pair_lines(records: Sequence[Mapping[str, Any]], width: int | None = None) -> list[str]:
    """Compare the left and the right foot of one or two records.

    Parameters
    ----------
    records
        With one print of each foot among them.
    width
        Columns there are, or ``None`` where lines may be of any length.

    Returns
    -------
    list of str
        Lines with their ends.
    """
    found = [one for record in records for one in readings(record)]
    left = [one for one in found if one.side == "left"]
    right = [one for one in found if one.side == "right"]
    if len(left) != 1 or len(right) != 1:
        none = (
            f"No pair: {len(left)} left and {len(right)} right prints were measured. "
            "Photograph one print of each foot."
        )
        return [f"{line}\n" for line in wrapped(none, width, 0)]
    lines = ["Left and right"]
    for change in between(left[0], right[0]):
        said = "differ" if change.changed else "no difference beyond the measuring error"
        name = INDEX_NAMES.get(change.name, change.name)
        values = [ratio(change.name, value) for value in (change.before, change.after)]
        told = "left {}  right {}".format(*values)
        beside = [f"  {name:28}{told}  {said}"]
        below = [f"  {name}", f"    {told}", f"    {said}"]
        lines += beside_or_below(beside, below, width, 4)
    return [f"{line}\n" for line in [*lines, *wrapped(COMMON, width, 0)]]
