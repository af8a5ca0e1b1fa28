"""The data dictionary: ``python -m archscan.batch.dictionary`` prints it as a table."""

from __future__ import annotations

import sys

from archscan.batch.columns import COLUMNS


def dictionary() -> str:
    """Describe every column.

    Returns
    -------
    str
        A Markdown table.
    """
    lines = ["| column | meaning | unit | kind | source |", "|---|---|---|---|---|"]
    lines += [
        f"| `{column.name}` | {column.meaning} | {column.unit} | {column.kind} | {column.source} |"
        for column in COLUMNS
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(dictionary())
