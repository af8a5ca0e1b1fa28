"""Where text for people goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

    from archscan.guidance import Card


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
    # A terminal that tells no size may be said to have no columns, in which no word would stand.
    told = _width(stream, console) if console.is_terminal else 0
    width = min(told or WIDTH, WIDTH)
    if os.environ.get("NO_COLOR"):
        return Console(
            file=stream, width=width, no_color=True, color_system=None, highlight=False,
            emoji=False, markup=False,
        )  # fmt: skip
    console.width = width
    return console


def _width(stream: TextIO, console: Console) -> int:
    """Ask the stream itself: while libraries are kept off standard output, Rich cannot."""
    try:
        own = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        own = 0
    return console.width if os.environ.get("COLUMNS") or not own else own


def columns(stream: TextIO) -> int | None:
    """Tell how wide lines may be.

    Parameters
    ----------
    stream
        Standard output or standard error.

    Returns
    -------
    int or None
        Columns of a terminal, at most 80; ``None`` for a pipe or a file, whose reader
        wants each line whole.
    """
    console = terminal(stream)
    return console.width if console.is_terminal else None


def say(sentence: str) -> None:
    """Tell a person something beside the result, on standard error.

    Parameters
    ----------
    sentence
        One or several.
    """
    remark(f"archscan: {sentence}")


def say_urgent(cards: Iterable[Card]) -> None:
    """Tell a person what is urgent where standard output is kept for something else.

    Parameters
    ----------
    cards
        Red flags, in the order to be read.
    """
    for one in cards:
        say(f"{one.title}. {one.text}")


def remark(sentence: str) -> None:
    """Tell a person something without saying who tells it, broken where a line is too long.

    Parameters
    ----------
    sentence
        As for :func:`say`.
    """
    from archscan.report.lines import legible, wrapped

    lines = wrapped(legible(sentence), columns(sys.stderr), 0)
    sys.stderr.writelines(f"{line}\n" for line in lines)
