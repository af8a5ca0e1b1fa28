"""``Photo`` to ``Scene``: the plane of the floor, when a sheet of paper shows it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo


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
