"""Where the floor must lie for lines on it to stand square to each other, by least squares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archscan.sheet.directions import angles_on_floor, normals_of

PLACED = 0.0015
"""Standard deviation with which a line's ends are placed, of the photo's longer side."""

USUAL_TILT_DEG = 8.0
"""Standard deviation of a phone's tilt each way, so wide that lines which say anything
prevail (our assumption)."""

STEPS = 3
STEP = 1e-3
"""Of the least squares, and the step of its slopes."""

AROUND = np.array([[0.0, 0.0], [1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]])
"""Where they are told: here, and a step to the right, left, down and up."""

Vectors = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Square:
    """A floor on which lines stand square.

    Attributes
    ----------
    normal
        ``float64 (3,)`` of the floor, of length 1, frame of the camera.
    doubt_deg
        Two standard deviations of it, in the direction in which it is least known.
    main
        Direction on the floor of half of the lines, radians.
    """

    normal: Vectors
    doubt_deg: float
    main: float

    def off_deg(self, planes: Vectors) -> Vectors:
        """Tell how far lines are from standing square.

        Parameters
        ----------
        planes
            ``float64 (n, 3)`` through the camera and each.

        Returns
        -------
        numpy.ndarray
            ``float64 (n,)`` degrees, -45 to 45.
        """
        return _off(angles_on_floor(planes, self.normal[None])[0], self.main)

    def crosswise(self, planes: Vectors) -> NDArray[np.bool_]:
        """Tell which lines run across the main direction.

        Parameters
        ----------
        planes
            ``float64 (n, 3)`` through the camera and each.

        Returns
        -------
        numpy.ndarray
            ``bool (n,)``.
        """
        angles = angles_on_floor(planes, self.normal[None])[0]
        return np.asarray(np.rint((angles - self.main) / (np.pi / 2)).astype(int) % 2 == 1)


def placing_doubts(lengths: Vectors, made_deg: float) -> Vectors:
    """Give the standard deviation of each line's direction.

    Parameters
    ----------
    lengths
        ``float64 (n,)`` of the stretches seen, the photo's longer side 1.
    made_deg
        Standard deviation with which they were made square.

    Returns
    -------
    numpy.ndarray
        ``float64 (n,)`` degrees.
    """
    return np.asarray(np.hypot(made_deg, np.rad2deg(np.sqrt(2) * PLACED / lengths)))


def square(planes: Vectors, doubts_deg: Vectors, start: Vectors) -> Square:
    """Find the floor on which lines stand as square as their doubts allow.

    Parameters
    ----------
    planes
        ``float64 (n, 3)`` through the camera and each line.
    doubts_deg
        ``float64 (n,)`` standard deviation of each line's direction.
    start
        ``float64 (2,)`` ``x`` and ``y`` of the normal to begin with, for a ``z`` of 1.

    Returns
    -------
    Square
        Weighed against how phones are held.
    """

    def misses(off: Vectors) -> Vectors:
        angles = angles_on_floor(planes, normals_of(off))
        turned = _off(angles, _main(angles, doubts_deg)[:, None])
        return np.concatenate([turned / doubts_deg, np.rad2deg(off) / USUAL_TILT_DEG], axis=1)

    off = start
    for _ in range(STEPS):
        # All at once: there are few lines, and numpy takes as long for one as for many.
        here, right, left, down, up = misses(off + STEP * AROUND)
        slopes = np.stack([right - left, down - up]) / (2 * STEP)
        certainty = slopes @ slopes.T
        off = off - np.linalg.solve(certainty, slopes @ here)
    normal = normals_of(off[None])
    main = _main(angles_on_floor(planes, normal), doubts_deg)
    doubt = 2 * np.rad2deg(1 / np.sqrt(np.linalg.eigvalsh(certainty)[0]))
    return Square(normal[0], float(doubt), float(main[0]))


def _main(angles: Vectors, doubts_deg: Vectors) -> Vectors:
    """Give the main direction on each floor ``(k,)``, of lines that run ``(k, n)`` there."""
    return np.asarray(np.angle(np.exp(4j * angles) @ (1 / doubts_deg**2)) / 4)


def _off(angles: Vectors, main: float | Vectors) -> Vectors:
    return np.asarray(np.rad2deg((angles - main + np.pi / 4) % (np.pi / 2) - np.pi / 4))
