"""Lines of plain text that fit a narrow terminal."""

from __future__ import annotations

import textwrap


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
