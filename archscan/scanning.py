"""The rooms strung together: a photo in, a :class:`~archscan.findings.Scan` out."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archscan.errors import UnreadablePhotoError
from archscan.findings import Answers, Scan
from archscan.judging import judged
from archscan.options import SideOption, check_number, checked_answers
from archscan.paper_size import PAPER_SIZE_UNSURE, lies_on_sheet, may_be_larger, must_be_smaller
from archscan.photo import MAX_PIXELS, Photo, load_photo
from archscan.photo.even_ground import against, even_ground, is_coloured
from archscan.photo.loading import PhotoSource
from archscan.reasons import REFUSALS, Caution, Reason
from archscan.segmentation import (
    Segmentation,
    contacts_from_mask,
    first_look,
    hints_at_sheet,
    is_flat,
    labels_of,
    likely_sheets,
    likely_soles,
    look_again,
    segment,
    segment_recoloured,
    sheets_up_close,
)
from archscan.segmentation.look import Look
from archscan.sheet import SHEETS_MM, Scene, SheetOption, find_scene
from archscan.verdict import DECIDING

Judge = Callable[[Scene, Segmentation], Scan]
"""Measures what was outlined on a plane, for the person who asks."""

MOST_TILT_DEG = 45.0
"""Seen from further off the vertical, a print's far end is too coarse to be measured."""

SURER = 2.0
"""By how much wider the ranges must be for the same prints to be measured on the other picture:
most that are found on both are measured alike, and the photo is what was asked about."""

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
    answers = checked_answers(sheet, side, age, symptoms, conditions)
    check_number("max_pixels", max_pixels, least=0)
    name = _name(source)
    try:
        photo = load_photo(source, max_pixels=max_pixels)
    except UnreadablePhotoError as error:
        return Scan(name, "unreadable", error.reason, (), (), None, answers.urgent)
    judge = partial(judged, name, side=side, answers=answers, is_photo=True)
    done = _scan(photo, sheet, answers, judge)
    ground = even_ground(photo)
    if ground is not None:
        is_drawn = is_coloured(ground)
        judge_there = judge if is_drawn else _but_for_things(judge, photo)
        again = _scan(against(photo, ground), sheet, answers, judge_there)
        if _counts_more(again, done, is_drawn=is_drawn):
            done = replace(again, scene=replace(again.scene or Scene(photo), photo=photo))
    return replace(done, urgent=answers.urgent)


def _but_for_things(judge: Judge, photo: Photo) -> Judge:
    """Leave out what is no print in the photo's own colours: a foot cut out, put on white."""

    def judge_flat(scene: Scene, found: Segmentation) -> Scan:
        flat = tuple(one for one in found.contacts if is_flat(photo, one))
        none_left = REFUSALS["no-footprint"] if found.contacts and not flat else found.refusal
        return judge(scene, replace(found, contacts=flat, refusal=none_left))

    return judge_flat


def _counts_more(against_ground: Scan, done: Scan, *, is_drawn: bool) -> bool:
    """Whether what a picture shows against its ground counts, not what it shows as it is.

    So it is where that is more prints, or the same far more surely; of what no camera took,
    where it is no fewer.
    """
    more = len(against_ground.prints) - len(done.prints)
    if is_drawn:
        # There is no skin on it.
        return more > 0 or (more == 0 and against_ground.reason != REFUSALS["bare-sole"])
    if more < 0 or done.reason == REFUSALS["bare-sole"]:
        return False
    return more > 0 or SURER * _width(against_ground) < _width(done)


def _width(done: Scan) -> float:
    """How wide the headline's intervals are together."""
    headlines = [item.measures[DECIDING[0]] for item in done.prints]
    return sum(headline.high - headline.low for headline in headlines)


def _scan(photo: Photo, sheet: SheetOption, answers: Answers, judge: Judge) -> Scan:
    """Find the plane of a picture, and measure the prints on it."""
    first = first_look(photo)
    soles = likely_soles(first)
    outlines = chain(likely_sheets(first), sheets_up_close(photo, first))
    scene = find_scene(photo, sheet, outlines, hints_at_sheet(first), soles)
    found = _segmented(scene, first)
    done = judge(scene, found)
    other = _other_plane(done, scene, soles, sheet, answers)
    if other is not None:
        found_there = _segmented(other.scene, first)
        there = judge(other.scene, found_there)
        if there.status == "measured":
            scene, found = other.scene, found_there
            done = replace(there, cautions=(*there.cautions, *other.cautions))
    return _look_otherwise(done, scene, found, first, judge)


def _segmented(scene: Scene, first: Look) -> Segmentation:
    """Outline the prints on a photo whose plane is known, or is not."""
    if _is_too_tilted(scene):
        return Segmentation((), REFUSALS["too-tilted"])
    return segment(scene, first)


@dataclass(frozen=True, slots=True, eq=False)
class _OtherPlane:
    """What to take the floor for instead, and what to say if that makes a print of it."""

    scene: Scene
    cautions: tuple[Caution, ...] = ()


def _other_plane(
    done: Scan, scene: Scene, soles: NDArray[np.float64], sheet: SheetOption, answers: Answers
) -> _OtherPlane | None:
    """Doubt the plane where the prints on it are hardly a foot's."""
    if scene.straightening is not None and done.reason == REFUSALS["partial-print"]:
        # They were perhaps bent by edges that are no rectangle's.
        return _OtherPlane(Scene(scene.photo))
    if sheet == "auto" and (
        (lies_on_sheet(scene, soles) and _is_short(done, answers))
        or (scene.sheet in SHEETS_MM and must_be_smaller(_lengths_mm(done)))
    ):
        # What its edges show of the tilt holds for paper of any size.
        return _OtherPlane(find_scene(scene.photo, "none", prints=soles), (PAPER_SIZE_UNSURE,))
    return None


def _is_short(done: Scan, answers: Answers) -> bool:
    """Whether the sheet under the prints makes them too short, or no foot's at all."""
    if not done.prints and done.reason != REFUSALS["implausible-size"]:
        return False
    return may_be_larger(_lengths_mm(done), answers.age, is_child=answers.is_child)


def _lengths_mm(done: Scan) -> list[float]:
    return [one.footprint.length_mm or 0.0 for one in done.prints]


def _look_otherwise(
    done: Scan, scene: Scene, found: Segmentation, first: Look, judge: Judge
) -> Scan:
    """Look for more prints, where an outline was none or there is no print at all."""
    for otherwise in _seen_otherwise(done, scene, found, first):
        again = judge(scene, otherwise)
        if len(again.prints) > len(done.prints):
            return again
    return done


def _seen_otherwise(
    done: Scan, scene: Scene, found: Segmentation, first: Look
) -> Iterator[Segmentation]:
    """Look otherwise, as long as the next way is asked for."""
    if _is_too_tilted(scene):
        return
    if len(done.prints) < len(found.contacts):
        # An outline perhaps holds two prints, or was badly seen.
        yield look_again(scene, first)
    if not done.prints:
        yield from segment_recoloured(scene)


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
    answers = checked_answers("none", side, age, symptoms, conditions)
    if threshold is not None:
        check_number("threshold", threshold, least=-math.inf)
    if mm_per_px is not None:
        check_number("mm_per_px", mm_per_px, least=0.0)
    flat, soft = labels_of(np.asanyarray(mask), threshold)
    shades = np.where(flat > 0, 90, 255).astype(np.uint8)
    height, width = flat.shape
    scene = Scene(Photo(np.repeat(shades[..., None], 3, axis=2), width=width, height=height))
    found = contacts_from_mask(flat, mm_per_px=mm_per_px, soft=soft)
    done = judged(None, scene, found, side=side, answers=answers, is_photo=False)
    if done.reason == REFUSALS["implausible-size"]:
        done = replace(done, reason=IMPLAUSIBLE_MASK)
    return replace(done, urgent=answers.urgent)


def _name(source: PhotoSource) -> str | None:
    return os.fsdecode(source) if isinstance(source, str | os.PathLike) else None
