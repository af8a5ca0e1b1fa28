"""A table of text as spreadsheets write it: with commas, semicolons or tabs between the cells."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from archscan.errors import OptionError, UnreadablePhotoError
from archscan.reasons import Reason

SEPARATORS = (",", ";", "\t")

SAID = tuple(f"sep={separator}" for separator in SEPARATORS)
"""Lines that say so to Excel above the names; it does not count them as rows."""

RECORDS = (".jsonl", ".json", ".parquet")
"""What batch writes for programs."""

ANOTHER = (
    "Name a .csv file that archscan batch wrote, or one with a line of names on top, saved as "
    "'CSV UTF-8'."
)
"""What to do where a file is no table."""

LARGEST = 2.0
"""Flat prints stay below: the largest of 150 students' Staheli indices was 1.82. What is
larger was written in percent, or lost its point in a spreadsheet."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the names.

    Attributes
    ----------
    number
        As a spreadsheet counts it: the names are row 1.
    cells
        Text by column, without spaces around it.
    """

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a line of names on top, and at least one row.

    Attributes
    ----------
    path
        Where it came from.
    columns
        Their names, in order.
    rows
        In order, empty ones left out.
    decimal_comma
        Whether a comma in a number stands for the point: it can where it does not part cells.
    """

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    decimal_comma: bool

    def number(self, row: Row, column: str) -> float | None:
        """Read a number.

        Parameters
        ----------
        row
            Of this table.
        column
            One of its columns.

        Returns
        -------
        float or None
            ``None`` for an empty cell.

        Raises
        ------
        OptionError
            If something else stands there.
        """
        text = row.cells[column]
        if not text:
            return None
        try:
            value = float(text.replace(",", ".") if self.decimal_comma else text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise OptionError(
                Reason(
                    "bad-number",
                    f"'{self.path}' has no number in row {row.number}, column {column}, but "
                    f"'{text}'.",
                    "Write it like 0.37, or leave the cell empty where nothing was measured.",
                )
            )
        return value

    def ratio(self, row: Row, column: str) -> float | None:
        """Read one of a footprint's indices.

        Parameters
        ----------
        row, column
            As for :meth:`number`.

        Returns
        -------
        float or None
            ``None`` for an empty cell.

        Raises
        ------
        OptionError
            If something stands there that no print has.
        """
        value = self.number(row, column)
        if value is not None and not 0 <= value <= LARGEST:
            raise OptionError(
                Reason(
                    "not-a-fraction",
                    f"'{self.path}' has {row.cells[column]} in row {row.number}, column {column}, "
                    "which is no ratio of a footprint.",
                    "Write fractions of 1, not percent: 0.37 for 37 %. Where a spreadsheet made "
                    "371 of 0.371, take the table as it was before.",
                )
            )
        return value


def read_table(path: Path) -> Table:
    """Read a CSV file with a line of names.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Table
        With at least one row.

    Raises
    ------
    UnreadablePhotoError
        If there is no such file, or it may not be opened.
    OptionError
        If it is no table, holds nothing, or gives two columns one name.
    """
    if path.suffix.lower() in RECORDS:
        raise OptionError(
            Reason(
                "table-unreadable",
                f"'{path}' holds records for programs, not a table of text.",
                "Name a .csv file; archscan batch writes one with --output scores.csv.",
            )
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unopened(path, error) from error
    try:
        text = data.decode("utf-8-sig")
        top, _, below = text.partition("\n")
        if top.strip("\r") in SAID:
            top, text = top.strip("\r")[-1], below
        separator = _separator(top)
        lines = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except (UnicodeDecodeError, csv.Error) as error:
        raise OptionError(
            Reason(
                "table-unreadable",
                f"'{path}' cannot be read as a table.",
                ANOTHER,
            )
        ) from error
    columns = tuple(name.strip() for name in lines[0]) if lines else ()
    _refuse_namesakes(path, columns)
    rows = tuple(_rows(path, columns, lines))
    if not rows:
        raise OptionError(
            Reason("table-empty", f"'{path}' has no rows.", "Name a table that has some.")
        )
    return Table(path, columns, rows, decimal_comma=separator != ",")


def _unopened(path: Path, error: OSError) -> UnreadablePhotoError:
    """Say of a table what is said of a photo, but for what is neither."""
    reason = UnreadablePhotoError.from_system(error).reason
    if reason.code == "not-a-file":
        reason = Reason(reason.code, "This is a folder, not a table.", ANOTHER)
    return UnreadablePhotoError(replace(reason, message=f"'{path}': {reason.message}"))


def need(table: Table, columns: Sequence[str], advice: str) -> None:
    """Raise unless a table has some columns.

    Parameters
    ----------
    table
        The table.
    columns
        Their names.
    advice
        How to get one that has them.

    Raises
    ------
    OptionError
        Naming what is missing.
    """
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise OptionError(
            Reason(
                "column-missing",
                f"'{table.path}' has no column {', '.join(missing)}.",
                advice,
            )
        )


def _separator(names: str) -> str:
    """Take the one that parts the names: hardly a name holds one."""
    return max(SEPARATORS, key=names.count)


def _refuse_namesakes(path: Path, columns: Sequence[str]) -> None:
    """Of two columns of one name nobody could say which is meant."""
    twice = [name for name, times in Counter(columns).items() if name and times > 1]
    if twice:
        raise OptionError(
            Reason(
                "column-twice",
                f"'{path}' has more than one column {twice[0]}.",
                "Give each column a name of its own.",
            )
        )


def _rows(path: Path, columns: Sequence[str], lines: Sequence[Sequence[str]]) -> Iterator[Row]:
    for number, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line]
        if number == 1 or not any(cells):
            continue
        if any(cells[len(columns) :]):
            # A decimal comma between commas makes two cells of one number.
            raise OptionError(
                Reason(
                    "bad-row",
                    f"'{path}' has more cells in row {number} than there are names on top.",
                    "Write numbers with a point, like 0.37, or part the cells with semicolons.",
                )
            )
        cells += [""] * (len(columns) - len(cells))
        yield Row(number, dict(zip(columns, cells, strict=False)))
