"""What is done already, on disk after every photo: it survives being killed."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from archscan.batch.pictures import Picture
from archscan.errors import OutputError
from archscan.reasons import Reason
from archscan.report.files import writing

PASSING = frozenset(("not-found", "not-a-file", "no-permission", "fault", "worker-lost"))
"""Codes of what may be otherwise the next time, though the file's stamp is the same: a
disk that was not connected, a worker without memory."""


LONGEST = 200
"""Bytes of a name that leave room for what is put round it: most disks take 255."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a record was made from; another stamp means it must be made again.

    Attributes
    ----------
    size, changed
        Of the file: bytes, and nanoseconds since 1970; -1 where it cannot be asked.
    made_by
        Version of archscan and the options it ran with.
    """

    size: int
    changed: int
    made_by: str


def stamp(picture: Picture, made_by: str) -> Stamp:
    """Take a picture's stamp.

    Parameters
    ----------
    picture
        The file.
    made_by
        Version and options.

    Returns
    -------
    Stamp
        As the file is now.
    """
    try:
        found = picture.path.stat()
    except OSError:
        return Stamp(-1, -1, made_by)
    return Stamp(found.st_size, found.st_mtime_ns, made_by)


def short_name(output: Path) -> str:
    """Shorten an output's name for the hidden files beside it.

    Parameters
    ----------
    output
        The file.

    Returns
    -------
    str
        The name or its end, of at most :data:`LONGEST` bytes.
    """
    whole = os.fsencode(output.name)
    # A letter that is cut in two would be no name on some disks.
    return output.name if len(whole) <= LONGEST else whole[-LONGEST:].decode("utf-8", "ignore")


def unwritten(output: Path) -> str:
    """Name what an output is called until it is whole.

    Parameters
    ----------
    output
        The file.

    Returns
    -------
    str
        How that name begins; what a run that was killed left is found by it.
    """
    return f".{short_name(output)}.unwritten-"


def real_place(output: Path) -> Path:
    """Follow an output's links, so that its hidden files lie on the disk it is written to.

    Parameters
    ----------
    output
        The file; it need not be there yet.

    Returns
    -------
    Path
        Where it really is.
    """
    return Path(os.path.realpath(output))


class Journal:
    """Records that are done, one JSON line each, beside the output under a hidden name."""

    def __init__(self, output: Path) -> None:
        real = real_place(output)
        self.output = output
        self.path = real.with_name(f".{short_name(real)}.unfinished")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other runs from the same table: two journals in one file give wrong rows.

        The system lets go of it when this program ends, however it ends. Where it knows no
        such lock (Windows, some disks of a network) nothing is kept from anybody.

        Yields
        ------
        None
            For the run.

        Raises
        ------
        OutputError
            If another run has it, or the system refuses.
        """
        if sys.platform == "win32":
            yield
            return
        import fcntl

        with writing(self.path):
            file = self.path.open("ab")
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise OutputError(
                    Reason(
                        "output-busy",
                        f"Another run of archscan batch is writing '{self.output}'.",
                        "Wait until it is done, or name another table.",
                    )
                ) from error
            except OSError:  # This disk has no locks.
                pass
            yield

    def read(self, wanted: dict[str, Stamp]) -> dict[str, int]:
        """Find what need not be done again, and cut off a line that was torn.

        Parameters
        ----------
        wanted
            Stamp of each picture by its name.

        Returns
        -------
        dict of str to int
            Where the valid line of each finished picture begins, bytes. What failed for
            a reason that may have passed is not finished.
        """
        found: dict[str, int] = {}
        if not self.path.exists():
            return found
        whole = 0
        with writing(self.path), self.path.open("rb+") as file:
            for line in file:
                entry = _parsed(line)
                if entry is None:
                    break
                name, taken, record = entry
                if wanted.get(name) == taken and not _may_pass(record):
                    found[name] = whole
                whole += len(line)
            file.truncate(whole)
        return found

    @contextmanager
    def appending(self, *, afresh: bool) -> Iterator[JournalWriter]:
        """Open for writing.

        Parameters
        ----------
        afresh
            Whether what is there is thrown away.

        Yields
        ------
        JournalWriter
            Adds lines.

        Raises
        ------
        OutputError
            If the system refuses.
        """
        with writing(self.path):
            file = self.path.open("wb" if afresh else "ab")
        with file:
            yield JournalWriter(self.path, file)

    def records(self, places: dict[str, int], names: list[str]) -> Iterator[dict[str, Any]]:
        """Read records back in an order of one's own.

        Parameters
        ----------
        places
            Where each line begins.
        names
            Of pictures, in the order wanted.

        Yields
        ------
        dict
            The record of each.
        """
        with self.path.open("rb") as file:
            for name in names:
                file.seek(places[name])
                entry = _parsed(file.readline())
                assert entry is not None  # noqa: S101 - written whole
                yield entry[2]

    def remove(self) -> None:
        """Forget everything: the output is whole."""
        self.path.unlink(missing_ok=True)


@dataclass(slots=True)
class JournalWriter:
    """Adds one line at a time.

    Attributes
    ----------
    path, file
        What is written to.
    """

    path: Path
    file: IO[bytes]

    def add(self, name: str, taken: Stamp, record: dict[str, Any]) -> int:
        """Write a line so that it is there even if we are killed right after.

        Parameters
        ----------
        name, taken, record
            Picture, its stamp and its record.

        Returns
        -------
        int
            Where the line begins, bytes.

        Raises
        ------
        OutputError
            If the system refuses.
        """
        entry = [name, [taken.size, taken.changed, taken.made_by], record]
        line = json.dumps(entry, ensure_ascii=True, allow_nan=False) + "\n"
        with writing(self.path):
            begins = self.file.seek(0, os.SEEK_END)
            self.file.write(line.encode())
            self.file.flush()
        return begins


def _may_pass(record: dict[str, Any]) -> bool:
    return (record.get("reason") or {}).get("code") in PASSING


def _parsed(line: bytes) -> tuple[str, Stamp, dict[str, Any]] | None:
    if not line.endswith(b"\n"):
        return None
    try:
        name, taken, record = json.loads(line)
        return name, Stamp(*taken), record
    except (ValueError, TypeError):
        return None
