"""Pictures of a comparison: both outlines laid over each other, and the way of an index."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archscan.comparison.reading import Reading
from archscan.report.words import INDEX_NAMES

COLOURS = ("#1d4ed8", "#c2410c")
"""Before and after; told apart by people who do not see red and green as different."""

LETTER = 8.0
"""Width that a letter of a caption takes at most, SVG units."""

FRAME = 480
"""Height of a drawn print, SVG units."""


def registered(reading: Reading) -> tuple[NDArray[np.float64], ...]:
    """Lay a print upright: heel centre at zero, axis up, length 1.

    Parameters
    ----------
    reading
        One print.

    Returns
    -------
    tuple of numpy.ndarray
        Its outlines ``float64 (n, 2)``, ``y`` towards the toes, unit length of the sole.
    """
    forward = reading.axis_tip - reading.heel_centre
    forward = forward / float(np.hypot(*forward))
    right = np.array([-forward[1], forward[0]])
    turned = [
        (line - reading.heel_centre) @ np.stack([right, forward], axis=1)
        for line in reading.outlines
    ]
    ends = np.concatenate(turned)[:, 1]
    return tuple(line / float(np.ptp(ends)) for line in turned)


def both_outlines(before: Reading, after: Reading) -> str:
    """Draw two prints of a foot over each other, brought to the same length.

    Parameters
    ----------
    before, after
        Readings.

    Returns
    -------
    str
        SVG.
    """
    drawn = [registered(before), registered(after)]
    points = np.concatenate([line for lines in drawn for line in lines])
    low, high = points.min(axis=0), points.max(axis=0)
    room = 0.06
    width = (high[0] - low[0] + 2 * room) * FRAME
    height = (high[1] - low[1] + 2 * room) * FRAME
    parts = []
    for lines, colour in zip(drawn, COLOURS, strict=True):
        path = " ".join(
            "M"
            + " L".join(
                f"{(x - low[0] + room) * FRAME:.1f} {(high[1] - y + room) * FRAME:.1f}"
                for x, y in line
            )
            + " Z"
            for line in lines
        )
        parts.append(
            f'<path d="{path}" fill="{colour}" fill-opacity="0.12" stroke="{colour}" '
            'stroke-width="2"/>'
        )
    captions = [f"before: {_called(before)}", f"after: {_called(after)}"]
    for number, (words, colour) in enumerate(zip(captions, COLOURS, strict=True)):
        y = height + 18 * (number + 1)
        parts.append(f'<text x="6" y="{y:.0f}" fill="{colour}">{escape(words)}</text>')
    return _svg(max(width, LETTER * max(map(len, captions)) + 12), height + 46, parts)


def trend(readings: Sequence[Reading], index: str) -> str:
    """Draw an index over a series of prints of a foot, with its intervals.

    Parameters
    ----------
    readings
        In the order of time; at least one.
    index
        Its name.

    Returns
    -------
    str
        SVG.
    """
    rows = [reading.indices[index] for reading in readings]
    low, high = min(row[1] for row in rows), max(row[2] for row in rows)
    low, high = max(0.0, low - 0.05), high + 0.05
    step, left, height = 90, 60, 260

    def y(value: float) -> float:
        return 30 + (high - value) / (high - low) * (height - 80)

    parts = [
        f'<text x="10" y="18" font-weight="600">{escape(INDEX_NAMES.get(index, index))}, '
        f"{readings[0].side}</text>"
    ]
    parts += [
        f'<text x="{left - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{value:.2f}</text>'
        f'<line x1="{left}" x2="{left + step * len(rows)}" y1="{y(value):.1f}" '
        f'y2="{y(value):.1f}" stroke="#ddd"/>'
        for value in np.linspace(low, high, 5)
    ]
    for number, (reading, (value, bottom, top)) in enumerate(zip(readings, rows, strict=True)):
        x = left + step * (number + 0.5)
        label = _called(reading)[:13]
        parts.append(
            f'<line x1="{x}" x2="{x}" y1="{y(bottom):.1f}" y2="{y(top):.1f}" '
            f'stroke="{COLOURS[0]}" stroke-width="3" stroke-opacity="0.4"/>'
            f'<circle cx="{x}" cy="{y(value):.1f}" r="5" fill="{COLOURS[0]}"/>'
            f'<text x="{x}" y="{height - 20}" text-anchor="middle" font-size="11">'
            f"{escape(label)}</text>"
        )
    return _svg(left + step * len(rows) + 20, height, parts)


def _called(reading: Reading) -> str:
    """Name a print by its day, else by its photo's name without the folders."""
    return reading.day or Path(reading.name).name


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'font-family="sans-serif" font-size="13">\n'
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#fff"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )
