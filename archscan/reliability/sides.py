"""Which foot a print counts as, where the name of its file says so."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from archscan.reliability.table import Row, Table

SIDES = {"l": "left", "left": "left", "r": "right", "right": "right"}
"""As people write them."""

NAMED = "study.side"
"""What batch reads from ``{side}`` in ``--pattern``."""


def by_name(table: Table) -> tuple[Table, tuple[Row, ...]]:
    """Let prints count as the foot that their file's name says.

    The name was written by somebody who saw the foot; what the print looks like may be
    wrong, and would part the repeats of one foot. Where one photo shows more than one
    print the name cannot mean all of them, and nothing is changed.

    Parameters
    ----------
    table
        Of the batch; without names of sides it stays as it is.

    Returns
    -------
    Table, tuple of Row
        The table with those sides, and its rows that looked like the other foot.
    """
    if not {NAMED, "side"} <= set(table.columns):
        return table, ()
    prints = Counter(row.cells["photo"] for row in table.rows if row.cells["side"])
    rows, odd = [], []
    for row in table.rows:
        named = SIDES.get(row.cells[NAMED].casefold())
        if named and row.cells["side"] and prints[row.cells["photo"]] == 1:
            if row.cells["side"] != named:
                odd.append(row)
            row = replace(row, cells={**row.cells, "side": named})
        rows.append(row)
    return replace(table, rows=tuple(rows)), tuple(odd)
