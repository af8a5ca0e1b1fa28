"""The page of markers, ready to print."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from archscan.sheet.printed import FRAME_MM, marker, marker_corners
from archscan.sheet.scene import SHEETS_MM

if TYPE_CHECKING:
    from PIL import ImageDraw

DOTS_PER_MM = 12
"""305 dots an inch: each module of a marker is a whole number of them."""

INCH_MM = 25.4

RULER_MM = 100

TEXT_MM = 5.0

WORDS = (
    "archscan reference page",
    "Print at 100 % (actual size, not 'fit to page').",
    f"The ruler must measure {RULER_MM} mm. If it does not, do not use the page.",
    "Lay it flat beside the wet print, and take the photo from straight above.",
    "At least two of the markers must be seen whole.",
)


def reference_page(paper: str) -> bytes:
    """Draw the page.

    Parameters
    ----------
    paper
        Name in :data:`archscan.sheet.SHEETS_MM`.

    Returns
    -------
    bytes
        A PDF of one page of that size.
    """
    from PIL import Image, ImageDraw, ImageFont

    width, height = SHEETS_MM[paper]
    page = Image.new("L", (round(width * DOTS_PER_MM), round(height * DOTS_PER_MM)), 255)
    corner = (np.array([width, height]) - FRAME_MM) / 2
    for number, corners in marker_corners().items():
        low, high = np.rint((corners[[0, 2]] + corner) * DOTS_PER_MM).astype(int)
        drawn = Image.fromarray(marker(number)).resize(
            (int(high[0] - low[0]), int(high[1] - low[1])), Image.Resampling.NEAREST
        )
        page.paste(drawn, (int(low[0]), int(low[1])))
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(TEXT_MM * DOTS_PER_MM)
    middle, top = page.width // 2, page.height * 5 // 12
    for line, words in enumerate(WORDS):
        place = (middle, top + round(1.6 * line * TEXT_MM * DOTS_PER_MM))
        draw.text(place, words, fill=0, font=font, anchor="mm")
    _ruler(draw, middle, top + round(1.6 * len(WORDS) * TEXT_MM * DOTS_PER_MM))
    stream = io.BytesIO()
    page.save(stream, "PDF", resolution=DOTS_PER_MM * INCH_MM, title=WORDS[0])
    return stream.getvalue()


def _ruler(draw: ImageDraw.ImageDraw, middle: int, y: int) -> None:
    left = middle - RULER_MM * DOTS_PER_MM // 2
    for millimetre in range(RULER_MM + 1):
        length = 6 if millimetre % 10 == 0 else 4 if millimetre % 5 == 0 else 2.5
        x = left + millimetre * DOTS_PER_MM
        draw.line((x, y, x, y + round(length * DOTS_PER_MM)), fill=0, width=2)
    draw.line((left, y, left + RULER_MM * DOTS_PER_MM, y), fill=0, width=3)
