"""``Photo`` to ``Scene``: the plane of the floor, when a sheet of paper shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo

SheetOption = Literal["auto", "a4", "letter", "none"]

SHEETS_MM = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Short and long side: ISO 216 A4 and ANSI/ASME Y14.1 A (Letter), millimetres."""

USUAL_FOCAL_LENGTH_35MM = 26.0
"""A phone's main camera when EXIF does not say: 24 to 28 mm on almost all."""

LONGER_FOCAL_LENGTHS_35MM = (35.0, 52.0, 77.0)
"""What else a phone's photo without EXIF may have been taken with: cropped, 2x, 3x."""

CLEARLY_BETTER = 0.5
"""Share of the error that the other kind of sheet must fall below to cast doubt."""

FULL_FRAME_LONG_SIDE_MM = 36.0

SEARCH_LONG_SIDE = 480
"""Sheets are looked for at this size and their edges placed at working size."""

PERCENTILES = (30, 45, 60, 70, 80, 88, 94, 98)
LEVELS = 12
"""Brightnesses at which sheets are cut from the floor: one of them lies between a
sheet and its surroundings, whatever the light. Percentiles are close together where
many pixels are alike, even levels reach the gaps between them."""

SMALLEST_SHARE, LARGEST_SHARE = 0.02, 0.85
"""Of the photo; smaller sheets give no useful scale, larger ones hide their corners."""

LONG_SIDES = 0.75
"""Of an area's outline that its four longest sides must make up: the rest is corners
cut by the threshold or hidden under something."""

SAME_PLACE = 8.0
"""Working pixels: corners closer than this lead to the same edges."""

EDGE_REACHES = (14, 5)
"""Pixels either side of a side's guess within which its edge is looked for, first and
second time."""

SIDE_SAMPLES = 64
STRAIGHTNESS = 1.2
"""Pixels by which a side's edge may stray from its line, there counted as unseen."""

LEAST_SUPPORT = 0.7
"""Share of every side along which the edge must be seen."""

LEAST_STEP = 0.06
"""Of the paper's brightness, by which it must be lighter than what lies beside it."""

NEIGHBOURHOOD = 0.12
"""Of a side's length: how far outside nothing as light as the paper may follow it."""

MOST_SPREAD = 0.14
"""Median absolute deviation within, of the brightness: paper with a lamp to one side."""

MOST_COLOUR = 0.3
"""Spread between the colour channels, of the brightest: paper under a warm lamp."""

MOST_TINT = 0.09
"""Of green or its lack against red and blue, of the brightest: lamps are warm or cold,
pink and green is only the paper itself."""

ASPECT_TOLERANCE = 0.035
"""A4 and Letter differ by 9 % in aspect; corners are good to about 1 %."""

SKEW_TOLERANCE = 0.06
"""Cosine of the angle between the sides, which are at right angles on paper."""

MOST_TILT_DEG = 50.0

SQUARE = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A photo and what is known of the plane it looks at.

    Attributes
    ----------
    photo
        The photo itself.
    photo_to_plane
        ``float64 (3, 3)`` homography from working pixels ``(x, y)`` to
        millimetres on the floor (``x`` right, ``y`` down, not mirrored), or
        ``None`` when no reference was seen.
    sheet
        ``"a4"``, ``"letter"`` or ``None``.
    corners
        ``float64 (4, 2)`` corners of the sheet in working pixels, or ``None``.
    tilt_deg
        Angle between the camera's axis and the floor's normal, degrees, or
        ``None`` when unknown.
    """

    photo: Photo
    photo_to_plane: NDArray[np.float64] | None = None
    sheet: str | None = None
    corners: NDArray[np.float64] | None = None
    tilt_deg: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    """A quadrilateral taken for a sheet."""

    sheet: str
    corners: NDArray[np.float64]
    to_plane: NDArray[np.float64]
    tilt_deg: float
    error: float


def find_scene(photo: Photo, sheet: SheetOption = "auto") -> Scene:
    """Look for a sheet of paper that shows scale and tilt.

    A plain, light quadrilateral is a sheet when, seen through a lens of the
    photo's focal length, its sides stand at right angles and have a sheet's
    proportions. When in doubt there is none.

    Parameters
    ----------
    photo
        Upright.
    sheet
        Kind to look for, ``"auto"`` for either, ``"none"`` not to look.

    Returns
    -------
    Scene
        With a plane when a sheet with four visible corners was found.
    """
    if sheet == "none":
        return Scene(photo)
    kinds = tuple(SHEETS_MM) if sheet == "auto" else (sheet,)
    candidates = _quadrilaterals(photo.pixels)
    if not candidates:
        return Scene(photo)
    grey = _mean_of_colours(photo.pixels)
    found: list[tuple[float, _Fit]] = []
    for rough in candidates:
        refined = _refined(grey, rough)
        if refined is None or not _is_plain(photo.pixels, refined[0]):
            continue
        corners, support = refined
        fit = _fit(photo, corners, kinds)
        if fit is not None:
            found.append((support, fit))
    if not found:
        return Scene(photo)
    best = max(found, key=lambda candidate: candidate[0])[1]
    return Scene(photo, best.to_plane, best.sheet, best.corners, best.tilt_deg)


def _mean_of_colours(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    import cv2

    third = np.full((1, 3), 1 / 3, dtype=np.float32)
    return np.asarray(cv2.transform(pixels.astype(np.float32), third), dtype=np.float32)


def _quadrilaterals(pixels: NDArray[np.uint8]) -> list[NDArray[np.float64]]:
    """Light areas with four long sides, corners clockwise from any, working pixels."""
    import cv2

    height, width = pixels.shape[:2]
    scale = min(1.0, SEARCH_LONG_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    grey = np.asarray(cv2.medianBlur(small, 5)).min(axis=2)
    # Divided by the light's slow changes, a sheet half in the shade is still one area.
    light = cv2.resize(cv2.resize(grey, (16, 16), interpolation=cv2.INTER_AREA), size)
    even = np.clip(grey / np.maximum(light, 8.0) * 110, 0, 255).astype(np.uint8)
    found: list[NDArray[np.float64]] = []
    for shades in (grey, even):
        low, high = np.percentile(shades, (5, 99.5))
        levels = [*np.percentile(shades, PERCENTILES), *np.linspace(low, high, LEVELS)]
        for level in np.unique(np.round(levels)):
            mask = (shades > level).astype(np.uint8)
            contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
            for contour in contours:
                if not SMALLEST_SHARE <= cv2.contourArea(contour) / grey.size <= LARGEST_SHARE:
                    continue
                corners = _four_sides(cv2.convexHull(contour))
                if corners is None or not _is_whole(corners, size):
                    continue
                working = (corners + 0.5) * np.array([width, height]) / np.array(size) - 0.5
                if not found or np.abs(np.array(found) - working).max((1, 2)).min() > SAME_PLACE:
                    found.append(working)
    return found


def _four_sides(hull: NDArray[Any]) -> NDArray[np.float64] | None:
    """Extend a hull's four longest sides till they meet; clockwise from the top left."""
    import cv2

    from archscan.polygons import signed_area

    around = cv2.arcLength(hull, True)
    outline = cv2.approxPolyDP(hull, 0.012 * around, True)[:, 0].astype(np.float64)
    if len(outline) < 4:
        return None
    if signed_area(outline) < 0:
        outline = outline[::-1]
    steps = np.roll(outline, -1, axis=0) - outline
    lengths = np.hypot(*steps.T)
    sides = np.sort(np.argsort(-lengths, kind="stable")[:4])
    if lengths[sides].sum() < LONG_SIDES * around:
        return None
    normals = np.column_stack([steps[:, 1], -steps[:, 0]]) / np.maximum(lengths, 1e-9)[:, None]
    lines = [np.array([*normals[side], normals[side] @ outline[side]]) for side in sides]
    corners = np.array([_meet(lines[number - 1], lines[number]) for number in range(4)])
    if not np.isfinite(corners).all() or not cv2.isContourConvex(corners.astype(np.float32)):
        return None
    return np.roll(corners, -int(np.argmin(corners.sum(axis=1))), axis=0)


def _is_whole(corners: NDArray[np.float64], size: tuple[int, int]) -> bool:
    return bool(corners.min() > 1 and (corners < np.array(size) - 2).all())


def _is_plain(pixels: NDArray[np.uint8], corners: NDArray[np.float64]) -> bool:
    """Whether an area is of one shade and nearly colourless, as paper is under any lamp."""
    import cv2

    to_square = cv2.getPerspectiveTransform(corners.astype(np.float32), 64 * SQUARE)
    inside = cv2.warpPerspective(pixels, to_square, (64, 64), flags=cv2.INTER_AREA)[3:-3, 3:-3]
    grey = inside.mean(axis=2)
    middle = np.median(inside.reshape(-1, 3), axis=0)
    spread = float(np.median(np.abs(grey - np.median(grey)))) / max(1.0, float(middle.mean()))
    brightest = max(1.0, float(middle.max()))
    colour = float(np.ptp(middle)) / brightest
    tint = abs(float(middle[1] - (middle[0] + middle[2]) / 2)) / brightest
    return spread < MOST_SPREAD and colour < MOST_COLOUR and tint < MOST_TINT


def _refined(
    grey: NDArray[np.float32], corners: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float] | None:
    """Place the sides on the steepest step from dark outside to light inside.

    Returns the corners, where the sides' lines meet, and the share of the sides
    along which such a step is seen (of the worst side). ``None`` where a side is
    not straight or is not lighter than what lies beside it.
    """
    import cv2

    support = 0.0
    for reach in EDGE_REACHES:
        lines, supports = [], []
        for start, end in pairwise([*corners, corners[0]]):
            along = end - start
            normal = np.array([along[1], -along[0]]) / np.hypot(*along)
            fraction = np.linspace(0.05, 0.95, SIDE_SAMPLES)
            places = start + fraction[:, None] * along
            steps = np.arange(-reach, reach + 1.0)
            levels = _sampled(grey, places[:, None] + steps[:, None] * normal)
            # A little along the side too: noise is not straight, an edge is.
            levels = np.asarray(cv2.blur(levels, (1, 3)), dtype=np.float32)
            # The normal points outwards: light inside means falling along it.
            slopes = np.maximum(levels[:, :-2] - levels[:, 2:], 0)
            best = slopes.argmax(axis=1)
            around = np.clip(best[:, None] + np.arange(-2, 3), 0, slopes.shape[1] - 1)
            weight = np.take_along_axis(slopes, around, axis=1) + 1e-6
            offset = (weight * steps[1:-1][around]).sum(axis=1) / weight.sum(axis=1)
            at, slope = _steady_line(fraction, offset)
            near = np.abs(offset - at - slope * fraction) < STRAIGHTNESS
            if near.sum() < 8:
                return None
            slope, at = np.polyfit(fraction[near], offset[near], 1)
            ends = places[[0, -1]] + (at + slope * fraction[[0, -1]])[:, None] * normal
            lines.append(_through(*ends))
            supports.append(_side_support(grey, ends, near))
        corners = np.array([_meet(lines[number - 1], lines[number]) for number in range(4)])
        support = min(supports)
        if support < LEAST_SUPPORT or not np.isfinite(corners).all():
            return None
    height, width = grey.shape
    return (corners, support) if _is_whole(corners, (width, height)) else None


def _side_support(
    grey: NDArray[np.float32], ends: NDArray[np.float64], near: NDArray[np.bool_]
) -> float:
    """Share of a side with a straight step up to paper that nothing outside equals."""
    along = ends[1] - ends[0]
    length = float(np.hypot(*along))
    normal = np.array([along[1], -along[0]]) / length
    places = ends[0] + np.linspace(0, 1, SIDE_SAMPLES)[:, None] * along
    inside = _sampled(grey, places[:, None] - np.arange(4.0, 12.0)[:, None] * normal)
    beside = _sampled(grey, places[:, None] + np.arange(4.0, 12.0)[:, None] * normal)
    paper = np.median(inside, axis=1)
    step = paper - np.median(beside, axis=1)
    # Beyond the grout of a tile lies the next tile, as light as the first.
    far = np.linspace(4.0, NEIGHBOURHOOD * length, 24)
    beyond = np.median(_sampled(grey, places[:, None] + far[:, None] * normal), axis=0)
    if (np.median(paper) - beyond).min() < LEAST_STEP * np.median(paper):
        return 0.0
    return float((near & (step > LEAST_STEP * paper)).mean())


def _sampled(grey: NDArray[np.float32], points: NDArray[np.float64]) -> NDArray[np.float32]:
    import cv2

    x, y = np.moveaxis(points.astype(np.float32), -1, 0)
    levels = cv2.remap(grey, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(levels, dtype=np.float32)


def _steady_line(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[float, float]:
    """Fit ``y = at + slope x``, unmoved by up to half of the points.

    Repeated medians: A. F. Siegel, Biometrika 69 (1982) 242-244, doi 10.1093/biomet/69.1.242.
    """
    apart = x[:, None] - x[None]
    np.fill_diagonal(apart, np.nan)
    slope = float(np.median(np.nanmedian((y[:, None] - y[None]) / apart, axis=1)))
    return float(np.median(y - slope * x)), slope


def _through(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the line ``a x + b y = c`` through two points."""
    along = (other - one) / np.hypot(*(other - one))
    return np.array([along[1], -along[0], along[1] * one[0] - along[0] * one[1]])


def _meet(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    matrix = np.stack([one[:2], other[:2]])
    if abs(np.linalg.det(matrix)) < 1e-6:
        return np.array([np.inf, np.inf])
    return np.asarray(np.linalg.solve(matrix, np.array([one[2], other[2]])))


def _fit(photo: Photo, corners: NDArray[np.float64], kinds: tuple[str, ...]) -> _Fit | None:
    """Match a quadrilateral with the kinds of sheet, upright or on its side."""
    import cv2

    height, width = photo.pixels.shape[:2]
    lens = photo.focal_length_35mm or USUAL_FOCAL_LENGTH_35MM
    skew, aspect, tilt = _seen_through(lens, corners, (width, height))
    if skew > SKEW_TOLERANCE or tilt > MOST_TILT_DEG:
        return None
    fits = [
        _Fit(kind, corners, np.eye(3), tilt, error)
        for kind in kinds
        if (error := _aspect_error(aspect, kind)) < ASPECT_TOLERANCE
    ]
    if not fits:
        return None
    best = min(fits, key=lambda fit: fit.error)
    if photo.focal_length_35mm is None:
        # Tilted and through a longer lens, one kind of sheet can look like the other.
        others = [kind for kind in kinds if kind != best.sheet]
        for lens in LONGER_FOCAL_LENGTHS_35MM:
            other_skew, other_aspect, _ = _seen_through(lens, corners, (width, height))
            for kind in others:
                error = np.hypot(other_skew, _aspect_error(other_aspect, kind))
                if error < CLEARLY_BETTER * np.hypot(skew, best.error):
                    return None
    short, long = SHEETS_MM[best.sheet]
    size = np.array((short, long) if aspect < 1 else (long, short), dtype=np.float32)
    to_plane = cv2.getPerspectiveTransform(corners.astype(np.float32), SQUARE * size)
    return replace(best, to_plane=np.asarray(to_plane))


def _aspect_error(aspect: float, kind: str) -> float:
    short, long = SHEETS_MM[kind]
    return abs(abs(float(np.log(aspect))) - float(np.log(long / short)))


def _seen_through(
    focal_length_35mm: float, corners: NDArray[np.float64], size: tuple[int, int]
) -> tuple[float, float, float]:
    """Skew (cosine between the sides), aspect and tilt (degrees) of a rectangle in the photo.

    The first two columns of ``K^-1 H`` are the rectangle's sides as vectors (Z.
    Zhang, IEEE PAMI 22 (2000) 1330-1334, doi 10.1109/34.888718).
    """
    import cv2

    width, height = size
    focal = focal_length_35mm / FULL_FRAME_LONG_SIDE_MM * max(size)
    to_ray = np.linalg.inv(
        np.array([[focal, 0, (width - 1) / 2], [0, focal, (height - 1) / 2], [0, 0, 1]])
    )
    pose = to_ray @ cv2.getPerspectiveTransform(SQUARE, corners.astype(np.float32))
    across, down = pose[:, 0], pose[:, 1]
    lengths = float(np.linalg.norm(across)), float(np.linalg.norm(down))
    normal = np.cross(across, down)
    tilt = np.degrees(np.arccos(min(1.0, abs(normal[2]) / np.linalg.norm(normal))))
    skew = abs(float(across @ down)) / (lengths[0] * lengths[1])
    return skew, lengths[0] / lengths[1], float(tilt)
