"""One page to look through thousands of scored photos."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from archscan.batch.journal import real_place, unwritten
from archscan.indices.chippaux_smirak import BANDS
from archscan.report.files import sweep, write_whole, writing

LEFT_OUT = ("outline", "outlines")
"""Of a print's record: they would make the page several times larger."""

OF_PHOTO = {name: name for name in ("image", "scale", "version", "schema")} | {
    "warnings": "photo_warnings"
}
"""Of a photo's record, and what it is called beside each of its prints: as in the table."""

LONGEST_WRITING = 600.0
"""Seconds, on the slowest disk."""


def write_gallery(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    """Write the page.

    Parameters
    ----------
    path
        The file.
    records
        With thumbnails.

    Raises
    ------
    OutputError
        If the system refuses.
    """
    real = real_place(path)
    prefix = unwritten(real)
    with writing(path):
        # Another run may be writing it too: only the table is kept from two of them.
        sweep(real.parent, prefix, LONGEST_WRITING)
    write_whole(path, gallery(records).encode(), prefix)


def gallery(records: Iterable[Mapping[str, Any]]) -> str:
    """Give the page: one file without anything from outside.

    Parameters
    ----------
    records
        With thumbnails under ``"thumbnail"``, or without.

    Returns
    -------
    str
        HTML.
    """
    template = resources.files("archscan.batch").joinpath("gallery.html").read_text("utf-8")
    data = json.dumps(
        [row for record in records for row in _rows(record)],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    # Nothing in a file's name may end the script element.
    safe = data.replace("<", "\\u003c")
    limits = {"__HIGH__": str(BANDS.high_below), "__FLAT__": str(BANDS.flat_from)}
    for mark, value in limits.items():
        template = template.replace(mark, value)
    return template.replace("__DATA__", safe)


def _rows(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    reason = record["reason"] or {}
    of_photo = {
        "photo": record["photo"],
        "status": record["status"],
        "code": reason.get("code"),
        "message": reason.get("message"),
        "advice": reason.get("advice"),
        "thumbnail": record.get("thumbnail"),
    }
    beside = {called: record[name] for name, called in OF_PHOTO.items() if name in record}
    for item in record["prints"] or [{}]:
        kept = {key: value for key, value in item.items() if key not in LEFT_OUT}
        yield {**of_photo, **kept, **beside}
