"""Heel, ball, toes, axis and side of one print, or why they cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from archscan.footprint.footprint import AxisMethod, Footprint, Side
from archscan.footprint.outlines import outlines
from archscan.footprint.side import side_clues
from archscan.footprint.toe_pads import name_toes, tips
from archscan.polygons import Polygons, extents, perimeter, signed_area
from archscan.reasons import REFUSALS, Caution, Reason
from archscan.segmentation.contact import Contact

SURELY, POSSIBLY = 0.85, 0.15
"""Levels of the probability map between which the true edge is taken to lie. Of the levels
tried on 646 development prints (0.75 to 0.94 and their like) these make intervals that are
the best compromise between narrow and true, for each of the three indices."""

BLURRED = (0.75, 0.25)
"""Levels between which an edge's blur is measured."""

SETTLED = 1 - 1e-9
"""Cosine between two rounds' axes (0.003 degrees) from which on they agree."""

TOES_UP = np.array([0.0, -1.0])
"""How a print lies on its patch, roughly."""

AXIS_ROUNDS = 4
"""Heel centre and axis depend on each other; they settle in two or three rounds."""

AXIS_DOUBT_DEG = {"toe2": 1.0, "forefoot": 2.5}
"""Standard deviation of the axis's direction. A pad's tip is known to about 4 mm
over 200 mm (1 degree); the middle of the forefoot lies up to 5 degrees from the
second toe, with a spread of about half that."""

LENGTH_TO_FOREFOOT = (1.5, 3.25)
HEEL_TO_FOREFOOT = (0.36, 0.9)
"""Beyond these a print lacks its heel or its ball. Prints of standing adults have
1.7 to 2.7 and 0.45 to 0.85; the margin is for odd but whole feet, and for a camera that
leans sideways: at 30 degrees it makes 3.1 of 2.7. On 311 prints of renders, outlines that
were right had heels of at most 0.80."""

USUAL_LENGTH_TO_FOREFOOT = (1.7, 2.7)
USUAL_HEEL_TO_FOREFOOT = (0.45, 0.85)

LENGTH_MM = (100.0, 330.0)
"""No foot that can stand is shorter, hardly any is longer."""

BROADEST_DOUBT = 0.10
"""An edge whose doubtful band is wider than this share of the forefoot (about
9 mm) is a smear, not an edge."""

MOST_DOUBT = 0.55
"""Doubt of a contact above which an outline is guesswork. On 1,380 hard development prints 14
had a doubt of 0.45 to 0.55: the intervals, which are wide there, held the Chippaux-Smirak
index of all and no class was the opposite one; of the next two, beyond, neither was held."""

MOST_BLEED_MM = 3.0
"""Bleed beyond which an edge cannot be placed: it may cost four to five points of the
Chippaux-Smirak index."""

NOTABLE_BLEED_MM = 1.75
"""Bleed that is worth a word; rendered prints in focus stay below 1.3 mm."""

USUAL_LENGTH_MM = 205.0
"""Toeless length of an adult's print, where no scale is known."""

WAISTLESS = 0.62
"""Without a single toe, what is not at least this much narrower in its middle than at
its widest is a puddle or a part of a print; with toes any width may be a foot."""

RAGGED = 1.4
"""Length of the sole's outline over that of its convex hull, summed over its pieces.
Whole soles stay below 1.2; fingers, leaves and shadows that cut a print do not."""

TOE_VALLEY = 0.012
"""Depth of the dip between two toes that run together, as a share of the forefoot's
width (about 1 mm)."""

SMALLEST_ISLAND = 0.03
"""Share of the sole's largest piece (about 3 cm²) below which another is a sliver of
reflection or a trouser's edge, not contact: the smaller of heel and ball has a fifth."""

SMALLEST_TOE = 0.0015
"""Share of the sole's area (about 20 mm²) below which a pad is spatter."""

SURE_SIDE = 0.9
"""Below this the side is reported with a caution."""


@dataclass(frozen=True, slots=True)
class _Axis:
    heel_centre: NDArray[np.float64]
    tip: NDArray[np.float64]
    method: AxisMethod
    forefoot_width: float
    heel_width: float
    toeless_length: float

    @property
    def forward(self) -> NDArray[np.float64]:
        along = self.tip - self.heel_centre
        return along / float(np.hypot(along[0], along[1]))


def _frame(
    polygons: Polygons, origin: NDArray[np.float64], forward: NDArray[np.float64]
) -> Polygons:
    """Outlines with ``origin`` at zero, ``y`` along ``forward``, ``x`` to its right."""
    right = np.array([-forward[1], forward[0]])
    turn = np.stack([right, forward], axis=1)
    return tuple((polygon - origin) @ turn for polygon in polygons)


def _widest(sole: Polygons, low: float, high: float) -> tuple[float, float, float]:
    """Level, middle and width of the widest extent between two levels."""
    levels = np.linspace(low, high, 97)[1:-1]
    left, right = extents(sole, levels)
    if np.isnan(left).all():
        return (low + high) / 2, 0.0, 0.0
    widest = int(np.nanargmax(right - left))
    width = float(right[widest] - left[widest])
    return float(levels[widest]), float(left[widest] + right[widest]) / 2, width


def _settle_axis(
    sole: Polygons, second_toe: NDArray[np.float64] | None, forward: NDArray[np.float64]
) -> _Axis:
    """Go round heel centre and direction until they agree."""
    origin = np.zeros(2)
    axis: _Axis | None = None
    for _ in range(AXIS_ROUNDS):
        turned = _frame(sole, origin, forward)
        ends = np.concatenate(turned)[:, 1]
        rear, front = float(ends.min()), float(ends.max())
        third = (front - rear) / 3
        heel_y, heel_x, heel_width = _widest(turned, rear, rear + third)
        ball_y, ball_x, ball_width = _widest(turned, front - third, front)
        right = np.array([-forward[1], forward[0]])
        heel_centre = heel_x * right + heel_y * forward
        forefoot = ball_x * right + ball_y * forward
        axis = _Axis(
            heel_centre=heel_centre,
            tip=forefoot if second_toe is None else second_toe,
            method="forefoot" if second_toe is None else "toe2",
            forefoot_width=ball_width,
            heel_width=heel_width,
            toeless_length=front - rear,
        )
        settled = float(forward @ axis.forward) > SETTLED
        forward = axis.forward
        if settled:
            break
    assert axis is not None  # noqa: S101 - the loop runs at least once
    return axis


def _real_toes(toes: Polygons, sole_area: float) -> Polygons:
    large = [toe for toe in toes if abs(signed_area(toe)) >= SMALLEST_TOE * sole_area]
    return tuple(large[:5])


def _medial_first(toes: Polygons, axis: _Axis, side: Side) -> Polygons:
    """Order the pads from the hallux outwards."""
    pads = _frame(toes, axis.heel_centre, axis.forward)
    sign = -1.0 if side == "left" else 1.0
    order = sorted(range(len(pads)), key=lambda number: sign * float(pads[number][:, 0].mean()))
    return tuple(toes[number] for number in order)


def _second_toe(
    sole: Polygons, toes: Polygons, axis: _Axis, side: Side
) -> NDArray[np.float64] | None:
    """Tip of the second toe, told by its place across the forefoot."""
    if not toes:
        return None
    points = np.concatenate(_frame(sole, axis.heel_centre, axis.forward))
    ball = points[points[:, 1] > points[:, 1].max() - axis.toeless_length / 3]
    ends = float(ball[:, 0].min()), float(ball[:, 0].max())
    medial, lateral = ends[::-1] if side == "left" else ends
    valley = TOE_VALLEY * axis.forefoot_width
    found = [
        tip for pad in _frame(toes, axis.heel_centre, axis.forward) for tip in tips(pad, valley)
    ]
    found.sort(key=lambda tip: (tip[0] - medial) / (lateral - medial))
    if len(found) > 5:
        return None
    names = name_toes([(float(tip[0]) - medial) / (lateral - medial) for tip in found])
    if 2 not in names:
        return None
    x, y = found[names.index(2)]
    right = np.array([-axis.forward[1], axis.forward[0]])
    return np.asarray(axis.heel_centre + x * right + y * axis.forward)


def _decide_side(
    sole: Polygons, toes: Polygons, axis: _Axis, wanted: Literal["auto", "left", "right"]
) -> tuple[Side, float]:
    if wanted != "auto":
        return wanted, 1.0
    clues = side_clues(
        _frame(sole, axis.heel_centre, axis.forward), _frame(toes, axis.heel_centre, axis.forward)
    )
    left = 1.0 / (1.0 + float(np.exp(-np.clip(clues.log_odds(), -30, 30))))
    return ("left", left) if left >= 0.5 else ("right", 1.0 - left)


def _refusal(axis: _Axis, halo: float, mm_per_px: float | None) -> Reason | None:
    if axis.forefoot_width <= 0 or axis.heel_width <= 0:
        return REFUSALS["partial-print"]
    length = axis.toeless_length / axis.forefoot_width
    heel = axis.heel_width / axis.forefoot_width
    whole = LENGTH_TO_FOREFOOT[0] <= length <= LENGTH_TO_FOREFOOT[1]
    if not whole or not HEEL_TO_FOREFOOT[0] <= heel <= HEEL_TO_FOREFOOT[1]:
        return REFUSALS["partial-print"]
    if halo > BROADEST_DOUBT * axis.forefoot_width:
        return REFUSALS["smeared"]
    if mm_per_px is not None:
        length_mm = axis.toeless_length * mm_per_px
        if not LENGTH_MM[0] <= length_mm <= LENGTH_MM[1]:
            return REFUSALS["implausible-size"]
    return None


def _waist(sole: Polygons, axis: _Axis) -> float:
    """Narrowest extent of the middle third, as a share of the widest of all."""
    turned = _frame(sole, axis.heel_centre, axis.forward)
    ends = np.concatenate(turned)[:, 1]
    levels = np.linspace(float(ends.min()), float(ends.max()), 65)[1:-1]
    left, right = extents(turned, levels)
    widths = np.nan_to_num(right - left)
    middle = slice(len(widths) // 3, 2 * len(widths) // 3)
    return float(widths[middle].min() / widths.max())


def _ragged(sole: Polygons) -> bool:
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


def _cautions(axis: _Axis, side_confidence: float) -> tuple[Caution, ...]:
    found = []
    if axis.method == "forefoot":
        found.append(
            Caution(
                "toe2-missing",
                "The second toe left no clear print, so the foot's axis was drawn to the middle "
                "of the ball; the range is a little wider for it.",
            )
        )
    if side_confidence < SURE_SIDE:
        found.append(
            Caution(
                "side-unsure",
                "It is hard to tell whether this is a left or a right foot; say which, with "
                "--side or under 'Which foot' on the page.",
            )
        )
    length = axis.toeless_length / axis.forefoot_width
    heel = axis.heel_width / axis.forefoot_width
    usual = USUAL_LENGTH_TO_FOREFOOT[0] <= length <= USUAL_LENGTH_TO_FOREFOOT[1]
    if not usual or not USUAL_HEEL_TO_FOREFOOT[0] <= heel <= USUAL_HEEL_TO_FOREFOOT[1]:
        found.append(
            Caution(
                "unusual-proportions",
                "The heel, ball and length of this print are in an unusual proportion; a second "
                "print would show whether it is the foot or the photo.",
            )
        )
    return tuple(found)


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
    sole = _sole_outlines(contact.sole)
    if not sole:
        return REFUSALS["partial-print"]
    possibly = _sole_outlines(contact.sole, POSSIBLY)
    surely = _sole_outlines(contact.sole, SURELY)
    if contact.sole.max() < BLURRED[0] or (
        contact.sole_looks is not None and contact.doubt > MOST_DOUBT
    ):
        return REFUSALS["too-faint"]
    sole_area = sum(abs(signed_area(polygon)) for polygon in sole)
    toes = _real_toes(outlines(contact.toes, 0.5), sole_area)

    axis = _settle_axis(sole, None, TOES_UP)
    refusal = _refusal(axis, _halo(contact.sole, sole), contact.mm_per_px)
    if refusal is None and (_ragged(sole) or (not toes and _waist(sole, axis) > WAISTLESS)):
        refusal = REFUSALS["partial-print"]
    if refusal is not None:
        return refusal
    decided, confidence = _decide_side(
        sole, toes, axis, contact.side or "auto" if side == "auto" else side
    )
    toes = _medial_first(toes, axis, decided)
    # The axis to the second toe moves the frame the toes were named in; twice is enough.
    for _ in range(2):
        axis = _settle_axis(sole, _second_toe(sole, toes, axis, decided), axis.forward)

    along = np.concatenate(_frame((*sole, *toes), axis.heel_centre, axis.forward))[:, 1]
    bleed = _bleed_mm(contact, axis)
    if bleed > MOST_BLEED_MM:
        return REFUSALS["too-wet"]
    return Footprint(
        side=decided,
        side_confidence=confidence,
        sole=sole,
        sole_surely=surely,
        sole_possibly=possibly,
        toes=toes,
        heel_centre=axis.heel_centre,
        axis_tip=axis.tip,
        axis_method=axis.method,
        axis_doubt_deg=AXIS_DOUBT_DEG[axis.method],
        length_px=float(along.max() - along.min()),
        patch_to_photo=contact.patch_to_photo,
        mm_per_px=contact.mm_per_px,
        cautions=(*_cautions(axis, confidence), *_bleed_cautions(bleed)),
        sole_looks=_looks(contact),
        bleed_mm=bleed,
    )


def _bleed_mm(contact: Contact, axis: _Axis) -> float:
    """From the middle of the print's edge, where it is measured, to where it is dry."""
    if contact.rim_px is None:
        return 0.0
    mm_per_px = contact.mm_per_px or USUAL_LENGTH_MM / axis.toeless_length
    return contact.rim_px * mm_per_px


def _bleed_cautions(bleed_mm: float) -> tuple[Caution, ...]:
    if bleed_mm <= NOTABLE_BLEED_MM:
        return ()
    return (
        Caution(
            "soft-edge",
            f"The edge of this print fades out over about {2 * bleed_mm:.0f} mm: water or ink "
            "that has crept on, or a photo out of focus. Each millimetre that it creeps makes a "
            "print look flatter by one or two points; the range allows for it.",
        ),
    )


def _looks(contact: Contact) -> tuple[Polygons, ...]:
    if contact.sole_looks is None:
        return ()
    return tuple(_sole_outlines(look) for look in contact.sole_looks)


def _sole_outlines(sole: NDArray[np.float32], level: float = 0.5) -> Polygons:
    return outlines(sole, level, SMALLEST_ISLAND)
