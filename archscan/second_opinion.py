"""A side that is hard to tell: asked of the photo's mirror image, or told by the other foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from archscan.footprint import Footprint, Side, find_footprint
from archscan.photo import Photo
from archscan.reasons import Reason
from archscan.segmentation import Contact, first_look, segment
from archscan.segmentation.patches import enlargement, project
from archscan.sheet import Scene

HARD_TO_TELL = 0.75
"""Confidence of a side below which the mirror image is asked as well. Of 560 development
prints one in sixty has less."""

SURE_OF_BOTH_SIDES = 0.9
"""Of two prints that look like the same side, one that is less sure than this is
taken to be the other foot: people stand on one foot of each kind."""

SAME_HEEL = 0.15
"""The mirror image's print is the same one where their heels lie within this share of its
length."""


def asked_in_the_mirror(
    scene: Scene, whole: Sequence[tuple[Contact, Footprint]]
) -> list[tuple[Contact, Footprint]]:
    """Tell a left print from a right one by the photo and by its mirror image alike.

    A left print's mirror image is a right one: whatever makes the network see the two
    differently is no property of the foot. Their mean does not change with the mirror.

    Parameters
    ----------
    scene
        The photo and its plane.
    whole
        Its prints.

    Returns
    -------
    list of tuple
        The same prints; where the side was hard to tell with what both say of it.
    """
    if all(footprint.side_confidence >= HARD_TO_TELL for _, footprint in whole):
        return list(whole)
    mirrored = _mirrored(scene)
    others = [find_footprint(one) for one in segment(mirrored, first_look(mirrored.photo)).contacts]
    seen = [one for one in others if isinstance(one, Footprint)]
    return [(contact, _settled(contact, one, seen, scene)) for contact, one in whole]


def _settled(
    contact: Contact, footprint: Footprint, seen: Sequence[Footprint], scene: Scene
) -> Footprint:
    """Give a print the side that it and its mirror image have between them."""
    if footprint.side_confidence >= HARD_TO_TELL:
        return footprint
    heel = _heel(footprint)
    reach = SAME_HEEL * footprint.length_px * enlargement(footprint.patch_to_photo)
    for other in seen:
        place = _heel(other)
        place[0] = scene.photo.pixels.shape[1] - 1 - place[0]
        if np.hypot(*(place - heel)) > reach:
            continue
        left = (_left(footprint) + 1 - _left(other)) / 2
        side: Side = "left" if left >= 0.5 else "right"
        return with_side(contact, footprint, side, 0.5 + abs(left - 0.5))
    return footprint


def taken_for_the_wrong_foot(feet: Sequence[Footprint]) -> tuple[int, Side] | None:
    """Tell which of two prints that look like the same side is the other foot: the less sure one.

    Parameters
    ----------
    feet
        Prints of one person.

    Returns
    -------
    number, side
        Which one, and which foot it then is; ``None`` for any but two of one side, or where both
        look so surely like it that somebody stepped twice with one foot.
    """
    if len(feet) != 2 or feet[0].side != feet[1].side:
        return None
    number = min((0, 1), key=lambda one: feet[one].side_confidence)
    if feet[number].side_confidence >= SURE_OF_BOTH_SIDES:
        return None
    return number, "right" if feet[number].side == "left" else "left"


def with_side(contact: Contact, footprint: Footprint, side: Side, confidence: float) -> Footprint:
    """Give a print the side that something else than its own shape has told.

    Parameters
    ----------
    contact, footprint
        The print, and what was found on it.
    side, confidence
        What it is to have.

    Returns
    -------
    Footprint
        Where the side is another one, found anew: its second toe is another too, or missing.
    """
    if side == footprint.side:
        return replace(footprint, side_confidence=confidence)
    turned = find_footprint(contact, side)
    if isinstance(turned, Reason):
        return footprint
    unsure = (one for one in footprint.cautions if one.code == "side-unsure")
    return replace(turned, side_confidence=confidence, cautions=(*turned.cautions, *unsure))


def _left(footprint: Footprint) -> float:
    """Probability that a print is a left foot's."""
    confidence = footprint.side_confidence
    return confidence if footprint.side == "left" else 1 - confidence


def _heel(footprint: Footprint) -> NDArray[np.float64]:
    """Working pixels of the photo, ``float64 (2,)``."""
    return np.array(project(footprint.heel_centre[None], footprint.patch_to_photo)[0])


def _mirrored(scene: Scene) -> Scene:
    """Give the scene that the mirror image shows."""
    photo = scene.photo
    pixels = np.ascontiguousarray(photo.pixels[:, ::-1])
    across = np.array([[-1.0, 0.0, pixels.shape[1] - 1.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    # The floor is mirrored too: a patch of it must not turn left feet into right ones.
    floor = np.diag([-1.0, 1.0, 1.0])

    def turned(to_floor: NDArray[np.float64] | None) -> NDArray[np.float64] | None:
        return None if to_floor is None else np.asarray(floor @ to_floor @ across)

    return replace(
        scene,
        photo=Photo(pixels, photo.width, photo.height, photo.focal_length_35mm),
        photo_to_plane=turned(scene.photo_to_plane),
        straightening=turned(scene.straightening),
    )
