"""Ctrl-C, and being told to end, where more is to be said of it than that."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from archscan.errors import ExitCode

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM)
"""Ctrl-C, and what ``timeout``, ``docker stop`` and the queues of clusters send."""


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
    """Heed the first Ctrl-C only, and take being told to end for one.

    The workers then end the photos they are at, a few seconds. Another Ctrl-C would break off
    what tells them to stop, and leave everybody waiting for ever.
    """
    usual = (signal.default_int_handler, signal.SIG_DFL)
    handlers = {one: signal.getsignal(one) for one in ENDING_SIGNALS}
    before = {one: handler for one, handler in handlers.items() if handler in usual}

    def interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
        for one in before:
            signal.signal(one, signal.SIG_IGN)
        raise KeyboardInterrupt

    for one in before:
        signal.signal(one, interrupt)
    yield
    for one, handler in before.items():
        signal.signal(one, handler)
