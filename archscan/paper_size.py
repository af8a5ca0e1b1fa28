"""Whether the paper that shows a print's size is as large as it was taken to be.

A3 has A4's proportions and other large paper has about Letter's, and so may a part of a longer
strip: nothing in the photo tells them apart but the print's own length.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archscan.footprint import Footprint
from archscan.reasons import Caution
from archscan.sheet import SHEETS_MM, Scene

SHORTEST_GROWN_MM, LONGEST_GROWN_MM = 205.0, 310.0
"""Length with toes of a grown-up's print at least, and at most: the first percentile of women's
feet is 219 mm, the 99th of men's 302 mm (ANSUR II, Gordon et al. 2014, Natick/TR-15/007), and a
print is a little shorter than the foot. On A3 taken for A4 all feet up to 300 mm are shorter."""

LONGEST_MM = 320.0
"""Length with toes of hardly any print: the 99th percentile of men's feet is 302 mm (the same
survey)."""

GROWN = 16.0
"""Years from which a foot hardly grows; a younger one may be as short as that."""

PAPER_SIZE_UNSURE = Caution(
    "paper-size-unsure",
    "The paper on this photo may have another size than it seems to have, so no lengths are "
    "given. If it is A4 or Letter, say so with --sheet or under 'Beside the print lies' on the "
    "page.",
)


def lies_on_sheet(scene: Scene, soles: NDArray[np.float64]) -> bool:
    """Tell whether the prints were made on the sheet of paper, not beside it.

    Parameters
    ----------
    scene
        The photo and its plane.
    soles
        ``float64 (n, 2)`` corners of the hull of all soles, working pixels.

    Returns
    -------
    bool
        Also ``False`` without a sheet of a known size or without soles.
    """
    import cv2

    if scene.sheet not in SHEETS_MM or scene.corners is None or len(soles) == 0:
        return False
    corners = scene.corners.astype(np.float32)
    return all(cv2.pointPolygonTest(corners, (x, y), False) >= 0 for x, y in soles.tolist())


def may_be_larger(lengths_mm: list[float], age: float | None, *, is_child: bool = False) -> bool:
    """Tell whether the paper under some prints is rather larger than it was taken to be.

    Parameters
    ----------
    lengths_mm
        Of the prints with their toes, millimetres by that paper; none where their size is
        no foot's.
    age
        Years, or ``None``.
    is_child
        Whether a child left them, where that is all that is known of the age.

    Returns
    -------
    bool
        ``True`` where a grown-up would not leave prints as short.
    """
    if is_child or (age is not None and age < GROWN):
        return False
    return all(length < SHORTEST_GROWN_MM for length in lengths_mm)


def must_be_smaller(lengths_mm: list[float]) -> bool:
    """Tell whether some paper is surely smaller than it was taken to be.

    Parameters
    ----------
    lengths_mm
        Of the prints with their toes, millimetres by that paper.

    Returns
    -------
    bool
        ``True`` where hardly anybody leaves a print as long.
    """
    return any(length > LONGEST_MM for length in lengths_mm)


def length_cautions(footprint: Footprint, *, is_grown: bool) -> tuple[Caution, ...]:
    """Say when the scale makes a print longer or shorter than prints are.

    Parameters
    ----------
    footprint
        The print.
    is_grown
        Whether it is a grown-up's, as far as is known: a child's may be as short as it is.

    Returns
    -------
    tuple of Caution
        ``unusual-length``, or empty; also where there is no scale.
    """
    length_mm = footprint.length_mm
    if length_mm is None:
        return ()
    # Without its toes a print is a fifth shorter.
    is_short = is_grown and footprint.axis_method == "toe2" and length_mm < SHORTEST_GROWN_MM
    if not is_short and length_mm <= (LONGEST_GROWN_MM if is_grown else LONGEST_MM):
        return ()
    return (
        Caution(
            "unusual-length",
            f"By its scale this print is {length_mm:.0f} mm long, as hardly any "
            f"{'grown-up' if is_grown else 'person'}'s is. Paper of another size than it was "
            "taken for, or a part of a sheet, gives wrong lengths.",
        ),
    )
