"""A Bland-Altman plot as SVG."""

from __future__ import annotations

from html import escape

import numpy as np
from numpy.typing import NDArray

from archscan.reliability.agreement import bland_altman
from archscan.report.drawn import Scale, svg

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 140, 30, 50
"""Room round the frame; on the right for a limit and its number in a wide letter."""


def bland_altman_plot(
    measured: NDArray[np.float64], by_hand: NDArray[np.float64], title: str
) -> str:
    """Draw differences over means, with bias and limits of agreement.

    Parameters
    ----------
    measured, by_hand
        ``float64 (n,)`` of the same prints.
    title
        Name of the measure.

    Returns
    -------
    str
        SVG.
    """
    means, differences = (measured + by_hand) / 2, measured - by_hand
    found = bland_altman(measured, by_hand)
    heading = f"{title}: archscan less hand"
    across = Scale(*_padded(means), LEFT, WIDTH - RIGHT)
    up = Scale(*_padded(np.array([*differences, found.low, found.high, 0.0])), HEIGHT - BOTTOM, TOP)
    parts = [
        f'<rect x="{LEFT}" y="{TOP}" width="{WIDTH - LEFT - RIGHT}" '
        f'height="{HEIGHT - TOP - BOTTOM}" fill="none" stroke="#666"/>',
        f'<text x="{LEFT}" y="20" font-weight="600">{escape(heading)}</text>',
        _level("bias", up.place(found.bias), found.bias),
        *(
            _level("95 % limit", up.place(limit), limit, ' stroke-dasharray="5 4"')
            for limit in (found.low, found.high)
        ),
    ]
    parts += [
        f'<circle cx="{across.place(mean):.1f}" cy="{up.place(difference):.1f}" r="3.5" '
        'fill="#1d4ed8" fill-opacity="0.6"/>'
        for mean, difference in zip(means, differences, strict=True)
    ]
    parts += _numbers(across, up)
    return svg(heading, WIDTH, HEIGHT, parts, font_size=12)


def _level(name: str, y: float, value: float, dash: str = "") -> str:
    """Draw a line across the frame, with its name and number beside it."""
    return (
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" '
        f'stroke="#b45309"{dash}/><text x="{WIDTH - RIGHT + 6}" y="{y + 4:.1f}">'
        f"{name} {value:+.3f}</text>"
    )


def _numbers(across: Scale, up: Scale) -> list[str]:
    """Write means below the frame and differences beside it, at every quarter of either."""
    parts = []
    for share in np.linspace(0, 1, 5):
        mean = across.first + share * (across.last - across.first)
        difference = up.first + share * (up.last - up.first)
        parts.append(
            f'<text x="{across.place(mean):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">'
            f'{mean:.2f}</text><text x="{LEFT - 8}" y="{up.place(difference) + 4:.1f}" '
            f'text-anchor="end">{difference:+.3f}</text>'
        )
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">'
        "mean of both</text>"
    )
    return parts


def _padded(values: NDArray[np.float64]) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    room = 0.08 * (high - low) or 0.01
    return low - room, high + room
