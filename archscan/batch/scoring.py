"""One photo to its record; runs in a worker."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archscan.errors import ArchscanError
from archscan.reasons import UNREADABLE
from archscan.report.words import printable

if TYPE_CHECKING:
    from archscan.scanning import Scan, SideOption
    from archscan.sheet import SheetOption

log = logging.getLogger(__name__)

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Options:
    """How every photo is scanned and what is kept of it beside its record.

    Attributes
    ----------
    sheet, side, age
        As for :func:`archscan.scan`.
    masks, overlays
        Folders for pictures, or ``None``.
    thumbnails
        Whether records come with a small annotated picture.
    """

    sheet: SheetOption = "auto"
    side: SideOption = "auto"
    age: float | None = None
    masks: Path | None = None
    overlays: Path | None = None
    thumbnails: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One photo to be scored.

    Attributes
    ----------
    number
        Its place in the order given.
    name
        What its record calls it.
    source
        A path, or the file's bytes where the worker cannot see it.
    """

    number: int
    name: str
    source: str | bytes


def score(task: Task, options: Options) -> Record:
    """Score one photo.

    Parameters
    ----------
    task
        The photo.
    options
        The same for all.

    Returns
    -------
    dict
        Its record; with thumbnails also ``"thumbnail"``, base64 of a JPEG.

    Raises
    ------
    ArchscanError
        If an option or a place for results cannot be used, which concerns all photos.
    """
    keep_to_one_core()
    try:
        return _scanned(task, options)
    except ArchscanError:
        raise
    except Exception:
        # One photo's trouble must not cost the others theirs.
        log.exception("scoring %s", task.name)
        return unusable(task.name, "fault")


def _scanned(task: Task, options: Options) -> Record:
    import archscan
    from archscan.report.record import to_record

    scan = archscan.scan(task.source, sheet=options.sheet, side=options.side, age=options.age)
    record = {**to_record(scan), "photo": printable(task.name)}
    if scan.photo is not None:
        _write_pictures(scan, task.name, options)
        if options.thumbnails:
            from archscan.batch.thumbnails import thumbnail

            record["thumbnail"] = thumbnail(scan)
    return record


def _write_pictures(scan: Scan, name: str, options: Options) -> None:
    from archscan.report.files import jpeg, make_folder, png, write_whole

    if options.masks is not None:
        from archscan.report.mask import mask_image

        path = (options.masks / name).with_suffix(".png")
        make_folder(path.parent)
        write_whole(path, png(mask_image(scan)))
    if options.overlays is not None:
        from archscan.report.picture import annotate

        path = (options.overlays / name).with_suffix(".jpg")
        make_folder(path.parent)
        write_whole(path, jpeg(annotate(scan)))


def keep_to_one_core() -> None:
    """Leave the other cores to the other workers."""
    import cv2

    if cv2.getNumThreads() != 1:
        cv2.setNumThreads(1)


def unusable(name: str, code: str) -> Record:
    """Make the record of a photo that could not even be tried.

    Parameters
    ----------
    name
        What its record calls it.
    code
        One of ``archscan.reasons.UNREADABLE``.

    Returns
    -------
    dict
        Its record.
    """
    from archscan.report.record import to_record
    from archscan.scanning import Scan

    return to_record(Scan(name, "unreadable", UNREADABLE[code], (), (), None))
