"""No result takes the place of a photo or of another result."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from archscan.errors import OutputError, UnreadablePhotoError
from archscan.reasons import Reason
from archscan.report.marking import IN_FILE, is_marked


def refuse_replacing(results: Iterable[Path], photos: Iterable[Path]) -> None:
    """Refuse results before any is written, wherever links lead.

    Parameters
    ----------
    results
        Every file that is to be written.
    photos
        Every file that is to be read.

    Raises
    ------
    OutputError
        If writing one would replace a photo or another result.
    """
    folders: dict[Path, str] = {}
    kept = {_full(photo, folders) for photo in photos}
    kept_alike = {alike(full): full for full in kept}
    seen: set[str] = set()
    for path in results:
        full = _full(path, folders)
        if full in kept or _is_same(full, kept_alike.get(alike(full))):
            raise OutputError(
                Reason(
                    "output-is-photo",
                    f"Writing '{path}' would replace one of the photos.",
                    "Choose another name or folder.",
                )
            )
        # A device takes any number of results.
        if full in seen and (path.is_file() or not path.exists()):
            raise OutputError(
                Reason("output-twice", f"'{path}' is named for two results.", "Name two files.")
            )
        seen.add(full)


def refuse_undrawn(results: Iterable[Path]) -> None:
    """Refuse to replace pictures but our own, whether or not they are to be read.

    Of ``--overlay *.jpg`` in a folder of two photos the first is a photo too, and where a batch
    is to draw there may lie the photos of another.

    Parameters
    ----------
    results
        Every picture that is to be drawn.

    Raises
    ------
    OutputError
        If one stands there that archscan did not draw, or a file that cannot be looked into.
    """
    for path in results:
        # A Path raises where a name is too long or lies where nobody may look.
        is_there = path.suffix.lower() in IN_FILE and os.path.isfile(path)  # noqa: PTH113
        if is_there and not is_marked(path) and _may_be_picture(path):
            raise OutputError(
                Reason(
                    "output-is-photo",
                    f"Writing '{path}' would replace a picture that archscan did not draw.",
                    "Choose another name or folder, or remove that picture first.",
                )
            )


def _may_be_picture(path: Path) -> bool:
    """Tell by how a file begins; it may be empty, or have been written by a script."""
    from archscan.photo.formats import START_BYTES, kind_of

    try:
        with path.open("rb") as file:
            kind_of(file.read(START_BYTES))
    except UnreadablePhotoError as error:
        return error.reason.code != "not-an-image"
    except OSError:
        return True
    return True


def unused(stem: str, taken: set[str]) -> str:
    """Add a number to a stem until it is nobody else's, also on disks that tell less apart.

    Parameters
    ----------
    stem
        To begin with.
    taken
        What is used already, as :func:`alike` gives it; the new one is added.

    Returns
    -------
    str
        For example ``"a"``, then ``"a-2"``.
    """
    name, number = stem, 2
    while alike(name) in taken:
        name, number = f"{stem}-{number}", number + 1
    taken.add(alike(name))
    return name


def alike(name: str) -> str:
    """Give what two names share that some disk takes for one.

    Windows and macOS do not tell capital letters from others, and macOS does not tell an
    accented letter from a letter and an accent.

    Parameters
    ----------
    name
        Of a file, or its whole path.

    Returns
    -------
    str
        The same for both.
    """
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())


def _full(path: Path, folders: dict[Path, str]) -> str:
    """Follow links; those on the way to a folder once for all its files."""
    # A Path raises where a folder may not be looked into or a name is too long.
    if path.name in ("", "..") or os.path.islink(path):  # noqa: PTH114
        return os.path.realpath(path)
    if path.parent not in folders:
        folders[path.parent] = os.path.realpath(path.parent)
    return os.path.join(folders[path.parent], path.name)  # noqa: PTH118 - of thousands


def _is_same(full: str, other: str | None) -> bool:
    """Tell whether this disk takes two names that are alike for one."""
    try:
        return other is not None and Path(full).samefile(other)
    except OSError:
        return False
