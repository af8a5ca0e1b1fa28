"""One photo to its record; runs in a worker."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archscan.batch.stems import ENDINGS
from archscan.errors import ArchscanError, OptionError
from archscan.reasons import UNREADABLE, Reason
from archscan.report.words import printable

if TYPE_CHECKING:
    from archscan.findings import Scan
    from archscan.options import SideOption
    from archscan.sheet import SheetOption

log = logging.getLogger(__name__)

Record = dict[str, Any]

IMPORTED_IN = os.getpid()
"""The process that imported this. One that is forked from it later takes over OpenCV's list of
threads without the threads, and to change their number waits for them for ever."""


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

    Raises
    ------
    OptionError
        If one has a value that cannot be used: here, not at the first photo.
    """

    sheet: SheetOption = "auto"
    side: SideOption = "auto"
    age: float | None = None
    masks: str | os.PathLike[str] | None = None
    overlays: str | os.PathLike[str] | None = None
    thumbnails: bool = False

    def __post_init__(self) -> None:
        from archscan.options import checked_answers

        checked_answers(self.sheet, self.side, self.age, (), ())
        for name, folder in (("masks", self.masks), ("overlays", self.overlays)):
            if folder is not None and not isinstance(folder, str | os.PathLike):
                raise OptionError(
                    Reason(
                        f"bad-{name}",
                        f"{folder!r} is no folder for {name}.",
                        "Pass the path of one, or leave it out.",
                    )
                )

    def files(self, stem: str) -> dict[str, Path]:
        """Name what is written for one photo.

        Parameters
        ----------
        stem
            Of its mask and its overlay, with the folders below ours.

        Returns
        -------
        dict of str to Path
            The ``"mask"`` and the ``"overlay"``, as far as they are wanted.
        """
        folders = {"mask": self.masks, "overlay": self.overlays}
        return {
            kind: Path(folder) / f"{stem}{ENDINGS[kind]}"
            for kind, folder in folders.items()
            if folder is not None
        }


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
    stem
        What its mask and overlay are called, and no other photo's.
    """

    number: int
    name: str
    source: str | bytes
    stem: str


def score(task: Task, options: Options, caller: int) -> Record:
    """Score one photo.

    Parameters
    ----------
    task
        The photo.
    options
        The same for all.
    caller
        The process that hands photos out; where it scores them itself, in threads, it
        keeps its own number of OpenCV's threads, and so does what is forked from it.

    Returns
    -------
    dict
        Its record; with thumbnails also ``"thumbnail"``, base64 of a JPEG.

    Raises
    ------
    ArchscanError
        If an option or a place for results cannot be used, which concerns all photos.
    """
    if os.getpid() == IMPORTED_IN != caller:
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
        _write_pictures(scan, options.files(task.stem))
        if options.thumbnails:
            from archscan.batch.thumbnails import thumbnail

            record["thumbnail"] = thumbnail(scan)
    return record


def _write_pictures(scan: Scan, files: dict[str, Path]) -> None:
    from archscan.report.files import jpeg, make_folder, png, write_whole

    for path in files.values():
        make_folder(path.parent)
    if "mask" in files:
        from archscan.report.mask import mask_image

        write_whole(files["mask"], png(mask_image(scan)))
    if "overlay" in files:
        from archscan.report.picture import annotate

        write_whole(files["overlay"], jpeg(annotate(scan)))


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
    from archscan.findings import Scan
    from archscan.report.record import to_record

    return to_record(Scan(name, "unreadable", UNREADABLE[code], (), (), None))
