"""A person's two feet beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archscan.comparison.change import between
from archscan.comparison.reading import readings

COMMON = (
    "Most people's feet differ a little; a difference is no fault and says nothing by itself.\n"
)


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
            "Say which foot it is with --side, one photo at a time.\n"
        ]
    lines = ["Left and right\n"]
    for change in between(left[0], right[0]):
        said = "differ" if change.changed else "no difference beyond the measuring error"
        lines.append(
            f"  {change.name:18} left {change.before:.3f}  right {change.after:.3f}  {said}\n"
        )
    return [*lines, COMMON]
