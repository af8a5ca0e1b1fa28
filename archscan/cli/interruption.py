"""Ctrl-C where more is to be said of it than that."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from archscan.errors import ExitCode


class Interrupted(SystemExit):
    """Ends the command as Ctrl-C does.

    Attributes
    ----------
    advice
        How to go on.
    """

    def __init__(self, advice: str) -> None:
        super().__init__(ExitCode.INTERRUPTED)
        self.advice = advice


@contextmanager
def interrupted_once() -> Iterator[None]:
    """Heed the first Ctrl-C only.

    The workers then end the photos they are at, a few seconds. Another Ctrl-C would break off
    what tells them to stop, and leave everybody waiting for ever.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:
        yield
        return

    def interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    yield
    signal.signal(signal.SIGINT, before)
