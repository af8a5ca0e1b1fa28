"""The annotated picture: what was measured, drawn on the photo."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from archscan.indices import construct
from archscan.indices.construction import Construction, Section
from archscan.report.places import from_axis, to_photo
from archscan.report.words import headline, verdict_words
from archscan.scanning import Print, Scan

SIZE = 1600
"""Long side of the picture, pixels: sharp on a phone."""

COLOURS = {
    "outline": (255, 214, 10),
    "toes": (255, 149, 0),
    "axis": (255, 255, 255),
    "thirds": (120, 220, 255),
    "midfoot": (255, 69, 90),
    "forefoot": (60, 220, 110),
    "halo": (0, 0, 0),
}
"""Told apart by lightness too, and always on a dark halo."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws in working pixels on a picture that may be larger."""

    draw: ImageDraw.ImageDraw
    scale: float
    width: int
    size: tuple[int, int]

    def place(self, points: NDArray[np.float64]) -> list[Point]:
        moved = (points + 0.5) * self.scale - 0.5
        return [(float(x), float(y)) for x, y in moved]

    def line(self, points: NDArray[np.float64], colour: str, width: float = 1.0) -> None:
        places = self.place(points)
        thick = max(1, round(self.width * width))
        self.draw.line(places, fill=COLOURS["halo"], width=thick + 2, joint="curve")
        self.draw.line(places, fill=COLOURS[colour], width=thick, joint="curve")

    def label(self, at: Point, text: str, colour: str, font: ImageFont.FreeTypeFont) -> None:
        """Write beside a point, moved so that it stays in the picture."""
        left, top, right, bottom = self.draw.textbbox((0, 0), text, font=font)
        edge = 2 * self.width
        x = min(max(at[0], edge), self.size[0] - (right - left) - edge)
        y = min(max(at[1], edge), self.size[1] - (bottom - top) - 2 * edge)
        self.draw.text(
            (x, y), text, font=font, fill=COLOURS[colour],
            stroke_width=max(2, self.width // 2), stroke_fill=COLOURS["halo"],
        )  # fmt: skip


def annotate(scan: Scan) -> NDArray[np.uint8]:
    """Draw outline, axis, thirds, the two measured widths and their labels.

    Parameters
    ----------
    scan
        Anything but unreadable; a refused photo carries its reason.

    Returns
    -------
    numpy.ndarray
        ``uint8 (h, w, 3)`` RGB, long side 1600 pixels.

    Raises
    ------
    ValueError
        If the photo could not be read.
    """
    if scan.photo is None:
        raise ValueError("an unreadable photo has no picture")
    image = Image.fromarray(scan.photo.pixels)
    scale = SIZE / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    image = image.resize(size, Image.Resampling.LANCZOS if scale < 1 else Image.Resampling.BICUBIC)
    pen = _Pen(ImageDraw.Draw(image), scale, max(2, SIZE // 400), size)
    for item in scan.prints:
        _draw_print(pen, item)
    if scan.reason is not None:
        _draw_reason(pen, scan.reason.message)
    return np.asarray(image)


def _font(size: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101 - so it is when a size is given
    return font


def _draw_print(pen: _Pen, item: Print) -> None:
    footprint = item.footprint
    for colour, polygons in (("outline", footprint.sole), ("toes", footprint.toes)):
        for polygon in polygons:
            closed = np.concatenate([polygon, polygon[:1]])
            pen.line(to_photo(closed, footprint), colour)
    drawn = construct(footprint.in_axis_frame(footprint.sole))
    x = np.concatenate([polygon[:, 0] for polygon in drawn.sole])
    reach = np.array([x.min(), x.max()]) + np.array([-0.08, 0.08]) * np.ptp(x)
    for level in drawn.thirds:
        ends = np.array([[reach[0], level], [reach[1], level]])
        pen.line(_seen(ends, item), "thirds", 0.6)
    axis = np.stack([footprint.heel_centre, footprint.axis_tip])
    pen.line(to_photo(axis, footprint), "axis", 0.8)
    for name, section in (("forefoot", drawn.forefoot), ("midfoot", drawn.midfoot)):
        for chord in section.chords:
            ends = np.array([[chord[0], section.level], [chord[1], section.level]])
            pen.line(_seen(ends, item), name, 2.0)
    _label(pen, item, drawn)


def _seen(points: NDArray[np.float64], item: Print) -> NDArray[np.float64]:
    return to_photo(from_axis(points, item.footprint), item.footprint)


def _label(pen: _Pen, item: Print, drawn: Construction) -> None:
    outline = np.concatenate(
        [to_photo(p, item.footprint) for p in (*item.footprint.sole, *item.footprint.toes)]
    )
    places = np.array(pen.place(outline))
    length = float(np.ptp(places, axis=0).max())
    font = _font(max(22.0, min(44.0, 0.055 * length)))
    low, high = places.min(axis=0), places.max(axis=0)
    # The free side: where there is more picture beside the print.
    right = pen.size[0] - high[0] >= low[0]
    title = f"{item.footprint.side} foot: {verdict_words(item.verdict)}"
    line = 1.35 * font.size
    column = float(high[0] + 8) if right else float(low[0] - 8)

    def write(y: float, text: str, colour: str) -> None:
        width = pen.draw.textlength(text, font=font)
        pen.label((column if right else column - width, y), text, colour, font)

    write(float(low[1]), title, "axis")
    write(float(low[1]) + line, headline(item), "axis")

    def beside(section: Section, text: str, colour: str) -> None:
        middle = _seen(np.array([[0.0, section.level]]), item)
        write(pen.place(middle)[0][1] - font.size / 2, text, colour)

    beside(drawn.forefoot, "widest forefoot", "forefoot")
    beside(drawn.midfoot, "narrowest midfoot", "midfoot")


def _draw_reason(pen: _Pen, message: str) -> None:
    font = _font(40)
    room = max(12, int(pen.size[0] / (0.55 * font.size)))
    for number, text in enumerate(wrap(message, room)):
        pen.label((20, 20 + 1.3 * font.size * number), text, "axis", font)
