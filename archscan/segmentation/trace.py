"""Second look: one print up close, toes up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.aim import PRINT_SHARE, ROOMY_SHARE, Aim, View
from archscan.segmentation.close_looks import look_closely, look_once, look_together, look_twice
from archscan.segmentation.contact import Contact
from archscan.segmentation.find import Found
from archscan.segmentation.look import Look
from archscan.segmentation.midfoot import is_interrupted, looks_that_saw_it
from archscan.segmentation.network import SIDE, probability_of
from archscan.segmentation.own_contact import own_contact
from archscan.segmentation.patches import project
from archscan.sheet import Scene

NARROW = 128
"""Width of the patch at first, pixels: a print is slimmer than long, and a look takes as
long as its picture is large. What that leaves in doubt is seen with its surroundings."""

MOST_AIMS = 3
"""Looks that may be needed until a print of which only a part was found lies right."""

SURE = 0.12
"""Doubt (share of the sole that is guesswork) below which further looks have nothing to add: on
development renders errors hardly shrink by asking for less. Without toes it may be no print at
all, which the surroundings show."""

FAIRLY_SURE = 0.25
"""Doubt below which one more narrow look is enough, at the mirror image: on 1,672 development
prints errors and intervals are those of wider looks and looks askew, which take five times as
long."""

LONG_SHOT = 0.6
"""Doubt in a narrow first look up close from which what only a second look at the photo
showed is given up: of 550 such on development photos 18 came to an outline at last, none of
a print that could be measured, for two dozen looks each."""

STILL_DOUBTFUL = 0.3
"""Doubt above which a print was perhaps not where it was looked for: of those that are
missed up close, most are seen well by a patch that is laid right."""

NEARLY_WHOLE = 0.1
"""Share of the patch's height by which an end may be missing in a look that still saw the whole
print."""

SHARE_FROM_FURTHER = 0.5
"""Of the patch's height that the print fills there: what else belongs to it is seen too."""

SHARE_OF_A_PART = 0.3
"""The same for what has no toes or is not long, and may be a heel or a ball alone."""

LONG = 1.6
"""A print with its toes is at least so much longer than wide."""

TOELESS = 0.3
"""Doubt that a missing toe adds: a print with toes is rather right."""

LOST_END = 0.1
"""Doubt that a lost end adds: nothing is in doubt where nothing is seen, so that a print
without its faint heel looks surer than it is."""

UPWARDS = np.array([[SIDE / 2, SIDE / 2], [SIDE / 2, SIDE / 4]])
"""From a patch's middle towards the toes, patch pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Traced:
    """What was seen up close where a print had been found.

    Attributes
    ----------
    contact
        The print's outline; ``None`` when nothing is there.
    beside
        ``float64 (n, 2)`` working pixels of every other print with toes that came into view.
    """

    contact: Contact | None
    beside: tuple[NDArray[np.float64], ...]


def trace(scene: Scene, found: Found, *, long_shot: bool = False) -> Traced:
    """Outline one print.

    Parameters
    ----------
    scene
        The photo and, if known, its plane; with a plane the patch is seen from
        straight above.
    found
        Where the print is.
    long_shot
        Whether the print is given up unless it shows itself at once.

    Returns
    -------
    Traced
        The print, and what else came into view.
    """
    tracing = _Tracing(scene, found)
    contact = tracing.contact(long_shot)
    return Traced(contact, tuple(tracing.beside))


class _Tracing:
    """Looks at one print until it is seen well."""

    def __init__(self, scene: Scene, found: Found) -> None:
        self.scene = scene
        self.found = found
        self.aim = Aim(found.points, found.up, found.beside)
        self.beside: list[NDArray[np.float64]] = []
        self.whole: list[View] = []

    def contact(self, long_shot: bool) -> Contact | None:
        contact = self._surest(long_shot)
        if contact is None or not is_interrupted(contact.sole):
            return contact
        return self._with_midfoot(contact)

    def _surest(self, long_shot: bool) -> Contact | None:
        found, aim = self.found, self.aim
        view = _aimed(aim, lambda at, share: self._once(at, NARROW, share))
        if long_shot and (view is None or view.doubt >= LONG_SHOT or not view.print.toes.any()):
            return None
        if view is not None:
            contact = _contact(view, found)
            if view.print.toes.any():
                if contact.doubt < SURE:
                    return contact
                if contact.doubt < FAIRLY_SURE and (twice := self._twice(view)) is not None:
                    return twice
            aim = view.aim
        best = self._closely(aim)
        # What was seen from afar may have been a part of the print, or have it upside down.
        share = SHARE_FROM_FURTHER if found.has_toes and _is_long(found) else SHARE_OF_A_PART
        for up in (found.up, -found.up):
            if best is not None and _doubt(best) < STILL_DOUBTFUL:
                break
            view = self._once(Aim(found.points, up, found.beside), SIDE, share)
            best = _surer(best, None if view is None else self._closely(view.aim))
        if best is None or _doubt(best) >= STILL_DOUBTFUL:
            best = _surer(best, self._together())
        return None if best is None else self._lengthened(best)

    def _together(self) -> Contact | None:
        """Hold all looks that saw the whole print against each other.

        What one overlooks from close by, and is then followed to what little is left, another
        one still sees.
        """
        clear = [view for view in self.whole if view.doubt < LONG_SHOT]
        clear.sort(key=lambda view: view.doubt)
        return self._held_together(clear, self.found.look)

    def _with_midfoot(self, contact: Contact) -> Contact:
        """Believe looks that saw a midfoot, rather than surer ones that saw none."""
        saw_it = looks_that_saw_it(self.whole, contact.places)
        joined = self._held_together(saw_it, None)
        return contact if joined is None or is_interrupted(joined.sole) else joined

    def _held_together(self, views: Sequence[View], from_afar: Look | None) -> Contact | None:
        view = look_together(self.scene, views, from_afar) if views else None
        return None if view is None else _contact(view, self.found)

    def _lengthened(self, contact: Contact) -> Contact:
        """Look from further away whether an end of the print was cut off, and if so anew."""
        seen = contact.points
        if len(seen) == 0:
            return contact
        upwards = project(UPWARDS, contact.patch_to_photo)
        up = upwards[1] - upwards[0]
        points = project(seen, contact.patch_to_photo)
        aim = Aim(points, up / float(np.hypot(*up)), self.found.beside)
        view = self._once(aim, SIDE, SHARE_FROM_FURTHER)
        if view is None or not view.aim.outreaches(seen, contact.patch_to_photo):
            return contact
        longer = self._closely(view.aim)
        if longer is None or _doubt(longer) >= _doubt(contact) + LOST_END:
            return contact
        return longer

    def _once(self, aim: Aim, width: int, share: float) -> View | None:
        return self._noted(look_once(self.scene, aim, width, share))

    def _twice(self, view: View) -> Contact | None:
        """Ask once more about what is nearly sure; its toes must be seen again."""
        both = self._noted(look_twice(self.scene, view, self.found.look))
        if both is None or not both.print.toes.any():
            return None
        contact = _contact(both, self.found)
        return contact if contact.doubt < FAIRLY_SURE else None

    def _closely(self, aim: Aim) -> Contact | None:
        """Look as well as can be."""
        look = self.found.look
        view = _aimed(aim, lambda at, share: self._noted(look_closely(self.scene, at, share, look)))
        return None if view is None else _contact(view, self.found)

    def _noted(self, view: View | None) -> View | None:
        """Note the other prints in view."""
        if view is not None:
            to_photo = view.patch.to_photo
            self.beside += [project(one.points, to_photo) for one in view.others if one.toes.any()]
            lacks_an_end = self.aim.outreaches(view.print.points, to_photo, NEARLY_WHOLE)
            if view.print.toes.any() and not lacks_an_end:
                self.whole.append(view)
        return view


def _is_long(found: Found) -> bool:
    along = found.points @ found.up
    across = found.points @ np.array([-found.up[1], found.up[0]])
    return bool(np.ptp(along) >= LONG * np.ptp(across))


def _aimed(aim: Aim, look: Callable[[Aim, float], View | None]) -> View | None:
    """Look, and as long as the print is not where it should be, look again where it is."""
    view = look(aim, PRINT_SHARE)
    for _ in range(MOST_AIMS - 1):
        if view is None or view.is_well_aimed:
            break
        aim = view.aim
        view = look(aim, PRINT_SHARE)
    if view is not None and aim.outreaches(view.print.points, view.patch.to_photo):
        roomy = look(aim, ROOMY_SHARE)
        if roomy is not None and roomy.doubt < view.doubt:
            return roomy
    return view


def _doubt(contact: Contact) -> float:
    return contact.doubt + TOELESS * (not contact.has_toes)


def _surer(one: Contact | None, other: Contact | None) -> Contact | None:
    """Give the less doubtful of two outlines, the first if they are alike."""
    if one is None or other is None:
        return other if one is None else one
    return other if _doubt(other) < _doubt(one) else one


def _contact(view: View, found: Found) -> Contact:
    probability = probability_of(view.log_odds)
    own = own_contact(view, probability[0])
    sole, toes = np.where(own, probability, 0).astype(np.float32)
    looks = None
    if len(view.looks) > 1:
        looks = np.where(own, probability_of(view.looks[:, 0]), 0).astype(np.float32)
    return Contact(
        sole=sole,
        toes=toes,
        patch_to_photo=view.patch.to_photo,
        mm_per_px=view.patch.mm_per_px,
        at_edge=found.at_edge,
        sole_looks=looks,
    )
