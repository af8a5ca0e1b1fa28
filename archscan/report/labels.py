"""Finds room for words on a picture: inside it, off the prints, near what they name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import ImageDraw, ImageFont

CELL = 8
"""Places are tried on a grid of this many pixels."""

LINE_HEIGHT = 1.3
PADDING = 0.4
"""In font sizes."""

SMALLEST_FONT = 18.0
SHRINK = 0.85
"""Words shrink by this factor, down to the smallest font, until they find room."""

COVERING = 100.0
"""What covering nothing but prints costs, where being a picture's length away costs 1."""

SHUNNING = 1.5
"""What lying wholly nearer another print costs, by the same measure."""

HOLLOW = 0.001
"""Price of a place that should rather stay free, where that of a print is 1."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words.

    Attributes
    ----------
    text
        What it says.
    colour
        RGB.
    """

    text: str
    colour: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of words at their place.

    Attributes
    ----------
    lines
        From top to bottom.
    box
        Left, top, right and bottom of the panel behind them, pixels.
    font_size
        Pixels.
    """

    lines: tuple[Line, ...]
    box: tuple[int, int, int, int]
    font_size: float


def font(size: float) -> ImageFont.FreeTypeFont:
    """Load the font that words on pictures are written in.

    Parameters
    ----------
    size
        Pixels.

    Returns
    -------
    PIL.ImageFont.FreeTypeFont
        The font that comes with Pillow.
    """
    loaded = ImageFont.load_default(size)
    assert isinstance(loaded, ImageFont.FreeTypeFont)  # noqa: S101 - so it is when a size is given
    return loaded


def place(
    lines: tuple[Line, ...],
    near: tuple[float, float],
    taken: NDArray[np.float32],
    font_size: float,
    shunned: NDArray[np.bool_] | None = None,
) -> Block:
    """Find the place for a block of words that covers least and is nearest.

    Parameters
    ----------
    lines
        The words.
    near
        ``(x, y)`` of what they name, picture pixels.
    taken
        ``float32 (h, w)``, the picture's size: 1 where nothing must be covered,
        :data:`HOLLOW` where nothing should be, else 0.
    font_size
        Largest font, pixels; smaller ones are tried where there is no room.
    shunned
        ``bool (h, w)``: where words would be taken for those of another print.

    Returns
    -------
    Block
        Within the picture, unless even the smallest font is wider than it.
    """
    smallest = min(font_size, SMALLEST_FONT)
    taken_sums = _sums(taken)
    shunned_sums = None if shunned is None else _sums(shunned)
    while True:
        width, height = _size(lines, font_size)
        block, covered = _best(lines, near, taken_sums, shunned_sums, font_size, width, height)
        fits = width <= taken.shape[1] and height <= taken.shape[0]
        if (fits and covered <= HOLLOW) or font_size <= smallest:
            return block
        font_size = max(smallest, font_size * SHRINK)


def nearest(block: Block, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Find the shortest way from a block to what it names.

    Parameters
    ----------
    block
        At its place.
    points
        ``float64 (n, 2)``, picture pixels.

    Returns
    -------
    numpy.ndarray
        ``float64 (2, 2)``: a point of the block and the nearest of the points.
    """
    left, top, right, bottom = block.box
    on_block = np.clip(points, (left, top), (right, bottom))
    closest = int(np.argmin(np.hypot(*(points - on_block).T)))
    return np.stack([on_block[closest], points[closest]])


def write(draw: ImageDraw.ImageDraw, block: Block, panel: tuple[int, int, int, int]) -> None:
    """Write a block on its panel.

    Parameters
    ----------
    draw
        Of an RGB picture, in its RGBA mode.
    block
        Words and place.
    panel
        RGBA of the panel behind them.
    """
    letters = font(block.font_size)
    inset = PADDING * block.font_size
    draw.rounded_rectangle(block.box, radius=inset, fill=panel)
    for number, line in enumerate(block.lines):
        y = block.box[1] + inset + number * LINE_HEIGHT * block.font_size
        draw.text((block.box[0] + inset, y), line.text, font=letters, fill=line.colour)


def _size(lines: tuple[Line, ...], font_size: float) -> tuple[int, int]:
    letters = font(font_size)
    widest = max(letters.getlength(line.text) for line in lines)
    inset = 2 * PADDING * font_size
    return int(np.ceil(widest + inset)), int(np.ceil(len(lines) * LINE_HEIGHT * font_size + inset))


def _best(
    lines: tuple[Line, ...],
    near: tuple[float, float],
    taken_sums: NDArray[np.float64],
    shunned_sums: NDArray[np.float64] | None,
    font_size: float,
    width: int,
    height: int,
) -> tuple[Block, float]:
    """Try every place on the grid; say what share of the best one is taken."""
    picture_height, picture_width = (length - 1 for length in taken_sums.shape)
    left = _places(picture_width, width)
    top = _places(picture_height, height)
    covered = _shares(taken_sums, left, top, width, height)
    price = COVERING * covered
    if shunned_sums is not None:
        price += SHUNNING * _shares(shunned_sums, left, top, width, height)
    away_x = left + width / 2 - near[0]
    away_y = top + height / 2 - near[1]
    away = np.hypot(away_x[None, :], away_y[:, None]) / max(picture_height, picture_width)
    row, column = np.unravel_index(np.argmin(price + away), covered.shape)
    x, y = int(left[column]), int(top[row])
    block = Block(lines, (x, y, x + width, y + height), font_size)
    return block, float(covered[row, column])


def _sums(marked: NDArray[np.float32] | NDArray[np.bool_]) -> NDArray[np.float64]:
    """Add up from the corner, ``(h + 1, w + 1)``: sums over any rectangle follow from four."""
    height, width = marked.shape
    sums = np.zeros((height + 1, width + 1))
    sums[1:, 1:] = marked.cumsum(axis=0, dtype=np.float64).cumsum(axis=1)
    return sums


def _shares(
    sums: NDArray[np.float64],
    left: NDArray[np.intp],
    top: NDArray[np.intp],
    width: int,
    height: int,
) -> NDArray[np.float64]:
    """Tell what share of the block at each place is marked."""
    right = np.minimum(left + width, sums.shape[1] - 1)
    bottom = np.minimum(top + height, sums.shape[0] - 1)
    within = (
        sums[np.ix_(bottom, right)]
        - sums[np.ix_(top, right)]
        - sums[np.ix_(bottom, left)]
        + sums[np.ix_(top, left)]
    )
    return np.asarray(within / (width * height))


def _places(room: int, length: int) -> NDArray[np.intp]:
    """Give starts along one side, clear of the picture's edge where there is room for that."""
    last = room - length - CELL
    return np.arange(CELL, last + 1, CELL) if last >= CELL else np.zeros(1, dtype=np.intp)
