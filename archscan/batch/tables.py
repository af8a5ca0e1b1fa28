"""Records to a table on disk: CSV, JSON lines or Parquet, whole or not at all."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any, TextIO

from archscan.batch.columns import COLUMNS, rows
from archscan.batch.journal import real_place, unwritten
from archscan.batch.naming import Pattern
from archscan.errors import OutputError
from archscan.reasons import Reason
from archscan.report.files import appearing, sweep, writing

ENDINGS = (".csv", ".jsonl", ".parquet")

ROWS_AT_A_TIME = 5000
"""Of a Parquet file, so that memory does not grow with the table."""


def check_ending(path: Path) -> str:
    """Tell the kind of table from its name.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    str
        One of :data:`ENDINGS`.

    Raises
    ------
    OutputError
        If it ends otherwise.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise OutputError(
            Reason(
                "output-ending",
                f"'{path}' does not end like a table.",
                f"Let its name end in {', '.join(ENDINGS)}.",
            )
        )
    return ending


def write_table(
    path: Path, records: Iterable[Mapping[str, Any]], pattern: Pattern | None = None
) -> None:
    """Write every record.

    Parameters
    ----------
    path
        The file; its ending says the kind, and a link is followed.
    records
        In the order of the table.
    pattern
        How file names tell participant, side and session.

    Raises
    ------
    OutputError
        If the system refuses; what was under that name before is then untouched.
    """
    writers = {".csv": _write_csv, ".jsonl": _write_lines, ".parquet": _write_parquet}
    real = real_place(path)
    prefix = unwritten(real)
    with writing(path):
        sweep(real.parent, prefix)
        with appearing(real, prefix) as file:
            writers[check_ending(path)](file, records, pattern)


def _all_rows(
    records: Iterable[Mapping[str, Any]], pattern: Pattern | None
) -> Iterator[dict[str, Any]]:
    for record in records:
        study = {}
        if pattern is not None:
            study = dict(zip(pattern.columns, pattern.read(record["photo"]).values(), strict=True))
        yield from rows(record, study)


def column_names(pattern: Pattern | None) -> Sequence[str]:
    """List the table's columns.

    Parameters
    ----------
    pattern
        Its fields come first.

    Returns
    -------
    sequence of str
        In order.
    """
    return [*(pattern.columns if pattern else ()), *(column.name for column in COLUMNS)]


def _write_csv(
    file: IO[bytes], records: Iterable[Mapping[str, Any]], pattern: Pattern | None
) -> None:
    import io

    text = io.TextIOWrapper(file, "utf-8", newline="")
    # Only the letters that rows end in put a cell into quotes in every Python, and a file's name
    # may hold both that programs take for the end of a row.
    writer = csv.DictWriter(_Lines(text), column_names(pattern), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_all_rows(records, pattern))
    # The file is somebody else's to close.
    text.detach()


class _Lines:
    """Takes rows that end in carriage return and line feed, and writes the line feed alone."""

    def __init__(self, text: TextIO) -> None:
        self._text = text

    def write(self, row: str) -> None:
        """Write one row."""
        self._text.write(row.removesuffix("\r\n") + "\n")


def _write_lines(
    file: IO[bytes], records: Iterable[Mapping[str, Any]], pattern: Pattern | None
) -> None:
    for record in records:
        study = {} if pattern is None else {"study": pattern.read(record["photo"])}
        line = json.dumps({**record, **study}, ensure_ascii=False, allow_nan=False)
        file.write(line.encode() + b"\n")


def _write_parquet(
    file: IO[bytes], records: Iterable[Mapping[str, Any]], pattern: Pattern | None
) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    kinds = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    fields = [(name, pa.string()) for name in (pattern.columns if pattern else ())]
    fields += [(column.name, kinds[column.kind]) for column in COLUMNS]
    schema = pa.schema(fields)
    listed = _all_rows(records, pattern)
    with parquet.ParquetWriter(file, schema) as writer:
        while group := list(islice(listed, ROWS_AT_A_TIME)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
