"""What a comparison is drawn with: both outlines laid over each other."""

from __future__ import annotations

from html import escape
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archscan.comparison.reading import Reading
from archscan.report.drawn import svg

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
    # Of any length, for that of the sole is made 1 in the end.
    forward = reading.axis_tip - reading.heel_centre
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
    captions = [f"before: {called(before)}", f"after: {called(after)}"]
    for number, (words, colour) in enumerate(zip(captions, COLOURS, strict=True)):
        y = height + 18 * (number + 1)
        parts.append(f'<text x="6" y="{y:.0f}" fill="{colour}">{escape(words)}</text>')
    title = f"Two outlines laid over each other, {', '.join(captions)}"
    return svg(title, max(width, LETTER * max(map(len, captions)) + 12), height + 46, parts)


def called(reading: Reading) -> str:
    """Name a print by its day, else by its photo's name without the folders.

    Parameters
    ----------
    reading
        One print.

    Returns
    -------
    str
        The name.
    """
    return reading.day or Path(reading.name).name
