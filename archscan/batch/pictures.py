"""Which pictures lie below a folder, in an order that never changes."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from archscan.errors import OptionError
from archscan.reasons import Reason
from archscan.report.files import is_folder
from archscan.report.marking import is_marked
from archscan.report.words import printable

ENDINGS = frozenset(
    (
        *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".avif", ".tif", ".tiff", ".bmp"),
        *(".heic", ".heif"),
    )
)
"""What a picture's name ends in, in any case."""

OTHER_ENDINGS = frozenset(
    (
        *(".gif", ".jxl", ".jp2"),
        # What the sensor saw, as cameras and some phones keep it.
        *(".dng", ".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2"),
    )
)
"""The same of pictures that are not read."""

DRAWN_MASK = ".mask.png"
"""What the name of a mask ends in that ``archscan render`` draws beside its photo."""

Identity = tuple[int, int] | str
"""Device and number of a file, or where it really is."""


@dataclass(frozen=True, slots=True, order=True)
class Picture:
    """One file that is to have its row.

    Attributes
    ----------
    name
        Its path below the folder, with ``/`` between the parts.
    path
        Where it is.
    """

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to.

    Attributes
    ----------
    pictures
        In the order of their names.
    unread
        Names of folders that could not be looked into.
    drawn
        How many masks and overlays of earlier runs were met.
    others
        How many pictures of kinds that are not read were met.
    """

    pictures: list[Picture]
    unread: list[str]
    drawn: int
    others: int

    def remarks(self) -> list[str]:
        """Say what is left out.

        Returns
        -------
        list of str
            Sentences.
        """
        told = [
            f"The folder '{printable(name)}' could not be read; what lies in it is left out."
            for name in self.unread
        ]
        if self.drawn:
            told.append(f"Masks and overlays that archscan drew are left out: {self.drawn}.")
        if self.others:
            told.append(
                "Pictures of a kind that is not read, such as GIF and raw photos, are left out: "
                f"{self.others}. Save them as JPEG or PNG."
            )
        return told


def search(folder: Path, leaving_out: Iterable[Path] = ()) -> Found:
    """Look for pictures below a folder.

    A folder or a file that links lead to more than once is looked at once. A folder or a
    broken link whose name ends like a picture's is listed too, so that it gets a row
    that says so. Masks that ``archscan render`` drew are no photos, nor are masks and
    overlays of an earlier run, which :mod:`archscan.report.marking` knows.

    Parameters
    ----------
    folder
        To be searched at any depth; hidden files and folders are left alone.
    leaving_out
        Folders of results, whose pictures are no photos either. The searched folder
        itself is not left out.

    Returns
    -------
    Found
        Pictures, and folders that could not be read.

    Raises
    ------
    OptionError
        If the folder is not there or may not be read.
    """
    if not _is_there(folder):
        raise OptionError(
            Reason(
                "folder-not-found",
                f"There is no folder '{folder}'.",
                "Check the spelling; for single photos leave out the word batch.",
            )
        )
    return _Search(folder, leaving_out).run()


class _Search:
    """What has been met below a folder so far, and what is still to be looked into."""

    def __init__(self, folder: Path, leaving_out: Iterable[Path]) -> None:
        here = _identity(folder)
        # Of one that may not be looked into, whoever writes there says what is wrong.
        results = {_identity(one) for one in leaving_out if is_folder(one)}
        self.folder = folder
        self.left_out = results - {here, None}
        self.seen: set[Identity | None] = {here}
        self.waiting = [folder]
        self.found: dict[Identity, Picture] = {}
        self.unread: list[str] = []
        self.drawn = self.others = 0

    def run(self) -> Found:
        while self.waiting:
            here = self.waiting.pop(0)
            entries = _entries(here, is_root=here == self.folder)
            if entries is None:
                self.unread.append(here.relative_to(self.folder).as_posix())
                continue
            for entry in entries:
                self.meet(entry)
        return Found(sorted(self.found.values()), sorted(self.unread), self.drawn, self.others)

    def meet(self, entry: os.DirEntry[str]) -> None:
        path = Path(entry.path)
        name = path.relative_to(self.folder).as_posix()
        same = _identity(entry)
        if same in self.left_out or name.lower().endswith(DRAWN_MASK):
            return
        if _is_folder(entry) and not self.enter(entry, name, same):
            return
        ending = path.suffix.lower()
        if _is_file(entry) and is_marked(path):
            self.drawn += 1
        elif ending in ENDINGS:
            self.found.setdefault(same or name, Picture(name, path))
        elif ending in OTHER_ENDINGS and _is_file(entry):
            self.others += 1

    def enter(self, entry: os.DirEntry[str], name: str, same: Identity | None) -> bool:
        """Have a folder looked into, once; tell whether it may need a row of its own too."""
        if same is None:
            self.unread.append(name)
        elif same not in self.seen:
            self.seen.add(same)
            self.waiting.append(Path(entry.path))
        elif entry.is_symlink():
            return False
        return True


def _is_there(folder: Path) -> bool:
    """Tell whether the searched folder is there; where nobody may know, that is said."""
    try:
        return folder.is_dir()
    except PermissionError as error:
        raise _unreadable(folder) from error
    except OSError:  # A name that no disk can hold.
        return False


def _unreadable(folder: Path) -> OptionError:
    return OptionError(
        Reason(
            "folder-unreadable",
            f"The folder '{folder}' cannot be read.",
            "Check its permissions, or that the disk is still connected.",
        )
    )


def _entries(folder: Path, *, is_root: bool) -> list[os.DirEntry[str]] | None:
    """List what lies in a folder, if it can be read.

    Links come last, so that what is really there wins.
    """
    try:
        with os.scandir(folder) as entries:
            listed = [entry for entry in entries if not entry.name.startswith(".")]
    except OSError as error:
        if is_root:
            raise _unreadable(folder) from error
        return None
    return sorted(listed, key=lambda entry: (entry.is_symlink(), entry.name))


def _identity(entry: os.DirEntry[str] | Path) -> Identity | None:
    """Tell what an entry leads to from all else, or ``None`` where it leads nowhere."""
    try:
        # An entry's own stat holds no numbers on Windows.
        found = Path(entry).stat()
    except OSError:
        return None
    # Some disks of a network number nothing.
    return (found.st_dev, found.st_ino) if found.st_ino else os.path.realpath(entry)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False
