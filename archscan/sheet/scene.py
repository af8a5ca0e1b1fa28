"""What this room takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo

SheetOption = Literal["auto", "a4", "letter", "printed", "none"]

SHEETS_MM = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Short and long side, millimetres: ISO 216 A4, and ANSI/ASME Y14.1 A (Letter)."""


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
        ``"a4"``, ``"letter"``, ``"printed"`` or ``None``.
    corners
        ``float64 (4, 2)`` corners of the sheet, or of what its markers enclose, in
        working pixels, or ``None``.
    tilt_deg
        Angle between the camera's axis and the floor's normal, degrees, or
        ``None`` when unknown.
    tilt_doubt_deg
        How far the camera may have been off that, about two standard deviations, where
        no reference has shown it.
    straightening
        ``float64 (3, 3)`` homography from working pixels to the floor seen from straight
        above, in no unit, where edges, straight lines or the phone's own sense of down have
        shown the tilt but nothing the scale.
    """

    photo: Photo
    photo_to_plane: NDArray[np.float64] | None = None
    sheet: str | None = None
    corners: NDArray[np.float64] | None = None
    tilt_deg: float | None = None
    tilt_doubt_deg: float | None = None
    straightening: NDArray[np.float64] | None = None

    @property
    def photo_to_flat(self) -> NDArray[np.float64] | None:
        """Whatever takes working pixels to the floor as seen from straight above."""
        return self.straightening if self.photo_to_plane is None else self.photo_to_plane
