"""A print on an upright patch: where to lay it, and what was seen on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.contact import doubt_of
from archscan.segmentation.network import SIDE, probability_of
from archscan.segmentation.patches import Patch, project, project_back, upright_patch
from archscan.segmentation.prints import FoundPrint
from archscan.sheet import Scene

PRINT_SHARE = 0.84
"""Share of the patch's height that the print fills: as large as in most close views that the
network was trained on, with little room for what the first look missed."""

ROOMY_SHARE = 0.75
"""The same where an end of the print was lost: neither end then lies in the outermost of
the network's coarsest cells (32 pixels), on whose border it has cut heels off."""

SHORT = 0.03
"""Share of the patch's height by which a close look may lose an end of what the patch was
laid over: a look from afar is off by less."""

WELL_TURNED_DEG, WELL_PLACED, WELL_SIZED = 6.0, 0.04, (0.72, 0.92)
"""How far a first close look may have been off (the print's turn; its middle, as a share
of the patch; its share of the patch's height) and still be good enough: the network was
trained on close views that are off by as much. Beyond, it looks again, better aimed."""


@dataclass(frozen=True, slots=True, eq=False)
class Aim:
    """Where on the photo a print seems to lie, and which way up.

    Attributes
    ----------
    points
        ``float64 (n, 2)`` of the print, working pixels.
    up
        ``float64 (2,)`` direction from heel to toes.
    beside
        ``float64 (n, 2)`` of other prints, which are none of its business.
    """

    points: NDArray[np.float64]
    up: NDArray[np.float64]
    beside: NDArray[np.float64]

    def patch(self, scene: Scene, width: int, share: float) -> Patch:
        """Lay a patch over it.

        Parameters
        ----------
        scene
            The photo and its plane.
        width
            Of the patch, pixels.
        share
            Of the patch's height that the print fills.

        Returns
        -------
        Patch
            Seen from straight above where the plane is known.
        """
        return upright_patch(
            self.points,
            self.up,
            scene.photo_to_flat,
            scene.photo_to_plane is not None,
            side=SIDE,
            share=share,
            width=width,
        )

    def outreaches(
        self, points: NDArray[np.float64], to_photo: NDArray[np.float64], share: float = SHORT
    ) -> bool:
        """Tell whether an end of it lies well beyond a print that was seen on a patch.

        Parameters
        ----------
        points
            ``float64 (n, 2)`` of that print, patch pixels.
        to_photo
            ``float64 (3, 3)`` homography from these to working pixels.
        share
            Of the patch's height that may be missing.

        Returns
        -------
        bool
            ``True`` if the print ends before it, at the heel or at the toes.
        """
        aimed, seen = project_back(self.points, to_photo)[:, 1], points[:, 1]
        return bool(max(seen.min() - aimed.min(), aimed.max() - seen.max()) > share * SIDE)


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What was seen of a print on a patch.

    Attributes
    ----------
    patch
        Where it was looked.
    looks
        ``float32 (n, 2, h, w)`` log-odds of sole and toes, one for each look.
    print
        The print that the patch was laid over, in the mean of all looks.
    others
        Further prints that were seen.
    beside
        Of the aim that the patch was laid by.
    """

    patch: Patch
    looks: NDArray[np.float32]
    print: FoundPrint
    others: tuple[FoundPrint, ...]
    beside: NDArray[np.float64]

    @property
    def log_odds(self) -> NDArray[np.float32]:
        """``float32 (2, h, w)``: mean of the looks."""
        return np.asarray(self.looks.mean(axis=0), dtype=np.float32)

    @property
    def aim(self) -> Aim:
        """Where the print seems to lie now."""
        centre = self.print.points.mean(axis=0)
        ends = np.stack([centre + self.print.up * SIDE / 4, centre])
        up = np.subtract(*project(ends, self.patch.to_photo))
        points = project(self.print.points, self.patch.to_photo)
        return Aim(points, up / float(np.hypot(*up)), self.beside)

    @property
    def is_well_aimed(self) -> bool:
        """Whether the print lies on the patch as in the pictures of the training."""
        points, up = self.print.points, self.print.up
        low, high = points.min(axis=0), points.max(axis=0)
        off = np.abs((low + high) / 2 - self.patch.middle).max() / SIDE
        turn = np.rad2deg(np.arctan2(abs(up[0]), -up[1]))
        share = (high[1] - low[1]) / SIDE
        return bool(
            turn <= WELL_TURNED_DEG
            and off <= WELL_PLACED
            and WELL_SIZED[0] <= share <= WELL_SIZED[1]
        )

    @property
    def doubt(self) -> float:
        """How much of the sole is guesswork, in the mean of all looks."""
        return doubt_of(mean_probability(self.looks)[0])


def mean_probability(
    looks: Sequence[NDArray[np.float32]] | NDArray[np.float32],
) -> NDArray[np.float32]:
    """Turn the mean of several looks into probabilities.

    Parameters
    ----------
    looks
        Log-odds, ``float32`` of one shape.

    Returns
    -------
    numpy.ndarray
        ``float32`` of that shape; what the looks disagree about comes out as doubt.
    """
    return probability_of(np.asarray(np.mean(looks, axis=0), dtype=np.float32))
