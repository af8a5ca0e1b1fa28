"""Measurements made by hand, each beside the one print it belongs to."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archscan.errors import OptionError
from archscan.reasons import Reason
from archscan.reliability.sides import SIDES
from archscan.reliability.table import Row, Table


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the batch and a hand measured of the same prints.

    Attributes
    ----------
    pairs
        By index ``float64 (n, 2)``: the batch's value and the hand's.
    rows
        How many rows of the hand's table have a value.
    unmatched
        Those of them that belong to no measured print.
    """

    pairs: Mapping[str, NDArray[np.float64]]
    rows: int
    unmatched: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Measured:
    """One row of the hand's table, read."""

    row: Row
    side: str | None
    values: Mapping[str, float]


def beside_hand(table: Table, hand: Table, columns: Mapping[str, str]) -> Comparison:
    """Put measurements beside those made by hand.

    Parameters
    ----------
    table
        Of the batch.
    hand
        By hand; matched by ``photo`` and, where that is given, ``side``.
    columns
        By the index's name, which is its column in the hand's table, the batch's column.

    Returns
    -------
    Comparison
        Of every index the hand's table has.

    Raises
    ------
    OptionError
        If the hand's table has no index, a value or side that cannot be, or does not say
        to which one print a value belongs.
    """
    names = [name for name in columns if name in hand.columns]
    if not names:
        raise OptionError(
            Reason(
                "column-missing",
                f"'{hand.path}' has no column of an index.",
                f"Name its columns like the indices: {', '.join(columns)}.",
            )
        )
    rows = list(_measured(hand, names))
    prints: dict[str, list[Row]] = defaultdict(list)
    for row in table.rows:
        if any(row.cells[column] for column in columns.values()):
            prints[_as_one(row.cells["photo"])].append(row)
    taken: dict[tuple[int, str], Row] = {}
    pairs: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    unmatched = []
    for one in rows:
        belongs = _print_of(hand, one, prints.get(_as_one(one.row.cells["photo"]), []))
        if belongs is None:
            unmatched.append(one.row)
            continue
        for name, value in one.values.items():
            earlier = taken.setdefault((belongs.number, name), one.row)
            if earlier is not one.row:
                raise _twice(hand, earlier, one.row)
            scored = table.ratio(belongs, columns[name])
            if scored is not None:
                pairs[name].append((scored, value))
    arrays = {name: np.array(both).reshape(-1, 2) for name, both in pairs.items()}
    return Comparison(arrays, len(rows), tuple(unmatched))


def _as_one(name: str) -> str:
    """Write a photo's name in one way: hands write Windows' separators, and macOS accents apart."""
    return unicodedata.normalize("NFC", name).replace("\\", "/")


def _measured(hand: Table, names: Sequence[str]) -> Iterator[_Measured]:
    """Read the rows that have a value."""
    for row in hand.rows:
        values = {name: value for name in names if (value := hand.ratio(row, name)) is not None}
        if values:
            yield _Measured(row, _side(hand, row), values)


def _side(hand: Table, row: Row) -> str | None:
    text = row.cells.get("side", "")
    if text and text.casefold() not in SIDES:
        raise OptionError(
            Reason(
                "bad-side",
                f"'{hand.path}' has no side in row {row.number}, but '{text}'.",
                "Write left or right; l and r will do.",
            )
        )
    return SIDES.get(text.casefold())


def _print_of(hand: Table, one: _Measured, prints: Sequence[Row]) -> Row | None:
    """Find the one print a value belongs to."""
    fitting = [row for row in prints if one.side in (None, row.cells["side"])]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    advice = "Leave that photo out: these prints cannot be told apart."
    if one.side is None:
        advice = "Say which in a column side, with left or right."
    raise OptionError(
        Reason(
            "print-ambiguous",
            f"'{hand.path}' does not say to which print of '{one.row.cells['photo']}' row "
            f"{one.row.number} belongs: {len(fitting)} prints would fit.",
            advice,
        )
    )


def _twice(hand: Table, earlier: Row, later: Row) -> OptionError:
    photo, side = later.cells["photo"], later.cells.get("side")
    named = f"'{photo}', {side}," if side else f"'{photo}'"
    return OptionError(
        Reason(
            "print-twice",
            f"'{hand.path}' measures {named} twice, in rows {earlier.number} and {later.number}.",
            "Keep one of them, or their mean.",
        )
    )
