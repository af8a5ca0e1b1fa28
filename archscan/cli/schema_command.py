"""``archscan schema``: the JSON Schema of the record."""

from __future__ import annotations

import sys


def schema() -> None:
    """Print the JSON Schema of the record."""
    from archscan.report.record import dumped
    from archscan.report.record import schema as record_schema

    sys.stdout.write(dumped(record_schema()))
