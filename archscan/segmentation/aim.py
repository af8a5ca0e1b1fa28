"""A print on an upright patch: where to lay it, and what the network sees on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.contact import doubt_of
from archscan.segmentation.evening import evened
from archscan.segmentation.look import Look
from archscan.segmentation.network import (
    CONTACT,
    SIDE,
    log_odds_of,
    probability_of,
    see,
)
from archscan.segmentation.pairs import border
from archscan.segmentation.patches import FINEST_STEP, Patch, marked, project, upright_patch
from archscan.segmentation.pieces import grown
from archscan.segmentation.prints import FoundPrint, find_prints
from archscan.sheet import Scene

PRINT_SHARE = 0.84
"""Share of the patch's height that the print fills: as large as in most close views that the
network was trained on, with little room for what the first look missed."""

ROOMY_SHARE = 0.75
"""The same where an end of the print was lost: neither end then lies in the outermost of
the network's coarsest cells (32 pixels), on whose border it has cut heels off."""

SHORT = 0.03
"""Share of the patch's height by which a close look may lose an end of what the patch was
laid over: a look from afar is off by less."""

WELL_TURNED_DEG, WELL_PLACED, WELL_SIZED = 6.0, 0.04, (0.72, 0.92)
"""How far a first close look may have been off (the print's turn; its middle, as a share
of the patch; its share of the patch's height) and still be good enough: the network was
trained on close views that are off by as much. Beyond, it looks again, better aimed."""

ASKEW = ((8.0, 0.92, False), (-8.0, 0.92, True))
"""Turn (degrees, clockwise on the patch), size and mirroring of further looks at what is in
doubt, the mirrored one evened out: as far off as close views in training. Their errors are
hardly those of a straight look, so that the mean is nearer the truth and their spread tells
how near."""

MOST_FOR_ASKEW = 0.3
"""Doubt above which no further looks are taken: the mean of many would make what is largely
guesswork look sure, and a picture that is no print of a foot be called one clearly."""

COARSE = 9
"""Patch pixels that a pixel seen from afar may be wide: of the smallest print that is found
from afar, about seven."""

APART = -5.0
"""Log-odds of contact on the line between two prints that touch: surely none."""

SMOOTHED = 1.0
"""Standard deviation, patch pixels, by which what is seen up close is smoothed: an edge that
is frayed by a pixel would be measured at its deepest notch."""


@dataclass(frozen=True, slots=True, eq=False)
class Aim:
    """Where on the photo a print seems to lie, and which way up.

    Attributes
    ----------
    points
        ``float64 (n, 2)`` of the print, working pixels.
    up
        ``float64 (2,)`` direction from heel to toes.
    beside
        ``float64 (n, 2)`` of other prints, which are none of its business.
    """

    points: NDArray[np.float64]
    up: NDArray[np.float64]
    beside: NDArray[np.float64]

    def patch(self, scene: Scene, width: int, share: float) -> Patch:
        """Lay a patch over it.

        Parameters
        ----------
        scene
            The photo and its plane.
        width
            Of the patch, pixels.
        share
            Of the patch's height that the print fills.

        Returns
        -------
        Patch
            Seen from straight above where the plane is known.
        """
        return upright_patch(
            self.points,
            self.up,
            scene.photo_to_flat,
            scene.photo_to_plane is not None,
            side=SIDE,
            share=share,
            width=width,
        )


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What was seen of a print on a patch.

    Attributes
    ----------
    patch
        Where it was looked.
    looks
        ``float32 (n, 2, h, w)`` log-odds of sole and toes, one for each look.
    print
        The print that the patch was laid over, in the mean of all looks.
    others
        Further prints that were seen.
    beside
        Of the aim that the patch was laid by.
    """

    patch: Patch
    looks: NDArray[np.float32]
    print: FoundPrint
    others: tuple[FoundPrint, ...]
    beside: NDArray[np.float64]

    @property
    def log_odds(self) -> NDArray[np.float32]:
        """``float32 (2, h, w)``: mean of the looks."""
        return np.asarray(self.looks.mean(axis=0), dtype=np.float32)

    @property
    def aim(self) -> Aim:
        """Where the print seems to lie now."""
        centre = self.print.points.mean(axis=0)
        ends = np.stack([centre + self.print.up * SIDE / 4, centre])
        up = np.subtract(*project(ends, self.patch.to_photo))
        points = project(self.print.points, self.patch.to_photo)
        return Aim(points, up / float(np.hypot(*up)), self.beside)

    @property
    def is_well_aimed(self) -> bool:
        """Whether the print lies on the patch as in the pictures of the training."""
        points, up = self.print.points, self.print.up
        low, high = points.min(axis=0), points.max(axis=0)
        off = np.abs((low + high) / 2 - _middle(self.patch)).max() / SIDE
        turn = np.rad2deg(np.arctan2(abs(up[0]), -up[1]))
        share = (high[1] - low[1]) / SIDE
        return bool(
            turn <= WELL_TURNED_DEG
            and off <= WELL_PLACED
            and WELL_SIZED[0] <= share <= WELL_SIZED[1]
        )

    @property
    def doubt(self) -> float:
        """How much of the sole is guesswork, in the mean of all looks."""
        return doubt_of(_probability(self.looks)[0])

    def falls_short_of(self, aim: Aim, share: float = SHORT) -> bool:
        """Tell whether an end of what was aimed at is not seen any more.

        Parameters
        ----------
        aim
            That the patch was laid over.
        share
            Of the patch's height that may be missing.

        Returns
        -------
        bool
            ``True`` if the print ends well before it, at the heel or at the toes.
        """
        to_patch = np.asarray(np.linalg.inv(self.patch.to_photo), np.float64)
        aimed = project(aim.points, to_patch)[:, 1]
        seen = self.print.points[:, 1]
        return bool(max(seen.min() - aimed.min(), aimed.max() - seen.max()) > share * SIDE)


def look_once(scene: Scene, aim: Aim, width: int, share: float) -> View | None:
    """Look at a print.

    Parameters
    ----------
    scene
        The photo.
    aim
        Where the print is.
    width
        Of the patch, pixels.
    share
        Of the patch's height that the print fills.

    Returns
    -------
    View or None
        ``None`` when no print is there.
    """
    patch = aim.patch(scene, width, share)
    return _view(aim, patch, [_smoothed(see(_cut(scene, patch)))])


def look_closely(scene: Scene, aim: Aim, share: float, from_afar: Look) -> View | None:
    """Look at a print, evened out in the mirror too, and hold it against the look from afar.

    What that leaves in doubt is looked at a little askew as well.

    Parameters
    ----------
    scene
        The photo.
    aim
        Where the print is.
    share
        Of the patch's height that the print fills.
    from_afar
        The look that the print was found in.

    Returns
    -------
    View or None
        ``None`` when no print is there.
    """
    patch = aim.patch(scene, SIDE, share)
    picture = _cut(scene, patch)
    seen = [_seen(picture, mirrored) for mirrored in (False, True)]
    seen.append(_from_afar(patch, from_afar))
    if doubt_of(_probability(seen)[0]) < MOST_FOR_ASKEW:
        seen += [_askew(scene, patch, *way) for way in ASKEW]
    return _view(aim, patch, seen)


def look_twice(scene: Scene, view: View, from_afar: Look) -> View | None:
    """Look once more where a print was looked at, evened out in the mirror; hold all together.

    Parameters
    ----------
    scene
        The photo.
    view
        Of the print, well aimed.
    from_afar
        The look that it was found in.

    Returns
    -------
    View or None
        ``None`` when they agree on no print.
    """
    again = _seen(_cut(scene, view.patch), mirrored=True)
    return _view(view.aim, view.patch, [*view.looks, again, _from_afar(view.patch, from_afar)])


def look_together(scene: Scene, views: Sequence[View], from_afar: Look) -> View | None:
    """Hold what was seen of one print in several looks against each other.

    Parameters
    ----------
    scene
        The photo.
    views
        Of the print, the least doubtful first.
    from_afar
        The look that it was found in.

    Returns
    -------
    View or None
        With one look for each and the one from afar; ``None`` when they agree on no print.
    """
    aim = views[0].aim
    patch = aim.patch(scene, views[0].patch.width, PRINT_SHARE)
    looks = [_through(patch, view.log_odds, view.patch.to_photo) for view in views]
    return _view(aim, patch, [*looks, _from_afar(patch, from_afar)])


def _view(aim: Aim, patch: Patch, looks: list[NDArray[np.float32]]) -> View | None:
    stacked = np.stack(looks)
    if len(aim.beside):
        here, there = (_covered(points, patch) for points in (aim.points, aim.beside))
        sure = here & ~grown(there, COARSE), there & ~grown(here, COARSE)
        line = border(_probability(stacked)[0], *sure)
        if line is not None:
            stacked[:, 0, line] = APART
        prints = find_prints(_probability(stacked))
        own = [one for one in prints if (one.sole & here).sum() >= (one.sole & there).sum()]
    else:
        own = prints = find_prints(_probability(stacked))
    if not own:
        return None
    best = max(own, key=lambda one: _weight(one.points, patch))
    others = tuple(one for one in prints if one is not best)
    return View(patch, stacked, best, others, aim.beside)


def _covered(points: NDArray[np.float64], patch: Patch) -> NDArray[np.bool_]:
    """Where on a patch a print lies that was seen from afar."""
    import cv2

    mask = marked(points, patch.to_photo, patch.height, patch.width).astype(np.uint8)
    return cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((COARSE, COARSE), np.uint8)) > 0


def _probability(looks: Sequence[NDArray[np.float32]] | NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn the mean of several looks' log-odds into probabilities."""
    return probability_of(np.asarray(np.mean(looks, axis=0), dtype=np.float32))


def _cut(scene: Scene, patch: Patch) -> NDArray[np.uint8]:
    photo = scene.photo
    if patch.step < 2 * FINEST_STEP:
        return np.asarray(patch.cut(photo.pixels), dtype=np.uint8)
    # It would be halved first, which another look has had done already.
    on_half = replace(patch, to_photo=photo.to_half @ patch.to_photo)
    return np.asarray(on_half.cut(photo.half), dtype=np.uint8)


def _seen(picture: NDArray[np.uint8], mirrored: bool) -> NDArray[np.float32]:
    """Look at a picture as it is, or evened out in the mirror.

    These differ in more than a plain mirror image would, and so do their errors.
    """
    return _smoothed(see(evened(picture) if mirrored else picture, mirrored=mirrored))


def _smoothed(log_odds: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sole and toes without their edges' fraying."""
    import cv2

    return np.stack([cv2.GaussianBlur(one, (0, 0), SMOOTHED) for one in log_odds[:CONTACT]])


def _askew(
    scene: Scene, patch: Patch, turn_deg: float, size: float, mirrored: bool
) -> NDArray[np.float32]:
    """Look at a patch turned and shrunk; give the log-odds as they lie on the patch."""
    import cv2

    to_patch = np.eye(3)
    to_patch[:2] = cv2.getRotationMatrix2D(_middle(patch).tolist(), -turn_deg, 1 / size)
    turned = replace(patch, to_photo=patch.to_photo @ to_patch)
    return _laid(_seen(_cut(scene, turned), mirrored), np.linalg.inv(to_patch), patch)


def _from_afar(patch: Patch, look: Look) -> NDArray[np.float32]:
    """Give the log-odds of a look as they lie on a patch."""
    return _through(patch, log_odds_of(look.contact), look.to_photo)


def _through(
    patch: Patch, log_odds: NDArray[np.float32], to_photo: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Give log-odds, whose pixels are mapped to the photo's, as they lie on a patch."""
    return _laid(log_odds, np.linalg.inv(to_photo) @ patch.to_photo, patch)


def _laid(
    log_odds: NDArray[np.float32], from_patch: NDArray[Any], patch: Patch
) -> NDArray[np.float32]:
    """Lay log-odds on a patch, whose pixels are mapped to theirs."""
    import cv2

    size = (patch.width, patch.height)
    way = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = [
        cv2.warpPerspective(one, from_patch, size, flags=way, borderMode=cv2.BORDER_REPLICATE)
        for one in log_odds
    ]
    return np.stack(laid)


def _middle(patch: Patch) -> NDArray[np.float64]:
    return np.array([patch.width - 1, patch.height - 1]) / 2


def _weight(points: NDArray[np.float64], patch: Patch) -> float:
    """Size of a print, less when it lies off the middle of the patch."""
    off = float(np.hypot(*(points.mean(axis=0) - _middle(patch)))) / SIDE
    return len(points) * float(np.exp(-((off / 0.2) ** 2)))
