"""The mark of pictures that archscan drew, so that no later batch takes them for photos."""

from __future__ import annotations

from pathlib import Path

MARK = "archscan result"
"""Stands in the file, not in the pixels."""

PNG_KEY = "Software"
"""One of the keywords that the PNG specification lists (W3C, PNG, section 11.3.3.2)."""

# A comment: its kind, then its length with the two bytes that tell it.
_IN_JPEG = b"\xff\xfe" + (len(MARK) + 2).to_bytes(2, "big") + MARK.encode()

IN_FILE = {
    ".png": f"tEXt{PNG_KEY}\0{MARK}".encode(),
    ".jpg": _IN_JPEG,
    ".jpeg": _IN_JPEG,
}
"""The mark as its bytes stand in a file, by the ending of its name."""

START_BYTES = 256
"""Of a file that hold the mark: it comes before the pixels."""


def is_marked(path: Path) -> bool:
    """Tell whether a picture is a result of archscan.

    Parameters
    ----------
    path
        A regular file; another would be waited for.

    Returns
    -------
    bool
        False for photos, for files that cannot be read, and for results that another
        program has stored anew.
    """
    ending = path.suffix.lower()
    if ending not in IN_FILE:
        return False
    try:
        with path.open("rb") as file:
            return IN_FILE[ending] in file.read(START_BYTES)
    except OSError:
        return False
