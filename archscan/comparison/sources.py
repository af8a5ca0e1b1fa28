"""Photos, saved records and folders of them, in the order they were taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from archscan.comparison.reading import Reading, load_record, readings
from archscan.errors import ArchscanError, OptionError, RefusedPhotoError, UnreadablePhotoError
from archscan.photo.formats import START_BYTES, kind_of, open_picture
from archscan.photo.loading import read_file
from archscan.photo.metadata import EXIF_BLOCK
from archscan.reasons import Reason
from archscan.report.files import is_folder
from archscan.report.words import printable

if TYPE_CHECKING:
    from archscan.options import SideOption
    from archscan.sheet import SheetOption

TAKEN = (0x9003, 0x0132)
"""EXIF tags of the day: when the picture was taken, else when it was stored."""

RECORD_SCHEMA = "archscan/"
"""What the name of a record's schema begins with."""

NO_PRINT: Mapping[str, type[ArchscanError]] = {
    "refused": RefusedPhotoError,
    "unreadable": UnreadablePhotoError,
}
"""What a record without a print is, by its status."""

REASON = {"code", "message", "advice"}
"""What a record tells of why."""

DAY_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)")

TIME_IN_EXIF = re.compile(r" ((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)")

Record = Mapping[str, Any]


class _Dated(NamedTuple):
    """A record, and when its photo was taken as far as the photo or its name tells it."""

    record: Record
    day: str | None
    time: str | None = None


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
    if len(paths) != 1 or not is_folder(paths[0]):
        return Sources(list(paths), is_folder=False, remarks=[])
    from archscan.batch.pictures import search

    found = search(paths[0])
    records = sorted(path for path in paths[0].glob("*") if _is_json(path))
    pictures = [picture.path for picture in found.pictures]
    return Sources(pictures + records, is_folder=True, remarks=found.remarks())


def series(
    sources: Sources,
    *,
    sheet: SheetOption = "auto",
    side: SideOption = "auto",
    listener: Callable[[str], None] | None = None,
) -> list[tuple[Reading, ...]]:
    """Measure photos or read records, one after the other.

    Parameters
    ----------
    sources
        From :func:`sources_of`. A folder's are put in the order of the days (from EXIF,
        else from the names), of one day in the order of the times (from EXIF) and then of
        the names, 2 before 10; what tells no day or no time comes first. Of a
        folder, JSON that is no record is left out, and so are records of photos that lie
        there themselves.
    sheet, side
        As for :func:`archscan.scan`.
    listener
        Told of photos, in a folder or a file of several records, that show no print that can
        be measured.

    Returns
    -------
    list of tuple of Reading
        The prints of each; those without any are left out of a folder or a file of several.

    Raises
    ------
    UnreadablePhotoError
        If a file that was named cannot be read.
    RefusedPhotoError
        If it shows no print that can be measured, or a folder holds fewer than two that do.
    OptionError
        If a record cannot be used.
    """
    if sources.is_folder:
        there = {printable(path.name) for path in sources.files if not _is_json(path)}
        each = [(path, _of_folder(path, there, sheet, side)) for path in sources.files]
    else:
        each = _all_named(sources.files, sheet, side)
    found = [prints for _, of_file in each for prints in of_file if prints]
    empty = [path for path, of_file in each for prints in of_file if not prints]
    if empty and listener is not None:
        listener(
            f"Photos without a measured print, left out: {len(empty)} of "
            f"{len(found) + len(empty)}, the first is '{printable(empty[0].name)}'."
        )
    if sources.is_folder:
        found.sort(key=lambda prints: _when(prints[0]))
    if len(found) < 2:
        raise (RefusedPhotoError if sources.is_folder else OptionError)(
            Reason(
                "nothing-to-compare",
                "Two photos with a measured print are needed, and there are not so many.",
                "Name two photos, two records, or a folder of them.",
            )
        )
    return found


def _when(reading: Reading) -> tuple[str, str, list[str | tuple[int, str]]]:
    """Give what a series is sorted by; numbers in a name count as numbers."""
    parts = re.split(r"(\d+)", reading.name)
    counted = [(len(part), part) for part in (digits.lstrip("0") for digits in parts[1::2])]
    name: list[str | tuple[int, str]] = [*parts]
    name[1::2] = counted
    return reading.day or "", reading.time or "", name


def _is_json(path: Path) -> bool:
    return path.suffix.lower() == ".json"


def _of_folder(
    path: Path, there: set[str], sheet: SheetOption, side: SideOption
) -> list[tuple[Reading, ...]]:
    """Read one file of a folder, which may hold other things and both a photo and its record.

    A photo without a measured print has an empty place.
    """
    try:
        found = _records(path, sheet, side)
    except (OptionError, UnreadablePhotoError):
        return [] if _is_json(path) else [()]
    if _is_json(path):
        found = [one for one in found if _is_ours(one.record) and _photo(one.record) not in there]
    return _readings(path, found)


def _all_named(
    paths: Sequence[Path], sheet: SheetOption, side: SideOption
) -> list[tuple[Path, list[tuple[Reading, ...]]]]:
    """Read all that a person has named.

    A file that cannot be read is told before a photo without a print, wherever it stands.
    """
    each, refusals = [], []
    for path in paths:
        try:
            each.append((path, _named(path, sheet, side)))
        except RefusedPhotoError as refusal:
            refusals.append(refusal)
    if refusals:
        raise refusals[0]
    return each


def _named(path: Path, sheet: SheetOption, side: SideOption) -> list[tuple[Reading, ...]]:
    """Read a file that a person has named: it must hold a print."""
    try:
        found = _records(path, sheet, side)
    except UnreadablePhotoError as error:
        raise UnreadablePhotoError(_about(path, error.reason)) from error
    prints = _readings(path, found)
    if not any(prints):
        raise _without_print(path, [one.record for one in found])
    return prints


def _without_print(path: Path, records: Sequence[Record]) -> ArchscanError:
    """Say why a file holds no print that was measured."""
    for record in records:
        kind = NO_PRINT.get(str(record.get("status")))
        told = record.get("reason")
        if kind is not None and isinstance(told, dict) and told.keys() >= REASON:
            return kind(_about(path, Reason(**{name: str(told[name]) for name in REASON})))
    return OptionError(
        Reason(
            "nothing-to-compare",
            f"No print was measured in '{printable(str(path))}'.",
            "Name a record of a measured print, or a photo.",
        )
    )


def _about(path: Path, reason: Reason) -> Reason:
    return replace(reason, message=f"'{printable(str(path))}': {reason.message}")


def _records(path: Path, sheet: SheetOption, side: SideOption) -> Sequence[_Dated]:
    """Load records, or scan a photo."""
    if _is_json(path):
        return [_Dated(one, _day_in(str(one.get("photo")))) for one in load_record(path)]
    import archscan

    data = read_file(path)
    # It has no name in its record, so the reading takes that of the file.
    return [_Dated(archscan.scan(data, sheet=sheet, side=side).to_dict(), *_taken(data))]


def _readings(path: Path, found: Sequence[_Dated]) -> list[tuple[Reading, ...]]:
    return [readings(one.record, one.day or _day_in(path.name), path, one.time) for one in found]


def _is_ours(record: Record) -> bool:
    return str(record.get("schema", "")).startswith(RECORD_SCHEMA)


def _photo(record: Record) -> str:
    return Path(str(record.get("photo"))).name


def _taken(data: bytes) -> tuple[str | None, str | None]:
    """Read the day and the time from a photo's EXIF, and nothing else."""
    try:
        with open_picture(data, kind_of(data[:START_BYTES])) as opened:
            tags = opened.getexif()
            told = [str(tags.get_ifd(EXIF_BLOCK).get(TAKEN[0])), str(tags.get(TAKEN[1]))]
    except Exception:  # noqa: BLE001 - damaged EXIF tells no day, and the photo is still of use
        return None, None
    # Where a camera's clock was never set, or a program blanked it, the day is all zeros.
    for taken in told:
        day, time = _day_in(taken.replace(":", "-")), TIME_IN_EXIF.search(taken)
        if day is not None:
            return day, time.group(1) if time else None
    return None, None


def _day_in(text: str) -> str | None:
    found = DAY_IN_NAME.search(text)
    return "-".join(found.groups()) if found else None
