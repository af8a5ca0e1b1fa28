"""Prints that somebody has already outlined."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from archscan.errors import OptionError
from archscan.reasons import REFUSALS, Reason
from archscan.segmentation.contact import Contact, Segmentation
from archscan.segmentation.patches import enlargement, upright_patch
from archscan.segmentation.pieces import grown
from archscan.segmentation.prints import FoundPrint, find_prints

LABELS: tuple[tuple[Any, int, int], ...] = (("left", 1, 2), ("right", 3, 4))
"""Numbers of sole and toes in a labelled mask."""

MOST_LABEL = max(toes for _, _, toes in LABELS)

LARGEST_SIDE = 1100
"""Finest patch that is worth its time, pixels: a quarter of a millimetre on a foot."""

PRINT_SHARE = 0.9

SMOOTHING = 1 / 200
"""Gaussian (share of the print's length) over the staircase of a mask's edge, so that its
level sets are smooth; it moves a straight edge nowhere, and the edge of a ball as good as
nowhere."""

LEAST_SMOOTHING, MOST_SMOOTHING = 0.7, 2.5
"""Pixels: less leaves the stairs, more is not needed for any size of step."""

TOE_OPENING = 0.085
"""Radius, as a share of the sole's length, of the disc that fits into every ball but
into no toe's neck: about 18 mm."""

SMALLEST_PAD = 0.002
"""Share of the wet area below which a piece is spatter."""

LARGEST_PAD = 0.16
"""Share of the wet area above which a piece is no toe."""

SMALLEST_MASK_SOLE = 60.0
"""Pixels below which a piece is no sole: a plate with cells of 10 mm shows one in 80 to 100,
which is about as coarse as can be measured. However large the mask around it is: somebody has
drawn it, so that nothing need be told from a network's spatter."""

CUT_SHARE, CUT_PIXELS = 0.15, 8
"""Of the print's length, and pixels beside it: heel or ball lie along the mask's border further
than this only where it cuts them. Of 600 soles, 28 to 260 pixels long, that were cut out tightly
at any angle none did; of 12 that lacked a tenth of their length at the heel all did."""

SIDE_PIXELS = 40
"""The same beside that share for the sides with their toes, which are straight for longer where
pixels are coarse. Of 62 prints, 60 to 900 pixels long, 22 of them real ones, that were cut out
tightly at 31 angles none did; one of 930 pixels does once a twentieth of its width is lost inside
or a tenth outside, which moves the Chippaux-Smirak index by no more than its interval allows."""

MASK_CUTS = Reason(
    "touches-edge",
    "The footprint is cut off by the edge of the mask.",
    "Pass a mask that holds the whole print; what a plate did not measure cannot be told.",
)
"""What a person is told of a mask: there is no photo to be taken again."""

MOST_OF_BORDER = 0.5
"""A mask that covers more than this of its own border is a picture's background, not a
print: heel, ball and toes of a print that is cut out tightly touch it here and there."""


def labels_of(
    mask: NDArray[Any], threshold: float | None
) -> tuple[NDArray[Any], NDArray[np.float32] | None]:
    """Give a mask as labels or booleans, or say that it is none.

    Parameters
    ----------
    mask
        Of any shape and type; what a masked array masks is no contact.
    threshold
        Values above it are contact; ``None`` for a mask that says so itself.

    Returns
    -------
    labels
        ``(h, w)`` booleans, or integers from 0 to 4.
    soft
        ``float32 (h, w)`` for :func:`contacts_from_mask`, or ``None``.

    Raises
    ------
    OptionError
        If it is no plane of such numbers.
    """
    soft, mask = None, _unmasked(mask, threshold)
    if threshold is not None and mask.dtype.kind in "buif":
        threshold = float(threshold)
        soft = _soft(mask.astype(np.float64), threshold)
        # What is no number is above no threshold.
        mask = mask > threshold
    if mask.ndim == 2 and mask.size and mask.dtype.kind in "bui":
        if mask.dtype == bool or (mask.min() >= 0 and mask.max() <= MOST_LABEL):
            return mask, soft
        if np.isin(mask, (0, mask.max())).all():
            return mask > 0, soft
    raise OptionError(
        Reason(
            "bad-mask",
            "A mask is one plane of booleans or of whole numbers from 0 to 4.",
            "Pass an array of shape (height, width); for other numbers also a threshold.",
        )
    )


def _unmasked(mask: NDArray[Any], threshold: float | None) -> NDArray[Any]:
    """Give what a masked array masks as no contact, whatever number lies under it."""
    if not isinstance(mask, np.ma.MaskedArray) or mask.dtype.kind not in "buif":
        return np.asarray(mask)
    hidden = np.ma.getmaskarray(mask)
    if threshold is None:
        return np.where(hidden, mask.dtype.type(0), mask.data)
    return np.where(hidden, np.nan, mask.data)


def _soft(values: NDArray[np.float64], threshold: float) -> NDArray[np.float32] | None:
    """Values as probabilities, a half at the threshold: its level set is finer than pixels."""
    # Where nothing was measured nothing pressed, also where zero would be above the threshold.
    values = np.where(np.isnan(values), min(0.0, threshold), values)
    # Infinity says on which side of the threshold a value lies, not how steep the edge is.
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        return None
    reach = min(threshold - float(finite.min()), float(finite.max()) - threshold)
    if reach <= 0:
        return None
    # Just above zero lies a threshold for anything above zero: then a share is beyond any number.
    with np.errstate(over="ignore"):
        return np.clip(0.5 + (values - threshold) / reach / 2, 0, 1).astype(np.float32)


def contacts_from_mask(
    mask: NDArray[np.integer[Any] | np.bool_],
    mm_per_px: float | None = None,
    soft: NDArray[np.float32] | None = None,
) -> Segmentation:
    """Hand over prints from a mask.

    Parameters
    ----------
    mask
        ``(h, w)``. Integers: 0 background, 1 left sole, 2 left toes, 3 right
        sole, 4 right toes. Booleans (or only zeros and ones): the wet area,
        toes included.
    mm_per_px
        Millimetres per pixel of the mask, if known.
    soft
        ``float32 (h, w)`` from 0 to 1, a half on the edge, where more is known of the
        edge than the mask shows; the mask is then where it is above a half.

    Returns
    -------
    Segmentation
        A contact per print, or the refusal ``no-footprint`` or ``touches-edge``.
    """
    labelled = mask.dtype != bool and int(mask.max(initial=0)) > 1
    if not (mask > 0).any() or _share_of_border(mask > 0) > MOST_OF_BORDER:
        return Segmentation((), REFUSALS["no-footprint"])
    found: list[tuple[FoundPrint, Any]] = []
    if labelled:
        for side, sole, toes in LABELS:
            layers = np.stack([mask == sole, mask == toes])
            found += [(item, side) for item in _prints(layers)[:1]]
    else:
        found += [(item, None) for item in _prints(separate_toes(mask > 0))[:2]]
    whole = [(item, side) for item, side in found if not _is_cut(item)]
    missed = (MASK_CUTS,) * (len(found) - len(whole))
    if not whole:
        return Segmentation((), MASK_CUTS if missed else REFUSALS["no-footprint"])
    contacts = tuple(_contact(item, mm_per_px, side, soft) for item, side in whole)
    return Segmentation(contacts, None, missed)


def _is_cut(item: FoundPrint) -> bool:
    """Whether heel, ball or a side lie along the mask's border further than a whole one does."""
    y, x = np.nonzero(item.sole)
    share = CUT_SHARE * float(np.ptp(x * item.up[0] + y * item.up[1]))
    return any(
        _longest(item.sole, axis) > share + CUT_PIXELS
        if across > 0.5
        else _longest(item.mask, axis) > share + SIDE_PIXELS
        for axis, across in enumerate(np.abs(item.up[::-1]))
    )


def _longest(wet: NDArray[np.bool_], axis: int) -> int:
    """Count what lies along the first row or the last, or column, whichever has more."""
    return int(np.take(wet, (0, -1), axis=axis).sum(axis=1 - axis).max())


def _share_of_border(wet: NDArray[np.bool_]) -> float:
    return float(np.concatenate([wet[0], wet[-1], wet[:, 0], wet[:, -1]]).mean())


def separate_toes(wet: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell the toes from the sole of a wet area.

    Pieces as small as toes are toes. Toes grown together with the ball are
    what a disc that fits into the ball cannot reach at the front.

    Parameters
    ----------
    wet
        ``bool (h, w)``, one or two prints.

    Returns
    -------
    numpy.ndarray
        ``bool (2, h, w)``: sole and toes.
    """
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats(wet.astype(np.uint8), connectivity=8)
    areas = stats[:, cv2.CC_STAT_AREA]
    largest = int(areas[1:].max(initial=0))
    pads = [n for n in range(1, count) if SMALLEST_PAD * largest < areas[n] < LARGEST_PAD * largest]
    soles = [n for n in range(1, count) if areas[n] >= LARGEST_PAD * largest]
    toes = np.isin(labels, pads)
    sole = np.isin(labels, soles)
    for item in _prints(np.stack([sole, toes])):
        grown = _grown_toes(item)
        sole &= ~grown
        toes |= grown
    return np.stack([sole, toes])


def _grown_toes(item: FoundPrint) -> NDArray[np.bool_]:
    """Find what sticks out of the front of the ball and is narrower than it."""
    import cv2

    y, x = np.nonzero(item.sole)
    along = x * item.up[0] + y * item.up[1]
    length = float(np.ptp(along))
    rest = item.sole & ~opened(item.sole, max(1, round(TOE_OPENING * length)))
    front = float(along.max()) - 0.3 * length
    count, labels, stats, centres = cv2.connectedComponentsWithStats(rest.astype(np.uint8))
    found = np.zeros_like(item.sole)
    for number in range(1, count):
        ahead = float(centres[number] @ item.up) > front
        if ahead and stats[number, cv2.CC_STAT_AREA] > SMALLEST_PAD * 2 * item.sole.sum():
            found |= labels == number
    return found


def opened(mask: NDArray[np.bool_], radius: int) -> NDArray[np.bool_]:
    """Keep what a disc that stays inside a mask can cover.

    By distances, which take as long for any disc: a brush takes the square of its radius, a
    minute and a half for the mask of a 12-megapixel photo.

    Parameters
    ----------
    mask
        ``bool (h, w)``; nothing lies beyond its border.
    radius
        Of the disc, pixels.

    Returns
    -------
    numpy.ndarray
        ``bool (h, w)``.
    """
    import cv2

    def reach(zeros: NDArray[np.bool_]) -> NDArray[np.float32]:
        away = cv2.distanceTransform(zeros.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
        return np.asarray(away, np.float32)

    centres = reach(np.pad(mask, 1))[1:-1, 1:-1] > radius
    if not centres.any():
        return np.zeros_like(mask)
    return reach(~centres) <= radius


def _prints(layers: NDArray[np.bool_]) -> list[FoundPrint]:
    return find_prints(
        layers.astype(np.float32), toeless_join=True, smallest_sole=SMALLEST_MASK_SOLE
    )


def _contact(
    item: FoundPrint,
    mm_per_px: float | None,
    side: Any,  # noqa: ANN401
    soft: NDArray[np.float32] | None,
) -> Contact:
    reach = float(np.ptp(item.points @ item.up)) + 1
    patch = upright_patch(
        item.points,
        item.up,
        None,
        side=min(LARGEST_SIDE, max(64, round(reach / PRINT_SHARE))),
        share=PRINT_SHARE,
    )
    parts: list[NDArray[Any]] = [item.sole, item.toes]
    sigma = float(np.clip(SMOOTHING * reach, LEAST_SMOOTHING, MOST_SMOOTHING))
    if soft is not None:
        parts, sigma = [_own(part, soft) for part in parts], LEAST_SMOOTHING
    maps = [patch.cut(_smoothed(part, sigma)) for part in parts]
    step = enlargement(patch.to_photo)
    return Contact(
        sole=maps[0],
        toes=maps[1],
        patch_to_photo=patch.to_photo,
        mm_per_px=None if mm_per_px is None else mm_per_px * step,
        side=side,
    )


def _smoothed(part: NDArray[Any], sigma: float) -> NDArray[np.float32]:
    import cv2

    return np.asarray(cv2.GaussianBlur(part.astype(np.float32), (0, 0), sigma), np.float32)


def _own(part: NDArray[np.bool_], soft: NDArray[np.float32]) -> NDArray[np.float32]:
    """Keep the soft edge of a part: the pixels in it, and those outside that touch it."""
    return np.where(part | (grown(part, 1) & (soft < 0.5)), soft, np.float32(0))
