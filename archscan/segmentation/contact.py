"""What segmentation hands over: one :class:`Contact` per print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from archscan.reasons import REFUSALS, Reason
from archscan.segmentation.patches import places_of, project

LEVEL = 0.5
"""Probability from which a pixel counts as contact."""


@dataclass(frozen=True, slots=True, eq=False)
class Contact:
    """Where one foot touched the surface, on a patch turned toes-up.

    Attributes
    ----------
    sole
        ``float32 (h, w)``, frame ``patch``: probability in ``[0, 1]`` that the
        sole (heel, midfoot, forefoot; no toes) touched here.
    toes
        ``float32 (h, w)``, frame ``patch``: the same for the toe pads.
    patch_to_photo
        ``float64 (3, 3)`` homography from patch pixels ``(x, y)`` to working
        pixels of the photo. It never mirrors: a left foot stays a left foot.
    mm_per_px
        Millimetres per patch pixel, or ``None`` without a reference.
    side
        ``"left"`` or ``"right"`` where somebody has said so, else ``None``.
    at_edge
        Whether it seemed to reach the photo's edge from afar: a part of it may
        lie outside.
    sole_looks
        ``float32 (n, h, w)`` what single looks at the print said of its sole, where
        there was more than one; ``sole`` is their mean. Where they disagree, it is
        doubtful.
    rim_px
        How far the print's edge reaches outwards on the photo, patch pixels, or ``None``
        where it could not be measured.
    """

    sole: NDArray[np.float32]
    toes: NDArray[np.float32]
    patch_to_photo: NDArray[np.float64]
    mm_per_px: float | None
    side: Literal["left", "right"] | None = None
    at_edge: bool = False
    sole_looks: NDArray[np.float32] | None = None
    rim_px: float | None = None

    @property
    def has_toes(self) -> bool:
        """Whether a toe is more likely there than not."""
        return bool(self.toes.max() >= LEVEL)

    @property
    def points(self) -> NDArray[np.float64]:
        """``float64 (n, 2)`` ``(x, y)`` of every pixel of the print with its toes, ``patch``."""
        return places_of(np.maximum(self.sole, self.toes) >= LEVEL)

    @property
    def places(self) -> NDArray[np.float64]:
        """``float64 (n, 2)`` the same in working pixels of the photo."""
        return project(self.points, self.patch_to_photo)

    @property
    def sole_places(self) -> NDArray[np.float64]:
        """``float64 (n, 2)`` the same without its toes."""
        return project(places_of(self.sole >= LEVEL), self.patch_to_photo)

    @property
    def doubt(self) -> float:
        """How much of the sole is guesswork, see :func:`doubt_of`."""
        return doubt_of(self.sole)


@dataclass(frozen=True, slots=True, eq=False)
class Segmentation:
    """Every print found on a photo, or why there is none.

    Attributes
    ----------
    contacts
        One per print, in no particular order; empty when refused.
    refusal
        ``None`` when at least one print was found.
    missed
        Why further prints that were seen are not among the contacts.
    """

    contacts: tuple[Contact, ...]
    refusal: Reason | None
    missed: tuple[Reason, ...] = ()

    def only(self, holds: Callable[[Contact], bool]) -> Segmentation:
        """Leave out contacts that are no prints after all.

        Parameters
        ----------
        holds
            Whether one is a print.

        Returns
        -------
        Segmentation
            The others; ``no-footprint`` where none of them is left.
        """
        kept = tuple(filter(holds, self.contacts))
        lost = bool(self.contacts) and not kept
        refusal = REFUSALS["no-footprint"] if lost else self.refusal
        return replace(self, contacts=kept, refusal=refusal)


def doubt_of(sole: NDArray[np.float32]) -> float:
    """How much of a sole is guesswork.

    Parameters
    ----------
    sole
        ``float32 (h, w)`` probability of contact.

    Returns
    -------
    float
        ``4 p (1 - p)`` summed, over the sole's area in pixels: 0 when all is sure.
    """
    surely = int((sole >= LEVEL).sum())
    return float(4 * (sole * (1 - sole)).sum()) / max(1, surely)
