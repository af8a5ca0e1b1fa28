"""Lines of plain text that fit a narrow terminal."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What a terminal obeys instead of showing it, and bytes of a name that are no text."""


def legible(words: str) -> str:
    """Make words with a file's name among them fit for a terminal.

    Parameters
    ----------
    words
        On one line.

    Returns
    -------
    str
        The words, with a question mark for each of :data:`STEERING`.
    """
    return STEERING.sub("?", words)


def wrapped(line: str, width: int | None, indent: int) -> list[str]:
    """Break a line between words where it is too long, and within a word that alone is.

    Parameters
    ----------
    line
        One line without its end.
    width
        Columns there are, or ``None`` where lines may be of any length.
    indent
        Columns before what follows a break.

    Returns
    -------
    list of str
        One line or several.
    """
    if width is None or len(line) <= width:
        return [line]
    return textwrap.wrap(
        line, max(width, indent + 1), subsequent_indent=" " * indent, break_on_hyphens=False
    )


def beside_or_below(
    beside: Sequence[str], below: Sequence[str], width: int | None, indent: int
) -> list[str]:
    """Lay words beside each other where they fit, else below each other.

    Parameters
    ----------
    beside, below
        The lines of either way, without their ends.
    width, indent
        As for :func:`wrapped`.

    Returns
    -------
    list of str
        ``beside`` unless one of its lines is too long, then ``below``, broken where needed.
    """
    if width is None or max(map(len, beside)) <= width:
        return list(beside)
    return [line for words in below for line in wrapped(words, width, indent)]
