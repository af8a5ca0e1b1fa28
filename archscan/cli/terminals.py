"""Where text for people goes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console


def terminal(stream: TextIO) -> Console:
    """Make a console of at most 80 columns.

    Parameters
    ----------
    stream
        Standard output or standard error.

    Returns
    -------
    rich.console.Console
        Coloured on a terminal only; ``NO_COLOR`` and ``FORCE_COLOR`` decide otherwise.
    """
    from rich.console import Console

    from archscan.report.terminal import WIDTH

    console = Console(file=stream, highlight=False, emoji=False, markup=False, soft_wrap=False)
    width = min(console.width, WIDTH) if console.is_terminal else WIDTH
    if os.environ.get("NO_COLOR"):
        return Console(
            file=stream, width=width, no_color=True, color_system=None, highlight=False,
            emoji=False, markup=False,
        )  # fmt: skip
    console.width = width
    return console
