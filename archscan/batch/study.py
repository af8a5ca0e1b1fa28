"""A folder to a table: finds, scores, remembers, writes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from archscan.batch.dispatch import scored, usual_jobs
from archscan.batch.journal import Journal, Stamp, stamp
from archscan.batch.naming import Pattern
from archscan.batch.pictures import Found, Picture, search
from archscan.batch.results import check_files, check_pictures
from archscan.batch.scoring import Options, Task
from archscan.batch.stems import unique_stems
from archscan.batch.summary import Summary
from archscan.batch.tables import write_table
from archscan.replacing import refuse_replacing, refuse_undrawn
from archscan.report.words import printable
from archscan.version import __version__

Watcher = Callable[[int, int], None]
"""Told after each photo how many are done, of how many."""

Listener = Callable[[str], None]
"""Told in a sentence what a person should know of the photos as a whole."""


def run_batch(
    folder: str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    options: Options | None = None,
    pattern: Pattern | str | None = None,
    gallery: str | os.PathLike[str] | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    send_bytes: bool = False,
    resume: bool = False,
    watcher: Watcher | None = None,
    listener: Listener | None = None,
) -> Summary:
    """Score every picture below a folder and write the table.

    Parameters
    ----------
    folder
        Searched at any depth.
    output
        ``.csv``, ``.jsonl`` or ``.parquet``; it appears when every photo has its row.
    options
        How to scan, and what to keep.
    pattern
        How file names tell participant, side and session; its text will do.
    gallery
        An HTML file to look through, or ``None``.
    jobs
        Workers; all cores unless given.
    executor
        Instead of processes on this machine.
    send_bytes
        Whether the executor's workers cannot see the folder.
    resume
        Whether an interrupted run is gone on with. Photos that changed since, what
        failed for a reason that may have passed, and records of another version or other
        options are done again.
    watcher
        Told how far it is.
    listener
        Told, before any photo is scored, of folders that cannot be read and of names
        that do not fit the pattern.

    Returns
    -------
    Summary
        Of all photos, those of the earlier run included.

    Raises
    ------
    OptionError
        If the folder or the pattern cannot be used.
    OutputError
        If a result cannot be written, another run is writing it, or it would replace a
        photo or another result: what can be known of that is said before any photo is scored.

    Notes
    -----
    As for :func:`score_many`, a program's own file has to call this below
    ``if __name__ == "__main__":`` unless it brings an executor.
    """
    chosen = options or Options()
    folder, output = Path(folder), Path(output)
    gallery = None if gallery is None else Path(gallery)
    naming = Pattern.of(pattern) if isinstance(pattern, str) else pattern
    check_files(output, gallery)
    drawn_in = [Path(one) for one in (chosen.masks, chosen.overlays) if one is not None]
    found = search(folder, drawn_in)
    pictures = found.pictures
    names = [picture.name for picture in pictures]
    stems = dict(zip(names, unique_stems(names), strict=True))
    drawn = [path for stem in stems.values() for path in chosen.files(stem).values()]
    check_pictures(drawn)
    refuse_replacing(
        [output, *([gallery] if gallery else []), *drawn], (picture.path for picture in pictures)
    )
    refuse_undrawn(drawn)
    if listener is not None:
        for remark in _remarks(found, naming):
            listener(remark)
    stamps = _stamps(pictures, stems, chosen)
    journal = Journal(output)
    with journal.held():
        places = journal.read(stamps) if resume else {}
        summary = Summary(kept=len(places), unread=found.unread)
        left = [picture for picture in pictures if picture.name not in places]
        started = time.monotonic()
        tasks = _tasks(left, stems, send_bytes)
        with (
            journal.appending(afresh=not resume) as writer,
            closing(scored(tasks, chosen, jobs or usual_jobs(), executor)) as done,
        ):
            for number, record in done:
                name = left[number].name
                places[name] = writer.add(name, stamps[name], record)
                if watcher is not None:
                    watcher(len(places), len(pictures))
        summary.seconds = time.monotonic() - started
        for record in journal.records(places, names):
            summary.add(record)
        write_table(output, (_bare(one) for one in journal.records(places, names)), naming)
        if gallery is not None:
            from archscan.batch.gallery import write_gallery

            write_gallery(gallery, journal.records(places, names))
        journal.remove()
    return summary


def _remarks(found: Found, pattern: Pattern | None) -> Iterator[str]:
    yield from found.remarks()
    if pattern is None:
        return
    names = [printable(picture.name) for picture in found.pictures]
    odd = [name for name in names if not pattern.fits(name)]
    if odd:
        yield (
            f"{len(odd)} of {len(names)} names are not built like '{pattern.text}', the first is "
            f"'{odd[0]}'; their columns of the study stay empty."
        )


def _fingerprint(options: Options) -> str:
    """Name everything that changes a record."""
    kept = {key: str(value) for key, value in asdict(options).items()}
    return " ".join(f"{key}={value}" for key, value in sorted(kept.items()))


def _stamps(pictures: list[Picture], stems: dict[str, str], options: Options) -> dict[str, Stamp]:
    made_by = f"{__version__} {_fingerprint(options)}"
    stamps = {}
    for picture in pictures:
        stem = stems[picture.name]
        # Photos that came or went since may have changed what its mask is called.
        drawn = f"{made_by} stem={stem}" if options.files(stem) else made_by
        stamps[picture.name] = stamp(picture, drawn)
    return stamps


def _tasks(pictures: list[Picture], stems: dict[str, str], send_bytes: bool) -> Iterator[Task]:
    for number, picture in enumerate(pictures):
        source: str | bytes = str(picture.path)
        if send_bytes:
            try:
                source = picture.path.read_bytes()
            except OSError:
                # The worker will say what is wrong with it.
                source = str(picture.path)
        yield Task(number, picture.name, source, stems[picture.name])


def _bare(record: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is only for the gallery."""
    return {key: value for key, value in record.items() if key != "thumbnail"}
