"""Results on disk: whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from archscan.errors import OutputError
from archscan.reasons import Reason
from archscan.report.marking import MARK, PNG_KEY

_FORBIDDEN = (
    "output-forbidden",
    "That place may not be written to.",
    "Choose a folder of your own.",
)

_ADVICE = {
    errno.ENOENT: ("output-folder-missing", "The folder for it does not exist.", "Make it first."),
    errno.EISDIR: ("output-is-folder", "There is a folder of that name.", "Choose another name."),
    errno.ENOTDIR: (
        "output-folder-missing",
        "A part of its path is a file, not a folder.",
        "Choose another place.",
    ),
    errno.EEXIST: (
        "output-is-file",
        "It must be a folder, and a file has that name.",
        "Choose another name.",
    ),
    errno.EACCES: _FORBIDDEN,
    errno.EROFS: _FORBIDDEN,
    errno.ENOSPC: ("disk-full", "The disk is full.", "Make room and run it again."),
    errno.ENAMETOOLONG: ("output-name-too-long", "Its name is too long.", "Choose a shorter one."),
}

UNNAMED = ".archscan-"
"""Begins the name of a file that is not yet written."""

_IN_USE = (
    "output-in-use",
    "It may be open in another program.",
    "Close it there and run it again.",
)
"""Why Windows lets nobody replace a file."""


def wrong_ending(path: Path, option: str, endings: Sequence[str]) -> OutputError:
    """Say that a result's name ends like another kind of file.

    Parameters
    ----------
    path
        The name.
    option
        That asks for the result, without its dashes.
    endings
        What it may end in.

    Returns
    -------
    OutputError
        To be raised.
    """
    return OutputError(
        Reason(
            "output-ending",
            f"'{path}' does not end like the kind of file that --{option} writes.",
            f"Let its name end in {' or '.join(endings)}.",
        )
    )


def require_place(path: Path) -> None:
    """Refuse a result that there is no place for, before any work is done for it.

    Parameters
    ----------
    path
        The file; links are followed, as they are when it is written.

    Raises
    ------
    OutputError
        If its folder is not there, is a file or may not be looked into or written to, or if it
        is itself a folder.
    """
    with writing(path):
        folder = Path(os.path.realpath(path)).parent
        if not folder.exists():
            raise FileNotFoundError(errno.ENOENT, "no such folder")
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "is a file")
        if not _is_device(path) and not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "no new file in there")
    refuse_folder(path)


def refuse_folder(path: Path) -> None:
    """Refuse a result that is to have a folder's name.

    Parameters
    ----------
    path
        Of the result.

    Raises
    ------
    OutputError
        If a folder has it.
    """
    with writing(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")


def is_folder(path: Path) -> bool:
    """Tell whether a folder has a name.

    Parameters
    ----------
    path
        The name; also one that is too long for any disk, or that lies where nobody may look,
        of which a Path raises.

    Returns
    -------
    bool
        ``False`` too where nobody can know.
    """
    return os.path.isdir(path)  # noqa: PTH112


def write_whole(path: Path, data: bytes, prefix: str = UNNAMED) -> Path:
    """Write a file so that it appears complete or not at all.

    Parameters
    ----------
    path
        Where to; a file that stands there is replaced. A device or a pipe
        (``/dev/null``) is written to, and a link is followed.
    data
        What.
    prefix
        As for :func:`appearing`.

    Returns
    -------
    Path
        The same path.

    Raises
    ------
    OutputError
        If it cannot be written; what stood there before still stands.
    """
    refuse_folder(path)
    with writing(path):
        if _is_device(path):
            # Replacing it would destroy the device, not write to it.
            path.write_bytes(data)
        else:
            with appearing(path.resolve(), prefix) as file:
                file.write(data)
    return path


def _is_device(path: Path) -> bool:
    """Whether it is a device or a pipe, which is written to where it stands."""
    return path.exists() and not stat.S_ISREG(path.stat().st_mode)


@contextmanager
def appearing(path: Path, prefix: str = UNNAMED) -> Iterator[IO[bytes]]:
    """Give a file to write that takes its name only once it is written.

    Parameters
    ----------
    path
        What it will be called; a file that stands there is replaced.
    prefix
        Begins its name until then, beside that one.

    Yields
    ------
    IO[bytes]
        To write to.
    """
    temporary = path.with_name(f"{prefix}{secrets.token_hex(8)}")
    try:
        # Not by the library's temporary files: they are private, a result has the usual
        # permissions, and to ask which these are changes them for all threads meanwhile.
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def sweep(folder: Path, prefix: str, least_age: float = 0.0) -> None:
    """Remove what a program that was killed while it wrote could not clean up.

    Parameters
    ----------
    folder
        Where it lies.
    prefix
        As for :func:`appearing`; no other file's name may begin so.
    least_age
        Seconds since something was written to it: what is younger may be being written.
    """
    for left in folder.iterdir():
        with suppress(FileNotFoundError):
            if left.name.startswith(prefix) and time.time() - left.stat().st_mtime >= least_age:
                left.unlink()


def make_folder(path: Path) -> Path:
    """Make a folder for results unless it is there.

    Parameters
    ----------
    path
        The folder; its parents are made too.

    Returns
    -------
    Path
        The same path.

    Raises
    ------
    OutputError
        If it cannot be made.
    """
    with writing(path):
        path.mkdir(parents=True, exist_ok=True)
    return path


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say in plain words why a result could not be written.

    Parameters
    ----------
    path
        What is being written.

    Yields
    ------
    None
        For the writing.

    Raises
    ------
    OutputError
        If the system refuses.
    """
    try:
        yield
    except OSError as error:
        raise OutputError(_reason(path, error)) from error


def _reason(path: Path, error: OSError) -> Reason:
    unknown = ("output-failed", "The system would not let it.", "Choose another place or name.")
    code, message, advice = _ADVICE.get(error.errno or 0, unknown)
    if sys.platform == "win32" and error.errno == errno.EACCES and path.is_file():
        code, message, advice = _IN_USE
    return Reason(code, f"'{path}' could not be written. {message}", advice)


def png(pixels: object) -> bytes:
    """Encode a picture as PNG without any metadata but the mark of a result.

    Parameters
    ----------
    pixels
        ``uint8 (h, w)`` or ``(h, w, 3)`` RGB.

    Returns
    -------
    bytes
        The file.
    """
    from PIL.PngImagePlugin import PngInfo

    mark = PngInfo()
    mark.add_text(PNG_KEY, MARK)
    return _encoded(pixels, "PNG", pnginfo=mark)


def jpeg(pixels: object) -> bytes:
    """Encode a picture as JPEG without any metadata but the mark of a result.

    Parameters
    ----------
    pixels
        ``uint8 (h, w, 3)`` RGB.

    Returns
    -------
    bytes
        The file.
    """
    return _encoded(pixels, "JPEG", quality=88, comment=MARK)


def _encoded(pixels: object, kind: str, **options: object) -> bytes:
    import io

    import numpy as np
    from PIL import Image

    stream = io.BytesIO()
    Image.fromarray(np.asarray(pixels)).save(stream, kind, **options)
    return stream.getvalue()
