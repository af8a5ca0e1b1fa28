"""The way of an index over a series of prints of one foot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from html import escape

import numpy as np

from archscan.comparison.drawing import COLOURS, called
from archscan.comparison.reading import Reading
from archscan.indices.table import INDICES
from archscan.report.drawn import Scale, svg
from archscan.report.words import INDEX_NAMES, percent

LEFT, TOP, BOTTOM = 60, 30, 50
"""Room for the axis, the heading and the names of the prints, SVG units."""

HEIGHT = 260
"""Of the whole drawing."""

STEP = 90
"""What a print has of the width, and from one name to the next at least: a name's letters."""

LEAST_STEP = 14
"""From one print to the next at least: their marks must not hide each other."""

MOST_LETTERS = 13
"""Of a print's name: more do not fit beside the next."""

ROOM = 0.05
"""Above and below all intervals, in the index's own unit."""

TICKS, MOST_TICKS = (0.05, 0.1, 0.25, 0.5), 6
"""Of the axis: the finest that makes no more than so many."""


def trend(readings: Sequence[Reading], index: str) -> str:
    """Draw an index over a series of prints of a foot, with its intervals.

    Where the days of all prints are known, they lie as far apart as those; else evenly. Of
    an index with bands the limits that are in view are drawn too; they are adults', and
    where no print has a class all are a child's.

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
    low = max(0.0, min(row[1] for row in rows) - ROOM)
    high = max(row[2] for row in rows) + ROOM
    places = _places(readings)
    right = places[-1] + STEP / 2
    up = Scale(high, low, TOP, HEIGHT - BOTTOM)
    limits = [(words, limit) for words, limit in _limits(readings, index) if low < limit < high]
    heading = f"{INDEX_NAMES.get(index, index)}, {readings[0].side}"
    parts = [
        f'<text x="10" y="18" font-weight="600">{escape(heading)}</text>',
        *(_tick_line(value, up.place(value), right) for value in _ticks(low, high)),
        *(_limit_line(words, limit, up.place(limit), right) for words, limit in limits),
    ]
    named = _named(places)
    for number, (reading, place) in enumerate(zip(readings, places, strict=True)):
        parts.append(_mark(place, *map(up.place, reading.indices[index])))
        if number in named:
            parts.append(
                f'<text x="{place:.1f}" y="{HEIGHT - 20}" text-anchor="middle" font-size="11">'
                f"{escape(called(reading)[:MOST_LETTERS])}</text>"
            )
    return svg(heading, right + STEP + 15, HEIGHT, parts)


def _tick_line(value: float, y: float, right: float) -> str:
    """Draw a round value's line across the figure."""
    return (
        f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{percent(value)}</text>'
        f'<line x1="{LEFT}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
    )


def _limit_line(words: str, limit: float, y: float, right: float) -> str:
    """Draw the line where one class ends and another begins."""
    return (
        f'<line x1="{LEFT}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}" '
        'stroke="#555" stroke-dasharray="5 4"/>'
        f'<text x="{right + 6:.1f}" y="{y + 4:.1f}" font-size="11" fill="#555">'
        f"{words} {percent(limit)}</text>"
    )


def _mark(x: float, y: float, bottom: float, top: float) -> str:
    """Draw a print's value on its interval."""
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{bottom:.1f}" y2="{top:.1f}" '
        f'stroke="{COLOURS[0]}" stroke-width="3" stroke-opacity="0.4"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{COLOURS[0]}"/>'
    )


def _ticks(low: float, high: float) -> list[float]:
    """Choose round values of the axis."""
    for step in TICKS:
        first, last = math.ceil(low / step), math.floor(high / step)
        if last - first < MOST_TICKS:
            break
    return [step * count for count in range(first, last + 1)]


def _limits(readings: Sequence[Reading], index: str) -> list[tuple[str, float]]:
    if index not in INDICES or all(reading.arch is None for reading in readings):
        return []
    bands = INDICES[index].bands
    return [("high below", bands.high_below), ("flat from", bands.flat_from)]


def _places(readings: Sequence[Reading]) -> list[float]:
    """Give where on the page each print is, SVG units from the left."""
    steps = len(readings) - 1
    shares = np.linspace(0, 1, len(readings))
    days = _days(readings)
    if days is not None and days[0] < days[-1] and days == sorted(days):
        shares = (np.array(days) - days[0]) / (days[-1] - days[0])
    places = [LEFT + STEP / 2]
    for share in shares[1:]:
        # Rounded, as names that lie exactly a step apart have room.
        wanted = round(LEFT + STEP / 2 + float(share) * STEP * steps, 1)
        places.append(max(wanted, places[-1] + LEAST_STEP))
    return places


def _days(readings: Sequence[Reading]) -> list[int] | None:
    """Count the days, unless one is not known; a name may hold a 31st of February."""
    try:
        return [date.fromisoformat(reading.day or "").toordinal() for reading in readings]
    except ValueError:
        return None


def _named(places: Sequence[float]) -> set[int]:
    """Choose the prints whose name there is room for: the last one, and all that fit before."""
    named = {len(places) - 1}
    free_from, free_until = 0.0, places[-1] - STEP
    for number, place in enumerate(places[:-1]):
        if free_from <= place <= free_until:
            named.add(number)
            free_from = place + STEP
    return named
