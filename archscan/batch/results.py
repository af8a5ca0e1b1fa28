"""What a batch writes, checked before any photo is scored."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from archscan.batch.tables import check_ending
from archscan.report.files import refuse_folder, require_place, writing, wrong_ending

GALLERY_ENDINGS = (".html", ".htm")


def check_files(output: Path, gallery: Path | None) -> None:
    """Refuse a table or a gallery that cannot be written.

    Parameters
    ----------
    output
        The table.
    gallery
        The page, or ``None``.

    Raises
    ------
    OutputError
        If one ends otherwise, is a folder, lies in none or in one that may not be written to, or
        is held by another program.
    """
    check_ending(output)
    if gallery is not None and gallery.suffix.lower() not in GALLERY_ENDINGS:
        raise wrong_ending(gallery, "gallery", GALLERY_ENDINGS)
    for path in (output, *([gallery] if gallery else [])):
        require_place(path)
        _refuse_held(path)


def check_pictures(paths: Iterable[Path]) -> None:
    """Refuse masks and overlays that cannot be written; their folders are made when needed.

    Parameters
    ----------
    paths
        Of all of them.

    Raises
    ------
    OutputError
        If one is a folder, a file stands where a folder must be, or nothing may be written there.
    """
    folders = set()
    for path in paths:
        refuse_folder(path)
        folders.add(path.parent)
    for folder in folders:
        with writing(folder):
            there = next(one for one in (folder, *folder.parents) if one.exists())
            if not there.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "is a file")
            if not os.access(there, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, "nothing new in there")


def _refuse_held(path: Path) -> None:
    """Refuse what Windows will not let us replace: hours later it may still be open."""
    if sys.platform == "win32" and path.is_file():
        with writing(path), path.open("rb+"):
            pass
