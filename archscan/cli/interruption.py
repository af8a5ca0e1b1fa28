"""Ctrl-C where more is to be said of it than that."""

from __future__ import annotations

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
