"""Photos, saved records and folders of them, in the order they were taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from archscan.comparison.reading import Reading, load_record, readings
from archscan.errors import OptionError
from archscan.reasons import Reason

if TYPE_CHECKING:
    from archscan.scanning import SideOption
    from archscan.sheet import SheetOption

TAKEN = (0x9003, 0x0132)
"""EXIF tags of the day: when the picture was taken, else when it was stored."""

DAY_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)")


def series(
    paths: Sequence[Path], *, sheet: SheetOption = "auto", side: SideOption = "auto"
) -> list[tuple[Reading, ...]]:
    """Measure photos or read records, one after the other.

    Parameters
    ----------
    paths
        Photos, ``.json`` records, or one folder of either, which is put in the order of
        the days (from EXIF, else from the names) and then of the names.
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
    if len(paths) == 1 and paths[0].is_dir():
        found = _of_folder(paths[0], sheet, side)
    else:
        found = [one for path in paths for one in _of_file(path, sheet, side)]
        missing = [path for path in paths if not _has_prints(path, found)]
        if missing:
            raise OptionError(
                Reason(
                    "nothing-to-compare",
                    f"No print could be measured in '{missing[0]}'.",
                    f"See why with: archscan scan '{missing[0]}'.",
                )
            )
    if len(found) < 2:
        raise OptionError(
            Reason(
                "nothing-to-compare",
                "Two photos with a measured print are needed, and there are not so many.",
                "Name two photos, two records, or a folder of them.",
            )
        )
    return found


def _has_prints(path: Path, found: list[tuple[Reading, ...]]) -> bool:
    return path.suffix.lower() == ".json" or any(
        one.name == str(path) for prints in found for one in prints
    )


def _of_folder(folder: Path, sheet: SheetOption, side: SideOption) -> list[tuple[Reading, ...]]:
    from archscan.batch.pictures import find_pictures

    files = [picture.path for picture in find_pictures(folder)] + sorted(folder.glob("*.json"))
    found = [one for path in files for one in _of_file(path, sheet, side)]
    return sorted(found, key=lambda prints: (prints[0].day or "", prints[0].name))


def _of_file(path: Path, sheet: SheetOption, side: SideOption) -> list[tuple[Reading, ...]]:
    if path.suffix.lower() == ".json":
        each = (readings(one, _day_in(str(one.get("photo")))) for one in load_record(path))
        return [prints for prints in each if prints]
    import archscan

    record = archscan.scan(path, sheet=sheet, side=side).to_dict()
    prints = readings(record, _day_of(path) or _day_in(path.name))
    return [prints] if prints else []


def _day_of(path: Path) -> str | None:
    """Read the day from EXIF, and nothing else."""
    from PIL import Image

    try:
        with Image.open(path) as opened:
            tags = opened.getexif()
            inner = tags.get_ifd(0x8769)
            taken = inner.get(TAKEN[0]) or tags.get(TAKEN[1])
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return _day_in(str(taken).replace(":", "-")) if taken else None


def _day_in(text: str) -> str | None:
    found = DAY_IN_NAME.search(text)
    return "-".join(found.groups()) if found else None
