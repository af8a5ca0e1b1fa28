"""Renderings as files."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

from PIL import Image

from archscan.synthetic.recipe import draw_recipe
from archscan.synthetic.scene import render


def write_renderings(folder: Path, count: int, seed: int = 0, long_side: int = 1600) -> list[Path]:
    """Draw labelled photos into a folder.

    Parameters
    ----------
    folder
        Made if it is not there.
    count
        How many.
    seed
        Of the first; the others follow.
    long_side
        Of each photo, pixels.

    Returns
    -------
    list of Path
        The photos ``NNNN.jpg``; beside each lie ``NNNN.mask.png`` and
        ``NNNN.json`` with its truth.
    """
    folder.mkdir(parents=True, exist_ok=True)
    photos = []
    for number in range(count):
        rendering = render(draw_recipe(seed + number), long_side=long_side)
        stem = f"{number:04d}"
        photo = io.BytesIO()
        Image.fromarray(rendering.photo).save(photo, "JPEG", quality=88)
        mask = io.BytesIO()
        Image.fromarray(rendering.mask).save(mask, "PNG", optimize=True)
        truth = json.dumps(rendering.truth.to_dict(), indent=1).encode()
        write_whole(folder / f"{stem}.mask.png", mask.getvalue())
        write_whole(folder / f"{stem}.json", truth)
        photos.append(write_whole(folder / f"{stem}.jpg", photo.getvalue()))
    return photos


def write_whole(path: Path, data: bytes) -> Path:
    """Write a file whole or not at all.

    Parameters
    ----------
    path
        Where to.
    data
        What.

    Returns
    -------
    Path
        The same path.
    """
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_bytes(data)
    os.replace(temporary, path)  # noqa: PTH105 - atomic on every system
    return path
