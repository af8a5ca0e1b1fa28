"""One picture searched for prints: its plane, and every way to look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from archscan.findings import Answers, Scan
from archscan.paper_size import PAPER_SIZE_UNSURE, lies_on_sheet, may_be_larger, must_be_smaller
from archscan.photo import Photo
from archscan.photo.even_ground import against, is_coloured
from archscan.reasons import REFUSALS, Caution
from archscan.segmentation import (
    Contact,
    Segmentation,
    first_look,
    hints_at_sheet,
    is_flat,
    likely_sheets,
    likely_soles,
    look_again,
    print_colour,
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


def searched(photo: Photo, sheet: SheetOption, answers: Answers, judge: Judge) -> Scan:
    """Find the plane of a picture, and measure the prints on it.

    Parameters
    ----------
    photo
        Any picture.
    sheet
        Which sheet of paper to look for.
    answers
        What the person said of themselves.
    judge
        Of what is outlined.

    Returns
    -------
    Scan
        Measured, or refused.
    """
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


def searched_against(
    photo: Photo,
    ground: NDArray[np.int64],
    done: Scan,
    sheet: SheetOption,
    answers: Answers,
    judge: Judge,
) -> Scan:
    """Search what differs from a picture's even ground too, and tell which search counts.

    Parameters
    ----------
    photo, ground
        The picture, and the one colour of its ground, ``int64 (3,)`` RGB.
    done
        What was found on the picture as it is.
    sheet, answers, judge
        As for :func:`searched`.

    Returns
    -------
    Scan
        One of both, of the picture as it is. Against its ground, where that shows more
        prints, or the same far more surely; of what no camera took, where it shows no fewer.
    """
    is_drawn = is_coloured(ground)
    judge_there = judge if is_drawn else _but_for_things(judge, photo)
    again = searched(against(photo, ground), sheet, answers, judge_there)
    if not _counts_more(again, done, is_drawn=is_drawn):
        return done
    return replace(again, scene=replace(again.scene or Scene(photo), photo=photo))


def _but_for_things(judge: Judge, photo: Photo) -> Judge:
    """Leave out what is no print in the photo's own colours: a foot cut out, put on white."""

    def is_print(contact: Contact) -> bool:
        colour = print_colour(photo, contact)
        return colour is not None and is_flat(colour)

    return lambda scene, found: judge(scene, found.only(is_print))


def _counts_more(against_ground: Scan, done: Scan, *, is_drawn: bool) -> bool:
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
