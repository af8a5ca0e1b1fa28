"""Photos, saved records and folders of them, in the order they were taken."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archscan.comparison.reading import Reading, load_record, readings
from archscan.errors import OptionError, UnreadablePhotoError
from archscan.photo.formats import START_BYTES, kind_of, open_picture
from archscan.photo.loading import read_file
from archscan.photo.metadata import EXIF_BLOCK
from archscan.reasons import Reason
from archscan.report.words import printable

if TYPE_CHECKING:
    from archscan.scanning import SideOption
    from archscan.sheet import SheetOption

TAKEN = (0x9003, 0x0132)
"""EXIF tags of the day: when the picture was taken, else when it was stored."""

RECORD_SCHEMA = "archscan/"
"""What the name of a record's schema begins with."""

DAY_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class Sources:
    """What is to be compared.

    Attributes
    ----------
    files
        Photos and records.
    is_folder
        Whether they were found in a folder, not named by a person.
    remarks
        What a person should know of the folder, in sentences.
    """

    files: list[Path]
    is_folder: bool
    remarks: list[str]


def sources_of(paths: Sequence[Path]) -> Sources:
    """Look up the files that are meant.

    Parameters
    ----------
    paths
        Photos, ``.json`` records, or one folder of either: the pictures at any depth and
        the records directly in it.

    Returns
    -------
    Sources
        For :func:`series`.

    Raises
    ------
    OptionError
        If the folder may not be read.
    """
    if len(paths) != 1 or not paths[0].is_dir():
        return Sources(list(paths), is_folder=False, remarks=[])
    from archscan.batch.pictures import search

    found = search(paths[0])
    records = sorted(path for path in paths[0].glob("*") if _is_json(path))
    pictures = [picture.path for picture in found.pictures]
    return Sources(pictures + records, is_folder=True, remarks=found.remarks())


def series(
    sources: Sources, *, sheet: SheetOption = "auto", side: SideOption = "auto"
) -> list[tuple[Reading, ...]]:
    """Measure photos or read records, one after the other.

    Parameters
    ----------
    sources
        From :func:`sources_of`. A folder's are put in the order of the days (from EXIF,
        else from the names) and then of the names; what tells no day comes first. Of a
        folder, JSON that is no record is left out, and so are records of photos that lie
        there themselves.
    sheet, side
        As for :func:`archscan.scan`.

    Returns
    -------
    list of tuple of Reading
        The prints of each; those without any are left out of a folder.

    Raises
    ------
    OptionError
        If fewer than two hold a measured print, or a file cannot be used.
    """
    if sources.is_folder:
        there = {path.name for path in sources.files if not _is_json(path)}
        found = [one for path in sources.files for one in _of_folder(path, there, sheet, side)]
        found.sort(key=lambda prints: (prints[0].day or "", prints[0].name))
    else:
        found = [one for path in sources.files for one in _named(path, sheet, side)]
    if len(found) < 2:
        raise OptionError(
            Reason(
                "nothing-to-compare",
                "Two photos with a measured print are needed, and there are not so many.",
                "Name two photos, two records, or a folder of them.",
            )
        )
    return found


def _is_json(path: Path) -> bool:
    return path.suffix.lower() == ".json"


def _of_folder(
    path: Path, there: set[str], sheet: SheetOption, side: SideOption
) -> list[tuple[Reading, ...]]:
    """Read one file of a folder, which may hold other things and both a photo and its record."""
    if not _is_json(path):
        return _of_file(path, sheet, side)
    try:
        records = load_record(path)
    except OptionError:
        return []
    return _of_records(
        path,
        [
            record
            for record in records
            if str(record.get("schema", "")).startswith(RECORD_SCHEMA)
            and Path(str(record.get("photo"))).name not in there
        ],
    )


def _named(path: Path, sheet: SheetOption, side: SideOption) -> list[tuple[Reading, ...]]:
    """Read a file that a person has named: it must hold a print."""
    found = _of_file(path, sheet, side)
    if not found:
        raise OptionError(
            Reason(
                "nothing-to-compare",
                f"No print was measured in '{path}'.",
                "Name a record of a measured print, or a photo."
                if _is_json(path)
                else f"See why with: archscan scan '{path}'.",
            )
        )
    return found


def _of_file(path: Path, sheet: SheetOption, side: SideOption) -> list[tuple[Reading, ...]]:
    if _is_json(path):
        return _of_records(path, load_record(path))
    import archscan

    try:
        data = read_file(path)
    except UnreadablePhotoError:
        return []
    record = archscan.scan(data, sheet=sheet, side=side).to_dict()
    named = {**record, "photo": printable(str(path))}
    prints = readings(named, _day_of(data) or _day_in(path.name))
    return [prints] if prints else []


def _of_records(path: Path, records: Sequence[Mapping[str, Any]]) -> list[tuple[Reading, ...]]:
    each = (
        readings(one, _day_in(str(one.get("photo"))) or _day_in(path.name), path) for one in records
    )
    return [prints for prints in each if prints]


def _day_of(data: bytes) -> str | None:
    """Read the day from a photo's EXIF, and nothing else."""
    try:
        with open_picture(data, kind_of(data[:START_BYTES])) as opened:
            tags = opened.getexif()
            taken = tags.get_ifd(EXIF_BLOCK).get(TAKEN[0]) or tags.get(TAKEN[1])
    except Exception:  # noqa: BLE001 - damaged EXIF tells no day, and the photo is still of use
        return None
    return _day_in(str(taken).replace(":", "-")) if taken else None


def _day_in(text: str) -> str | None:
    found = DAY_IN_NAME.search(text)
    return "-".join(found.groups()) if found else None
