"""Draws ``sample_images/``: ``python -m archscan.synthetic.samples FOLDER``."""

from __future__ import annotations

import argparse
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from archscan.synthetic.recipe import draw_recipe
from archscan.synthetic.scene import render
from archscan.synthetic.writing import write_whole

LONG_SIDE = 4032
"""A 12 megapixel phone photo."""

QUALITY = 86
"""Keeps the dozen below 12 MB."""

ORIENTATION_TAG = 0x0112

CALM = {"noise": 0.004, "blur": 0.8, "clutter": 1, "wear": 0.0, "neighbour": None, "glare": 0.0}
"""Grain costs bytes and shows nothing."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample photo.

    Attributes
    ----------
    name
        File name; its ending chooses the format.
    seed
        Of the recipe.
    fixed
        What of the recipe is pinned.
    orientation
        EXIF orientation it is stored with: 6 for a phone held upright.
    """

    name: str
    seed: int
    fixed: dict[str, Any]
    orientation: int = 1


def _print(**fixed: Any) -> dict[str, Any]:  # noqa: ANN401 - any field of the recipe
    return {"content": "print", "difficulty": "easy", "medium": "water", **CALM, **fixed}


# Seeds from 8,000,000: far from any that the network is trained on.
SAMPLES = (
    Sample(
        "cardboard_neutral_left.jpg", 8000049,
        _print(surface="cardboard", arch="neutral", side="left", prints=1, sheet=None),
    ),
    Sample(
        "cardboard_flat_right.jpg", 8000002,
        _print(surface="cardboard", arch="flat", side="right", prints=1, sheet=None),
    ),
    Sample(
        "cardboard_edges_neutral_left.jpg", 8000038,
        _print(
            surface="cardboard", arch="neutral", side="left", prints=1, sheet=None, fill=0.5,
            beneath="wood", tilt_deg=17.0, off_centre=(0.0, 0.0),
        ),
    ),
    Sample(
        "concrete_high_left.jpg", 8000103,
        _print(surface="concrete", arch="high", side="left", prints=1, sheet=None),
    ),
    Sample(
        "wood_neutral_right.jpg", 8000805,
        _print(surface="wood", arch="neutral", side="right", prints=1, sheet=None),
    ),
    Sample(
        "tile_flat_left.jpg", 8000005,
        _print(surface="tile", arch="flat", side="left", prints=1, sheet=None, strength=1.0),
    ),
    Sample(
        "slate_high_right.jpg", 8000006,
        _print(surface="slate", arch="high", side="right", prints=1, sheet=None),
    ),
    Sample(
        "stone_neutral_left_a4.jpg", 8000316,
        _print(surface="stone", arch="neutral", side="left", prints=1, sheet="a4", tilt_deg=9.0),
    ),
    Sample(
        "coloured_paper_flat_right.heic", 8000012,
        _print(surface="coloured-paper", arch="flat", side="right", prints=1, sheet=None),
    ),
    Sample(
        "paper_high_left_rotated.jpg", 8000008,
        _print(surface="paper", arch="high", side="left", prints=1, sheet=None, strength=1.0),
        orientation=6,
    ),
    Sample(
        "cardboard_pair_neutral.jpg", 8005127,
        _print(surface="cardboard", arch="neutral", prints=2, sheet=None, turn_deg=4.0),
    ),
    Sample(
        "ink_sheet_pair_neutral.jpg", 8005339,
        _print(medium="mesh", surface="paper", arch="neutral", prints=2, sheet=None, turn_deg=1.0),
    ),
    Sample("concrete_no_print.jpg", 8000011, {"content": "blank", "surface": "concrete", **CALM}),
)  # fmt: skip


def draw_samples(folder: Path) -> list[Path]:
    """Draw every sample photo and its truth.

    Parameters
    ----------
    folder
        Made if it is not there.

    Returns
    -------
    list of Path
        The photos; ``truth.json`` in the folder holds what is true of each.
    """
    folder.mkdir(parents=True, exist_ok=True)
    truths, photos = {}, []
    for sample in SAMPLES:
        rendering = render(draw_recipe(sample.seed, **sample.fixed), long_side=LONG_SIDE)
        pixels = rendering.photo
        if sample.orientation == 6:
            # What the sensor of a phone held upright stores: turned a quarter to the left.
            pixels = np.ascontiguousarray(np.rot90(pixels))
        photos.append(write_whole(folder / sample.name, _encoded(pixels, sample)))
        truths[sample.name] = rendering.truth.to_dict()
    write_whole(folder / "truth.json", (json.dumps(truths, indent=1) + "\n").encode())
    return photos


def _encoded(pixels: np.ndarray, sample: Sample) -> bytes:
    stream = io.BytesIO()
    image = Image.fromarray(pixels)
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = sample.orientation
    if sample.name.endswith(".heic"):
        import pillow_heif

        pillow_heif.register_heif_opener()
        image.save(stream, "HEIF", quality=QUALITY - 30)
    else:
        image.save(stream, "JPEG", quality=QUALITY, exif=exif.tobytes(), optimize=True)
    return stream.getvalue()


def main() -> None:
    """Read the command line and draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    draw_samples(parser.parse_args().folder)


if __name__ == "__main__":
    main()
