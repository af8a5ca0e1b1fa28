"""Photos that hold too much or too little light to show anything."""

from __future__ import annotations

import numpy as np

from archscan.photo.photo import Photo
from archscan.reasons import Caution

BURNT, BLACK = 250, 8
"""Levels from which on, and up to which, a pixel in all its channels tells nothing more: white
and black themselves, and what storing a picture changes of them."""

MOST = 0.5
"""Share of such pixels that is too large: a photo is mostly the ground, on which the print is."""

OVEREXPOSED = Caution(
    "overexposed",
    "Most of this picture is plain white. If it is a photo, the light was too bright to show a "
    "print: take it in the shade, and tap the print on the screen before you press the button.",
)
UNDEREXPOSED = Caution(
    "underexposed",
    "Most of this picture is black. If it is a photo, there was too little light to show a "
    "print: take it by daylight, or turn on a lamp.",
)


def exposure_cautions(photo: Photo) -> tuple[Caution, ...]:
    """Say whether light may be why nothing is seen on a photo.

    Parameters
    ----------
    photo
        Any picture on which no print was made out.

    Returns
    -------
    tuple
        One of :data:`OVEREXPOSED` and :data:`UNDEREXPOSED`, or nothing.
    """
    if np.mean(photo.half.min(axis=2) >= BURNT) > MOST:
        return (OVEREXPOSED,)
    if np.mean(photo.half.max(axis=2) <= BLACK) > MOST:
        return (UNDEREXPOSED,)
    return ()
