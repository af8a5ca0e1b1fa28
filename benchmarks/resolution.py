"""How exact the main indices are on a shape known by hand, at every size.

``python -m benchmarks.resolution`` prints the table and draws the figure of the docs.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

HEEL, BALL, BAND, LENGTH = 28.0, 45.0, 36.0, 210.0
"""A disc for the heel, a disc for the ball, a band through both centres: radii, width and
length, millimetres."""

SIZES = (75, 100, 150, 200, 300, 450, 600)
"""Length of the shape on the mask, pixels."""

POSES = 20
FINER = 4
"""The shape is tested this many times finer, so that a pixel knows its share of it."""

KINDS = ("soft edge", "plain mask")
"""A grey mask with a threshold; one of zeros and ones."""

COLOURS = {"chippaux_smirak": "#b45309", "cavanagh_rodgers": "#1d4ed8", "staheli": "#15803d"}


def half_width(level: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give half of the shape's width.

    Parameters
    ----------
    level
        ``float64 (n,)`` distance from the rear end, millimetres.

    Returns
    -------
    numpy.ndarray
        ``float64 (n,)`` millimetres.
    """
    heel, ball = HEEL, LENGTH - BALL
    discs = np.maximum(
        np.sqrt(np.maximum(HEEL**2 - (level - heel) ** 2, 0)),
        np.sqrt(np.maximum(BALL**2 - (level - ball) ** 2, 0)),
    )
    on_band = (level >= heel) & (level <= ball)
    return np.asarray(np.where(on_band, np.maximum(discs, BAND / 2), discs))


def truth() -> dict[str, float]:
    """Work out the indices by hand: widths are given, areas are integrals.

    Returns
    -------
    dict of str to float
        By name.
    """
    level = (np.arange(300_000) + 0.5) * LENGTH / 300_000
    middle = (level > LENGTH / 3) & (level < 2 * LENGTH / 3)
    width = half_width(level)
    return {
        "chippaux_smirak": BAND / (2 * BALL),
        "cavanagh_rodgers": float(width[middle].sum() / width.sum()),
        "staheli": BAND / (2 * HEEL),
    }


def drawn(pixels: int, random: np.random.Generator) -> NDArray[np.uint8]:
    """Fill the shape, turned and shifted at random.

    Parameters
    ----------
    pixels
        Its length.
    random
        Source of the turn and the shift.

    Returns
    -------
    numpy.ndarray
        ``uint8 (h, w)``: the share of each pixel that the shape covers, 0 to 255.
    """
    import cv2

    size = 2 * pixels
    angle, place = random.uniform(0, 2 * np.pi), size / 2 + random.uniform(-0.5, 0.5, 2)
    fine = (np.arange(size * FINER, dtype=np.float32) + 0.5) / FINER - 0.5
    x, y = np.meshgrid((fine - place[0]) * LENGTH / pixels, (fine - place[1]) * LENGTH / pixels)
    along = y * np.cos(angle) - x * np.sin(angle) + LENGTH / 2
    across = np.abs(x * np.cos(angle) + y * np.sin(angle))
    inside = (across <= half_width(along)) & (along >= 0) & (along <= LENGTH)
    shares = cv2.resize(inside.astype(np.uint8) * 255, (size, size), interpolation=cv2.INTER_AREA)
    return np.asarray(shares, dtype=np.uint8)


def errors(pixels: int, kind: str) -> dict[str, NDArray[np.float64]]:
    """Measure the shape in many poses.

    Parameters
    ----------
    pixels
        Its length.
    kind
        One of :data:`KINDS`.

    Returns
    -------
    dict of str to numpy.ndarray
        Relative errors by index.
    """
    import archscan

    random = np.random.default_rng(pixels)
    wanted = truth()
    found: dict[str, list[float]] = {name: [] for name in wanted}
    for _ in range(POSES):
        grey = drawn(pixels, random)
        soft = kind == KINDS[0]
        scan = archscan.measure(grey, threshold=127.5) if soft else archscan.measure(grey > 127)
        for name, value in wanted.items():
            found[name].append(scan.prints[0].measures[name].value / value - 1)
    return {name: np.array(values) for name, values in found.items()}


def figure(told: dict[str, dict[int, dict[str, NDArray[np.float64]]]]) -> str:
    """Draw the median error over the size, both logarithmic.

    Parameters
    ----------
    told
        Relative errors by kind of mask, size and index.

    Returns
    -------
    str
        SVG.
    """
    left, top, width, height = 60, 20, 480, 260
    low, high = 1e-4, 3e-2

    def place(pixels: float, error: float) -> tuple[float, float]:
        across = np.log(pixels / SIZES[0]) / np.log(SIZES[-1] / SIZES[0])
        up = np.log(max(error, low) / low) / np.log(high / low)
        return left + width * float(across), top + height * (1 - float(up))

    parts = []
    for error in (1e-4, 1e-3, 2e-3, 1e-2):
        y = place(SIZES[0], error)[1]
        dash = "" if error == 2e-3 else ' stroke-dasharray="2 3"'
        parts.append(
            f'<line x1="{left}" x2="{left + width}" y1="{y:.1f}" y2="{y:.1f}" stroke="#999"{dash}/>'
            f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{100 * error:g} %</text>'
        )
    for pixels in SIZES:
        x = place(pixels, low)[0]
        parts.append(
            f'<text x="{x:.1f}" y="{top + height + 18}" text-anchor="middle">{pixels}</text>'
        )
    for number, (name, colour) in enumerate(COLOURS.items()):
        for kind, dash in zip(KINDS, ("", ' stroke-dasharray="5 4"'), strict=True):
            points = [
                place(pixels, float(np.median(np.abs(found[name]))))
                for pixels, found in told[kind].items()
            ]
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            parts.append(
                f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
            )
        parts.append(
            f'<text x="{left + width - 4}" y="{top + 14 + 16 * number}" text-anchor="end" '
            f'fill="{colour}">{name}</text>'
        )
    parts.append(
        f'<text x="{left + width / 2}" y="{top + height + 38}" text-anchor="middle">'
        "length of the print, pixels (full line: soft edge; broken: plain mask)</text>"
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 330" width="560" '
        'font-family="sans-serif" font-size="12"><rect width="560" height="330" fill="#fff"/>'
        f"{''.join(parts)}</svg>\n"
    )


def main() -> None:
    """Measure, print and draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--figure", type=Path, default=Path("docs/figures/resolution.svg"))
    arguments = parser.parse_args()
    told = {kind: {pixels: errors(pixels, kind) for pixels in SIZES} for kind in KINDS}
    for kind, sizes in told.items():
        title = f"{kind}: relative error, median (worst of {POSES})"
        table = Table("length, pixels", *COLOURS, title=title)
        for pixels, found in sizes.items():
            off = [np.abs(found[name]) for name in COLOURS]
            table.add_row(str(pixels), *(f"{np.median(one):.3%} ({one.max():.3%})" for one in off))
        Console(width=100).print(table)
    arguments.figure.write_text(figure(told), encoding="utf-8")


if __name__ == "__main__":
    main()
