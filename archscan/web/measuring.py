"""One photo at a time to its page, in a process of its own."""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future
from concurrent.futures.process import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict
from multiprocessing.process import BaseProcess
from pathlib import Path

from archscan.batch.dispatch import local_executor
from archscan.batch.scoring import keep_to_one_core
from archscan.errors import ArchscanError
from archscan.reasons import UNREADABLE, Reason
from archscan.web.asked import Asked

log = logging.getLogger(__name__)

MOST_SECONDS = 60.0
"""A photo that takes longer is given up: the slowest kind, 48 megapixels of HEIC, takes six."""

MOST_MEMORY = 4 * 2**30
"""Bytes of address space for the process that reads photos: two hundred megapixels take
less than three quarters, and a file that asks for more is no photo."""

MOST_WAITING = 4
"""Photos that arrive or wait at a time, all in memory; a household has no more hands."""

TOO_MANY = Reason("busy", "Other photos are being measured.", "Try again in a moment.")

GIVEN_UP = Reason(
    "worker-lost",
    "Reading this photo took too long or too much memory, and was given up.",
    "Take the photo again at a usual size; it may also be damaged.",
)

FRONT = "/"
"""Where photos are given: what a result leads back to."""


class BusyError(Exception):
    """Too many photos wait already."""


class Measurer:
    """Measures photos one after the other; one that brings its process down harms no other."""

    def __init__(self) -> None:
        self._process: ProcessPoolExecutor | None = None
        self._children: list[BaseProcess] = []
        self._places = 1 + MOST_WAITING
        self._turn = asyncio.Lock()

    def warm(self) -> None:
        """Start the process, so that the first photo need not wait for it."""
        self._running()

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place in the queue, from before a photo arrives until it is measured.

        Yields
        ------
        None
            For both.

        Raises
        ------
        BusyError
            If none is free.
        """
        if not self._places:
            raise BusyError
        self._places -= 1
        try:
            yield
        finally:
            self._places += 1

    async def page(self, photo: bytes, wishes: Asked) -> str:
        """Measure a photo.

        Parameters
        ----------
        photo
            The file's bytes; they are never written anywhere.
        wishes
            How to scan it.

        Returns
        -------
        str
            The page a person reads, also of a photo that was refused or could not be read.

        Raises
        ------
        OptionError
            If an option cannot be used.
        """
        try:
            # One is handed over at a time: when the process falls, it is clear which photo did it.
            async with self._turn:
                return await asyncio.wrap_future(self._handed(photo, wishes))
        except BrokenExecutor:
            self.close()
            return _unreadable(GIVEN_UP, wishes)

    def close(self) -> None:
        """End the process, also in the middle of a photo."""
        if self._process is not None:
            for child in self._children:
                child.kill()
            # Python's own clearing up at the end would trip over a thread that is still ending.
            self._process.shutdown(wait=True, cancel_futures=True)
            self._process = None

    def _handed(self, photo: bytes, wishes: Asked) -> Future[str]:
        try:
            return self._running().submit(measured_page, photo, wishes)
        except BrokenExecutor:  # It fell while it had nothing to do, which is no photo's fault.
            self.close()
            return self._running().submit(measured_page, photo, wishes)

    def _running(self) -> ProcessPoolExecutor:
        if self._process is None:
            others = multiprocessing.active_children()
            self._process = local_executor(1)
            self._process.submit(_prepare)
            self._children = [one for one in multiprocessing.active_children() if one not in others]
        return self._process


def measured_page(photo: bytes, wishes: Asked) -> str:
    """Measure a photo and write its page; runs in the process for it.

    Parameters
    ----------
    photo
        The file's bytes.
    wishes
        How to scan it.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    OptionError
        If an option cannot be used.
    """
    with _no_longer_than(MOST_SECONDS):
        try:
            return _page(photo, wishes)
        except ArchscanError:
            raise
        except Exception:
            log.exception("measuring a photo from the page")
            return _unreadable(UNREADABLE["fault"], wishes)


@contextmanager
def _no_longer_than(seconds: float) -> Iterator[None]:
    """End this process, in which nobody else works, if what is done takes longer.

    A decoder can hold Python's threads up for as long as it runs, a timer among them; this
    watch is not one of Python's. What it would tell of the process nobody needs.
    """
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _page(photo: bytes, wishes: Asked) -> str:
    import archscan
    from archscan.report.page import page

    return page(archscan.scan(photo, **asdict(wishes)), back=FRONT)


def _unreadable(reason: Reason, wishes: Asked) -> str:
    from archscan.findings import Answers, Scan
    from archscan.report.page import page

    # What a person said of themselves is as urgent without a photo.
    urgent = Answers(wishes.age, wishes.symptoms, wishes.conditions).urgent
    return page(Scan(None, "unreadable", reason, (), (), None, urgent), back=FRONT)


def _prepare() -> None:
    """Import what a scan needs, keep to one core and the memory allowed, and leave nothing."""
    import archscan.scanning  # noqa: F401

    keep_to_one_core()
    if sys.platform == "win32":  # It has no such limits.
        return
    import resource

    # Of a process that falls, many systems store all that it held in memory: the photo too.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # Nor has every other system.
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        if hard == resource.RLIM_INFINITY or hard > MOST_MEMORY:
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, hard))
