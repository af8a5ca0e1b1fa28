"""Connected pixels: what the network saw, piece by piece."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.contact import LEVEL
from archscan.segmentation.patches import places_of


class Piece:
    """Pixels that belong together; what is asked of them more than once is kept.

    Attributes
    ----------
    mask
        ``bool (h, w)`` of the whole picture.
    points
        ``float64 (n, 2)`` ``(x, y)`` of each of them.
    """

    def __init__(self, mask: NDArray[np.bool_], points: NDArray[np.float64]) -> None:
        self.mask = mask
        self.points = points

    def __or__(self, other: Piece) -> Piece:
        return Piece(self.mask | other.mask, np.concatenate([self.points, other.points]))

    def share_out(self, first: NDArray[np.bool_]) -> tuple[Piece, Piece]:
        """Cut it in two.

        Parameters
        ----------
        first
            ``bool (n,)``: which of its points are the first one's.

        Returns
        -------
        one, other
            Without a pixel between them.
        """
        return self._of(self.points[first]), self._of(self.points[~first])

    def _of(self, points: NDArray[np.float64]) -> Piece:
        mask = np.zeros_like(self.mask)
        x, y = points.astype(np.intp).T
        mask[y, x] = True
        return Piece(mask, points)

    @property
    def area(self) -> int:
        """Pixels."""
        return len(self.points)

    @cached_property
    def principal(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Long axis and the standard deviations along and across it."""
        centred = self.points - self.points.mean(axis=0)
        # Biased, because a piece may be a single pixel.
        spread = centred.T @ centred / len(centred) + np.eye(2) / 12
        values, vectors = np.linalg.eigh(spread)
        return vectors[:, 1], np.sqrt(values[::-1])

    @property
    def length(self) -> float:
        """Of an ellipse with the same spread."""
        return 4 * float(self.principal[1][0])

    @property
    def elongation(self) -> float:
        """Ratio of the standard deviations along and across it."""
        deviations = self.principal[1]
        return float(deviations[0] / deviations[1])

    @property
    def filling(self) -> float:
        """Share of its convex hull that it fills."""
        import cv2

        outlines, _ = cv2.findContours(
            self.mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
        )
        hull = cv2.convexHull(np.concatenate(outlines))
        # The hull runs through the middles of the outermost pixels.
        area = cv2.contourArea(hull) + cv2.arcLength(hull, True) / 2 + 1
        return self.area / float(area)

    @cached_property
    def hole(self) -> float:
        """Area of its largest hole, as a share of its own."""
        import cv2

        contours, nested = cv2.findContours(
            self.mask.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE
        )
        holes = [
            cv2.contourArea(one)
            for one, (*_, parent) in zip(contours, nested[0], strict=True)
            if parent >= 0
        ]
        return max(holes, default=0.0) / self.area

    @cached_property
    def _far(self) -> NDArray[np.float32]:
        import cv2

        outside = (~self.mask).astype(np.uint8)
        return np.asarray(cv2.distanceTransform(outside, cv2.DIST_L2, 3), dtype=np.float32)

    def distance_to(self, other: Piece) -> float:
        """Pixels to the nearest one of another piece.

        Parameters
        ----------
        other
            Of the same picture.

        Returns
        -------
        float
            0 where they overlap.
        """
        x, y = other.points.astype(np.intp).T
        return float(self._far[y, x].min())


def grown(mask: NDArray[np.bool_], pixels: int) -> NDArray[np.bool_]:
    """Grow a mask all round.

    Parameters
    ----------
    mask
        ``bool (h, w)``.
    pixels
        By how many, also diagonally.

    Returns
    -------
    numpy.ndarray
        ``bool (h, w)``.
    """
    import cv2

    size = 2 * pixels + 1
    return cv2.dilate(mask.astype(np.uint8), np.ones((size, size), np.uint8)) > 0


def pieces_of(probability: NDArray[np.float32]) -> list[Piece]:
    """Find the connected pixels that are more likely contact than not.

    Parameters
    ----------
    probability
        ``float32 (h, w)``.

    Returns
    -------
    list of Piece
        Largest first.
    """
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        (probability >= LEVEL).astype(np.uint8), connectivity=8
    )
    order = sorted(range(1, count), key=lambda label: -int(stats[label, cv2.CC_STAT_AREA]))
    pieces = []
    for label in order:
        left, top, width, height = (int(value) for value in stats[label, :4])
        part = labels[top : top + height, left : left + width] == label
        mask = np.zeros(labels.shape, dtype=bool)
        mask[top : top + height, left : left + width] = part
        pieces.append(Piece(mask, places_of(part) + np.array([left, top])))
    return pieces
