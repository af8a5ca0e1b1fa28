"""Prints that differ from their floor by a faint tint alone, as those of powder or dye do."""

from __future__ import annotations

from archscan.segmentation.print_colour import PrintColour, spread

MOST_TINT = 0.15
"""Difference in hue from the surroundings, each colour as a share of its own brightness, that a
print has at most. Bare soles and other things that lie on a floor look like prints by their hue
as well, but their colours are their own: of 34 on development renders all but one had 0.19 or
more, of 14 tinted prints nine had 0.14 or less. A darker thing differs by less in grey levels,
not in hue."""

MOST_BRIGHTER = 2.5
"""Difference in brightness, as spreads of the surroundings': what is brighter or darker by more
would have been seen by that, if it were a print. On the same renders 14 of 23 things had more,
and no powder."""

NOISE = 1.0
"""Grey levels added to the spread: an even floor is not sharper than what a camera records."""


def is_tint(colour: PrintColour) -> bool:
    """Tell whether a print differs from what it lies on by a faint hue, and hardly by brightness.

    Nor is its edge shaded, as that of a thing is.

    Parameters
    ----------
    colour
        Of the print, in the photo's own colours.

    Returns
    -------
    bool
        ``False`` for what has a colour of its own or a shaded edge.
    """
    most = MOST_BRIGHTER * (spread(colour.outside) + NOISE)
    if colour.tint >= MOST_TINT or abs(colour.brighter) >= most:
        return False
    return not colour.is_shaded
