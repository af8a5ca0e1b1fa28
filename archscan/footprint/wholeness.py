"""Whether what was outlined has the make of a whole foot's print."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archscan.footprint.axis import TOES_UP, Axis
from archscan.footprint.footprint import Side
from archscan.footprint.outlines import SMALLEST_ISLAND
from archscan.footprint.side import SURE_SIDE
from archscan.polygons import Polygons, extents, perimeter
from archscan.reasons import REFUSALS, Caution, Reason
from archscan.segmentation.contact import Contact

LENGTH_TO_FOREFOOT = (1.5, 3.25)
HEEL_TO_FOREFOOT = (0.36, 0.9)
"""Beyond these a print lacks its heel or its ball. Prints of standing adults have
1.7 to 2.7 and 0.45 to 0.85; the margin is for odd but whole feet, and for a camera that
leans sideways: at 30 degrees it makes 3.1 of 2.7. On 311 prints of renders, outlines that
were right had heels of at most 0.80."""

USUAL_LENGTH_TO_FOREFOOT = (1.7, 2.7)
USUAL_HEEL_TO_FOREFOOT = (0.45, 0.85)

USUAL_BALL_LEVEL = (0.65, 0.80)
"""Level of the ball's most medial point, share of the length with toes from behind the heel.
On 22 prints traced by hand it is 0.69 to 0.78; toes that were taken from another print, or are
missing but for a stump, or a heel that is cut, move it."""

MOST_ASKEW_DEG = 30.0
"""Between the axis and the patch's own way up. Of 386 development prints the axis of none was off
by more than 11 degrees; that of the ball or the heel of a print that is cut may lie across."""

LENGTH_MM = (100.0, 330.0)
"""No foot that can stand is shorter, hardly any is longer."""

BLURRED = (0.75, 0.25)
"""Levels between which an edge's blur is measured."""

MOST_DOUBT = 0.55
"""Doubt of a contact above which an outline is guesswork. On 1,380 hard development prints 14
had a doubt of 0.45 to 0.55: the intervals, which are wide there, held the Chippaux-Smirak
index of all and no class was the opposite one; of the next two, beyond, neither was held."""

BROADEST_DOUBT = 0.10
"""An edge whose doubtful band is wider than this share of the forefoot (about
9 mm) is a smear, not an edge."""

WAISTLESS = 0.62
"""Without a single toe, what is not at least this much narrower in its middle than at
its widest is a puddle or a part of a print; with toes any width may be a foot."""

RAGGED = 1.4
"""Length of the sole's outline over that of its convex hull, summed over its pieces.
Whole soles stay below 1.2; fingers, leaves and shadows that cut a print do not."""


def is_faint(contact: Contact) -> bool:
    """Tell whether a print is too faint to be outlined.

    Parameters
    ----------
    contact
        As it was seen.

    Returns
    -------
    bool
        Whether nothing of it is surely contact, or its outline would be guesswork.
    """
    if contact.sole.max() < BLURRED[0]:
        return True
    return contact.sole_looks is not None and contact.doubt > MOST_DOUBT


def refusal_of(contact: Contact, sole: Polygons, toes: Polygons, axis: Axis) -> Reason | None:
    """Tell why an outline cannot be a whole print, sharp enough to be measured.

    Parameters
    ----------
    contact
        As it was seen.
    sole, toes
        Its outlines, frame ``patch``.
    axis
        Along the sole.

    Returns
    -------
    Reason or None
        ``partial-print``, ``smeared`` or ``implausible-size``.
    """
    if axis.forefoot_width <= 0:
        return REFUSALS["partial-print"]
    if not _are_within(axis, LENGTH_TO_FOREFOOT, HEEL_TO_FOREFOOT) or _is_askew(axis):
        return REFUSALS["partial-print"]
    if _halo(contact.sole, sole) > BROADEST_DOUBT * axis.forefoot_width:
        return REFUSALS["smeared"]
    if contact.mm_per_px is not None:
        length_mm = axis.toeless_length * contact.mm_per_px
        if not LENGTH_MM[0] <= length_mm <= LENGTH_MM[1]:
            return REFUSALS["implausible-size"]
    if _is_ragged(sole) or (not toes and _waist(sole, axis) > WAISTLESS):
        return REFUSALS["partial-print"]
    return None


def is_other_shape(toes: Polygons, axis: Axis, side_confidence: float) -> bool:
    """Tell whether nothing about an outline is a foot's: a shoe's sole, a bottle, a pin.

    Parameters
    ----------
    toes
        The pads.
    axis
        Along the sole.
    side_confidence
        The probability that the side is right; 1 where a person has said it.

    Returns
    -------
    bool
        Whether it has no toe, is as much a left as a right foot's, and has proportions that
        hardly any foot has. None of 1,274 prints of renders was so.
    """
    return not toes and side_confidence < SURE_SIDE and not _is_usual(axis)


def proportion_cautions(
    axis: Axis, sole: Polygons, toes: Polygons, side: Side
) -> tuple[Caution, ...]:
    """Say of a print that it has hardly a foot's proportions.

    Parameters
    ----------
    axis
        Of the print.
    sole, toes
        Its outlines, frame ``patch``; where the toes end is asked only of a print whose axis
        runs to its second toe.
    side
        Of the foot: its hallux is medial.

    Returns
    -------
    tuple of Caution
        ``unusual-proportions``, or none.
    """
    low, high = USUAL_BALL_LEVEL
    if _is_usual(axis) and (
        axis.method != "toe2" or low <= _ball_level(axis, sole, toes, side) <= high
    ):
        return ()
    return (
        Caution(
            "unusual-proportions",
            "The heel, ball, toes or length of this print are in an unusual proportion; a second "
            "print would show whether it is the foot or the photo.",
        ),
    )


def _is_usual(axis: Axis) -> bool:
    return _are_within(axis, USUAL_LENGTH_TO_FOREFOOT, USUAL_HEEL_TO_FOREFOOT)


def _ball_level(axis: Axis, sole: Polygons, toes: Polygons, side: Side) -> float:
    """Level of the most medial point of the front third, share of the length with toes."""
    levels = np.concatenate(axis.along((*sole, *toes)))[:, 1]
    ball = axis.front_third(sole)
    medial = ball[:, 0] if side == "left" else -ball[:, 0]
    return float((ball[medial.argmax(), 1] - levels.min()) / np.ptp(levels))


def _are_within(axis: Axis, lengths: tuple[float, float], heels: tuple[float, float]) -> bool:
    length = axis.toeless_length / axis.forefoot_width
    heel = axis.heel_width / axis.forefoot_width
    return lengths[0] <= length <= lengths[1] and heels[0] <= heel <= heels[1]


def _is_askew(axis: Axis) -> bool:
    """Whether it is turned far from the way the print was laid, toes up."""
    return bool(axis.forward @ TOES_UP < np.cos(np.deg2rad(MOST_ASKEW_DEG)))


def _waist(sole: Polygons, axis: Axis) -> float:
    """Narrowest extent of the middle third, as a share of the widest of all."""
    turned = axis.along(sole)
    ends = np.concatenate(turned)[:, 1]
    levels = np.linspace(float(ends.min()), float(ends.max()), 65)[1:-1]
    left, right = extents(turned, levels)
    widths = np.nan_to_num(right - left)
    middle = slice(len(widths) // 3, 2 * len(widths) // 3)
    return float(widths[middle].min() / widths.max())


def _is_ragged(sole: Polygons) -> bool:
    import cv2

    hulls = (cv2.convexHull(polygon.astype(np.float32))[:, 0] for polygon in sole)
    around = sum(perimeter(np.asarray(hull, dtype=np.float64)) for hull in hulls)
    return sum(map(perimeter, sole)) > RAGGED * around


def _halo(probability: NDArray[np.float32], sole: Polygons) -> float:
    """Mean width of the blurred band along the edge, in pixels."""
    inner, outer = (_filled_area(probability >= level) for level in BLURRED)
    return (outer - inner) / sum(map(perimeter, sole))


def _filled_area(mask: NDArray[np.bool_]) -> float:
    """Area of the large pieces without their holes, less a half pixel along their edges."""
    import cv2

    contours, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    areas = [cv2.contourArea(contour) for contour in contours]
    return sum(area for area in areas if area >= SMALLEST_ISLAND * max(areas))
