"""The rooms strung together: a photo in, a :class:`~archscan.findings.Scan` out."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archscan.errors import UnreadablePhotoError
from archscan.findings import Scan
from archscan.judging import judged
from archscan.options import SideOption, check_number, checked_answers
from archscan.photo import MAX_PIXELS, Photo, load_photo
from archscan.photo.even_ground import even_ground
from archscan.photo.exposure import exposure_cautions
from archscan.photo.loading import PhotoSource
from archscan.reasons import REFUSALS, Reason
from archscan.searching import searched, searched_against
from archscan.segmentation import contacts_from_mask, labels_of
from archscan.sheet import Scene, SheetOption

IMPLAUSIBLE_MASK = Reason(
    "implausible-size",
    "At the scale that was given, no foot is as long as this print.",
    "Check mm_per_px, millimetres per pixel of the mask, or leave it out.",
)
"""What a person is told of a mask: no sheet of paper gave its scale."""

HARDLY_SEEN = [REFUSALS[code] for code in ("no-footprint", "partial-print", "too-faint")]
"""Refusals that too much or too little light may be behind."""


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
    done = searched(photo, sheet, answers, judge)
    ground = even_ground(photo)
    if ground is not None:
        done = searched_against(photo, ground, done, sheet, answers, judge)
    if done.reason in HARDLY_SEEN:
        done = replace(done, cautions=(*done.cautions, *exposure_cautions(photo)))
    return replace(done, urgent=answers.urgent)


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
        a grey picture or the pressures of a plate, resampled where its cells are not
        square. What a masked array masks is no contact.
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
