"""What masks and overlays are called: after their photos, and no two alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from archscan.replacing import alike, unused

ENDINGS = {"mask": ".png", "overlay": ".jpg"}
"""Of the pictures that are written for each photo."""


def stem_of(name: str) -> str:
    """Leave out a photo's ending, and whatever leads out of the folder for results.

    Parameters
    ----------
    name
        Path of the photo.

    Returns
    -------
    str
        With ``/`` between the parts; never absolute.
    """
    path = PurePath(name)
    parts = [part for part in path.parts[:-1] if part not in (path.anchor, "..")]
    return "/".join([*parts, path.stem])


def unique_stems(names: Sequence[str]) -> list[str]:
    """Name the results of every photo of a batch.

    Parameters
    ----------
    names
        Of the photos: paths below their folder, in an order that never changes.

    Returns
    -------
    list of str
        For each its path without the ending. Where photos differ in nothing but
        endings, capital letters or how accents are written, the first of them keeps it
        and the others get a number that makes them no third photo's namesake.
    """
    own = [stem_of(name) for name in names]
    # Where x.jpg is a folder, the overlay of x.png cannot be called x.jpg too.
    folders = {folder.as_posix() for name in names for folder in PurePath(name).parents}
    blocked = {
        alike(folder[: -len(ending)])
        for folder in folders
        for ending in ENDINGS.values()
        if folder.casefold().endswith(ending)
    }
    taken = blocked | {alike(stem) for stem in own}
    given = set(blocked)
    stems = []
    for stem in own:
        stems.append(unused(stem, taken) if alike(stem) in given else stem)
        given.add(alike(stem))
    return stems
