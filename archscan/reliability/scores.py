"""A batch's table, read again: repeats of each foot, and pairs with hand measurements."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archscan.errors import OptionError
from archscan.reasons import Reason

Rows = list[dict[str, str]]


def read_rows(path: Path) -> Rows:
    """Read a CSV file with a line of names.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    list of dict
        Text by column.

    Raises
    ------
    OptionError
        If it cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OptionError(
            Reason(
                "table-unreadable",
                f"'{path}' cannot be read as a table.",
                "Name a .csv file that archscan batch wrote, or one with a line of names on top.",
            )
        ) from error


def need(rows: Rows, columns: Sequence[str], path: Path) -> None:
    """Raise unless a table has some columns.

    Parameters
    ----------
    rows
        Of the table.
    columns
        Their names.
    path
        Of the table.

    Raises
    ------
    OptionError
        Naming what is missing.
    """
    there = rows[0] if rows else {}
    missing = [column for column in columns if column not in there]
    if missing:
        raise OptionError(
            Reason(
                "column-missing",
                f"'{path}' has no column {', '.join(missing)}.",
                f"Its columns are: {', '.join(there) or 'none'}.",
            )
        )


def repeats(rows: Rows, column: str, by: Sequence[str]) -> NDArray[np.float64]:
    """Gather repeated measurements of each foot.

    Parameters
    ----------
    rows
        Of the table.
    column
        The measure.
    by
        Columns that name a foot.

    Returns
    -------
    numpy.ndarray
        ``float64 (n, k)``: every foot with at least two, and of each as many of its
        first as all of them have. Prints that :func:`nameless` counts are left out.
    """
    groups: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for row in rows:
        if row[column] and _named(row, by):
            groups[tuple(row[name] for name in by)].append(float(row[column]))
    several = [values for values in groups.values() if len(values) > 1]
    least = min((len(values) for values in several), default=0)
    return np.array([values[:least] for values in several]).reshape(len(several), least)


def nameless(rows: Rows, columns: Sequence[str], by: Sequence[str]) -> int:
    """Count the prints of which nobody knows whose foot it was.

    Parameters
    ----------
    rows
        Of the table.
    columns
        The measures; a row without any is no print.
    by
        Columns that name a foot.

    Returns
    -------
    int
        How many have one of these empty.
    """
    prints = (row for row in rows if any(row[column] for column in columns))
    return sum(not _named(row, by) for row in prints)


def _named(row: dict[str, str], by: Sequence[str]) -> bool:
    """Without a name they would all be taken for repeats of one foot."""
    return all(row[name].strip() for name in by)


def pairs(
    rows: Rows, column: str, hand: Rows, hand_column: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Put measurements beside those made by hand.

    Parameters
    ----------
    rows, column
        Of the batch.
    hand, hand_column
        By hand; matched by ``photo`` and, where it has that column, ``side``.

    Returns
    -------
    measured, by_hand
        ``float64 (n,)`` each.
    """
    sided = bool(hand) and "side" in hand[0]
    keys = ("photo", "side") if sided else ("photo",)
    by_hand = {
        tuple(row[key] for key in keys): float(row[hand_column]) for row in hand if row[hand_column]
    }
    found = [
        (float(row[column]), by_hand[place])
        for row in rows
        if row[column] and (place := tuple(row[key] for key in keys)) in by_hand
    ]
    table = np.array(found).reshape(-1, 2)
    return table[:, 0], table[:, 1]
