"""The camera's tilt from straight lines on the floor: joints of tiles, boards, edges.

Lines that are parallel or at right angles to each other on the floor stay so on a photo
only when it is taken from straight above. The tilt is the one that, undone, brings most
of the lines back into two directions at right angles (J. Kosecka and W. Zhang, Computer
Vision ECCV 2002, 476-490, use the same two directions).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo
from archscan.sheet.perspective import FULL_FRAME_LONG_SIDE_MM, USUAL_FOCAL_LENGTH_35MM
from archscan.sheet.straightening import Straightening, looking_along

GLANCE_SIDE, SIDE = 256, 512
"""Longer side of the reduced photo, pixels: whether there are lines, and where they run."""

SHORTEST = 0.07
"""Of the longer side: shorter segments are texture."""

MOST_SEGMENTS = 80

LEAST_GLANCED, LEAST_LENGTH = 3.5, 4.5
"""Length of all segments on the first look, and on the second of those in the two
directions, in longer sides of the photo: few and short ones agree by chance on some tilt
or other."""

TILTS_DEG = np.arange(0.0, 46.0, 3.0)
TOWARDS_DEG = np.arange(0.0, 360.0, 15.0)
FINER_DEG = (1.5, 0.75, 0.4)
"""Grid of tilts that are tried, and the steps in which the best is refined."""

ON_LINE_DEG = 2.0
"""A segment that is off by less belongs to a direction."""

LEAST_SHARE = 0.6
"""Of all segments' length, that lie in the two directions."""

LEAST_OF_EACH = 0.22
"""Of it, that lie in the rarer of them; one direction alone says too little."""

LEAST_COUNT = 6
"""Segments in the rarer direction."""

GLANCED_ON_LINE_DEG, GLANCED_OF_EACH = 5.0, 0.15
"""The same of the first look, at the best tilt of the coarse grid: most floors with lines
have them in one direction, and need no second look."""

Vectors = NDArray[np.float64]


def straighten(photo: Photo) -> Straightening | None:
    """Look for the tilt that the floor's straight lines show.

    Parameters
    ----------
    photo
        Upright.

    Returns
    -------
    Straightening or None
        ``None`` unless many lines agree on it: most floors have none.
    """
    lens = photo.focal_length_35mm or USUAL_FOCAL_LENGTH_35MM
    segments, lengths = _segments(photo, GLANCE_SIDE)
    if lengths.sum() < LEAST_GLANCED or not _may_be_clear(_planes(segments, lens), lengths):
        return None
    segments, lengths = _segments(photo, SIDE)
    if lengths.sum() < LEAST_LENGTH:
        return None
    planes = _planes(segments, lens)
    normal = _normal(_finer(planes, lengths, _coarse(planes, lengths)))
    if not _is_clear(planes, lengths, normal):
        return None
    return looking_along(photo, normal)


def _segments(photo: Photo, side: int) -> tuple[Vectors, Vectors]:
    """Longest segments ``(n, 2, 2)`` about the photo's middle and their lengths, long side 1."""
    import cv2

    small = photo.within(side)
    size = small.shape[1::-1]
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    seen = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE).detect(grey)[0]
    ends = np.zeros((0, 2, 2)) if seen is None else np.asarray(seen, float).reshape(-1, 2, 2)
    lengths = np.hypot(*(ends[:, 1] - ends[:, 0]).T) / max(size)
    order = np.argsort(-lengths, kind="stable")[:MOST_SEGMENTS]
    order = order[lengths[order] >= SHORTEST]
    return (ends[order] - (np.array(size) - 1) / 2) / max(size), lengths[order]


def _planes(segments: Vectors, lens: float) -> Vectors:
    """Give unit normals ``(n, 3)`` of the planes through the camera and each segment."""
    focal = lens / FULL_FRAME_LONG_SIDE_MM
    ends = np.concatenate([segments / focal, np.ones((*segments.shape[:2], 1))], axis=2)
    planes = np.cross(ends[:, 0], ends[:, 1])
    return np.asarray(planes / np.linalg.norm(planes, axis=1, keepdims=True))


def _angles(planes: Vectors, normals: Vectors) -> Vectors:
    """Direction ``(k, n)`` of each segment on each floor, radians."""
    across = np.cross(normals, np.array([0.0, 1.0, 0.0]))
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    along = np.cross(normals, across)
    # The segment lies where the plane through it and the camera meets the floor.
    ways = np.cross(planes[None], normals[:, None])
    return np.asarray(
        np.arctan2(np.einsum("knc,kc->kn", ways, along), np.einsum("knc,kc->kn", ways, across))
    )


def _agreement(planes: Vectors, lengths: Vectors, normals: Vectors) -> Vectors:
    """How far all segments on each floor lie in two directions at right angles, 0 to 1."""
    turned = np.exp(4j * _angles(planes, normals)) @ lengths
    return np.asarray(np.abs(turned) / lengths.sum())


def _coarse(planes: Vectors, lengths: Vectors) -> Vectors:
    """Best point of the grid, as a floor's normal ``(x, y)`` for a ``z`` of 1."""
    tilts, towards = (a.ravel() for a in np.meshgrid(*map(np.deg2rad, (TILTS_DEG, TOWARDS_DEG))))
    off = np.tan(tilts)[:, None] * np.stack([np.cos(towards), np.sin(towards)], axis=1)
    return np.asarray(off[int(_agreement(planes, lengths, _normals(off)).argmax())])


def _finer(planes: Vectors, lengths: Vectors, best: Vectors) -> Vectors:
    for step in FINER_DEG:
        around = np.deg2rad(step) * np.array([[x, y] for x in (-1, 0, 1) for y in (-1, 0, 1)])
        # Twice the same step, because the best of the coarse grid may be two of them away.
        for _ in range(2):
            tried = best + around
            best = tried[int(_agreement(planes, lengths, _normals(tried)).argmax())]
    return best


def _normal(off: Vectors) -> Vectors:
    return np.asarray(_normals(off[None])[0])


def _normals(off: Vectors) -> Vectors:
    normals = np.column_stack([off, np.ones(len(off))])
    return np.asarray(normals / np.linalg.norm(normals, axis=1, keepdims=True))


def _two_directions(
    planes: Vectors, lengths: Vectors, normal: Vectors, on_line_deg: float
) -> tuple[list[float], list[int]]:
    """Shares of all length that lie in the two directions, and the segments in each."""
    angles = _angles(planes, normal[None])[0]
    main = np.angle(np.exp(4j * angles) @ lengths) / 4
    quarters = (angles - main) / (np.pi / 2)
    on_line = np.abs(quarters - np.rint(quarters)) * 90 < on_line_deg
    second = np.rint(quarters).astype(int) % 2 == 1
    shares = [float(lengths[on_line & way].sum() / lengths.sum()) for way in (second, ~second)]
    counts = [int((on_line & way).sum()) for way in (second, ~second)]
    return shares, counts


def _may_be_clear(planes: Vectors, lengths: Vectors) -> bool:
    """Whether a first look shows lines in two directions."""
    normal = _normal(_coarse(planes, lengths))
    shares, _ = _two_directions(planes, lengths, normal, GLANCED_ON_LINE_DEG)
    return sum(shares) >= LEAST_SHARE and min(shares) >= GLANCED_OF_EACH


def _is_clear(planes: Vectors, lengths: Vectors, normal: Vectors) -> bool:
    """Whether most of the segments lie in two directions, and enough in either."""
    shares, counts = _two_directions(planes, lengths, normal, ON_LINE_DEG)
    return bool(
        lengths.sum() * sum(shares) >= LEAST_LENGTH
        and sum(shares) >= LEAST_SHARE
        and min(shares) >= LEAST_OF_EACH
        and min(counts) >= LEAST_COUNT
    )
