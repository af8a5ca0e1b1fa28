"""The rooms strung together: a photo in, a :class:`~archscan.findings.Scan` out."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from archscan.errors import OptionError, UnreadablePhotoError
from archscan.findings import Answers, Print, Scan
from archscan.footprint import Footprint, Side, find_footprint
from archscan.indices import (
    KNOWN_TILT_DOUBT_DEG,
    NO_TILT_DOUBT,
    TiltDoubt,
    Viewpoint,
    known_tilt_doubt,
    measures,
    usual_tilt_doubt,
)
from archscan.indices.reference import child_table
from archscan.numbers import plain
from archscan.paper_size import PAPER_SIZE_UNSURE, lies_on_sheet, may_be_larger, must_be_smaller
from archscan.photo import MAX_PIXELS, Photo, load_photo
from archscan.photo.loading import PhotoSource
from archscan.reasons import REFUSALS, Caution, Reason
from archscan.second_opinion import asked_in_the_mirror, with_side
from archscan.segmentation import (
    Contact,
    Segmentation,
    contacts_from_mask,
    first_look,
    hints_at_sheet,
    labels_of,
    likely_sheets,
    likely_soles,
    look_again,
    segment,
    segment_by_hue,
    sheets_up_close,
)
from archscan.segmentation.look import Look
from archscan.segmentation.patches import project
from archscan.sheet import (
    SHEETS_MM,
    Scene,
    SheetOption,
    camera_of,
    find_scene,
)
from archscan.verdict import age_cautions, decide, range_cautions

SideOption = Literal["auto", "left", "right"]

MOST_TILT_DEG = 45.0
"""Seen from further off the vertical, a print's far end is too coarse to be measured."""

SURE_OF_BOTH_SIDES = 0.9
"""Of two prints that look like the same side, one that is less sure than this is
taken to be the other foot: people stand on one foot of each kind."""

IMPLAUSIBLE_MASK = Reason(
    "implausible-size",
    "At the scale that was given, no foot is as long as this print.",
    "Check mm_per_px, millimetres per pixel of the mask, or leave it out.",
)
"""What a person is told of a mask: no sheet of paper gave its scale."""


def scan(
    source: PhotoSource,
    *,
    sheet: SheetOption = "auto",
    side: SideOption = "auto",
    age: float | None = None,
    symptoms: Sequence[str] = (),
    conditions: Sequence[str] = (),
    max_pixels: int = MAX_PIXELS,
) -> Scan:
    """Measure the footprints on one photo.

    Parameters
    ----------
    source
        A path; bytes; a binary file, read from where it stands; a PIL image; or an array
        ``(h, w)`` or ``(h, w, 1 | 3 | 4)`` of RGB: ``bool``, ``uint8``, ``uint16``, or floats
        from 0 to 1.
    sheet
        The sheet of paper beside the print: ``"a4"``, ``"letter"``, ``"printed"`` (the
        page with markers that ``archscan sheet`` draws), ``"auto"`` (look for any) or
        ``"none"`` (do not look).
    side
        ``"left"`` or ``"right"`` when it is known, else ``"auto"``.
    age
        Years. Below 16 no adult class is given.
    symptoms
        Names from :func:`archscan.guidance.symptoms`; they steer the guidance
        and never the measurement.
    conditions
        Names from :func:`archscan.guidance.conditions`, likewise; for a ``"child"`` no
        adult class is given.
    max_pixels
        Photos with more pixels are not decoded.

    Returns
    -------
    Scan
        Measured, refused or unreadable; the last two carry a reason.

    Raises
    ------
    OptionError
        If an option has a value that cannot be used.
    """
    answers = _answers(age, symptoms, conditions)
    _check_options(sheet, side, answers)
    _check_number("max_pixels", max_pixels, least=0)
    name = _name(source)
    try:
        photo = load_photo(source, max_pixels=max_pixels)
    except UnreadablePhotoError as error:
        return Scan(name, "unreadable", error.reason, (), (), None, _urgent(answers))
    first = first_look(photo)
    soles = likely_soles(first)
    outlines = chain(likely_sheets(first), sheets_up_close(photo, first))
    scene = find_scene(photo, sheet, outlines, hints_at_sheet(first), soles)
    done, outlined = _look(name, scene, first, side, answers)
    other = _other_plane(done, scene, soles, sheet, age)
    if other is not None:
        again, outlines_again = _look(name, other.scene, first, side, answers)
        if again.status == "measured":
            done = replace(again, cautions=(*again.cautions, *other.cautions))
            outlined, scene = outlines_again, other.scene
    done = _look_otherwise(done, outlined, scene, first, side, answers)
    return replace(done, urgent=_urgent(answers))


def _look(
    name: str | None, scene: Scene, first: Look, side: SideOption, answers: Answers
) -> tuple[Scan, int]:
    """Measure the prints on a photo whose plane is known, or is not; and count the outlines."""
    if _is_too_tilted(scene):
        found = Segmentation((), REFUSALS["too-tilted"])
    else:
        found = segment(scene, first)
    done = _scan_scene(name, scene, found, side=side, answers=answers, is_photo=True)
    return done, len(found.contacts)


@dataclass(frozen=True, slots=True, eq=False)
class _OtherPlane:
    """What to take the floor for instead, and what to say if that makes a print of it."""

    scene: Scene
    cautions: tuple[Caution, ...] = ()


def _other_plane(
    done: Scan, scene: Scene, soles: NDArray[np.float64], sheet: SheetOption, age: float | None
) -> _OtherPlane | None:
    """Doubt the plane where the prints on it are hardly a foot's."""
    if scene.straightening is not None and done.reason == REFUSALS["partial-print"]:
        # They were perhaps bent by edges that are no rectangle's.
        return _OtherPlane(Scene(scene.photo))
    if sheet == "auto" and (
        (lies_on_sheet(scene, soles) and _is_short(done, age))
        or (scene.sheet in SHEETS_MM and must_be_smaller(_lengths_mm(done)))
    ):
        # What its edges show of the tilt holds for paper of any size.
        return _OtherPlane(find_scene(scene.photo, "none", prints=soles), (PAPER_SIZE_UNSURE,))
    return None


def _is_short(done: Scan, age: float | None) -> bool:
    """Whether the sheet under the prints makes them too short, or no foot's at all."""
    if not done.prints and done.reason != REFUSALS["implausible-size"]:
        return False
    return may_be_larger(_lengths_mm(done), age)


def _lengths_mm(done: Scan) -> list[float]:
    seen = [one.footprint for one in done.prints]
    return [one.length_px * (one.mm_per_px or 0.0) for one in seen]


def _look_otherwise(
    done: Scan, outlined: int, scene: Scene, first: Look, side: SideOption, answers: Answers
) -> Scan:
    """Look for more prints, where an outline was none or there is no print at all."""
    for found in _seen_otherwise(done, outlined, scene, first):
        again = _scan_scene(done.source, scene, found, side=side, answers=answers, is_photo=True)
        if len(again.prints) > len(done.prints):
            return again
    return done


def _seen_otherwise(done: Scan, outlined: int, scene: Scene, first: Look) -> Iterator[Segmentation]:
    """Look otherwise, as long as the next way is asked for."""
    if _is_too_tilted(scene):
        return
    if len(done.prints) < outlined:
        # An outline perhaps holds two prints, or was badly seen.
        yield look_again(scene, first)
    if not done.prints:
        yield segment_by_hue(scene)


def _is_too_tilted(scene: Scene) -> bool:
    return scene.tilt_deg is not None and scene.tilt_deg > MOST_TILT_DEG


def measure(
    mask: NDArray[np.number[Any] | np.bool_],
    *,
    threshold: float | None = None,
    side: SideOption = "auto",
    mm_per_px: float | None = None,
    age: float | None = None,
    symptoms: Sequence[str] = (),
    conditions: Sequence[str] = (),
) -> Scan:
    """Measure footprints that somebody has already outlined.

    Parameters
    ----------
    mask
        ``(h, w)``. Boolean, or whole numbers of which one (255, as a rule) stands for
        contact: the contact with its toes. Integers up to 4: 0 background, 1 left sole,
        2 left toes, 3 right sole, 4 right toes. With a threshold any numbers, for example
        a grey picture or the pressures of a plate. What a masked array masks is no contact.
    threshold
        Values above it are contact (NaN is not); for what is neither boolean nor labelled. The edge
        is then placed between pixels, where the values cross it.
    side
        ``"left"`` or ``"right"`` when it is known, else ``"auto"``.
    mm_per_px
        Millimetres per pixel, if known.
    age, symptoms, conditions
        As for :func:`scan`.

    Returns
    -------
    Scan
        As for a photo; the photo in it is a picture of the mask.

    Raises
    ------
    OptionError
        If the mask is not a plane of such numbers or an option cannot be used.
    """
    answers = _answers(age, symptoms, conditions)
    _check_options("none", side, answers)
    if threshold is not None:
        _check_number("threshold", threshold, least=-math.inf)
    if mm_per_px is not None:
        _check_number("mm_per_px", mm_per_px, least=0.0)
    flat, soft = labels_of(np.asanyarray(mask), threshold)
    shades = np.where(flat > 0, 90, 255).astype(np.uint8)
    height, width = flat.shape
    scene = Scene(Photo(np.repeat(shades[..., None], 3, axis=2), width=width, height=height))
    found = contacts_from_mask(flat, mm_per_px=mm_per_px, soft=soft)
    done = _scan_scene(None, scene, found, side=side, answers=answers, is_photo=False)
    if done.reason == REFUSALS["implausible-size"]:
        done = replace(done, reason=IMPLAUSIBLE_MASK)
    return replace(done, urgent=_urgent(answers))


def _answers(age: float | None, symptoms: Sequence[str], conditions: Sequence[str]) -> Answers:
    for what, names in (("symptoms", symptoms), ("conditions", conditions)):
        # One name is a sequence too, of letters.
        if isinstance(names, str) or not isinstance(names, Iterable):
            raise OptionError(
                Reason(
                    f"bad-{what}",
                    f"{names!r} is no list of {what}.",
                    "Give a list of names, even of one, or leave it out.",
                )
            )
    return Answers(age, tuple(symptoms), tuple(conditions))


def _check_number(name: str, value: float, least: float) -> None:
    number = plain(value)
    if isinstance(number, float) and least < number < math.inf:
        return
    raise OptionError(
        Reason(
            f"bad-{name.replace('_', '-')}",
            f"{number!r} is no {name}.",
            "Give a number above zero, or leave it out." if least == 0 else "Give a number.",
        )
    )


def _check_options(sheet: str, side: str, answers: Answers) -> None:
    """Raise before anything is read, so that a wrong option never hides behind a bad photo."""
    allowed = {"sheet": get_args(SheetOption), "side": get_args(SideOption)}
    for name, value in (("sheet", sheet), ("side", side)):
        if not isinstance(value, str) or value not in allowed[name]:
            raise OptionError(
                Reason(
                    f"bad-{name}",
                    f"'{value}' is not a choice for {name}.",
                    f"Choose one of {', '.join(allowed[name])}.",
                )
            )
    age_cautions(answers.age)
    answers.select(None)


def _urgent(answers: Answers) -> tuple[str, ...]:
    return tuple(one.id for one in answers.select(None).of_kind("red_flag"))


def _name(source: PhotoSource) -> str | None:
    return os.fsdecode(source) if isinstance(source, str | os.PathLike) else None


def _scan_scene(
    name: str | None,
    scene: Scene,
    found: Segmentation,
    *,
    side: SideOption,
    answers: Answers,
    is_photo: bool,
) -> Scan:
    remarks = age_cautions(answers.age, is_child=answers.is_child)
    if found.refusal is not None:
        return Scan(name, "refused", found.refusal, (), (), scene)
    footprints = [find_footprint(contact, side) for contact in found.contacts]
    refusals = [*found.missed, *(reason for reason in footprints if isinstance(reason, Reason))]
    whole = [
        (contact, footprint)
        for contact, footprint in zip(found.contacts, footprints, strict=True)
        if isinstance(footprint, Footprint)
    ]
    if is_photo:
        whole = asked_in_the_mirror(scene, whole)
    prints = []
    for footprint in _tell_apart(whole, side):
        tilt = _tilt_doubt(footprint, scene) if is_photo else NO_TILT_DOUBT
        judged = _judge(footprint, tilt, remarks, answers)
        if isinstance(judged, Reason):
            refusals.append(judged)
        else:
            prints.append(judged)
    if not prints:
        reason = refusals[0] if refusals else REFUSALS["no-footprint"]
        return Scan(name, "refused", reason, (), (), scene)
    prints.sort(key=lambda item: item.footprint.side != "left")
    cautions = tuple(
        Caution(reason.code, f"Another print on this photo was not measured: {reason.message}")
        for reason in refusals
        if reason.code != "no-footprint"
    )
    return Scan(name, "measured", None, tuple(prints), cautions, scene)


def _judge(
    footprint: Footprint, tilt: TiltDoubt, remarks: tuple[Caution, ...], answers: Answers
) -> Print | Reason:
    """Take one print through indices, verdict and guidance."""
    if tilt.refusal is not None:
        return tilt.refusal
    panel = measures(footprint, tilt)
    verdict = decide(panel, answers.age, is_child=answers.is_child)
    if isinstance(verdict, Reason):
        return verdict
    guidance = answers.select(verdict)
    cautions = (
        *footprint.cautions,
        *tilt.cautions,
        *range_cautions(panel),
        *remarks,
        *child_table(panel, answers.age),
    )
    return Print(footprint, panel, verdict, guidance.ids, cautions)


def _tilt_doubt(footprint: Footprint, scene: Scene) -> TiltDoubt:
    """Tell what remains unknown of the camera's tilt, and what that does to the indices."""
    sole = footprint.in_axis_frame(footprint.sole)
    viewpoint = _viewpoint(footprint, scene.photo)
    if scene.photo_to_plane is not None:
        return known_tilt_doubt(sole, viewpoint, KNOWN_TILT_DOUBT_DEG)
    if scene.tilt_doubt_deg is not None:
        return known_tilt_doubt(sole, viewpoint, scene.tilt_doubt_deg)
    return usual_tilt_doubt(sole, viewpoint)


def _viewpoint(footprint: Footprint, photo: Photo) -> Viewpoint:
    """Find the camera above the floor, in the print's own frame, as if it looked straight down."""
    camera = camera_of(photo)
    ends = np.stack([footprint.heel_centre, footprint.axis_tip])
    ends_seen = project(ends, footprint.patch_to_photo)
    enlarged = np.hypot(*(ends_seen[1] - ends_seen[0])) / np.hypot(*(ends[1] - ends[0]))
    middle = project(
        camera[None, :2, 2], np.asarray(np.linalg.inv(footprint.patch_to_photo), np.float64)
    )
    return Viewpoint(footprint.in_axis_frame((middle,))[0][0], float(camera[0, 0] / enlarged))


def _tell_apart(whole: Sequence[tuple[Contact, Footprint]], side: SideOption) -> list[Footprint]:
    """Two prints that both look left (or right): the less sure one is the other foot."""
    footprints = [footprint for _, footprint in whole]
    if side != "auto" or len(whole) != 2 or footprints[0].side != footprints[1].side:
        return footprints
    unsure, sure = sorted(whole, key=lambda pair: pair[1].side_confidence)
    if unsure[1].side_confidence >= SURE_OF_BOTH_SIDES:
        return footprints
    other: Side = "right" if sure[1].side == "left" else "left"
    return [sure[1], with_side(*unsure, other, 0.5)]
