"""A batch's table, read again: repeats of each foot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from archscan.errors import OptionError
from archscan.reasons import Reason
from archscan.reliability.table import Row, Table


def repeats(table: Table, column: str, by: Sequence[str]) -> NDArray[np.float64]:
    """Gather repeated measurements of each foot.

    Parameters
    ----------
    table
        Of the batch.
    column
        The measure.
    by
        Columns that name a foot.

    Returns
    -------
    numpy.ndarray
        ``float64 (n, k)``: every foot with at least two, and of each as many of its
        first as all of them have, by the photos' names. Prints that :func:`nameless`
        counts are left out.
    """
    groups: dict[tuple[str, ...], list[float]] = defaultdict(list)
    # As batch wrote them: a table sorted by a ratio would make every first repeat the least.
    for row in sorted(table.rows, key=lambda row: row.cells["photo"]):
        value = table.ratio(row, column)
        if value is not None and _named(row, by):
            groups[tuple(row.cells[name] for name in by)].append(value)
    several = [values for values in groups.values() if len(values) > 1]
    least = min((len(values) for values in several), default=0)
    return np.array([values[:least] for values in several]).reshape(len(several), least)


def refuse_twice(table: Table, columns: Sequence[str], by: Sequence[str]) -> None:
    """Refuse a print that stands in a table twice: it would agree with itself.

    Parameters
    ----------
    table, columns, by
        As for :func:`nameless`. Other feet may have photos of the same name, from other folders.

    Raises
    ------
    OptionError
        Naming both rows.
    """
    taken: dict[tuple[str, ...], Row] = {}
    for row in filter(lambda one: _named(one, by), _prints(table, columns)):
        same = tuple(row.cells.get(name, "") for name in ("photo", "print", "side", *by))
        earlier = taken.setdefault(same, row)
        if earlier is not row:
            raise OptionError(
                Reason(
                    "print-twice",
                    f"'{table.path}' has a print of '{row.cells['photo']}' twice, in rows "
                    f"{earlier.number} and {row.number}.",
                    "Keep one of them.",
                )
            )


def named(table: Table, columns: Sequence[str], by: Sequence[str]) -> int:
    """Count the prints of which somebody knows whose foot it was.

    Parameters
    ----------
    table, columns, by
        As for :func:`nameless`.

    Returns
    -------
    int
        How many have all of these.
    """
    return sum(_named(row, by) for row in _prints(table, columns))


def nameless(table: Table, columns: Sequence[str], by: Sequence[str]) -> int:
    """Count the prints of which nobody knows whose foot it was.

    Parameters
    ----------
    table
        Of the batch.
    columns
        The measures; a row without any is no print.
    by
        Columns that name a foot.

    Returns
    -------
    int
        How many have one of these empty.
    """
    return sum(not _named(row, by) for row in _prints(table, columns))


def _prints(table: Table, columns: Sequence[str]) -> Iterator[Row]:
    return (row for row in table.rows if any(row.cells[column] for column in columns))


def _named(row: Row, by: Sequence[str]) -> bool:
    """Without a name they would all be taken for repeats of one foot."""
    return all(row.cells[name] for name in by)
