"""Fresh renders: of our own surfaces, over photographed ones, and without a print."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.segmentation.outcome import Outcome, compare

HARD_EVERY = 3
"""Every third render is hard."""

SURFACE_OF = ("wood", "tile", "cardboard", "paper", "brick", "carpet")
"""Words in a texture's file name that say what water does to it."""


def one_thread() -> None:
    """Keep each process to one core: there is one process a core."""
    import cv2

    cv2.setNumThreads(1)


def measure_render(seed: int, long_side: int) -> list[Outcome]:
    """Render a seed, scan it and compare.

    Parameters
    ----------
    seed
        Every third is hard.
    long_side
        Of the photo, pixels.

    Returns
    -------
    list of Outcome
        One for each true print.
    """
    import archscan
    from archscan.synthetic import draw_recipe, render

    recipe = draw_recipe(seed, content="print", difficulty=difficulty_of(seed))
    rendering = render(recipe, long_side=long_side)
    return list(compare(recipe, rendering, archscan.scan(rendering.photo)))


def measure_on_texture(task: tuple[int, Path], long_side: int) -> list[Outcome]:
    """Lay a rendered wet print on a photo of a surface, scan it and compare.

    Parameters
    ----------
    task
        Seed and the photo's file.
    long_side
        Of the rendered photo, pixels.

    Returns
    -------
    list of Outcome
        One for each true print.
    """
    from PIL import Image

    import archscan
    from archscan.synthetic import draw_recipe, render

    seed, path = task
    with Image.open(path) as opened:
        ground = np.asarray(opened.convert("RGB"), dtype=np.uint8)
    word = next((word for word in SURFACE_OF if word in path.name), "concrete")
    surface = "fabric" if word == "carpet" else word
    recipe = draw_recipe(
        seed, content="print", medium="water", surface=surface, difficulty=difficulty_of(seed)
    )
    rendering = render(recipe, long_side=long_side, ground=ground)
    return list(compare(recipe, rendering, archscan.scan(rendering.photo)))


def refusal_of(task: tuple[int, str], long_side: int) -> tuple[str | None, str]:
    """Scan a render without a print.

    Parameters
    ----------
    task
        Seed, and ``"blank"`` or ``"other"``.
    long_side
        Of the photo, pixels.

    Returns
    -------
    code, confidence
        The refusal's code, ``None`` when a print was measured; then how sure of it.
    """
    import archscan
    from archscan.synthetic import draw_recipe, render

    seed, content = task
    recipe = draw_recipe(seed, content=content, difficulty=difficulty_of(seed))
    scan = archscan.scan(render(recipe, long_side=long_side).photo)
    if scan.reason is not None:
        return scan.reason.code, ""
    return None, scan.prints[0].verdict.confidence or ""


def difficulty_of(seed: int) -> str:
    """Give a seed's difficulty.

    Parameters
    ----------
    seed
        Any.

    Returns
    -------
    str
        ``"hard"`` for one in :data:`HARD_EVERY`, else ``"easy"``.
    """
    return "hard" if seed % HARD_EVERY == 0 else "easy"
