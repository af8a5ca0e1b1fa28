"""What is known of a scene, as its photo shows it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archscan.synthetic.arrangement import Arrangement, floor_points
from archscan.synthetic.camera import Matrix, project
from archscan.synthetic.feet import FootField
from archscan.synthetic.geometry import tip_of, true_indices
from archscan.synthetic.truth import PrintTruth, Truth, arch_of


def truth_of(arrangement: Arrangement) -> Truth:
    """Tell what is true of a rendering.

    Parameters
    ----------
    arrangement
        Where everything is.

    Returns
    -------
    Truth
        Points in photo pixels.
    """
    recipe, to_photo = arrangement.recipe, arrangement.to_photo
    prints = []
    for foot, item in zip(recipe.feet, arrangement.placed, strict=True):
        tip = second_toe_of(item.field)
        indices = true_indices(item.field, tip)
        matrix = to_photo @ item.to_floor
        ends = project(matrix, np.array([indices.heel_centre, indices.axis_tip]))
        heel, end = ((float(x), float(y)) for x, y in ends)
        prints.append(
            PrintTruth(
                side="left" if foot.left else "right",
                arch=arch_of(indices.chippaux_smirak),
                chippaux_smirak=indices.chippaux_smirak,
                cavanagh_rodgers=indices.cavanagh_rodgers,
                staheli=indices.staheli,
                heel_centre=heel,
                toe2_tip=None if tip is None else end,
                axis_tip=end,
                length_mm=indices.length_mm,
                width_mm=indices.width_mm,
                contact_area_cm2=indices.contact_area_cm2,
                bleed_mm=foot.bleed,
                toes=tuple(size > 0 for size in foot.toe_sizes),
            )
        )
    codes = {"blank": "no-footprint", "other": "no-footprint", "cut": "touches-edge"}
    return Truth(
        prints=tuple(prints),
        width=arrangement.camera.width,
        height=arrangement.camera.height,
        mm_per_px=_mm_per_px(arrangement),
        tilt_deg=recipe.tilt_deg,
        sheet=recipe.sheet,
        sheet_corners=_seen_corners(arrangement.sheet, to_photo),
        board_corners=_seen_corners(arrangement.board, to_photo),
        surface=recipe.surface,
        medium=recipe.medium,
        difficulty=recipe.difficulty,
        content=recipe.content,
        seed=recipe.seed,
        refusal=codes.get(recipe.content),
    )


def _seen_corners(
    corners: NDArray[np.float64] | None, to_photo: Matrix
) -> tuple[tuple[float, float], ...] | None:
    if corners is None:
        return None
    return tuple((float(x), float(y)) for x, y in project(to_photo, corners))


def _mm_per_px(arrangement: Arrangement) -> float:
    """Millimetres a pixel at the middle of the first print, or of the photo."""
    if arrangement.placed:
        middle = floor_points(arrangement.placed[:1]).mean(axis=0)
    else:
        middle = np.array(arrangement.camera.shift)
    here, right, down = project(
        arrangement.to_photo, middle + np.array([[0, 0], [1.0, 0], [0, 1.0]])
    )
    across, along = right - here, down - here
    return float(1 / np.sqrt(abs(across[0] * along[1] - across[1] * along[0])))


def second_toe_of(field: FootField) -> tuple[float, float] | None:
    """Find the tip of the second toe's pad, from where the pad was put.

    Parameters
    ----------
    field
        The foot.

    Returns
    -------
    tuple of float or None
        ``(x, y)`` in field pixels; ``None`` where it left no print.
    """
    if field.second_toe is None:
        return None
    x, y = field.second_toe
    pad = np.zeros(field.toes.shape, dtype=bool)
    left, right = max(0, int(x - field.second_toe_radius)), int(x + field.second_toe_radius) + 1
    pad[: int(y) + 1, left:right] = field.toes[: int(y) + 1, left:right] < 0
    return tip_of(pad, np.array([0.0, -1.0])) if pad.any() else None
