"""Looks at one print up close: what the network sees on a patch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.aim import PRINT_SHARE, Aim, View, mean_probability
from archscan.segmentation.contact import doubt_of
from archscan.segmentation.evening import evened
from archscan.segmentation.look import Look
from archscan.segmentation.network import CONTACT, SIDE, log_odds_of, see
from archscan.segmentation.pairs import border
from archscan.segmentation.patches import FINEST_STEP, Patch, marked
from archscan.segmentation.pieces import grown
from archscan.segmentation.prints import find_prints
from archscan.sheet import Scene

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
    if doubt_of(mean_probability(seen)[0]) < MOST_FOR_ASKEW:
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


def look_together(scene: Scene, views: Sequence[View], from_afar: Look | None) -> View | None:
    """Hold what was seen of one print in several looks against each other.

    Parameters
    ----------
    scene
        The photo.
    views
        Of the print, the least doubtful first.
    from_afar
        The look that it was found in, if that counts.

    Returns
    -------
    View or None
        With one look for each and the one from afar; ``None`` when they agree on no print.
    """
    aim = views[0].aim
    patch = aim.patch(scene, views[0].patch.width, PRINT_SHARE)
    looks = [_through(patch, view.log_odds, view.patch.to_photo) for view in views]
    if from_afar is not None:
        looks.append(_from_afar(patch, from_afar))
    return _view(aim, patch, looks)


def _view(aim: Aim, patch: Patch, looks: list[NDArray[np.float32]]) -> View | None:
    stacked = np.stack(looks)
    if len(aim.beside):
        here, there = (_covered(points, patch) for points in (aim.points, aim.beside))
        sure = here & ~grown(there, COARSE), there & ~grown(here, COARSE)
        line = border(mean_probability(stacked)[0], *sure)
        if line is not None:
            stacked[:, 0, line] = APART
        prints = find_prints(mean_probability(stacked))
        own = [one for one in prints if (one.sole & here).sum() >= (one.sole & there).sum()]
    else:
        own = prints = find_prints(mean_probability(stacked))
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
    to_patch[:2] = cv2.getRotationMatrix2D(patch.middle.tolist(), -turn_deg, 1 / size)
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


def _weight(points: NDArray[np.float64], patch: Patch) -> float:
    """Size of a print, less when it lies off the middle of the patch."""
    off = float(np.hypot(*(points.mean(axis=0) - patch.middle))) / SIDE
    return len(points) * float(np.exp(-((off / 0.2) ** 2)))
