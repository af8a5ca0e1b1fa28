"""The annotated picture: what was measured, drawn on the photo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from archscan.findings import Print, Scan
from archscan.footprint import Footprint
from archscan.indices import construct
from archscan.report.labels import HOLLOW, Line, nearest, place, write
from archscan.report.places import from_axis, to_photo
from archscan.report.words import headline, verdict_words

SIZE = 1600
"""Long side of the picture, pixels: sharp on a phone."""

FONT_SIZE = 0.027 * SIZE
"""As high as the small print of a page when the picture fills a phone's screen."""

LINE_WIDTH = SIZE // 400

REASON_COLUMNS = 34
"""Letters in a line of a refusal's sentence."""

WHITE, BLACK = (255, 255, 255), (0, 0, 0)

COLOURS = {
    "outline": (255, 214, 10),
    "toes": (255, 149, 0),
    "axis": WHITE,
    "thirds": (120, 220, 255),
    "midfoot": (255, 69, 90),
    "forefoot": (60, 220, 110),
}
"""Told apart by lightness too, and always on a dark rim."""

PANEL = (0, 0, 0, 220)
"""So dark that on a white floor too every word has the contrast of 4.5 to 1 that WCAG asks for."""


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws lines given in working pixels on a picture of another size."""

    draw: ImageDraw.ImageDraw
    scale: float

    def place(self, points: NDArray[np.float64]) -> list[tuple[float, float]]:
        moved = (points + 0.5) * self.scale - 0.5
        return [(float(x), float(y)) for x, y in moved]

    def line(self, points: NDArray[np.float64], colour: str, width: float = 1.0) -> None:
        places = self.place(points)
        thick = max(1, round(LINE_WIDTH * width))
        self.draw.line(places, fill=BLACK, width=thick + 2, joint="curve")
        self.draw.line(places, fill=COLOURS[colour], width=thick, joint="curve")


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
    pen = _Pen(ImageDraw.Draw(image, "RGBA"), scale)
    for item in scan.prints:
        _draw_print(pen, item)
    taken = _taken(scan, pen, size)
    outlines = [_outline(pen, item) for item in scan.prints]
    shunned = _nearer_another(taken.shape, outlines)
    for item, outline, foreign in zip(scan.prints, outlines, shunned, strict=True):
        _label(pen, item, outline, foreign, taken)
    if scan.reason is not None:
        lines = tuple(Line(text, WHITE) for text in wrap(scan.reason.message, REASON_COLUMNS))
        write(pen.draw, place(lines, (0.0, 0.0), taken, FONT_SIZE), PANEL)
    return np.asarray(image)


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
        pen.line(_across(item, reach[0], reach[1], level), "thirds", 0.75)
    axis = np.stack([footprint.heel_centre, footprint.axis_tip])
    pen.line(to_photo(axis, footprint), "axis", 0.75)
    for name, section in (("forefoot", drawn.forefoot), ("midfoot", drawn.midfoot)):
        for left, right in section.chords:
            pen.line(_across(item, left, right, section.level), name, 2.0)


def _across(item: Print, left: float, right: float, level: float) -> NDArray[np.float64]:
    """Give both ends of a line across the foot, frame ``photo``."""
    ends = np.array([[left, level], [right, level]])
    return to_photo(from_axis(ends, item.footprint), item.footprint)


def _taken(scan: Scan, pen: _Pen, size: tuple[int, int]) -> NDArray[np.float32]:
    """Tell where prints are: words must not hide what they speak of."""
    import cv2

    taken = np.zeros((size[1], size[0]), dtype=np.float32)

    def places(points: NDArray[np.float64], footprint: Footprint) -> NDArray[np.int32]:
        seen = np.array(pen.place(to_photo(points, footprint)))
        return np.asarray(np.rint(seen), dtype=np.int32)

    for footprint in (item.footprint for item in scan.prints):
        hull = cv2.convexHull(places(np.concatenate(footprint.sole), footprint))
        cv2.fillConvexPoly(taken, hull, HOLLOW)
    for footprint in (item.footprint for item in scan.prints):
        for polygon in (*footprint.sole, *footprint.toes):
            cv2.fillPoly(taken, [places(polygon, footprint)], 1.0)
        axis = places(np.stack([footprint.heel_centre, footprint.axis_tip]), footprint)
        cv2.polylines(taken, [axis], isClosed=False, color=1.0, thickness=4 * LINE_WIDTH)
    return taken


def _outline(pen: _Pen, item: Print) -> NDArray[np.float64]:
    """Give the points of a print's sole and toes on the picture."""
    pieces = (*item.footprint.sole, *item.footprint.toes)
    points = np.concatenate([to_photo(piece, item.footprint) for piece in pieces])
    return np.array(pen.place(points))


def _nearer_another(
    size: tuple[int, ...], outlines: Sequence[NDArray[np.float64]]
) -> list[NDArray[np.bool_] | None]:
    """Tell for each print which pixels are nearer to another one; nothing of a single print."""
    if len(outlines) < 2:
        return [None] * len(outlines)
    away = [_away(size, outline) for outline in outlines]
    least = np.minimum.reduce(away)
    return [least < own for own in away]


def _away(size: tuple[int, ...], points: NDArray[np.float64]) -> NDArray[np.float32]:
    """Tell how far each pixel of the picture is from the nearest of these points."""
    import cv2

    free = np.ones(size, dtype=np.uint8)
    height, width = size
    seen = np.rint(points).astype(np.intp)
    free[np.clip(seen[:, 1], 0, height - 1), np.clip(seen[:, 0], 0, width - 1)] = 0
    return np.asarray(cv2.distanceTransform(free, cv2.DIST_L2, 5), dtype=np.float32)


def _label(
    pen: _Pen,
    item: Print,
    outline: NDArray[np.float64],
    shunned: NDArray[np.bool_] | None,
    taken: NDArray[np.float32],
) -> None:
    """Write what was measured beside a print; what is written there is taken from then on."""
    lines = (
        Line(f"{item.footprint.side.capitalize()}: {verdict_words(item.verdict)}", WHITE),
        Line(headline(item), WHITE),
        Line("narrowest midfoot", COLOURS["midfoot"]),
        Line("widest forefoot", COLOURS["forefoot"]),
    )
    middle = outline.mean(axis=0)
    block = place(lines, (float(middle[0]), float(middle[1])), taken, FONT_SIZE, shunned)
    leader = [(float(x), float(y)) for x, y in nearest(block, outline)]
    pen.draw.line(leader, fill=BLACK, width=LINE_WIDTH)
    pen.draw.line(leader, fill=WHITE, width=LINE_WIDTH // 2)
    write(pen.draw, block, PANEL)
    left, top, right, bottom = block.box
    taken[top:bottom, left:right] = 1.0
