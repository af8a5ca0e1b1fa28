"""``Photo`` to ``Scene``: the plane of the floor, when a sheet of paper shows it."""

from __future__ import annotations

from dataclasses import dataclass
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

FULL_FRAME_LONG_SIDE_MM = 36.0

SEARCH_LONG_SIDE = 800
"""Corners are looked for at this size and placed at working size."""

THRESHOLD_PERCENTILES = (30, 40, 48, 55, 61, 67, 72, 76, 80, 84, 87, 90, 92, 94, 96, 98)
"""Brightnesses at which sheets are cut from the floor: one of them lies between a
sheet and its surroundings, whatever the light."""

SMALLEST_SHARE, LARGEST_SHARE = 0.02, 0.85
"""Of the photo; smaller sheets give no useful scale, larger ones hide their corners."""

BRIGHTER_BY = 12.0
"""Grey levels by which a sheet must stand out from the floor round it."""

MOST_SPREAD = 24.0
"""Grey levels (median absolute deviation within) of an unevenly lit but plain sheet."""

MOST_COLOUR = 42.0
"""Spread between the colour channels, grey levels: paper under warm light has 30."""

ASPECT_TOLERANCE = 0.035
"""A4 and Letter differ by 9 % in aspect; corners are good to about 1 %."""

SKEW_TOLERANCE = 0.06
"""Cosine of the angle between the sides, which are at right angles on paper."""

MOST_TILT_DEG = 50.0

EDGE_REACH = 6
"""Pixels either side of a side's first guess within which its edge is looked for."""


STRAIGHTNESS = 0.8
"""Pixels (median) by which a side may stray from a straight line."""


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
    fits = [
        fit
        for rough in _quadrilaterals(photo.pixels)
        if (corners := _refined(photo.pixels, rough)) is not None
        and (fit := _fit(photo, corners, kinds)) is not None
    ]
    if not fits:
        return Scene(photo)
    best = min(fits, key=lambda fit: fit.error)
    return Scene(photo, best.to_plane, best.sheet, best.corners, best.tilt_deg)


def _quadrilaterals(pixels: NDArray[np.uint8]) -> list[NDArray[np.float64]]:
    """Light, plain, convex four-cornered areas, corners clockwise, working pixels."""
    import cv2

    height, width = pixels.shape[:2]
    scale = min(1.0, SEARCH_LONG_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    plain = np.asarray(cv2.medianBlur(small, 5), dtype=np.uint8)
    grey = plain.min(axis=2)
    found: list[NDArray[np.float64]] = []
    for threshold in np.unique(np.percentile(grey, THRESHOLD_PERCENTILES)):
        light = (grey > threshold).astype(np.uint8)
        contours, _ = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        for contour in contours:
            share = cv2.contourArea(contour) / grey.size
            if not SMALLEST_SHARE <= share <= LARGEST_SHARE:
                continue
            hull = cv2.convexHull(contour)
            if cv2.contourArea(contour) < 0.93 * cv2.contourArea(hull):
                continue
            corners = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, True), True)[:, 0]
            if len(corners) == 4 and _stands_out(plain, corners):
                working = (corners + 0.5) * np.array([width, height]) / np.array(size) - 0.5
                if not any(np.abs(working - other).max() < 12 for other in found):
                    found.append(_clockwise(working))
    return found


def _clockwise(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    from archscan.polygons import signed_area

    return corners if signed_area(corners) > 0 else corners[::-1]


def _stands_out(small: NDArray[np.uint8], corners: NDArray[Any]) -> bool:
    """Whether a quadrilateral is plain, colourless, lighter than its surroundings, and whole."""
    import cv2

    height, width = small.shape[:2]
    x, y = corners.T
    if x.min() <= 1 or y.min() <= 1 or x.max() >= width - 2 or y.max() >= height - 2:
        return False
    inside = np.zeros((height, width), dtype=np.uint8)
    cv2.fillConvexPoly(inside, corners.astype(np.int32), 1)
    around = cv2.dilate(inside, np.ones((21, 21), np.uint8)) - cv2.dilate(
        inside, np.ones((7, 7), np.uint8)
    )
    core = cv2.erode(inside, np.ones((5, 5), np.uint8)) > 0
    if core.sum() < 100 or around.sum() < 50:
        return False
    grey = small.mean(axis=2)
    middle = float(np.median(grey[core]))
    spread = float(np.median(np.abs(grey[core] - middle)))
    colour = float(np.ptp(np.median(small[core], axis=0)))
    # Every side must stand out, not only most of the edge: tiles have neighbours as light.
    floor = float(np.percentile(grey[around > 0], 90))
    return middle - floor > BRIGHTER_BY and spread < MOST_SPREAD and colour < MOST_COLOUR


def _refined(pixels: NDArray[np.uint8], corners: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Fit a line to the steepest step across each side; corners are where lines meet.

    ``None`` where a side is not straight: it is no sheet, or something covers it.
    """
    grey = pixels.mean(axis=2)
    lines = []
    for start, end in pairwise([*corners, corners[0]]):
        along = end - start
        normal = np.array([along[1], -along[0]]) / np.hypot(*along)
        places = start + np.linspace(0.08, 0.92, 60)[:, None] * along
        steps = np.arange(-EDGE_REACH, EDGE_REACH + 1)
        samples = places[:, None, :] + steps[None, :, None] * normal
        levels = _bilinear(grey, samples)
        slopes = np.abs(np.diff(levels, axis=1))
        weight = slopes**2 + 1e-9
        offset = (weight * (steps[:-1] + 0.5)).sum(axis=1) / weight.sum(axis=1)
        edge = places + offset[:, None] * normal
        line = _line(edge)
        if np.median(np.abs(edge @ line[:2] - line[2])) > STRAIGHTNESS:
            return None
        lines.append(line)
    fixed = np.array([_meet(lines[number - 1], lines[number]) for number in range(4)])
    return fixed if np.abs(fixed - corners).max() < 3 * EDGE_REACH else None


def _bilinear(grey: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    height, width = grey.shape
    x = np.clip(points[..., 0], 0, width - 1.001)
    y = np.clip(points[..., 1], 0, height - 1.001)
    left, top = x.astype(int), y.astype(int)
    u, v = x - left, y - top
    upper = grey[top, left] * (1 - u) + grey[top, left + 1] * u
    lower = grey[top + 1, left] * (1 - u) + grey[top + 1, left + 1] * u
    return np.asarray(upper * (1 - v) + lower * v)


def _line(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fit ``a x + b y = c`` by total least squares, once more without outliers."""
    for _ in range(2):
        middle = points.mean(axis=0)
        direction = np.linalg.svd(points - middle)[2][0]
        normal = np.array([-direction[1], direction[0]])
        off = np.abs((points - middle) @ normal)
        points = points[off <= max(0.5, 2 * float(np.median(off)))]
    return np.array([normal[0], normal[1], float(normal @ middle)])


def _meet(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    matrix = np.stack([one[:2], other[:2]])
    if abs(np.linalg.det(matrix)) < 1e-6:
        return np.array([np.inf, np.inf])
    return np.asarray(np.linalg.solve(matrix, np.array([one[2], other[2]])))


def _fit(photo: Photo, corners: NDArray[np.float64], kinds: tuple[str, ...]) -> _Fit | None:
    """Match a quadrilateral with the kinds of sheet, upright or on its side."""
    import cv2

    height, width = photo.pixels.shape[:2]
    length = photo.focal_length_35mm or USUAL_FOCAL_LENGTH_35MM
    focal = length / FULL_FRAME_LONG_SIDE_MM * max(height, width)
    to_ray = np.linalg.inv(
        np.array([[focal, 0, (width - 1) / 2], [0, focal, (height - 1) / 2], [0, 0, 1]])
    )
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float32)
    pose = to_ray @ cv2.getPerspectiveTransform(square, corners.astype(np.float32))
    across, down = pose[:, 0], pose[:, 1]
    lengths = float(np.linalg.norm(across)), float(np.linalg.norm(down))
    if abs(float(across @ down)) / (lengths[0] * lengths[1]) > SKEW_TOLERANCE:
        return None
    normal = np.cross(across, down)
    tilt = float(np.degrees(np.arccos(min(1.0, abs(normal[2]) / np.linalg.norm(normal)))))
    if tilt > MOST_TILT_DEG:
        return None
    seen = lengths[0] / lengths[1]
    fits = []
    for kind in kinds:
        short, long = SHEETS_MM[kind]
        for size in ((short, long), (long, short)):
            error = abs(float(np.log(seen / (size[0] / size[1]))))
            if error < ASPECT_TOLERANCE:
                flat = (square * np.array(size)).astype(np.float32)
                to_plane = cv2.getPerspectiveTransform(corners.astype(np.float32), flat)
                fits.append(_Fit(kind, corners, np.asarray(to_plane), tilt, error))
    return min(fits, key=lambda fit: fit.error) if fits else None
