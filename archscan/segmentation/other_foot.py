"""The other foot's print beside one that is outlined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray

from archscan.reasons import Reason
from archscan.segmentation.contact import LEVEL, Contact
from archscan.segmentation.find import find_beside, find_near, without
from archscan.segmentation.look import Look
from archscan.segmentation.outlining import outline
from archscan.segmentation.overlap import is_at_place_of, is_same_print, with_print
from archscan.segmentation.painting import without_print
from archscan.segmentation.patches import enlargement, marked, project
from archscan.segmentation.pieces import grown, pieces_of
from archscan.sheet import Scene

MOST_PRINTS = 2
"""A person has two feet; further prints are repeats, and are told of."""

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


def with_other_foot(
    scene: Scene,
    contacts: Sequence[Contact],
    glimpses: Sequence[NDArray[np.float64]],
    first: Look | None,
) -> list[Contact]:
    """Outline what lies beside prints that are outlined, until there are two.

    Parameters
    ----------
    scene
        The photo and what is known of its plane.
    contacts
        One or none.
    glimpses
        ``float64 (n, 2)`` working pixels of each other print that came into view.
    first
        The look at the whole photo; ``None`` where another one is asked.

    Returns
    -------
    list of Contact
        The same, and what was found.
    """
    prints = list(contacts)
    known = [one.places for one in prints]
    of_prints = np.concatenate([np.empty((0, 2)), *known])
    if len(prints) == 1 and first is not None:
        glimpses = [*glimpses, *_left_over(first, known[0])]
    for points in glimpses:
        if any(is_same_print(points, places) for places in known):
            continue
        known.append(points)
        for item in find_near(scene.photo, points, of_prints):
            outcome, _ = outline(scene, item)
            if _is_other_foot(outcome, prints):
                prints = with_print(prints, outcome)
            if len(prints) == MOST_PRINTS:
                return prints
    if len(prints) == 1 and first is not None and _hints_at_another(first, prints[0]):
        hidden = _hidden_beside(scene, prints[0])
        # The same print seen once more, on a photo that lacks it, is no better view of it.
        if hidden is not None and not is_at_place_of(prints[0], hidden):
            prints.append(hidden)
    return prints


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


def _hints_at_another(first: Look, contact: Contact) -> bool:
    """Whether the first look shows a trace of contact beside a print."""
    known = contact.places
    rest = without(first, known).contact[0]
    area = np.count_nonzero(grown(marked(known, first.to_photo, *rest.shape), 1))
    return bool(rest.sum() >= HINTED_BESIDE * area)


def _hidden_beside(scene: Scene, contact: Contact) -> Contact | None:
    """Outline the other foot's print where it is seen only when this one is painted over.

    Of two that nearly touch the network now and then sees one, however clear the other is.
    """
    known = contact.places
    painted = replace(scene, photo=without_print(scene.photo, known))
    for item in find_beside(painted.photo, known):
        # Where they touch, their border is better seen with both.
        for seen in (scene, painted):
            outcome, _ = outline(seen, item)
            if _is_other_foot(outcome, [contact]):
                return outcome
    return None


def _is_other_foot(outcome: Contact | Reason, prints: Sequence[Contact]) -> TypeGuard[Contact]:
    """Whether what was seen surely is a print, and like those that are outlined."""
    return (
        isinstance(outcome, Contact)
        and outcome.doubt < SURE_BESIDE
        and outcome.has_toes
        and all(_are_alike(one, outcome) for one in prints)
    )


def _are_alike(one: Contact, other: Contact) -> bool:
    """Whether two prints may be one person's, by their length."""
    lengths = sorted((_length(one), _length(other)))
    return lengths[0] >= ALIKE * lengths[1]


def _length(contact: Contact) -> float:
    """Of a print with its toes, working pixels."""
    return float(np.ptp(contact.points[:, 1])) * enlargement(contact.patch_to_photo)
