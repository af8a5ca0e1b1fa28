"""A scene to its prints: find them, then trace each up close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo
from archscan.reasons import MORE_PRINTS, REFUSALS, Reason
from archscan.segmentation.blur import blur_share
from archscan.segmentation.contact import LEVEL, Contact, Segmentation, doubt_of
from archscan.segmentation.cut import is_cut
from archscan.segmentation.edge import edge_of
from archscan.segmentation.find import (
    Found,
    find,
    find_beside,
    find_near,
    find_otherwise,
    halves_of,
    without,
)
from archscan.segmentation.look import Look, look_at, whole
from archscan.segmentation.network import log_odds_of, probability_of
from archscan.segmentation.notches import without_notches
from archscan.segmentation.overlap import is_same_print
from archscan.segmentation.painting import without_print
from archscan.segmentation.patches import enlargement, marked, project
from archscan.segmentation.pieces import grown, pieces_of
from archscan.segmentation.prints import find_prints
from archscan.segmentation.rim import rim_width
from archscan.segmentation.skin import is_skin
from archscan.segmentation.trace import STILL_DOUBTFUL, trace
from archscan.sheet import Scene

MOST_PRINTS = 2
"""A person has two feet; further prints are repeats, and are told of."""

MOST_TRIES = 4
"""Finds that are looked at up close: those with toes first, the largest first."""

MOST_HALVES = 3
"""Finds that are tried as halves of one print, where none of them is a print by itself."""

TOO_BLURRED = 0.010
"""Blur (standard deviation, share of the photo's longer side) from which it is to blame
when no print is seen. Photos in focus stay below half of this."""

ALIKE = 0.75
"""The shorter of a person's two prints has at least this share of the longer one's length,
with what a camera that leans takes off; spatter that looks like a foot rarely does."""

SURE_BESIDE = 0.4
"""Doubt below which what came into view beside a print, as long as it and with toes, is the
other foot's."""

LEFT_OVER = 0.3
"""Share of a print's sole from which what is seen beside it may be the other foot's: on
interrupted prints the ball alone has more."""

HINTED_BESIDE = 0.05
"""Share of a print's area that the probabilities of contact beside it add up to from which the
other foot's may lie there: of 19 development pairs of which one print alone had been outlined 18
had more, of 174 single prints 26."""

UNSEEN = {"no-footprint", "too-faint"}
"""Refusals of a find that another look at the photo may overturn."""

CLEAR = 0.3
"""Doubt of all contact on a whole photo below which one look at it is enough."""

NOTHING = 0.6
"""Doubt of a contact above which there is nothing to be measured: of what is seen on bare
floors nearly all has more, of prints that run out of the photo most has less."""

HARDLY_SEEN = 0.75
"""Doubt of a contact with toes up to which there rather is a print, hardly to be seen."""

SMALLEST_PRINT = 60.0
"""Length of a print in working pixels below which its widths are lost in the blur."""


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


def _are_alike(one: Contact, other: Contact) -> bool:
    """Whether two prints may be one person's, by their length."""
    lengths = sorted((_length(one), _length(other)))
    return lengths[0] >= ALIKE * lengths[1]


def _length(contact: Contact) -> float:
    """Of a print with its toes, working pixels."""
    return float(np.ptp(contact.points[:, 1])) * enlargement(contact.patch_to_photo)


def _is_sure(outcome: Contact | Reason) -> TypeGuard[Contact]:
    return isinstance(outcome, Contact) and outcome.doubt < SURE_BESIDE and outcome.has_toes


def _in_two(scene: Scene, found: Sequence[Found]) -> Contact | None:
    """Take two finds for the heel and the ball of one print; its toes must be seen."""
    for item in halves_of(found[:MOST_HALVES]):
        outcome, _ = _look_closely(scene, item, long_shot=True)
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
        outcome, seen = _look_closely(scene, _aware_of(item, contacts), long_shot=first is None)
        beside += seen
        if isinstance(outcome, Reason):
            missed.append(outcome)
        else:
            contacts = _with(contacts, outcome)
        if len(contacts) == MOST_PRINTS:
            return tuple(contacts), _left_out(found, contacts)
    of_contacts = [_places(one) for one in contacts]
    known = list(of_contacts)
    if len(contacts) == 1 and first is not None:
        beside += _left_over(first, known[0])
    for points in beside:
        if any(is_same_print(points, place) for place in known):
            continue
        known.append(points)
        for item in find_near(
            scene.photo, points, np.concatenate([np.empty((0, 2)), *of_contacts])
        ):
            outcome, _ = _look_closely(scene, item)
            if _is_sure(outcome) and all(_are_alike(one, outcome) for one in contacts):
                contacts = _with(contacts, outcome)
            if len(contacts) == MOST_PRINTS:
                return tuple(contacts), ()
    if len(contacts) == 1 and first is not None and _hints_at_another(first, known[0]):
        other = _hidden_beside(scene, contacts[0])
        if other is not None and len(both := _with(contacts, other)) == MOST_PRINTS:
            return tuple(both), ()
    return tuple(contacts), tuple(missed[: MOST_PRINTS - len(contacts)])


def _hints_at_another(first: Look, known: NDArray[np.float64]) -> bool:
    """Whether the first look shows a trace of contact beside the print that is known."""
    rest = without(first, known).contact[0]
    area = np.count_nonzero(grown(marked(known, first.to_photo, *rest.shape), 1))
    return bool(rest.sum() >= HINTED_BESIDE * area)


def _hidden_beside(scene: Scene, contact: Contact) -> Contact | None:
    """Outline the other foot's print where it is seen only when this one is painted over.

    Of two that nearly touch the network now and then sees one, however clear the other is.
    """
    known = _places(contact)
    painted = replace(scene, photo=without_print(scene.photo, known))
    for item in find_beside(painted.photo, known):
        # Where they touch, their border is better seen with both.
        for seen in (scene, painted):
            outcome, _ = _look_closely(seen, item)
            if _is_sure(outcome) and _are_alike(contact, outcome):
                return outcome
    return None


def _left_out(found: Sequence[Found], contacts: Sequence[Contact]) -> tuple[Reason, ...]:
    """Tell that there are more prints than are outlined, if one of them was seen with toes."""
    known = [_places(one) for one in contacts]
    more = any(
        item.has_toes and not any(is_same_print(item.points, places) for places in known)
        for item in found
    )
    return (MORE_PRINTS,) if more else ()


def _aware_of(found: Found, contacts: Sequence[Contact]) -> Found:
    """Tell a find of the prints that are outlined already and are not itself."""
    others = [places for one in contacts if not is_same_print(places := _places(one), found.points)]
    return replace(found, beside=np.concatenate([found.beside, *others]))


def _left_over(first: Look, known: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Where the first look shows as much contact again as a print that is known has."""
    rest = without(first, known).contact[0]
    left = np.count_nonzero(rest >= LEVEL)
    of_known = np.count_nonzero(first.contact[0] >= LEVEL) - left
    if left < LEFT_OVER * of_known:
        return []
    return [
        project(piece.points, first.to_photo)
        for piece in pieces_of(rest)[:1]
        if piece.area >= LEFT_OVER * of_known
    ]


def _with(contacts: list[Contact], more: Contact) -> list[Contact]:
    """Add a contact; of two at one place the less doubtful stays."""
    same = [one for one in contacts if is_same_print(_sole_places(one), _sole_places(more))]
    kept = [one for one in contacts if one not in same]
    return [*kept, min([*same, more], key=lambda one: one.doubt)]


def _sole_places(contact: Contact) -> NDArray[np.float64]:
    """Where its sole is: toes that lie between two prints may be counted with both."""
    return project(contact.sole_points, contact.patch_to_photo)


def _places(contact: Contact) -> NDArray[np.float64]:
    """Where on the photo a print is, ``float64 (n, 2)`` working pixels."""
    return project(contact.points, contact.patch_to_photo)


def _look_closely(
    scene: Scene, found: Found, *, long_shot: bool = False
) -> tuple[Contact | Reason, tuple[NDArray[np.float64], ...]]:
    """Outline a print, or say why not; and where others came into view."""
    if np.ptp(found.points @ found.up) < SMALLEST_PRINT:
        return REFUSALS["too-small"], ()
    traced = trace(scene, found, long_shot=long_shot)
    contact = traced.contact
    if contact is None or contact.doubt > NOTHING:
        faint = contact is not None and contact.has_toes and contact.doubt < HARDLY_SEEN
        return REFUSALS["too-faint" if faint else "no-footprint"], traced.beside
    if is_cut(contact, scene.photo.pixels):
        return REFUSALS["touches-edge"], traced.beside
    edge = edge_of(scene.photo.pixels, contact)
    if is_skin(contact, edge):
        return REFUSALS["bare-sole"], traced.beside
    sole = without_notches(contact.sole)
    return replace(contact, sole=sole, rim_px=rim_width(edge)), traced.beside
