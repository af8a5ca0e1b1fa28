"""Photos, saved records and folders of them, in the order they were taken."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archscan.comparison.reading import Reading, load_record, readings
from archscan.errors import OptionError
from archscan.photo.formats import START_BYTES, kind_of, open_picture
from archscan.photo.metadata import EXIF_BLOCK
from archscan.reasons import Reason

if TYPE_CHECKING:
    from archscan.scanning import SideOption
    from archscan.sheet import SheetOption

TAKEN = (0x9003, 0x0132)
"""EXIF tags of the day: when the picture was taken, else when it was stored."""

RECORD_SCHEMA = "archscan/"
"""What the name of a record's schema begins with."""

DAY_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)")


def files_of(paths: Sequence[Path]) -> list[Path]:
    """Name the files that are meant.

    Parameters
    ----------
    paths
        Photos, records, or one folder.

    Returns
    -------
    list of Path
        The same; for a folder the pictures at any depth and the records directly in it.
    """
    if not _is_folder(paths):
        return list(paths)
    from archscan.batch.pictures import find_pictures

    pictures = [picture.path for picture in find_pictures(paths[0])]
    return pictures + sorted(path for path in paths[0].glob("*") if _is_json(path))


def series(
    paths: Sequence[Path], *, sheet: SheetOption = "auto", side: SideOption = "auto"
) -> list[tuple[Reading, ...]]:
    """Measure photos or read records, one after the other.

    Parameters
    ----------
    paths
        Photos, ``.json`` records, or one folder of either, which is put in the order of
        the days (from EXIF, else from the names) and then of the names; what tells no day
        comes first. Of a folder, JSON that is no record is left out, and so are records of
        photos that lie there themselves.
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
    files = files_of(paths)
    if _is_folder(paths):
        there = {path.name for path in files if not _is_json(path)}
        found = [one for path in files for one in _of_folder(path, there, sheet, side)]
        found.sort(key=lambda prints: (prints[0].day or "", prints[0].name))
    else:
        found = [one for path in files for one in _named(path, sheet, side)]
    if len(found) < 2:
        raise OptionError(
            Reason(
                "nothing-to-compare",
                "Two photos with a measured print are needed, and there are not so many.",
                "Name two photos, two records, or a folder of them.",
            )
        )
    return found


def _is_folder(paths: Sequence[Path]) -> bool:
    return len(paths) == 1 and paths[0].is_dir()


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

    record = archscan.scan(path, sheet=sheet, side=side).to_dict()
    prints = readings(record, _day_of(path) or _day_in(path.name))
    return [prints] if prints else []


def _of_records(path: Path, records: Sequence[Mapping[str, Any]]) -> list[tuple[Reading, ...]]:
    each = (
        readings(one, _day_in(str(one.get("photo"))) or _day_in(path.name), path) for one in records
    )
    return [prints for prints in each if prints]


def _day_of(path: Path) -> str | None:
    """Read the day from EXIF, and nothing else."""
    try:
        data = path.read_bytes()
        with open_picture(data, kind_of(data[:START_BYTES])) as opened:
            tags = opened.getexif()
            taken = tags.get_ifd(EXIF_BLOCK).get(TAKEN[0]) or tags.get(TAKEN[1])
    except Exception:  # noqa: BLE001 - damaged EXIF tells no day, and the photo is still of use
        return None
    return _day_in(str(taken).replace(":", "-")) if taken else None


def _day_in(text: str) -> str | None:
    found = DAY_IN_NAME.search(text)
    return "-".join(found.groups()) if found else None
