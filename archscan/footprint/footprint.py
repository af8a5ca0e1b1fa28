"""What the anatomy of one print is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from archscan.polygons import Polygons, contact_area
from archscan.reasons import Caution

Side = Literal["left", "right"]
AxisMethod = Literal["toe2", "forefoot"]

MM_PER_CM = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Footprint:
    """One print with its anatomy named. Frame ``patch`` unless said otherwise.

    Attributes
    ----------
    side
        Anatomical side: the hallux is medial on a print seen from above.
    side_confidence
        0.5 (a guess) to 1.
    sole
        Sub-pixel outlines of the toeless contact.
    sole_surely, sole_possibly
        The same where contact is nearly certain (smaller) and where it is
        merely possible (larger): what segmentation doubts lies between.
    sole_looks
        The same as single looks at the print saw it; may be empty.
    toes
        Sub-pixel outlines of the toe pads, the most medial first; may be empty.
    heel_centre
        ``float64 (2,)`` centre of the heel, where the foot's axis begins.
    axis_tip
        ``float64 (2,)`` the point the axis is drawn to.
    axis_method
        ``"toe2"``: tip of the second toe; ``"forefoot"``: middle of the
        forefoot, because the second toe's print is missing.
    axis_doubt_deg
        One standard deviation of the axis's direction, degrees.
    length_px
        Length of the whole print with toes along the axis, patch pixels.
    patch_to_photo
        ``float64 (3, 3)`` from patch pixels to working pixels of the photo.
    mm_per_px
        Millimetres per patch pixel, or ``None``.
    bleed_mm
        How far water or ink may have crept beyond the skin on every side: the outer half
        of the print's edge, millimetres (of a foot of usual length where no scale is
        known); 0 where it was not measured.
    at_edge
        Whether it seemed to reach the photo's edge from afar: a part of it may
        lie outside.
    cautions
        What a reader should know about this print.
    has_hallux
        Whether the first of the toe pads is the hallux's; else it left none.
    """

    side: Side
    side_confidence: float
    sole: Polygons = field(repr=False)
    sole_surely: Polygons = field(repr=False)
    sole_possibly: Polygons = field(repr=False)
    toes: Polygons = field(repr=False)
    heel_centre: NDArray[np.float64]
    axis_tip: NDArray[np.float64]
    axis_method: AxisMethod
    axis_doubt_deg: float
    length_px: float
    patch_to_photo: NDArray[np.float64] = field(repr=False)
    mm_per_px: float | None
    cautions: tuple[Caution, ...] = ()
    sole_looks: tuple[Polygons, ...] = field(default=(), repr=False)
    bleed_mm: float = 0.0
    at_edge: bool = False
    has_hallux: bool = True

    @property
    def length_mm(self) -> float | None:
        """Length of the whole print with toes along the axis, ``None`` without a scale."""
        return None if self.mm_per_px is None else self.length_px * self.mm_per_px

    @property
    def contact_area_cm2(self) -> float | None:
        """Area that sole and toes touch, square centimetres, ``None`` without a scale."""
        if self.mm_per_px is None:
            return None
        area_px = contact_area(self.sole) + contact_area(self.toes)
        return area_px * (self.mm_per_px / MM_PER_CM) ** 2

    def in_axis_frame(self, polygons: Polygons, turn_deg: float = 0.0) -> Polygons:
        """Express outlines in the foot's own frame.

        Parameters
        ----------
        polygons
            Outlines in the ``patch`` frame.
        turn_deg
            Turn the axis about the heel centre by this much first, degrees.

        Returns
        -------
        tuple of numpy.ndarray
            The same outlines, frame ``axis``: origin at the heel centre,
            ``y`` along the axis towards the toes, ``x`` towards the medial
            side (the hallux), unit patch pixels.
        """
        forward = self.axis_tip - self.heel_centre
        forward = forward / np.hypot(*forward)
        angle = np.deg2rad(turn_deg)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        forward = turn @ forward
        # In an image with y down and toes up, a left foot's hallux is to its right.
        to_the_right = np.array([-forward[1], forward[0]])
        medial = to_the_right if self.side == "left" else -to_the_right
        return tuple((p - self.heel_centre) @ np.stack([medial, forward], axis=1) for p in polygons)
