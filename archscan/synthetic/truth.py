"""What is true of a rendering."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

HIGH_BELOW, FLAT_FROM = 0.30, 0.45
"""Limits of the Chippaux-Smirak index between the classes."""


@dataclass(frozen=True, slots=True)
class PrintTruth:
    """One rendered print; points in photo pixels, ratios as fractions of 1.

    Attributes
    ----------
    side, arch
        Anatomical side; class by the Chippaux-Smirak index.
    chippaux_smirak, cavanagh_rodgers, staheli
        Of the wet outline without toes, on the undistorted floor: widths at
        right angles to the axis, thirds of the toeless length.
    heel_centre
        Middle of the widest extent of the rear third.
    toe2_tip
        Tip of the second toe, ``None`` where it left no print.
    axis_tip
        Where the axis ends: ``toe2_tip`` or the middle of the forefoot.
    length_mm, width_mm
        Length with toes along the axis; widest forefoot extent.
    contact_area_cm2
        Of sole and toes.
    bleed_mm
        How far the water crept beyond the skin (part of the wet outline).
    toes
        Which toes left a pad, hallux first.
    """

    side: str
    arch: str
    chippaux_smirak: float
    cavanagh_rodgers: float
    staheli: float
    heel_centre: tuple[float, float]
    toe2_tip: tuple[float, float] | None
    axis_tip: tuple[float, float]
    length_mm: float
    width_mm: float
    contact_area_cm2: float
    bleed_mm: float
    toes: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """One rendered photo.

    Attributes
    ----------
    prints
        Left first; empty where there is none.
    width, height
        Of the photo, pixels.
    mm_per_px
        At the middle of the first print, or of the photo.
    tilt_deg
        Of the camera.
    sheet, sheet_corners
        Kind and corners (photo pixels) of a sheet of paper.
    board_corners
        Corners (photo pixels) of the cardboard or paper that the prints lie on, where the
        photo shows its edges.
    surface, medium, difficulty, content, seed
        Of the recipe.
    refusal
        Code that a scan should refuse with, or ``None``.
    """

    prints: tuple[PrintTruth, ...]
    width: int
    height: int
    mm_per_px: float
    tilt_deg: float
    sheet: str | None
    sheet_corners: tuple[tuple[float, float], ...] | None
    surface: str
    medium: str
    difficulty: str
    content: str
    seed: int
    refusal: str | None
    board_corners: tuple[tuple[float, float], ...] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give plain values for JSON.

        Returns
        -------
        dict
            The fields by name.
        """
        return asdict(self)


def arch_of(chippaux_smirak: float) -> str:
    """Name the class of a ratio.

    Parameters
    ----------
    chippaux_smirak
        Fraction of 1.

    Returns
    -------
    str
        ``"high"``, ``"neutral"`` or ``"flat"``.
    """
    if chippaux_smirak < HIGH_BELOW:
        return "high"
    return "flat" if chippaux_smirak >= FLAT_FROM else "neutral"
