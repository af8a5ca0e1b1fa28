"""Where pictures and pages of each photo go, settled before any photo is read."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from archscan.errors import OutputError
from archscan.reasons import Reason
from archscan.replacing import refuse_replacing, refuse_undrawn, unused
from archscan.report.files import is_folder, make_folder, require_place, write_whole, wrong_ending

ENDINGS = {
    "overlay": (".jpg", ".jpeg", ".png"),
    "mask": (".png",),
    "report": (".html", ".htm"),
    "plan": (".html", ".htm"),
}
"""What each output can be; the first is used in a folder."""

DRAWINGS = {"overlay": (".svg",), "plot": (".svg",)}
"""The same for what a comparison draws."""

PAGES = (".pdf",)
"""The same for a page to print."""

SLASHES = ("/", os.sep)
"""End a folder's name, whether it is there or not; a path does not keep them."""

STANDARD_INPUT = "-"

STANDARD_OUTPUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
"""All but the first would lead to standard error while libraries are kept off standard output."""

ONE_STREAM = Path("-")
"""Standard output, however it was called."""


def planned_files(
    photos: Sequence[str], outputs: Mapping[str, str | None]
) -> list[dict[str, Path]]:
    """Name the files of each photo, and refuse what cannot or must not be written.

    Parameters
    ----------
    photos
        As they were given.
    outputs
        For each of ``overlay``, ``mask`` and ``report`` a file for one photo
        or a folder for any number, or ``None``. For one photo it can be standard output;
        what ends in a slash is a folder's name for one photo too.

    Returns
    -------
    list of dict of str to Path
        For each photo, the file of each output that is wanted, for :func:`write_result`.

    Raises
    ------
    OutputError
        If a folder is missing or may not be written to, an ending is of another kind of file,
        two outputs have one name, an output would replace a photo, be it one that is not to be
        measured, or standard output would take several.
    """
    wanted = {name: given for name, given in outputs.items() if given is not None}
    planned: list[dict[str, Path]] = []
    taken: set[str] = set()
    for photo in photos:
        # Photos of two folders may be named alike.
        stem = unused("photo" if photo == STANDARD_INPUT else Path(photo).stem, taken)
        planned.append(
            {name: _file(name, given, stem, len(photos) > 1) for name, given in wanted.items()}
        )
    files = [path for paths in planned for path in paths.values()]
    _check(files, photos)
    refuse_undrawn(files)
    return planned


def check_file(
    name: str, path: Path, photos: Sequence[str], others: Sequence[Mapping[str, Path]]
) -> None:
    """Refuse a single file that cannot or must not be written.

    Parameters
    ----------
    name
        The option: ``json`` or ``plan``.
    path
        The file.
    photos
        As they were given.
    others
        What :func:`planned_files` gave.

    Raises
    ------
    OutputError
        As for :func:`planned_files`.
    """
    _require_place(path)
    _check([path, *(other for paths in others for other in paths.values())], photos)
    if name in ENDINGS:
        _check_ending(name, path, ENDINGS[name])
    else:
        _refuse_picture(name, path)


def check_page(path: Path) -> None:
    """Refuse a page that cannot be written, or is named like another kind of file.

    Parameters
    ----------
    path
        The PDF, or standard output.

    Raises
    ------
    OutputError
        As for :func:`planned_files`.
    """
    _check_ending("output", path, PAGES)
    _require_place(path)


def write_result(path: Path, data: bytes) -> None:
    """Write a file, or its bytes to standard output.

    Parameters
    ----------
    path
        Where to.
    data
        What.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    if is_standard_output(path):
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    else:
        write_whole(path, data)


def is_standard_output(path: Path) -> bool:
    """Tell whether a name stands for standard output.

    Parameters
    ----------
    path
        As it was given.

    Returns
    -------
    bool
        True for ``-`` and its device.
    """
    return path in map(Path, STANDARD_OUTPUT)


def one_name(path: Path) -> Path:
    """Call standard output by one name, whichever it was given.

    Parameters
    ----------
    path
        As it was given.

    Returns
    -------
    Path
        :data:`ONE_STREAM`, or the same path.
    """
    return ONE_STREAM if is_standard_output(path) else path


def check_comparison(files: Mapping[str, Path | None], photos: Sequence[str]) -> dict[str, Path]:
    """Refuse files of a comparison that cannot or must not be written.

    Parameters
    ----------
    files
        By option, or ``None``; drawings have a file for each foot where both are compared.
    photos
        Every file that is compared.

    Returns
    -------
    dict of str to Path
        Those that are wanted, for :func:`write_result`.

    Raises
    ------
    OutputError
        As for :func:`planned_files`.
    """
    wanted = {name: one_name(path) for name, path in files.items() if path is not None}
    for_each_foot = []
    for name, path in wanted.items():
        if name in DRAWINGS and path != ONE_STREAM:
            _check_ending(name, path, DRAWINGS[name])
            for_each_foot += for_feet(name, path, ("left", "right"))
        _require_place(path)
    _check([*wanted.values(), *for_each_foot], photos)
    if "json" in wanted:
        _refuse_picture("json", wanted["json"])
    return wanted


def for_feet(name: str, path: Path, sides: Sequence[str]) -> list[Path]:
    """Name the drawing of each foot that is compared.

    Parameters
    ----------
    name
        The option.
    path
        As :func:`check_comparison` gave it.
    sides
        ``"left"``, ``"right"`` or both.

    Returns
    -------
    list of Path
        The same for one foot, else files beside it.

    Raises
    ------
    OutputError
        If standard output would take both.
    """
    if len(sides) == 1:
        return [path]
    if path == ONE_STREAM:
        raise _mixed(path, name, "foot", "Name a file: each foot gets one of its own beside it.")
    return [path.with_stem(f"{path.stem}_{side}") for side in sides]


def _require_place(path: Path) -> None:
    """Refuse a file that there is no place for; standard output has one in any folder."""
    if not is_standard_output(path):
        require_place(path)


def _mixed(path: Path, name: str, what: str, advice: str) -> OutputError:
    return OutputError(
        Reason(
            "output-mixed",
            f"'{path}' is standard output, which takes --{name} of one {what} only.",
            advice,
        )
    )


def _file(name: str, given: str, stem: str, several: bool) -> Path:
    path, endings = Path(given), ENDINGS[name]
    if is_standard_output(path):
        if several:
            raise _mixed(path, name, "photo", "Name a folder for several photos.")
        return ONE_STREAM
    if several or given.endswith(SLASHES) or is_folder(path):
        path = make_folder(path) / f"{stem}{endings[0]}"
    else:
        _check_ending(name, path, endings)
    require_place(path)
    return path


def _check_ending(name: str, path: Path, endings: Sequence[str]) -> None:
    if path.suffix and path.suffix.lower() not in endings:
        raise wrong_ending(path, name, endings)


def _refuse_picture(name: str, path: Path) -> None:
    """Refuse a photo's name for numbers: of ``--json left.jpg right.jpg`` the first may be one."""
    if path.suffix.lower() in ("", ".json"):
        return
    from archscan.batch.pictures import ENDINGS as PICTURES

    if path.suffix.lower() in PICTURES:
        raise wrong_ending(path, name, (".json",))


def _check(paths: Sequence[Path], photos: Sequence[str]) -> None:
    """No output may replace a photo or another output."""
    # Of other names a device takes several results, but standard output would mix them.
    if paths.count(ONE_STREAM) > 1:
        raise OutputError(
            Reason("output-twice", f"'{ONE_STREAM}' is named for two results.", "Name two files.")
        )
    refuse_replacing(paths, (Path(photo) for photo in photos if photo != STANDARD_INPUT))
