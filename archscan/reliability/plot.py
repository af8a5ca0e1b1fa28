"""A Bland-Altman plot as SVG."""

from __future__ import annotations

from html import escape

import numpy as np
from numpy.typing import NDArray

from archscan.reliability.agreement import bland_altman
from archscan.report.drawn import svg

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
    x_low, x_high = _padded(means)
    y_low, y_high = _padded(np.array([*differences, found.low, found.high, 0.0]))

    def x(value: float) -> float:
        return LEFT + (value - x_low) / (x_high - x_low) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (value - y_low) / (y_high - y_low) * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<text x="{LEFT}" y="20" font-weight="600">{escape(title)}: archscan less hand</text>'
    ]
    for value, name, dash in (
        (found.bias, "bias", ""),
        (found.low, "95 % limit", ' stroke-dasharray="5 4"'),
        (found.high, "95 % limit", ' stroke-dasharray="5 4"'),
    ):
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(value):.1f}" y2="{y(value):.1f}" '
            f'stroke="#b45309"{dash}/><text x="{WIDTH - RIGHT + 6}" y="{y(value) + 4:.1f}">'
            f"{name} {value:+.3f}</text>"
        )
    parts += [
        f'<circle cx="{x(mean):.1f}" cy="{y(difference):.1f}" r="3.5" fill="#1d4ed8" '
        'fill-opacity="0.6"/>'
        for mean, difference in zip(means, differences, strict=True)
    ]
    for share in np.linspace(0, 1, 5):
        mean = x_low + share * (x_high - x_low)
        difference = y_low + share * (y_high - y_low)
        parts.append(
            f'<text x="{x(mean):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">'
            f'{mean:.2f}</text><text x="{LEFT - 8}" y="{y(difference) + 4:.1f}" '
            f'text-anchor="end">{difference:+.3f}</text>'
        )
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">'
        "mean of both</text>"
    )
    frame = (
        f'<rect x="{LEFT}" y="{TOP}" width="{WIDTH - LEFT - RIGHT}" '
        f'height="{HEIGHT - TOP - BOTTOM}" fill="none" stroke="#666"/>'
    )
    return svg(WIDTH, HEIGHT, [frame, *parts], font_size=12)


def _padded(values: NDArray[np.float64]) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    room = 0.08 * (high - low) or 0.01
    return low - room, high + room
