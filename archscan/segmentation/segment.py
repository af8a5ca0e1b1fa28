"""A scene to its prints: find them, then trace each up close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo
from archscan.reasons import MORE_PRINTS, REFUSALS, Reason
from archscan.segmentation.blur import blur_share
from archscan.segmentation.contact import Contact, Segmentation, doubt_of
from archscan.segmentation.find import Found, find, find_otherwise, halves_of
from archscan.segmentation.look import Look, look_at, whole
from archscan.segmentation.network import log_odds_of, probability_of
from archscan.segmentation.other_foot import MOST_PRINTS, with_other_foot
from archscan.segmentation.outlining import outline
from archscan.segmentation.overlap import is_same_print, with_print
from archscan.segmentation.prints import find_prints
from archscan.segmentation.trace import STILL_DOUBTFUL
from archscan.sheet import Scene

MOST_TRIES = 4
"""Finds that are looked at up close: those with toes first, the largest first."""

MOST_HALVES = 3
"""Finds that are tried as halves of one print, where none of them is a print by itself."""

TOO_BLURRED = 0.010
"""Blur (standard deviation, share of the photo's longer side) from which it is to blame
when no print is seen. Photos in focus stay below half of this."""

UNSEEN = {"no-footprint", "too-faint"}
"""Refusals of a find that another look at the photo may overturn."""

CLEAR = 0.3
"""Doubt of all contact on a whole photo below which one look at it is enough."""


def first_look(photo: Photo) -> Look:
    """Look at a whole photo: at what the foot touched and at sheets of paper.

    What leaves much doubt is looked at evened out as well, and the mean of both counts
    where prints with toes are seen in it, and no fewer.

    Parameters
    ----------
    photo
        Upright.

    Returns
    -------
    Look
        For :func:`segment` and :func:`archscan.segmentation.sheets.likely_sheets`.
    """
    look = look_at(photo, whole(photo.pixels))
    if doubt_of(look.contact[0]) < CLEAR:
        return look
    other = look_at(photo, whole(photo.pixels), mirrored=True, even=True)
    log_odds = [log_odds_of(one.contact) for one in (look, other)]
    both = replace(look, contact=probability_of(np.mean(log_odds, axis=0, dtype=np.float32)))
    return both if _prints_with_toes(both) >= max(1, _prints_with_toes(look)) else look


def shows_toes(look: Look) -> bool:
    """Tell whether a look shows a print with toes.

    Parameters
    ----------
    look
        At a whole photo.

    Returns
    -------
    bool
        Whether there is one or more.
    """
    return _prints_with_toes(look) > 0


def _prints_with_toes(look: Look) -> int:
    return sum(bool(one.toes.any()) for one in find_prints(look.contact))


def segment(scene: Scene, first: Look, *, thorough: bool = True) -> Segmentation:
    """Find and outline every print on a photo.

    Parameters
    ----------
    scene
        The photo and what is known of its plane.
    first
        From :func:`first_look`.
    thorough
        Whether to look again, every other way, where it shows nothing.

    Returns
    -------
    Segmentation
        One or two contacts, or a refusal: ``no-footprint``, ``bare-sole``, ``too-faint``,
        ``too-blurred``, ``touches-edge`` or ``too-small``.
    """
    found, hinted = find(scene.photo, first)
    contacts, missed = _look_at_each(scene, sorted(found, key=lambda one: not one.has_toes), first)
    if contacts:
        return Segmentation(contacts, None, missed)
    if blur_share(scene.photo.pixels) >= TOO_BLURRED:
        return Segmentation((), REFUSALS["too-blurred"])
    told = [reason for reason in missed if reason.code not in UNSEEN]
    if told:
        return Segmentation((), told[0])
    if thorough and (other := _look_again(scene, first, found)).contacts:
        return other
    hinted = hinted or any(reason.code == "too-faint" for reason in missed)
    return Segmentation((), REFUSALS["too-faint" if hinted else "no-footprint"])


def _in_two(scene: Scene, found: Sequence[Found]) -> Contact | None:
    """Take two finds for the heel and the ball of one print; its toes must be seen."""
    for item in halves_of(found[:MOST_HALVES]):
        outcome, _ = outline(scene, item, long_shot=True)
        if isinstance(outcome, Contact) and outcome.has_toes:
            return outcome
    return None


def look_again(scene: Scene, first: Look) -> Segmentation:
    """Outline what only another look at the photo shows, or two finds as one print.

    Its toes must be seen up close.

    Parameters
    ----------
    scene, first
        As for :func:`segment`.

    Returns
    -------
    Segmentation
        One or two contacts, or ``no-footprint``.
    """
    return _look_again(scene, first, find(scene.photo, first)[0])


def _look_again(scene: Scene, first: Look, found: Sequence[Found]) -> Segmentation:
    """Do so, when it is known already what the first look has found."""
    in_two = _in_two(scene, found)
    if in_two is not None:
        return Segmentation((in_two,), None)
    seen: list[tuple[Contact, ...]] = []
    for others in find_otherwise(scene.photo, first):
        contacts, _ = _look_at_each(scene, others, None)
        contacts = tuple(one for one in contacts if one.has_toes)
        if contacts:
            seen.append(contacts)
            if _least_doubt(contacts) < STILL_DOUBTFUL:
                break
    contacts = min(seen, key=_least_doubt, default=())
    return Segmentation(contacts, None if contacts else REFUSALS["no-footprint"])


def _least_doubt(contacts: tuple[Contact, ...]) -> float:
    return min(one.doubt for one in contacts)


def _look_at_each(
    scene: Scene, found: Sequence[Found], first: Look | None
) -> tuple[tuple[Contact, ...], tuple[Reason, ...]]:
    """Outline prints until there are as many as a person has feet; and why others are none."""
    contacts: list[Contact] = []
    missed: list[Reason] = []
    beside: list[NDArray[np.float64]] = []
    for item in found[:MOST_TRIES]:
        outcome, seen = outline(scene, _aware_of(item, contacts), long_shot=first is None)
        beside += seen
        if isinstance(outcome, Reason):
            missed.append(outcome)
        else:
            contacts = with_print(contacts, outcome)
        if len(contacts) == MOST_PRINTS:
            return tuple(contacts), _left_out(found, contacts)
    contacts = with_other_foot(scene, contacts, beside, first)
    return tuple(contacts), tuple(missed[: MOST_PRINTS - len(contacts)])


def _left_out(found: Sequence[Found], contacts: Sequence[Contact]) -> tuple[Reason, ...]:
    """Tell that there are more prints than are outlined, if one of them was seen with toes."""
    known = [one.places for one in contacts]
    more = any(
        item.has_toes and not any(is_same_print(item.points, places) for places in known)
        for item in found
    )
    return (MORE_PRINTS,) if more else ()


def _aware_of(found: Found, contacts: Sequence[Contact]) -> Found:
    """Tell a find of the prints that are outlined already and are not itself."""
    others = [places for one in contacts if not is_same_print(places := one.places, found.points)]
    return replace(found, beside=np.concatenate([found.beside, *others]))
