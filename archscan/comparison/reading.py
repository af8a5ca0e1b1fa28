"""One foot of one record, as comparing needs it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from archscan.errors import OptionError, UnreadablePhotoError
from archscan.indices.measure import Arch
from archscan.reasons import Reason
from archscan.report.words import HEADLINE, printable

SIDES = ("left", "right")

Interval = tuple[float, float, float]
"""A value and the ends of its 95 % interval."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One measured print.

    Attributes
    ----------
    name
        Of the photo.
    day
        When it was taken, ISO format, or ``None``.
    side
        ``"left"`` or ``"right"``.
    arch
        Class, or ``None``.
    indices
        Value and ends of the 95 % interval by name.
    outlines
        ``float64 (n, 2)`` each, pixels of the photo as it is seen.
    heel_centre, axis_tip
        ``float64 (2,)``, the same pixels.
    time
        When on that day, ``HH:MM:SS``, or ``None``.
    further
        Like ``indices``, of the further measures, each in its unit.
    """

    name: str
    day: str | None
    side: str
    arch: str | None
    indices: Mapping[str, Interval]
    outlines: tuple[NDArray[np.float64], ...]
    heel_centre: NDArray[np.float64]
    axis_tip: NDArray[np.float64]
    time: str | None = None
    further: Mapping[str, Interval] = field(default_factory=dict)


def readings(
    record: Mapping[str, Any],
    day: str | None = None,
    source: Path | None = None,
    time: str | None = None,
) -> tuple[Reading, ...]:
    """Take the prints out of a record.

    Parameters
    ----------
    record
        As :meth:`archscan.Scan.to_dict` gives it, or read from JSON.
    day
        When the photo was taken, if known.
    source
        The file that it was read from; its name stands for that of a photo without one.
    time
        When on that day, if known.

    Returns
    -------
    tuple of Reading
        Left first; empty when nothing was measured.

    Raises
    ------
    OptionError
        If it is no record of archscan.
    """
    try:
        name = record["photo"]
        if name is None and source is not None:
            name = str(source)
        return tuple(_reading(item, printable(str(name)), day, time) for item in record["prints"])
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        what = "This JSON" if source is None else f"'{source}'"
        raise OptionError(
            Reason(
                "not-a-record",
                f"{what} is no record of archscan.",
                "Name a file that 'archscan PHOTO --json FILE' wrote, or the photo itself.",
            )
        ) from error


def load_record(path: Path) -> list[Mapping[str, Any]]:
    """Read saved records.

    Parameters
    ----------
    path
        A ``.json`` file with one record or an array of them.

    Returns
    -------
    list of dict
        In the file's order.

    Raises
    ------
    UnreadablePhotoError
        If there is no such file, or it may not be opened.
    OptionError
        If it cannot be read as JSON, or holds anything but objects.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadablePhotoError.from_system(error) from error
    try:
        # Of bytes, for PowerShell stores what it is given (> a.json) in UTF-16.
        stored = json.loads(data)
        records = stored if isinstance(stored, list) else [stored]
        if not all(isinstance(record, dict) for record in records):
            raise ValueError("no object")
    except (ValueError, RecursionError) as error:
        raise OptionError(
            Reason(
                "record-unreadable",
                f"'{path}' cannot be read as a record.",
                "Name a file that 'archscan PHOTO --json FILE' wrote.",
            )
        ) from error
    return records


def _reading(item: Mapping[str, Any], name: str, day: str | None, time: str | None) -> Reading:
    marks = item["landmarks"]
    tip = marks.get("axis_tip") or marks["toe2_tip"]
    indices = _intervals(item["indices"])
    # The first records had no further measures.
    further = _intervals(item.get("details", {}))
    lines = item.get("outlines") or [item["outline"]]
    outlines = tuple(np.asarray(line, dtype=np.float64).reshape(-1, 2) for line in lines)
    heel_centre, axis_tip = (_point(mark) for mark in (marks["heel_center"], tip))
    if HEADLINE not in indices or not all(map(len, outlines)) or item["side"] not in SIDES:
        raise ValueError("no headline, no outline or no side")
    if item["arch"] not in (None, *get_args(Arch)):
        raise ValueError("no class")
    if np.array_equal(heel_centre, axis_tip) or not all(map(_finite, outlines)):
        raise ValueError("no axis, or an outline that is nowhere")
    return Reading(
        name=name,
        day=day,
        side=item["side"],
        arch=item["arch"],
        indices=indices,
        outlines=outlines,
        heel_centre=heel_centre,
        axis_tip=axis_tip,
        time=time,
        further=further,
    )


def _intervals(items: Mapping[str, Mapping[str, Any]]) -> dict[str, Interval]:
    found = {}
    for name, item in items.items():
        value, low, high = (float(item[part]) for part in ("value", "low", "high"))
        if not (_finite((value, low, high)) and low <= value <= high):
            raise ValueError("no interval round a value")
        found[name] = value, low, high
    return found


def _point(mark: Sequence[float]) -> NDArray[np.float64]:
    point = np.asarray(mark, dtype=np.float64)
    if point.shape != (2,) or not _finite(point):
        raise ValueError("no point")
    return point


def _finite(numbers: ArrayLike) -> bool:
    """Tell numbers from what JSON may hold in their place: it knows NaN and Infinity."""
    return bool(np.isfinite(numbers).all())
