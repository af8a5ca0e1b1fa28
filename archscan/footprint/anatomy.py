"""Heel, ball, toes, axis and side of one print, or why they cannot be told."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from archscan.footprint.axis import TOES_UP, Axis, settle_axis
from archscan.footprint.bleed import MOST_BLEED_MM, bleed_cautions, bleed_mm
from archscan.footprint.footprint import AxisMethod, Footprint, Side
from archscan.footprint.outlines import outlines, sole_outlines
from archscan.footprint.side import decide_side, side_cautions
from archscan.footprint.toe_pads import name_toes, tips
from archscan.footprint.wholeness import (
    is_faint,
    is_other_shape,
    proportion_cautions,
    refusal_of,
)
from archscan.polygons import Polygons, signed_area
from archscan.reasons import REFUSALS, Caution, Reason
from archscan.segmentation.contact import Contact

SURELY, POSSIBLY = 0.85, 0.15
"""Levels of the probability map between which the true edge is taken to lie. Of the levels
tried on 646 development prints (0.75 to 0.94 and their like) these make intervals that are
the best compromise between narrow and true, for each of the three indices."""

AXIS_DOUBT_DEG = {"toe2": 1.0, "forefoot": 2.5}
"""Standard deviation of the axis's direction. A pad's tip is known to about 4 mm
over 200 mm (1 degree); the middle of the forefoot lies up to 5 degrees from the
second toe, with a spread of about half that."""

TOE_VALLEY = 0.012
"""Depth of the dip between two toes that run together, as a share of the forefoot's
width (about 1 mm)."""

HALLUX, SECOND_TOE = 1, 2
"""Numbers of toes."""

SMALLEST_TOE = 0.0015
"""Share of the sole's area (about 20 mm²) below which a pad is spatter."""


def find_footprint(
    contact: Contact, side: Literal["auto", "left", "right"] = "auto"
) -> Footprint | Reason:
    """Name the parts of one print.

    The heel's centre is the middle of its widest extent, the axis runs from
    there to the tip of the second toe (Cavanagh PR, Rodgers MM 1987, J Biomech
    20(5):547-551, doi:10.1016/0021-9290(87)90255-7); where the second toe left
    no print it runs to the middle of the widest extent of the forefoot.

    Parameters
    ----------
    contact
        One print on its toes-up patch.
    side
        The side if a person has said it, else ``"auto"``.

    Returns
    -------
    Footprint or Reason
        The anatomy, or the refusal ``partial-print``, ``smeared``, ``too-wet``,
        ``too-faint``, ``touches-edge`` or ``implausible-size``.
    """
    found = _find(contact, side)
    if isinstance(found, Reason) and contact.at_edge:
        # What is missing or hard to see most likely lies outside the photo.
        return REFUSALS["touches-edge"]
    return found


def _find(contact: Contact, side: Literal["auto", "left", "right"]) -> Footprint | Reason:
    sole = sole_outlines(contact.sole)
    if not sole:
        return REFUSALS["partial-print"]
    if is_faint(contact):
        return REFUSALS["too-faint"]
    toes = _real_toes(outlines(contact.toes, 0.5), sole)
    axis = settle_axis(sole, None, TOES_UP)
    refusal = refusal_of(contact, sole, toes, axis)
    if refusal is not None:
        return refusal
    wanted = contact.side or "auto" if side == "auto" else side
    decided, confidence = decide_side(axis.along(sole), axis.along(toes), wanted)
    if is_other_shape(toes, axis, confidence):
        return REFUSALS["partial-print"]
    toes = _medial_first(toes, axis, decided)
    # The axis to the second toe moves the frame the toes were named in; twice is enough.
    for _ in range(2):
        tips_of_toes = _tips_of_toes(sole, toes, axis, decided)
        axis = settle_axis(sole, tips_of_toes.get(SECOND_TOE), axis.forward)
    bleed = bleed_mm(contact, axis)
    if bleed > MOST_BLEED_MM:
        return REFUSALS["too-wet"]
    return Footprint(
        side=decided,
        side_confidence=confidence,
        sole=sole,
        sole_surely=sole_outlines(contact.sole, SURELY),
        sole_possibly=sole_outlines(contact.sole, POSSIBLY),
        toes=toes,
        heel_centre=axis.heel_centre,
        axis_tip=axis.tip,
        axis_method=axis.method,
        axis_doubt_deg=AXIS_DOUBT_DEG[axis.method],
        length_px=float(np.ptp(np.concatenate(axis.along((*sole, *toes)))[:, 1])),
        patch_to_photo=contact.patch_to_photo,
        mm_per_px=contact.mm_per_px,
        cautions=(
            *_axis_cautions(axis.method),
            *side_cautions(confidence),
            *proportion_cautions(axis, sole, toes, decided),
            *bleed_cautions(bleed),
        ),
        sole_looks=_looks(contact),
        bleed_mm=bleed,
        at_edge=contact.at_edge,
        has_hallux=HALLUX in tips_of_toes,
    )


def _real_toes(toes: Polygons, sole: Polygons) -> Polygons:
    sole_area = sum(abs(signed_area(polygon)) for polygon in sole)
    large = [toe for toe in toes if abs(signed_area(toe)) >= SMALLEST_TOE * sole_area]
    return tuple(large[:5])


def _medial_first(toes: Polygons, axis: Axis, side: Side) -> Polygons:
    """Order the pads from the hallux outwards."""
    pads = axis.along(toes)
    sign = -1.0 if side == "left" else 1.0
    order = sorted(range(len(pads)), key=lambda number: sign * float(pads[number][:, 0].mean()))
    return tuple(toes[number] for number in order)


def _tips_of_toes(
    sole: Polygons, toes: Polygons, axis: Axis, side: Side
) -> dict[int, NDArray[np.float64]]:
    """Tip of each toe that left a pad, told by its place across the forefoot."""
    if not toes:
        return {}
    ball = axis.front_third(sole)
    ends = float(ball[:, 0].min()), float(ball[:, 0].max())
    medial, lateral = ends[::-1] if side == "left" else ends
    valley = TOE_VALLEY * axis.forefoot_width
    found = [tip for pad in axis.along(toes) for tip in tips(pad, valley)]
    found.sort(key=lambda tip: (tip[0] - medial) / (lateral - medial))
    if len(found) > 5:
        return {}
    names = name_toes([(float(tip[0]) - medial) / (lateral - medial) for tip in found])
    return {
        name: np.asarray(axis.heel_centre + x * axis.right + y * axis.forward)
        for name, (x, y) in zip(names, found, strict=True)
    }


def _axis_cautions(method: AxisMethod) -> tuple[Caution, ...]:
    if method != "forefoot":
        return ()
    return (
        Caution(
            "toe2-missing",
            "The second toe left no clear print, so the foot's axis was drawn to the middle "
            "of the ball; the range is a little wider for it.",
        ),
    )


def _looks(contact: Contact) -> tuple[Polygons, ...]:
    if contact.sole_looks is None:
        return ()
    return tuple(sole_outlines(look) for look in contact.sole_looks)
