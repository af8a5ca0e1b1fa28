"""A person's two feet beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from archscan.comparison.change import between
from archscan.comparison.reading import readings
from archscan.findings import Scan
from archscan.report.words import INDEX_NAMES
from archscan.scanning import SURE_OF_BOTH_SIDES

COMMON = (
    "Most people's feet differ a little; a difference is no fault and says nothing by itself.\n"
)


def other_foot(scans: Sequence[Scan]) -> tuple[int, Literal["left", "right"]] | None:
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
    if len(scans) != 2 or any(len(done.prints) != 1 for done in scans):
        return None
    feet = [done.prints[0].footprint for done in scans]
    number = min((0, 1), key=lambda one: feet[one].side_confidence)
    if feet[0].side != feet[1].side or feet[number].side_confidence >= SURE_OF_BOTH_SIDES:
        return None
    return number, "right" if feet[0].side == "left" else "left"


def pair_lines(records: Sequence[Mapping[str, Any]]) -> list[str]:
    """Compare the left and the right foot of one or two records.

    Parameters
    ----------
    records
        With one print of each foot among them.

    Returns
    -------
    list of str
        Lines with their ends.
    """
    found = [one for record in records for one in readings(record)]
    left = [one for one in found if one.side == "left"]
    right = [one for one in found if one.side == "right"]
    if len(left) != 1 or len(right) != 1:
        return [
            f"No pair: {len(left)} left and {len(right)} right prints were measured. "
            "Photograph one print of each foot.\n"
        ]
    lines = ["Left and right\n"]
    for change in between(left[0], right[0]):
        said = "differ" if change.changed else "no difference beyond the measuring error"
        name = INDEX_NAMES.get(change.name, change.name)
        lines.append(f"  {name:28}left {change.before:.3f}  right {change.after:.3f}  {said}\n")
    return [*lines, COMMON]
