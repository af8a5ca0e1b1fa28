"""How large a print is, where something beside it has shown the scale."""

from __future__ import annotations

from archscan.footprint import Footprint
from archscan.indices import construct


def width_mm(footprint: Footprint) -> float | None:
    """Measure the widest extent of the forefoot.

    Parameters
    ----------
    footprint
        One print.

    Returns
    -------
    float or None
        Millimetres across the foot's axis; ``None`` without a scale.
    """
    if footprint.mm_per_px is None:
        return None
    drawn = construct(footprint.in_axis_frame(footprint.sole))
    return drawn.forefoot.width * footprint.mm_per_px


def size_words(footprint: Footprint) -> str:
    """Write length, width and area of contact for people.

    Parameters
    ----------
    footprint
        One print.

    Returns
    -------
    str
        For example ``"print length 247 mm, forefoot width 92 mm, contact area 118 cm²"``;
        empty without a scale.
    """
    length, width, area = footprint.length_mm, width_mm(footprint), footprint.contact_area_cm2
    if length is None or width is None or area is None:
        return ""
    return (
        f"print length {length:.0f} mm, forefoot width {width:.0f} mm, contact area {area:.0f} cm²"
    )
